"""Everything is closed unless opened: visitors, tokens without scope, marks on every view, and ids that do not exist.

Each test goes through all addresses or operations in one world and names every one that is wrong.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.support.cast import browse_as, call_as
from tests.walls.addresses import Address, Operation, fill, list_addresses, list_operations
from tests.walls.digest import undone

# Opened to visitors on purpose; anything else that lets a visitor in fails below.
OPEN_TO_VISITORS = {
    # Whoever has a certificate on paper checks its code here.
    "documents:verify",
    # Signed by the payment company instead of a person.
    "notifications:worker",
    # Its signed link stops a new account for withdrawals, and nothing else.
    "payments:stop_payout",
    "payments:webhook",
    "search:jobs",
    "search:talent",
    "web:file",
    "web:healthz",
    "web:home",
    "web:job",
    "web:styleguide",
    "web:styleguide_error",
    "web:talent",
    "web:talent_as",
    "web:theme",
}

# Pages for people who have no party yet only ask for a sign-in; the next test sees that they do.
BEFORE_A_PARTY = "accounts:"


def faults(things: list, judge: Callable[[Address | Operation], Iterator[str]]) -> str:
    """What is wrong with each, one a line; the list itself must not be empty by mistake."""
    assert len(things) > 80
    return "\n".join(f"{one}: {fault}" for one in things for fault in judge(one))


def test_every_view_says_who_may_come():
    def judge(address: Address) -> Iterator[str]:
        kinds = getattr(address.view, "acting_kinds", None)
        if not address.name.startswith(BEFORE_A_PARTY) and not kinds:
            yield "wears neither @acting nor @open_to_all"
        if kinds and ("nobody" in kinds) != (address.name in OPEN_TO_VISITORS):
            yield f"is open to {kinds}"

    assert faults(list_addresses(), judge) == ""


def test_a_visitor_is_sent_to_sign_in(db, client):
    def judge(address: Address) -> Iterator[str]:
        for method in ("get", "post"):
            with undone():
                answer = getattr(client, method)(address.path)
            entered = answer.status_code in (200, 302, 303, 404, 405, 422)
            sent_away = answer.status_code == 302 and "/account/login/" in answer["Location"]
            if not (entered if address.name in OPEN_TO_VISITORS else sent_away):
                yield f"{method} {address.path} gives a visitor {answer.status_code}"

    assert faults(list_addresses(), judge) == ""


@pytest.mark.parametrize("who", ["ada", "cyd", "sam"])
def test_no_address_breaks_for_a_member(cast, who):
    """With ids that do not exist: a page, a refusal or 'not found', never a fault of ours. The walks with real things
    go through the addresses that have no parts.
    """
    browser = browse_as(getattr(cast, who))
    browser.get("/notices/")

    def judge(address: Address) -> Iterator[str]:
        for method in ("get", "post"):
            with undone():
                answer = getattr(browser, method)(address.path)
            if answer.status_code >= 500:
                yield f"{method} {address.path} gives {answer.status_code}"

    assert faults([one for one in list_addresses() if "<" in one.pattern], judge) == ""


@pytest.mark.feature("OPS-03")
def test_every_operation_needs_a_token_and_a_scope(cast, client):
    tokens = {scope: call_as(cast.ada, [scope]) for scope in ("read", "messages")}

    def judge(operation: Operation) -> Iterator[str]:
        scope, path, method = getattr(operation.view, "needed_scope", None), fill(operation.path), operation.method.lower()
        with undone():
            bare = getattr(client, method)(path)
            answer = getattr(client, method)(path, headers=tokens["messages" if scope == "read" else "read"], content_type="application/json")
        if not scope:
            yield "wears no @needs"
        if bare.status_code != 401:
            yield f"gives {bare.status_code} without a token"
        # Values are read before the scope is looked at; either way nothing is carried out. "session" is for people alone.
        if answer.status_code not in ((401,) if scope == "session" else (403, 422)):
            yield f"gives {answer.status_code} to another scope than {scope}"
        if answer.status_code == 403 and answer.json()["error"]["code"] != "token:scope":
            yield f"refuses with {answer.json()}"

    assert faults(list_operations(), judge) == ""


@pytest.mark.parametrize("who", ["ada", "cyd"])
def test_no_operation_breaks_on_ids_that_do_not_exist(cast, client, who):
    headers = call_as(getattr(cast, who))

    def judge(operation: Operation) -> Iterator[str]:
        with undone():
            answer = getattr(client, operation.method.lower())(fill(operation.path), headers=headers, content_type="application/json")
        if answer.status_code >= 500:
            yield f"{answer.status_code} {answer.content[:200]!r}"

    assert faults([one for one in list_operations() if "{" in one.path], judge) == ""
