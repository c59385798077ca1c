"""The whole way of a dispute through its pages: both sides, staff, and those who have nothing to look for there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.people.accounts.actions import add_seat
from hirehall.work.disputes.actions.claims import open_dispute
from hirehall.work.disputes.models import Dispute, Look, Solution
from hirehall.work.disputes.rules import Claim
from tests.support.cast import browse_as
from tests.support.contracts import make_contract
from tests.support.disputes import (
    WHY,
    fresh,
    make_dispute,
    make_heard,
    make_paid_and_ended,
    make_refused,
    make_undecided,
)
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books


def text_of(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def open_by_page(cyd, contract, most) -> str:
    """The client asks for money back, first wrongly, then well; returns the address of the dispute."""
    opening = f"/disputes/contract/{contract.id}/"
    assert opening in text_of(cyd, f"/contracts/{contract.id}/")
    with most(14):
        assert "Open a dispute" in text_of(cyd, f"{opening}card/")
    with most(16):
        assert "$200.00 is in escrow" in text_of(cyd, opening)
    wrong = cyd.post(opening, {"escrow": "900", "text": "Nothing was <handed> in."})
    assert wrong.status_code == 422
    assert "Nothing was &lt;handed&gt; in." in wrong.content.decode()
    assert 'value="900"' in wrong.content.decode()
    proof = SimpleUploadedFile("chat.txt", b"what was said", "text/plain")
    path = cyd.post(opening, {"escrow": "150", "text": WHY, "files": [proof], "once": "o"})["Location"]
    assert cyd.get(opening)["Location"] == path
    return path


def hear_both(ada, cyd, path) -> None:
    """The freelancer answers, an offer is declined, and both say that this was all."""
    assert ada.get(f"{path}answer/")["Location"] == path
    late = ada.post(f"{path}answer/", {"escrow": "900", "text": "All of it was there."})
    assert late.status_code == 422
    assert "All of it was there." in late.content.decode()
    assert ada.post(f"{path}answer/", {"escrow": "", "text": "All of it was there."}).status_code == 303
    assert ada.post(f"{path}evidence/", {"text": "The log of the server."}).status_code == 303
    assert cyd.post(f"{path}offer/", {"to_freelancer": "20", "reasons": "For your time."}).status_code == 303
    assert ada.post(f"/disputes/solutions/{Solution.objects.get().id}/answer/", {"accept": "0"}).status_code == 303
    for browser in (ada, cyd):
        assert browser.post(f"{path}done/").status_code == 303


def decide_by_page(sam, ada, path, most) -> str:
    """Staff propose, are declined, and decide; returns the address of the case."""
    case = f"/disputes/queue/{Dispute.objects.get().id}/"
    with most(20):
        assert "Propose a split" in text_of(sam, case)
    assert sam.get(f"{case}propose/")["Location"] == case
    assert sam.post(f"{case}propose/", {"to_freelancer": "75", "reasons": ""}).status_code == 422
    assert sam.post(f"{case}propose/", {"to_freelancer": "75", "reasons": "Half of it."}).status_code == 303
    with most(22):
        assert "Half of it." in text_of(ada, path)
    solution = Solution.objects.get(by="mediator")
    assert ada.post(f"/disputes/solutions/{solution.id}/answer/", {"accept": "0"}).status_code == 303
    assert sam.post(f"{case}decide/", {"to_freelancer": "999", "reasons": "Too much."}).status_code == 422
    assert sam.post(f"{case}decide/", {"to_freelancer": "60", "reasons": "The log shows two of five pages."}).status_code == 303
    return case


@pytest.mark.feature("CTR-11", "CTR-15")
def test_from_the_contract_room_to_the_decision(cast, django_assert_max_num_queries):
    contract = make_refused(cast.cyd, cast.ada)
    ada, cyd, sam = browse_as(cast.ada), browse_as(cast.cyd), browse_as(cast.sam)
    room, opening = f"/contracts/{contract.id}/", f"/disputes/contract/{contract.id}/"
    path = open_by_page(cyd, contract, django_assert_max_num_queries)
    assert "chat.txt" in text_of(ada, path)
    assert "Answer the claim" in text_of(ada, path)
    assert "Answer the claim; without an answer" in text_of(ada, "/")
    assert "Open the dispute" not in text_of(cyd, "/")
    assert "held in a dispute" in text_of(ada, room)
    assert "Approve and release" not in text_of(cyd, room)
    hear_both(ada, cyd, path)
    assert contract.title in text_of(sam, "/disputes/queue/")
    case = decide_by_page(sam, ada, path, django_assert_max_num_queries)
    run_jobs()
    for browser in (ada, cyd):
        shown = text_of(browser, path)
        assert "The log shows two of five pages." in shown
        assert "$60.00" in shown
    assert "Dispute decided" in text_of(cyd, room)
    assert "The dispute about this contract has ended." in text_of(cyd, f"{opening}card/")
    assert "outcome is final" in text_of(cyd, opening)
    assert contract.title in text_of(sam, "/disputes/queue/?tab=ended")
    assert Look.objects.filter(user_id=cast.sam.user_id).count() == 1
    assert "Sam Staff" in text_of(sam, case)
    check_books()


@pytest.mark.feature("CTR-11")
def test_an_answer_by_accepting_and_a_claim_taken_back(cast):
    heard = make_heard(cast)
    ada, cyd, sam = browse_as(cast.ada), browse_as(cast.cyd), browse_as(cast.sam)
    sam.post(f"/disputes/queue/{heard.id}/propose/", {"to_freelancer": "75", "reasons": "Half of it."})
    for browser in (ada, cyd):
        assert "Accept" in text_of(browser, f"/disputes/{heard.id}/")
        assert browser.post(f"/disputes/solutions/{Solution.objects.get().id}/answer/", {"accept": "1"}).status_code == 303
    assert fresh(heard).state == "settled"
    assert "accepted the mediator" in text_of(ada, f"/disputes/{heard.id}/")
    second = make_dispute(cast.cyd, make_refused(cast.cyd, cast.ada))
    told = ada.post(f"/disputes/{second.id}/withdraw/", follow=True).content.decode()
    assert "Only the side that opened" in told
    assert cyd.post(f"/disputes/{second.id}/withdraw/").status_code == 303
    assert "took the claim back" in text_of(cyd, f"/disputes/{second.id}/")


@pytest.mark.feature("CTR-11")
def test_released_money_that_is_asked_back(cast):
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    cyd, ada = browse_as(cast.cyd), browse_as(cast.ada)
    assert "released money back" in text_of(cyd, f"/disputes/contract/{contract.id}/card/")
    assert "Open a dispute" not in text_of(ada, f"/disputes/contract/{contract.id}/card/")
    path = cyd.post(f"/disputes/contract/{contract.id}/", {"refund": "40", "text": WHY})["Location"]
    assert ada.post(f"{path}answer/", {"refund": "40", "text": "You are right."}).status_code == 303
    assert "is taken as soon as it is available" in text_of(cyd, path)
    pass_time(days=5)
    assert "is taken as soon" not in text_of(cyd, path)
    assert "Given back to the client" in text_of(ada, "/money/statement/")
    assert "Service fee of what was given back" in text_of(ada, "/money/statement/")
    check_books()


@pytest.mark.feature("CTR-11")
@pytest.mark.parametrize("tab", ["open", "all", "ended", "nonsense"])
def test_the_lists_open_with_few_queries(cast, tab, django_assert_max_num_queries):
    for _ in range(2):
        make_dispute(cast.cyd, make_refused(cast.cyd, cast.ada))
    make_undecided(cast)
    pass_time(days=4)
    cyd, sam = browse_as(cast.cyd), browse_as(cast.sam)
    for browser, path in ((cyd, "/disputes/"), (sam, "/disputes/queue/")):
        browser.get(path)
        with django_assert_max_num_queries(14):
            assert browser.get(f"{path}?tab={tab}").status_code == 200
    if tab == "open":
        queue = text_of(sam, "/disputes/queue/")
        assert "Overdue" in queue
        assert queue.index("To be decided") < queue.index("Waits for the answer")


def test_nothing_to_see_says_what_to_do(cast):
    assert "No disputes here" in text_of(browse_as(cast.ada), "/disputes/")
    assert "No disputes here" in text_of(browse_as(cast.sam), "/disputes/queue/")
    contract, _ = make_contract(cast.cyd, cast.ada)
    assert "has been ended" in text_of(browse_as(cast.ada), f"/disputes/contract/{contract.id}/")


@pytest.mark.feature("CTR-11")
def test_staff_with_a_seat_in_a_party_concerned_are_refused(cast):
    dispute = make_heard(cast)
    add_seat(cast.cyd, cast.sam.user_id, "viewer")
    sam = browse_as(cast.sam)
    for path in ("", "propose/", "decide/"):
        answer = sam.get(f"/disputes/queue/{dispute.id}/{path}")
        assert answer.status_code == 422
        assert "somebody else takes this case" in answer.content.decode()
    assert sam.post(f"/disputes/queue/{dispute.id}/decide/", {"to_freelancer": "1", "reasons": "Mine."}).status_code == 422
    assert not Look.objects.exists()


def test_others_find_nothing(cast):
    contract = make_refused(cast.cyd, cast.ada)
    dispute = open_dispute(cast.cyd, contract.id, Claim(20_000), WHY)
    for who in ("ben", "dot", "sam"):
        browser = browse_as(getattr(cast, who))
        assert browser.get(f"/disputes/{dispute.id}/").status_code == 404
        assert browser.get(f"/disputes/contract/{contract.id}/").status_code == 404
    for who in ("ada", "cyd", "ben"):
        browser = browse_as(getattr(cast, who))
        assert browser.get("/disputes/queue/").status_code == 404
        assert browser.get(f"/disputes/queue/{dispute.id}/").status_code == 404
