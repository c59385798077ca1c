"""The events that actions record and those that wiring.py reacts to, read from the code."""

import ast

from tests.tidy.source import Source


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
