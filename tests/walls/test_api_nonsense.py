"""Every operation of the API gets values that fit its description, and values that do not, from the right people.

Nothing breaks, each error has its code and sentence, and what is refused changes nothing. The values are drawn by
schemathesis from our own description; real ids stand in the addresses, so that the values themselves are read.
"""

import re

import pytest
import schemathesis
from django.db import InternalError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core import NotSet

from hirehall.api.urls import api
from tests.support.cast import call_as
from tests.walls.belongings import Belongings
from tests.walls.digest import Stored, undone

EXAMPLES = 4
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(api.get_openapi_schema()).get_all_operations()]
WORD = re.compile(r"[a-z_]+(:[a-z_]+)*")


def send(client, case: Case, things: Belongings, headers: dict[str, str]):
    """The case as a request of Django's client, about real things."""
    path = things.fill(case.path)
    query = {name: value for name, value in (case.query or {}).items() if value is not None}
    options = {"headers": headers, "query_params": query}
    if not isinstance(case.body, NotSet):
        options["data"] = case.body
        options["content_type"] = "application/json"
        if case.media_type and "multipart" in case.media_type:
            options.pop("content_type")
            options["data"] = {k: v for k, v in case.body.items() if v is not None} if isinstance(case.body, dict) else {}
    return getattr(client, case.method.lower())(path, **options)


def fault_of(answer, stored: Stored) -> str:
    """What is wrong with an answer; nothing when it is as it must be."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if answer.status_code < 400:
        return f"unseen signs in {left}" if (left := stored.unseen()) else ""
    error = answer.json().get("error", {})
    if not WORD.fullmatch(error.get("code", "")) or len(error.get("message", "").split()) < 2:
        return f"an error without code or sentence: {answer.content[:200]!r}"
    return f"{answer.status_code} and yet changed: {left}" if (left := left_by(stored)) else ""


def left_by(stored: Stored) -> list[str]:
    try:
        with transaction.atomic():
            return stored.changed()
    except InternalError:
        # A read with a value that PostgreSQL does not take; outside of this test's transaction it stands alone.
        return []


@pytest.mark.slow
@pytest.mark.feature("OPS-03")
def test_any_values_get_an_answer(world, client):
    """Each case goes to both sides: drawing it is what takes long."""
    tokens = {who: call_as(getattr(world.cast, who)) for who in ("ada", "cyd")}
    faults, stored = [], Stored()
    for operation in OPERATIONS:
        for mode in GenerationMode:

            @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=mode))
            def answers(case: Case) -> None:
                for who, headers in tokens.items():
                    with undone():
                        stored.mark()
                        fault = fault_of(send(client, case, world.things, headers), stored)
                    if fault:
                        faults.append(f"{who} {case.method} {case.path} {case.query} {case.body!r}: {fault}"[:600])

            answers()
    assert "\n".join(faults) == ""
    assert len(OPERATIONS) > 80
