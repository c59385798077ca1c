"""The Python files that the lints look at: path, text, tree, and the room and kind that their place names."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("kernel", "people", "money", "market", "work", "trust", "guide")
KINDS = {
    "rules": 0, "models": 1, "queries": 2, "actions": 3, "forms": 4, "schemas": 4,
    "views": 5, "api": 5, "admin": 5, "tasks": 5, "reactions": 5, "urls": 6,
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One Python file: its path in the repository, its text and its tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).parts

    @property
    def room(self) -> str:
        """The room of a file below a floor, the floor itself for the kernel, or nothing."""
        if len(self.parts) > 3 and self.parts[0] == "hirehall" and self.parts[1] in FLOORS:
            return self.parts[2] if self.parts[1] != "kernel" else "kernel"
        return "kernel" if self.parts[:2] == ("hirehall", "kernel") else ""

    @property
    def kind(self) -> str:
        """What a file of a room is by its name or folder: `list_views.py` and `views/lists.py` are both views."""
        return kind_of(self.parts[3:]) if self.room and self.room != "kernel" else ""

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts


def sources() -> list[Source]:
    """All our Python files."""
    paths = [ROOT / "conftest.py"]
    for top in ("hirehall", "sim", "tests", "bench"):
        paths += sorted((ROOT / top).rglob("*.py"))
    return [Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in paths]


def kind_of(parts: tuple[str, ...]) -> str:
    """The kind that the parts below a room name, or nothing."""
    return next((word for part in parts if (word := part.removesuffix(".py").split("_")[-1]) in KINDS), "")


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that is imported, with names: `from a.b import c` is a.b and a.b.c."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            for name in node.names:
                yield node.lineno, f"{node.module}.{name.name}"


def names_used(tree: ast.AST) -> set[str]:
    """The names that a module uses otherwise than as types of parameters, variables and results."""
    types = set()
    for node in ast.walk(tree):
        for told in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            types |= {id(inner) for inner in ast.walk(told)} if told else set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in types}
