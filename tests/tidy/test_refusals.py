"""Refusals can be translated: their texts are fixed, name the values they are given, and pages say them with `told`."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.tidy.source import ROOT

# What only programs and operators read.
PUT_TOGETHER = ("money/ledger/", "market/jobs/columns.py", "people/accounts/scopes.py")
SAID_IN_ENGLISH = re.compile(r"\b(?:refusal|refused|outcome)\.sentence\b")


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every place where a refusal is made, with what it is told."""
    for path in sorted((ROOT / "hirehall").rglob("*.py")):
        if "tests" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "Refused(" in text else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and len(node.args) > 1:
                yield f"{path.relative_to(ROOT / 'hirehall')}:{node.lineno}", node


def values_of(call: ast.Call) -> ast.expr | None:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    return call.args[3] if len(call.args) > 3 else given.get("values")


def find_fault(call: ast.Call) -> str:
    """What is wrong with the text of a refusal, or nothing."""
    text, values = call.args[1], values_of(call)
    if isinstance(text, ast.JoinedStr):
        return "is put together; give its values apart"
    if not isinstance(text, ast.Constant) or not (values is None or isinstance(values, ast.Dict)):
        return ""
    named = set(re.findall(r"%\((\w+)\)s", text.value)) if values else set()
    given = {key.value for key in values.keys if isinstance(key, ast.Constant)} if values else set()
    if named != given or ("%(" in text.value and not values):
        return f"names {sorted(named)} and is given {sorted(given)}"
    return ""


@pytest.mark.feature("ACC-05")
def test_texts_of_refusals_are_fixed_and_name_their_values():
    found = list(calls())
    assert len(found) > 300
    faults = {where: find_fault(call) for where, call in found if not where.startswith(PUT_TOGETHER)}
    assert {where: fault for where, fault in faults.items() if fault} == {}


@pytest.mark.feature("ACC-05")
def test_pages_say_refusals_in_the_readers_language():
    pages = [*(ROOT / "hirehall").rglob("templates/**/*.html"), *(ROOT / "hirehall").rglob("*views.py")]
    assert [str(path) for path in pages if SAID_IN_ENGLISH.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "written",
    [
        'Refused("a:b", f"At most {most}.")',
        'Refused("a:b", "At most %(most)s.")',
        'Refused("a:b", "At most %(most)s.", values={"least": 1})',
        'Refused("a:b", "At most.", "field", {"most": 1})',
    ],
)
def test_a_broken_text_is_found(written):
    assert find_fault(ast.parse(written, mode="eval").body) != ""
