"""The lints. Each takes a parsed file and yields (line, sentence); none imports what it looks at."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("kernel", "people", "money", "market", "work", "trust", "guide")
# Packages below the house that keep tables of their own.
PACKAGES = ("usersessions",)
ROOM_ORDER = (
    "kernel", "accounts", "screening", "notifications", "messages", "talks", "ledger", "payments", "connects",
    "memberships", "documents", "profiles", "jobs", "matching", "promotion", "proposals", "contracts", "catalog", "hours", "disputes",
    "verification", "reputation", "moderation", "search", "insights", "advisor",
)  # fmt: skip
BANNED_NAMES = {
    "utils.py", "helpers.py", "common.py", "misc.py", "services.py", "managers.py", "signals.py", "selectors.py",
}  # fmt: skip
FILE_HARD, FUNCTION_HARD = 500, 70
# Where local imports are right, with the reason.
LOCAL_IMPORTS_ALLOWED: dict[str, str] = {}

Offence = tuple[int, str]


@dataclass(frozen=True)
class Source:
    """One Python file: its path in the repository, its text and its tree."""

    path: str
    text: str

    @property
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
    def is_test(self) -> bool:
        return "tests" in self.parts

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts


def sources() -> list[Source]:
    """All our Python files."""
    found = []
    for top in ("hirehall", "sim", "tests", "bench"):
        for path in sorted((ROOT / top).rglob("*.py")):
            found.append(Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
    return found


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


def foreign_models(source: Source) -> Iterator[Offence]:
    """An action changes another room's rows only through that room's actions."""
    if source.is_test or not source.room or not re.search(r"/actions(/|\.py)", source.path):
        return
    for line, name in imports(source.tree):
        found = re.fullmatch(r"hirehall\.\w+\.(\w+)\.models", name)
        if found and found[1] != source.room and found[1] != "accounts":
            yield line, f"imports the tables of {found[1]}; call its actions or queries instead"


def upward_keys(source: Source) -> Iterator[Offence]:
    """A foreign key between rooms points down, by text, and gives no name upward."""
    if source.is_migration or not source.path.endswith("models.py") or source.room not in ROOM_ORDER:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("ForeignKey", "OneToOneField"):
            target = node.args[0] if node.args else None
            if isinstance(target, ast.Constant) and "." in str(target.value):
                room = str(target.value).split(".")[0]
                if room in PACKAGES:
                    continue
                if room not in ROOM_ORDER or ROOM_ORDER.index(room) > ROOM_ORDER.index(source.room):
                    yield node.lineno, f"points up to {target.value}"


def signals(source: Source) -> Iterator[Offence]:
    """Flow goes through project/wiring.py, where it can be read."""
    for line, name in imports(source.tree):
        if re.search(r"django\.(db\.models|dispatch|core)\.?\w*\.?signals?\b|django\.dispatch", name):
            yield line, "uses Django's signals"


def overridden_save(source: Source) -> Iterator[Offence]:
    """What must hold is a constraint or a rule, never a hidden step of saving."""
    if not source.path.endswith("models.py"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete", "clean", "full_clean"):
            yield node.lineno, f"overrides {node.name}"


def other_clocks(source: Source) -> Iterator[Offence]:
    """Only kernel.clock tells the time; measuring a duration with a monotonic clock is something else."""
    if source.is_test or not source.path.startswith("hirehall/") or source.path.endswith("kernel/clock.py"):
        return
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        base = ast.unparse(node.func.value)
        spelled = f"{base}.{node.func.attr}"
        if node.func.attr in ("now", "utcnow", "today") and base.split(".")[-1] in ("datetime", "date", "timezone"):
            yield node.lineno, f"{spelled}() tells the time beside kernel.clock"
        if spelled == "time.time":
            yield node.lineno, "time.time() tells the time beside kernel.clock"


def floats_near_money(source: Source) -> Iterator[Offence]:
    """No float in a room that moves money."""
    if source.is_test or source.is_migration or not source.path.startswith(("hirehall/money/", "hirehall/kernel/money")):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, f"the float {node.value}"
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno, "float"
        if isinstance(node, ast.Attribute) and node.attr == "FloatField":
            yield node.lineno, "FloatField"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            yield node.lineno, "true division gives a float; use //, share_half_up or split_by_weights"


def local_imports(source: Source) -> Iterator[Offence]:
    """An import inside a function hides a cycle."""
    if source.path in LOCAL_IMPORTS_ALLOWED:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield inner.lineno, "imports inside a function"


def banned_file_names(source: Source) -> Iterator[Offence]:
    """A file is named by its noun."""
    if source.parts[-1] in BANNED_NAMES:
        yield 1, f"{source.parts[-1]} says nothing; name the noun"


def missing_docstrings(source: Source) -> Iterator[Offence]:
    """Every module opens with what it is for."""
    if not source.is_migration and source.text.strip() and not ast.get_docstring(source.tree):
        yield 1, "the module has no docstring"


def too_long(source: Source) -> Iterator[Offence]:
    """Files and functions stay readable; texts for the demo market are exempt by their folder."""
    if source.is_migration or source.parts[:2] == ("sim", "words"):
        return
    lines = source.text.count("\n")
    if lines > FILE_HARD:
        yield 1, f"{lines} lines; split it by noun ({FILE_HARD} at most)"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_HARD:
                yield node.lineno, f"{node.name} has {length} lines ({FUNCTION_HARD} at most)"


def unfinished(source: Source) -> Iterator[Offence]:
    """Nothing unfinished lands."""
    if source.path == "tests/tidy/lints.py":
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        if re.search(r"\bFIXME\b|\bXXX\b|raise NotImplementedError|\bTODO\b(?!.*#\d)", line):
            yield number, "something unfinished"


def rows_in_edges(source: Source) -> Iterator[Offence]:
    """Views, operations and tasks call queries and actions; they hold no rows themselves."""
    if source.is_test or source.is_migration:
        return
    is_edge = source.parts[:2] in (("hirehall", "web"), ("hirehall", "api"))
    name = source.parts[-1]
    if is_edge or name.startswith(("views", "api", "tasks")) or "/views/" in source.path or "/api/" in source.path:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
                yield node.lineno, ".objects in an edge; write a query or an action"


LINTS: tuple[Callable[[Source], Iterator[Offence]], ...] = (
    foreign_models, upward_keys, signals, overridden_save, other_clocks, floats_near_money, local_imports,
    banned_file_names, missing_docstrings, too_long, unfinished, rows_in_edges,
)  # fmt: skip


def recorded_events(files: list[Source]) -> dict[str, str]:
    """Every event name that some action records, and where."""
    found = {}
    for source in files:
        if source.is_test or not source.path.startswith("hirehall/"):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("events.record", "record") and node.args:
                for name in _names(node.args[0]):
                    found[name] = f"{source.path}:{node.lineno}"
    return found


def _names(argument: ast.expr) -> list[str]:
    """The texts that an argument can be; for an f-string its shape with {} in the gaps."""
    if isinstance(argument, ast.Constant):
        return [str(argument.value)]
    if isinstance(argument, ast.IfExp):
        return _names(argument.body) + _names(argument.orelse)
    if isinstance(argument, ast.JoinedStr):
        return ["".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in argument.values)]
    return []


def wired_events(files: list[Source]) -> set[str]:
    """Every event name that has reactions."""
    wiring = next(s for s in files if s.path == "hirehall/project/wiring.py")
    for node in ast.walk(wiring.tree):
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "REACTIONS":
            return {key.value for key in node.value.keys}
    return set()
