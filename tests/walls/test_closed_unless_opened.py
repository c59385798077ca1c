"""Everything is closed unless opened: visitors, tokens without scope, and marks on every view."""

import pytest

from tests.support.cast import browse_as, call_as
from tests.walls.addresses import fill, list_addresses, list_operations

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


def addresses():
    return [pytest.param(a, id=a.name) for a in list_addresses()]


def operations():
    return [pytest.param(o, id=str(o)) for o in list_operations()]


@pytest.mark.parametrize("address", addresses())
def test_every_view_says_who_may_come(address):
    kinds = getattr(address.view, "acting_kinds", None)
    if address.name.startswith(BEFORE_A_PARTY):
        return
    assert kinds, f"{address.pattern} wears neither @acting nor @open_to_all"
    assert ("nobody" in kinds) == (address.name in OPEN_TO_VISITORS), address.name


@pytest.mark.parametrize("address", addresses())
def test_a_visitor_is_sent_to_sign_in(address, db, client):
    for method in ("get", "post"):
        answer = getattr(client, method)(address.path)
        if address.name in OPEN_TO_VISITORS:
            assert answer.status_code in (200, 302, 303, 404, 405, 422)
        else:
            assert answer.status_code == 302, (method, address.path, answer.status_code)
            assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize("address", addresses())
def test_no_address_breaks_for_a_member(address, cast):
    """With ids that do not exist: a page, a refusal or 'not found', never a fault of ours."""
    for actor in (cast.ada, cast.cyd, cast.sam):
        browser = browse_as(actor)
        for method in ("get", "post"):
            assert getattr(browser, method)(address.path).status_code < 500, (actor.name, method, address.path)


@pytest.mark.feature("OPS-03")
@pytest.mark.parametrize("operation", operations())
def test_every_operation_needs_a_token_and_a_scope(operation, cast, client):
    assert getattr(operation.view, "needed_scope", None), f"{operation} wears no @needs"
    path, method = fill(operation.path), operation.method.lower()
    assert getattr(client, method)(path).status_code == 401
    other = "read" if operation.view.needed_scope != "read" else "messages"
    answer = getattr(client, method)(path, headers=call_as(cast.ada, [other]), content_type="application/json")
    if operation.view.needed_scope == "session":
        assert answer.status_code == 401, "A token opens what only a signed-in person may do."
        return
    # Values are read before the scope is looked at; either way nothing is carried out.
    assert answer.status_code in (403, 422)
    if answer.status_code == 403:
        assert answer.json()["error"]["code"] == "token:scope"


@pytest.mark.parametrize("operation", operations())
def test_no_operation_breaks_on_ids_that_do_not_exist(operation, cast, client):
    for actor in (cast.ada, cast.cyd):
        path, method = fill(operation.path), operation.method.lower()
        answer = getattr(client, method)(path, headers=call_as(actor), content_type="application/json")
        assert answer.status_code < 500, (str(operation), answer.content)
