"""Lists every address of the pages and every operation of the API, read from the running configuration."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from hirehall.api.root import api

# allauth's own pages are tested by allauth; ours around them are listed like all others.
OF_LIBRARIES = re.compile(r"^(account/(?!start|switch|company|person|tokens)|api/)")
AN_ID = "0" * 26


@dataclass(frozen=True)
class Address:
    """One page: its name, its pattern, a path with a value for each part, and its view."""

    name: str
    pattern: str
    path: str
    view: Callable

    def __str__(self) -> str:
        return f"{self.name} /{self.pattern}"


@dataclass(frozen=True)
class Operation:
    """One operation of the API."""

    method: str
    path: str
    view: Callable

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def list_addresses() -> list[Address]:
    return [a for a in _walk(get_resolver(), "", "") if not OF_LIBRARIES.match(a.pattern)]


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            path = "/" + re.sub(r"<id:\w+>", AN_ID, re.sub(r"<(?:str|slug):\w+>", "word", pattern))
            path = re.sub(r"<int:\w+>", "1", path)
            yield Address(f"{namespace}{entry.name}", pattern, re.sub(r"<\w+>", "word", path), entry.callback)


def list_operations() -> list[Operation]:
    found = []
    for prefix, router in api._routers:
        for path, path_view in router.path_operations.items():
            for operation in path_view.operations:
                whole = f"/api/v1{prefix}{path}" if prefix.startswith("/") or not prefix else f"/api/v1/{prefix}{path}"
                found.extend(Operation(m, whole.replace("//", "/"), operation.view_func) for m in operation.methods)
    return found


def fill(path: str) -> str:
    """A path of the API with a value in each gap."""
    return re.sub(r"\{[^}]*\}", AN_ID, path)
