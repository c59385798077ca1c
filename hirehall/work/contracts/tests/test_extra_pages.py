"""Bonus, expense and return through pages and by programs."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.work.contracts.actions.milestones import approve_milestone
from hirehall.work.contracts.models import Bonus, Expense, Repayment
from tests.support.cast import browse_as, call_as
from tests.support.contracts import make_contract
from tests.support.jobs import run_jobs
from tests.support.money import check_books


@pytest.fixture
def contract(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    approve_milestone(cast.cyd, first.id)
    run_jobs()
    return contract


@pytest.mark.feature("CTR-10")
def test_a_bonus_by_form(cast, contract, django_assert_max_num_queries):
    cyd, path = browse_as(cast.cyd), f"/contracts/{contract.id}/bonus/"
    with django_assert_max_num_queries(20):
        assert "A fee of 10 % leaves" in cyd.get(path).content.decode()
    wrong = cyd.post(path, {"amount": "0.50", "note": "Thanks, <Ada>"})
    assert wrong.status_code == 422
    for words in ("The least amount is $1.00.", "Thanks, &lt;Ada&gt;", 'value="0.50"'):
        assert words in wrong.content.decode()
    for _ in range(2):
        assert cyd.post(path, {"amount": "25", "note": "Thanks", "once": "b"})["Location"] == f"/contracts/{contract.id}/"
    assert Bonus.objects.count() == 1
    run_jobs()
    room = browse_as(cast.ada).get(f"/contracts/{contract.id}/").content.decode()
    assert "Bonus paid" in room
    assert browse_as(cast.ada).get(path).status_code in (302, 303, 403, 404)


@pytest.mark.feature("CTR-10")
def test_an_expense_by_form_and_its_answer(cast, contract, django_assert_max_num_queries):
    ada, cyd = browse_as(cast.ada), browse_as(cast.cyd)
    path = f"/contracts/{contract.id}/expenses/new/"
    typed = {"title": "A font", "amount": "30", "reason": "The headline"}
    bare = ada.post(path, typed)
    assert bare.status_code == 422
    assert "Add the receipt" in bare.content.decode()
    for _ in range(2):
        ada.post(path, {**typed, "receipt": SimpleUploadedFile("r.txt", b"30.00", "text/plain")})
    first, second = Expense.objects.order_by("id")
    page = f"/contracts/expenses/{first.id}/"
    with django_assert_max_num_queries(25):
        shown = cyd.get(page).content.decode()
    for words in ("Approve and pay $30.00", "$27.00", "r.txt", "The headline"):
        assert words in shown
    silent = cyd.post(page, {"answer": "decline", "reason": " "})
    assert silent.status_code == 422
    assert cyd.post(page, {"answer": "decline", "reason": "We own it"}).status_code == 303
    assert "We own it" in ada.get(page).content.decode()
    again = cyd.post(page, {"answer": "approve"}, follow=True).content.decode()
    assert "answered or taken back already" in again
    assert ada.post(f"/contracts/expenses/{second.id}/", {"answer": "withdraw"}).status_code == 303
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("declined", "withdrawn")
    for stranger in (cast.ben, cast.dot):
        assert browse_as(stranger).get(page).status_code == 404


@pytest.mark.feature("CTR-10")
def test_a_return_by_form_confirmed_in_the_room(cast, contract):
    ada, cyd, room = browse_as(cast.ada), browse_as(cast.cyd), f"/contracts/{contract.id}/"
    path = f"{room}give-back/"
    assert "At most $200.00" in cyd.get(path).content.decode()
    assert cyd.post(path, {"amount": "300", "reason": "Because"}).status_code == 422
    assert cyd.post(path, {"amount": "50", "reason": "Half was done"}).status_code == 303
    asked = Repayment.objects.get()
    shown = ada.get(room).content.decode()
    for words in ("Half was done", "$45.00 leaves your balance", "its fee of $5.00", "Confirm: give it back"):
        assert words in shown
    assert "Take it back" in cyd.get(room).content.decode()
    own = cyd.post(f"/contracts/give-back/{asked.id}/answer/", {"accept": "1"}, follow=True).content.decode()
    assert "the other side confirms it" in own
    assert "The money went back." in ada.post(f"/contracts/give-back/{asked.id}/answer/", {"accept": "1"}, follow=True).content.decode()
    run_jobs()
    assert "Back to the client" in cyd.get(room).content.decode()
    statement = ada.get("/money/statement/").content.decode()
    assert "Given back to the client" in statement
    assert "Service fee of 10 % returned" in statement
    assert "Given back by the freelancer" in cyd.get("/money/statement/").content.decode()
    check_books()


@pytest.mark.feature("CTR-10", "OPS-03")
def test_programs_do_all_of_it(cast, contract, client):
    base = f"/api/v1/contracts/{contract.id}"

    def post(actor, path, body):
        return client.post(path, json.dumps(body), "application/json", headers=call_as(actor))

    bonus = post(cast.cyd, f"{base}/bonuses", {"amount_minor": 1_000, "note": "Thanks"})
    assert (bonus.status_code, bonus.json()["state"]) == (201, "charging")
    given = {"title": "A font", "amount_minor": "3000", "reason": "Needed", "receipt": SimpleUploadedFile("r.txt", b"30", "text/plain")}
    claimed = client.post(f"{base}/expenses", given, headers=call_as(cast.ada))
    assert claimed.status_code == 201, claimed.content
    expense = f"/api/v1/contracts/expenses/{claimed.json()['id']}"
    no = post(cast.cyd, f"{expense}/answer", {"approve": False})
    assert (no.status_code, no.json()["error"]["code"]) == (422, "extra:no_reason")
    assert post(cast.cyd, f"{expense}/answer", {"approve": True}).json()["state"] == "charging"
    run_jobs()
    asked = post(cast.cyd, f"{base}/repayments", {"amount_minor": 24_000, "reason": "All of it"})
    assert asked.status_code == 201, asked.content
    answer = f"/api/v1/contracts/repayments/{asked.json()['id']}/answer"
    assert post(cast.ada, answer, {"accept": True}).json()["fee_minor"] == 2_400
    run_jobs()
    read = {name: client.get(f"{base}/{name}", headers=call_as(cast.ada)).json()["items"] for name in ("bonuses", "expenses", "repayments")}
    assert [row["state"] for rows in read.values() for row in rows] == ["paid", "paid", "done"]
    assert read["expenses"][0]["receipt"]["name"] == "r.txt"
    second = client.post(f"{base}/expenses", {**given, "receipt": SimpleUploadedFile("r.txt", b"30", "text/plain")}, headers=call_as(cast.ada))
    assert post(cast.ada, f"/api/v1/contracts/expenses/{second.json()['id']}/withdraw", {}).json()["state"] == "withdrawn"
    check_books()
