"""Policy: every number of the rules, in one readable file, typed and checked at start.

A room declares the part it owns as a frozen dataclass: `@section("connects")`. `load` reads policy.toml,
builds every section and refuses to start with file, key and reason when something is missing, unknown
or of the wrong type. `of(ConnectsPolicy)` is the section in force; `of(ConnectsPolicy, version=3)` the
one that an older contract keeps.
"""

import dataclasses
import hashlib
import math
import tomllib
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

from hirehall.kernel import clock
from hirehall.kernel.errors import BadPolicy
from hirehall.kernel.models import PolicyVersion

S = TypeVar("S")

_sections: dict[str, type] = {}
_current: dict[type, Any] = {}
_old: dict[int, dict[type, Any]] = {}
_source: dict[str, Any] = {"text": "", "version": 0}


def section(name: str):
    """Declare a dataclass as the shape of one table of policy.toml."""

    def declare(shape: type[S]) -> type[S]:
        _sections[name] = shape
        return shape

    return declare


def load(path: Path) -> None:
    """Read and check the file; called once at start."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicy(f"{path}: can't be read: {getattr(error, 'strerror', None) or 'it is no UTF-8'}.") from error
    found = parse(text, str(path))
    _current.clear()
    _current.update(found)
    _source.update(text=text, version=int(tomllib.loads(text)["version"]))


def of(shape: type[S], version: int | None = None) -> S:
    """A section of the policy in force, or of the version that something was made under."""
    if version is None or version == _source["version"]:
        return _current[shape]
    if version not in _old:
        _old[version] = parse_kept(PolicyVersion.objects.get(pk=version).text)
    return _old[version][shape]


def version() -> int:
    """The version in force; contracts, proposals and holds store it."""
    return _source["version"]


def remember_version() -> None:
    """Keep the text of the version in force; a changed text under an old number stops the start."""
    digest = hashlib.sha256(_source["text"].encode()).hexdigest()
    kept, _ = PolicyVersion.objects.get_or_create(
        version=_source["version"],
        defaults={"digest": digest, "text": _source["text"], "since": clock.now()},
    )
    if kept.digest != digest and parse_kept(kept.text) != _current:
        raise BadPolicy(
            f"policy.toml: version: {kept.version} is already in use with other values; raise the number."
        )


def parse(text: str, where: str) -> dict[type, Any]:
    """Check a policy text and return its sections; BadPolicy names file, key and reason."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise BadPolicy(f"{where}: {exc}") from exc
    if not isinstance(tables.pop("version", None), int):
        raise BadPolicy(f"{where}: version: must be a whole number.")
    unknown = sorted(set(tables) - set(_sections))
    if unknown:
        raise BadPolicy(f"{where}: {unknown[0]}: no room owns this table.")
    return {
        shape: _build(shape, tables.get(name), f"{where}: {name}", _line_finder(text))
        for name, shape in _sections.items()
    }


def parse_kept(text: str) -> dict[type, Any]:
    """An older text as the code of today reads it: numbers that it does not know yet are those in force."""
    kept, now = tomllib.loads(text), tomllib.loads(_source["text"])
    return {
        shape: _build(shape, _filled(shape, kept.get(name, {}), now[name]), f"kept policy: {name}", _line_finder(text))
        for name, shape in _sections.items()
    }


def _filled(shape: type, kept: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(shape)
    return {
        name: _filled(hints[name], kept.get(name, {}), value) if dataclasses.is_dataclass(hints[name]) else kept.get(name, value)
        for name, value in now.items()
    }


def _line_finder(text: str):
    lines = text.splitlines()

    def line_of(key: str) -> str:
        for number, line in enumerate(lines, 1):
            if line.split("=")[0].strip() == key:
                return f" (line {number})"
        return ""

    return line_of


def _build(shape: type, table: Any, where: str, line_of) -> Any:
    if not isinstance(table, dict):
        raise BadPolicy(f"{where}: this table is missing.")
    hints = typing.get_type_hints(shape)
    fields = {f.name: f for f in dataclasses.fields(shape)}
    for key in table:
        if key not in fields:
            raise BadPolicy(f"{where}.{key}{line_of(key)}: unknown key.")
    for key in fields:
        if key not in table:
            raise BadPolicy(f"{where}.{key}: missing.")
    values = {
        key: _typed(table[key], hints[key], f"{where}.{key}{line_of(key)}", line_of) for key in fields
    }
    try:
        return shape(**values)
    except ValueError as exc:
        raise BadPolicy(f"{where}: {exc}") from exc


def _typed(value: Any, hint: Any, where: str, line_of) -> Any:
    """Turn a TOML value into what the field's type says: numbers, texts, tuples, tables."""
    if dataclasses.is_dataclass(hint):
        return _build(typing.cast("type", hint), value, where, line_of)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        if not isinstance(value, list):
            raise BadPolicy(f"{where}: must be a list.")
        return tuple(_typed(each, args[0], where, line_of) for each in value)
    if origin is dict:
        if not isinstance(value, dict):
            raise BadPolicy(f"{where}: must be a table.")
        return {k: _typed(each, args[1], where, line_of) for k, each in value.items()}
    if origin in (typing.Union, types.UnionType):
        return value
    if hint is int and (not isinstance(value, int) or isinstance(value, bool)):
        raise BadPolicy(f"{where}: must be a whole number, not {value!r}.")
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, hint) or (hint is float and not math.isfinite(value)):
        raise BadPolicy(f"{where}: must be {hint.__name__}, not {value!r}.")
    if hint in (int, float) and value < 0:
        raise BadPolicy(f"{where}: must not be negative.")
    return value
