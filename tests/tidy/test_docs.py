"""Generated documents are current, and a row marked done has its proof."""

import pytest

from tests.tidy import features, openapi
from tests.tidy import map as house


def test_every_done_row_has_a_test_and_every_mark_a_row():
    assert features.find_faults(features.read_rows(), features.read_marks()) == []


def test_a_done_row_without_a_test_is_a_fault():
    rows = {"A-1": {"area": "A", "title": "x", "state": "done"}}
    assert features.find_faults(rows, {}) == ["A-1 is marked done and no test carries its id"]
    assert features.find_faults({}, {"A-1": ["t.py"]}) == ["A-1 stands in t.py and in no table"]


def test_a_row_that_is_partly_done_says_what_is_missing():
    half = {"A-1": {"area": "A", "title": "t", "state": "partly"}}
    assert "no note" in features.find_faults(half, {"A-1": ["t.py"]})[0]
    half["A-1"]["note"] = "the other half"
    assert features.find_faults(half, {"A-1": ["t.py"]}) == []
    assert features.find_faults(half, {}) != []
    half["A-1"]["state"] = "nearly"
    assert features.find_faults(half, {"A-1": ["t.py"]}) == ["A-1 has an unknown state"]


@pytest.mark.parametrize(
    ("path", "current", "command"),
    [
        (features.TABLE, lambda: features.write_table(features.read_rows(), features.read_marks()), "make features"),
        (house.MAP, house.draw, "make map"),
        (openapi.SNAPSHOT, openapi.describe, "make openapi"),
    ],
)
def test_a_generated_document_is_current(path, current, command):
    assert path.read_text(encoding="utf-8") == current(), f"run {command}"
