"""The lints. Each takes a parsed file and yields (line, sentence); none imports what it looks at."""

import ast
import re
from collections.abc import Callable, Iterator

from tests.tidy.source import KINDS, Source, imports, kind_of, names_used

# Packages below the house that keep tables of their own.
PACKAGES = ("usersessions",)
ROOM_ORDER = (
    "kernel", "accounts", "screening", "notifications", "messages", "talks", "ledger", "payments", "connects",
    "memberships", "documents", "books", "profiles", "jobs", "matching", "promotion", "proposals", "contracts", "catalog", "hours", "disputes",
    "verification", "reputation", "moderation", "search", "insights", "advisor",
)  # fmt: skip
BANNED_NAMES = {
    "util", "utils", "helper", "helpers", "common", "misc", "services", "managers", "signals", "selectors", "shared",
    "stuff", "tools",
}  # fmt: skip
# New files stay below the soft marks; those over them are listed and may only shrink.
FILE_SOFT, FILE_HARD, FUNCTION_SOFT, FUNCTION_HARD = 300, 500, 40, 70
LONG_FILES = {
    "hirehall/people/screening/tests/contacts_to_find.py": 350,
}
LONG_FUNCTIONS = {
    ("hirehall/market/proposals/actions/sending.py", "submit_proposal"): 53,
    ("hirehall/money/payments/actions/escrow.py", "release_escrow"): 42,
    ("hirehall/people/screening/links.py", "why_not_link"): 42,
    ("hirehall/web/samples.py", "talent"): 41,
    ("sim/faces.py", "_features"): 45,
    ("sim/faces.py", "_neck_and_clothes"): 64,
    ("sim/posts.py", "describe"): 47,
    ("sim/prints.py", "draw_plan"): 43,
    ("sim/screens.py", "draw_chart"): 41,
    ("tests/browser/test_money.py", "test_from_a_card_to_money_in_the_bank"): 49,
    ("tests/browser/test_profile.py", "test_from_joining_to_one_hundred_percent"): 44,
    ("tests/browser/walks.py", "fill_way"): 62,
}
# Where modules are named by a setting or come after the apps are ready.
LATE_IMPORTS_ALLOWED = {"hirehall/web/stream.py", "hirehall/project/apps.py"}
# Whether the database answers is asked of the database.
STATEMENTS_ALLOWED = {"hirehall/web/views.py"}
# procrastinate writes the workers' signs of life with the database's clock.
DATABASE_CLOCK_ALLOWED = {"hirehall/project/tasks.py"}
EDGE = 4

Offence = tuple[int, str]


def foreign_models(source: Source) -> Iterator[Offence]:
    """Another room's rows are changed only through that room's actions; only a query may read them.

    A table may be named as the type of a parameter.
    """
    if source.is_test or source.is_migration or not source.room or source.room == "kernel" or source.kind == "queries":
        return
    used = names_used(source.tree)
    for node in ast.walk(source.tree):
        for line, name in imports(node) if isinstance(node, ast.Import | ast.ImportFrom) else ():
            found = re.match(r"hirehall\.\w+\.(\w+)(?:\.\w+)*?\.models\b", name)
            taken = {alias.asname or alias.name.split(".")[0] for alias in node.names}
            if found and found[1] != source.room and taken & used:
                yield line, f"imports the tables of {found[1]}; call its actions or queries instead"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            yield node.lineno, "takes a table by its name; call its room's actions or queries instead"


def inside_order(source: Source) -> Iterator[Offence]:
    """Inside a room: rules < models < queries < actions < forms < views, api, tasks < urls; also for `list_views.py`."""
    if source.is_test or source.is_migration or not source.kind:
        return
    room = ".".join(source.parts[:3])
    for line, name in imports(source.tree):
        if name.startswith(f"{room}."):
            kind = kind_of(tuple(name.split(".")[3:]))
            if kind and KINDS[kind] > KINDS[source.kind]:
                yield line, f"{source.kind} import {kind}"


def upward_keys(source: Source) -> Iterator[Offence]:
    """A key between rooms points down, by text, and gives no name upward."""
    if source.is_migration or source.is_test or not source.room or "models" not in (source.kind, source.parts[-1][:-3]):
        return
    for node in ast.walk(source.tree):
        fields = ("ForeignKey", "OneToOneField", "ManyToManyField")
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", getattr(node.func, "id", "")) not in fields:
            continue
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        target = node.args[0] if node.args else named.get("to")
        if not isinstance(target, ast.Constant) or "." not in str(target.value):
            continue
        room = str(target.value).split(".")[0]
        if room not in PACKAGES and (room not in ROOM_ORDER or ROOM_ORDER.index(room) > ROOM_ORDER.index(source.room)):
            yield node.lineno, f"points up to {target.value}"
        elif room != source.room and getattr(named.get("related_name"), "value", "") != "+":
            yield node.lineno, f'gives {target.value} a name upward; write related_name="+"'


def signals(source: Source) -> Iterator[Offence]:
    """Flow goes through project/wiring.py, where it can be read."""
    for line, name in imports(source.tree):
        if re.search(r"(^|\.)signals(\.|$)|^django\.dispatch", name):
            yield line, "uses signals"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "signals":
            yield node.lineno, "uses signals"


def overridden_save(source: Source) -> Iterator[Offence]:
    """What must hold is a constraint or a rule, never a hidden step of saving."""
    if source.is_test:
        return
    in_models = "models" in (source.kind, source.parts[-1][:-3])
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and (
            in_models or any(re.search(r"\bModel$", ast.unparse(b)) for b in node.bases)
        ):
            for inner in node.body:
                if getattr(inner, "name", "") in (
                    "save",
                    "asave",
                    "save_base",
                    "delete",
                    "adelete",
                    "clean",
                    "full_clean",
                ):
                    yield inner.lineno, f"overrides {inner.name}"


TOLD = {"now", "utcnow", "today", "localdate", "localtime", "gmtime", "ctime", "time_ns"}
SQL_CLOCK = re.compile(
    r"(?is)\b(?:select|insert|update|delete)\b.*\b(?:now\(\)|current_(?:timestamp|date)|\w+_timestamp\(\))"
)


def other_clocks(source: Source) -> Iterator[Offence]:
    """Only kernel.clock tells the time; measuring a duration with a monotonic clock is something else."""
    if source.is_test or source.parts[0] not in ("hirehall", "sim") or source.path.endswith("kernel/clock.py"):
        return
    for line, name in imports(source.tree):
        if re.fullmatch(
            r"django\.utils\.timezone\.(now|local\w+)|time\.(time\w*|localtime|gmtime|ctime)|.*functions\.\w*\.?Now",
            name,
        ):
            yield line, f"{name} tells the time beside kernel.clock"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            spelled = ast.unparse(node)
            if (node.attr in TOLD and not re.search(r"\bclock\.now$", spelled)) or spelled == "time.time":
                yield node.lineno, f"{spelled} tells the time beside kernel.clock"
        elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            yield node.lineno, f"{node.arg} tells the time beside kernel.clock"
        elif source.path not in DATABASE_CLOCK_ALLOWED and not source.is_migration and _asks_database(node):
            yield node.lineno, "the database tells the time beside kernel.clock; hand the moment in"


def _asks_database(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and bool(SQL_CLOCK.search(str(node.value)))


AMOUNT = re.compile(r"(?:_|\b)(?:minor|amount|fee|balance|cents|price|budget|earned|escrow)s?\b")


MINOR = re.compile(r"(?:^|_)minor(?:_|$)")


def floats_near_money(source: Source) -> Iterator[Offence]:
    """No float in a room that moves money, none in a file that reads, counts or compares amounts, none beside one elsewhere."""
    if source.is_test or source.is_migration or source.parts[0] != "hirehall":
        return
    strict = source.path.startswith(("hirehall/money/", "hirehall/kernel/money"))
    near = strict or _handles_amounts(source)
    for node in ast.walk(source.tree):
        divides = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        multiplies = isinstance(node, ast.BinOp | ast.AugAssign) and any(
            _is_float(one) for one in ast.iter_child_nodes(node)
        )
        if near and (_is_float(node) or getattr(node, "attr", getattr(node, "id", "")) in ("float", "FloatField")):
            yield node.lineno, f"the float {ast.unparse(node)}"
        elif (divides and strict) or ((divides or multiplies or _turns(node)) and AMOUNT.search(ast.unparse(node))):
            yield node.lineno, f"{ast.unparse(node)[:60]} gives a float; use //, share_half_up or split_by_weights"
    for line, name in imports(source.tree):
        if strict and name.split(".")[0] in ("math", "statistics"):
            yield line, f"{name} counts in floats"


def _turns(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"


def _handles_amounts(source: Source) -> bool:
    """True for a file that knows amounts: it takes the kernel's money or units, or has a name for minor units.

    The pages' edge draws: its charts and figures may have floats, only not beside an amount.
    """
    if source.parts[1] in ("web", "kernel", "project"):
        return False
    if any(re.match(r"hirehall\.kernel\.(money|units)\b", name) for _, name in imports(source.tree)):
        return True
    names = (getattr(node, "arg", getattr(node, "id", getattr(node, "attr", None))) for node in ast.walk(source.tree))
    return any(isinstance(name, str) and MINOR.search(name) for name in names)


def _is_float(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, float)


def local_imports(source: Source) -> Iterator[Offence]:
    """An import inside a function hides a cycle."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield inner.lineno, "imports inside a function"
        elif source.path not in LATE_IMPORTS_ALLOWED and isinstance(node, ast.Call):
            yield from [(node.lineno, "imports by name")] * bool(
                re.search(r"\b(__import__|import_module)$", ast.unparse(node.func))
            )


def banned_file_names(source: Source) -> Iterator[Offence]:
    """A file or a folder is named by its noun."""
    for part in source.parts:
        if part.removesuffix(".py") in BANNED_NAMES:
            yield 1, f"{part} says nothing; name the noun"


def missing_docstrings(source: Source) -> Iterator[Offence]:
    """Every module opens with what it is for."""
    if not source.is_migration and source.text.strip() and not ast.get_docstring(source.tree):
        yield 1, "the module has no docstring"


def too_long(source: Source) -> Iterator[Offence]:
    """Files and functions stay readable; texts for the demo market are exempt by their folder."""
    if source.is_migration or source.parts[:2] == ("sim", "words"):
        return
    most = LONG_FILES.get(source.path, FILE_SOFT)
    if (lines := source.text.count("\n")) > most:
        yield 1, f"{lines} lines; split it by noun ({most} at most)"
    for line, name, length in functions(source):
        most = LONG_FUNCTIONS.get((source.path, name), FUNCTION_SOFT)
        if length > most:
            yield line, f"{name} has {length} lines ({most} at most)"


def functions(source: Source) -> Iterator[tuple[int, str, int]]:
    """Line, name and length of every function."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def unfinished(source: Source) -> Iterator[Offence]:
    """Nothing unfinished lands."""
    if source.path == "tests/tidy/lints.py":
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        if re.search(r"\bFIXME\b|\bXXX\b|raise NotImplementedError|\bTODO\b(?!.*#\d)", line):
            yield number, "something unfinished"


def rows_in_edges(source: Source) -> Iterator[Offence]:
    """Views, operations, tasks and forms call queries and actions; they hold no rows themselves."""
    if source.is_test or source.is_migration:
        return
    is_edge = source.parts[:2] in (("hirehall", "web"), ("hirehall", "api"))
    if is_edge or KINDS.get(source.kind, 0) >= EDGE:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
                yield node.lineno, ".objects in an edge; write a query or an action"
            elif isinstance(node, ast.Attribute) and node.attr == "cursor" and source.path not in STATEMENTS_ALLOWED:
                yield node.lineno, "a statement in an edge; write a query or an action"


def impure_rules(source: Source) -> Iterator[Offence]:
    """Rules take plain values: no Django, no clock, no tables, no machine."""
    if source.kind != "rules" or source.is_test:
        return
    for line, name in imports(source.tree):
        if re.match(
            r"django|procrastinate|os|pathlib|socket|requests|random|secrets|time\b|hirehall\.kernel\.(?!errors|money|units|weeks|ids)\w+",
            name,
        ):
            yield line, f"a rule imports {name}"


LINTS: tuple[Callable[[Source], Iterator[Offence]], ...] = (
    foreign_models, inside_order, impure_rules, upward_keys, signals, overridden_save, other_clocks, floats_near_money, local_imports,
    banned_file_names, missing_docstrings, too_long, unfinished, rows_in_edges,
)  # fmt: skip
