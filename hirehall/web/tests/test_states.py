"""Every state that a row can be in has words, in each language of the market."""

from enum import StrEnum

import pytest
from django.apps import apps
from django.utils import translation

from hirehall.web.states import TEXTS, state_text


def kinds_of_states() -> list[type[StrEnum]]:
    """All enumerations of states in our rules."""
    found: list[type[StrEnum]] = [StrEnum]
    for kind in found:
        found += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.startswith("hirehall.") and kind.__name__.endswith("State")]


def states_of_tables() -> dict[str, set[str]]:
    """What the columns called `state` can hold, by their tables."""
    columns = [
        m._meta.get_field("state") for m in apps.get_models() if "state" in {f.name for f in m._meta.get_fields()}
    ]
    return {column.model.__name__: {value for value, _label in column.choices or ()} for column in columns}


@pytest.mark.feature("ACC-05")
def test_every_state_has_words():
    known = {kind.__qualname__: {state.value for state in kind} for kind in kinds_of_states()} | states_of_tables()
    assert {"ContractState", "MilestoneState", "ExpenseState", "DisputeState", "FindingState", "Withdrawal"} <= set(
        known
    )
    assert {where: states - set(TEXTS) for where, states in known.items() if states - set(TEXTS)} == {}


@pytest.mark.feature("ACC-05")
def test_a_state_is_said_in_the_readers_language():
    assert state_text("changes_asked") == "Changes asked"
    with translation.override("bn"):
        assert state_text("active") not in ("Active", "active")


def test_a_name_without_words_stands_as_it_is():
    assert state_text("half_<b>") == "Half &lt;b&gt;"
