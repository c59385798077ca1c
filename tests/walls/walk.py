"""A walk of everybody through every address and operation, written down once and judged by several tests.

Each request is taken back afterwards, so that all of them meet the same world.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support.cast import browse_as, call_as
from tests.walls.addresses import list_addresses, list_operations
from tests.walls.belongings import SECRET
from tests.walls.bodies import QUERIES, TYPED, body_of
from tests.walls.digest import Stored, undone

NOBODY = "nobody"
PEOPLE = ("ada", "cyd", "ben", "dot", "sam")
# To be sent on to these is not to come in.
ENTRANCES = ("/account/login/", "/account/start/")
HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip
INLINE = re.compile(rb"""<[^>]*\sstyle=|<[^>]*\son[a-z]+=|\shx-on|<script(?![^>]*\ssrc=)|href=["']javascript:|<style""")


@dataclass(frozen=True)
class Visit:
    """One person at one door: what they got."""

    who: str
    door: str
    method: str
    path: str
    status: int
    location: str
    # It holds what only the two sides may read.
    tells: bool
    changed: list[str]
    # The code of an operation's error.
    code: str
    # What its headers or its page leave open.
    loose: tuple[str, ...]

    @property
    def is_in(self) -> bool:
        """They got what is there, or a refusal by a rule about it; nobody is refused what is not there for them."""
        if self.status in (302, 303):
            return not self.location.startswith(ENTRANCES)
        return self.status < 300 or self.status in (409, 422)

    @property
    def is_broken(self) -> bool:
        return self.status >= 500

    def __str__(self) -> str:
        return f"{self.who} {self.method} {self.path}: {self.status} {self.code}{self.location}"


def walk(world) -> list[Visit]:
    """All visits, pages first."""
    return [*_walk_pages(world), *_walk_operations(world)]


def _walk_pages(world) -> Iterator[Visit]:
    browsers = {who: browse_as(getattr(world.cast, who, None)) for who in (NOBODY, *PEOPLE)}
    for browser in browsers.values():
        browser.raise_request_exception = False
        # That somebody is here is noted once; whoever may have a profile begins it at the first look.
        browser.get("/profile/")
    stored = Stored()
    for address in list_addresses():
        path = world.things.fill("/" + address.pattern)
        for who, browser in browsers.items():
            for method in ("GET", "POST"):
                with undone():
                    stored.mark()
                    answer = browser.get(path) if method == "GET" else browser.post(path, TYPED)
                    yield _visit(who, address.name, method, path, answer, stored)


def _walk_operations(world) -> Iterator[Visit]:
    tokens = {NOBODY: {}, **{who: call_as(getattr(world.cast, who)) for who in PEOPLE}}
    client, stored = Client(raise_request_exception=False), Stored()
    for operation in list_operations():
        path, method = world.things.fill(operation.path), operation.method
        for who, headers in tokens.items():
            with undone():
                stored.mark()
                sent = sent_to(operation.path, method, world.things.ids)
                answer = getattr(client, method.lower())(path, headers=headers, query_params=QUERIES, **sent)
                yield _visit(who, str(operation), method, path, answer, stored)


def sent_to(path: str, method: str, ids: dict[str, str]) -> dict:
    """What an operation is sent, so that nothing is missing before it asks who comes."""
    if method in ("GET", "DELETE"):
        return {}
    body = body_of(path, ids)
    if isinstance(body, dict) and any(isinstance(value, bytes) for value in body.values()):
        return {"data": {name: SimpleUploadedFile("r.txt", one) if isinstance(one, bytes) else one for name, one in body.items()}}
    return {"data": body, "content_type": "application/json"}


def _visit(who: str, door: str, method: str, path: str, answer, stored: Stored) -> Visit:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    changed = stored.changed() if answer.status_code < 500 else []
    code = answer.json().get("error", {}).get("code", "") if path.startswith("/api/") and answer.status_code >= 400 else ""
    location, tells = answer.headers.get("Location", ""), SECRET.encode() in content
    return Visit(who, door, method, path, answer.status_code, location, tells, changed, code, tuple(_loose(answer, content)))


def _loose(answer, content: bytes) -> Iterator[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
        yield f"the policy of contents is {policy!r}"
    yield from (f"{name} is {answer.headers.get(name)!r}" for name, wanted in HEADERS.items() if answer.headers.get(name) != wanted)
    if answer.headers.get("Content-Type", "").startswith("text/html") and (found := INLINE.search(content)):
        yield f"inline code: {found[0]!r}"
