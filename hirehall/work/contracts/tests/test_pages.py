"""The whole way of a contract through its pages, by both sides."""

import re

import pytest

from hirehall.kernel.money import format_money
from hirehall.people.messages.queries import find_room, list_lines_for
from hirehall.people.notifications.models import Notice
from hirehall.work.contracts.actions.endings import end_contract
from hirehall.work.contracts.actions.milestones import approve_milestone, submit_work
from hirehall.work.contracts.models import Amendment, Contract, Offer
from hirehall.work.contracts.queries import list_milestones
from tests.support.cast import browse_as
from tests.support.contracts import make_contract, make_offer_to
from tests.support.jobs import run_jobs
from tests.support.jobs_market import make_job
from tests.support.money import check_books, make_card
from tests.support.proposals import make_proposal

TERMS = {"title": "A page", "scope": "One page with a map.", "revisions": "1", "part_1": "Draft", "amount_1": "200",
         "part_2": "Page", "amount_2": "250", "due_2": "2026-05-01"}  # fmt: skip


@pytest.mark.feature("PRP-07", "CTR-01", "CTR-02", "CTR-03", "CTR-12", "CTR-15")
def test_from_a_proposal_to_the_end(cast, django_assert_max_num_queries):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    make_card(cast.cyd)
    ada, cyd = browse_as(cast.ada), browse_as(cast.cyd)
    assert "Make an offer" in cyd.get(f"/proposals/{proposal.id}/").content.decode()
    path = f"/contracts/offers/new/{proposal.id}/"
    assert "Landing page for a small bakery" in cyd.get(path).content.decode()
    assert cyd.post(path, {**TERMS, "amount_1": "lots"}).status_code == 422
    offer_page = cyd.post(path, {**TERMS, "once": "o"})["Location"]
    shown = ada.get(offer_page).content.decode()
    assert "$450.00" in shown and "$405.00" in shown
    assert ada.post(f"{offer_page}change/", {**TERMS, "amount_2": "300", "note": "Pictures"}).status_code == 303
    assert "$300.00" in cyd.get(offer_page).content.decode()
    room = cyd.post(f"{offer_page}accept/")["Location"]
    run_jobs()
    contract = Contract.objects.get()
    first, second = list_milestones(contract.id)
    with django_assert_max_num_queries(45):
        assert "is funded; the work is next" in cyd.get(room).content.decode()
    base = "/contracts/milestones"
    assert ada.post(f"{base}/{first.id}/submit/", {"message": "Here it is"}).status_code == 303
    assert cyd.post(f"{base}/{first.id}/changes/", {"reasons": "Warmer colours"}).status_code == 303
    assert "Warmer colours" in ada.get(room).content.decode()
    ada.post(f"{base}/{first.id}/submit/", {"message": "Warmer now"})
    assert "rounds are used" in cyd.post(f"{base}/{first.id}/changes/", {"reasons": "More"}, follow=True).content.decode()
    wrong = cyd.post(f"{base}/{first.id}/approve/", {"amount": "nonsense"})
    assert wrong.status_code == 422
    assert 'value="nonsense"' in wrong.content.decode()
    assert cyd.post(f"{base}/{first.id}/approve/", {"amount": ""}).status_code == 303
    change = {"milestone": second.id, "title": "Page", "amount": "350"}
    assert ada.post(f"/contracts/{contract.id}/amend/", change).status_code == 303
    amendment = Amendment.objects.get()
    assert cyd.post(f"/contracts/changes/{amendment.id}/answer/", {"accept": "1"}).status_code == 303
    assert cyd.post(f"{base}/{second.id}/fund/").status_code == 303
    run_jobs()
    assert ada.post(f"/contracts/{contract.id}/end/", {"summary": "All files are in the folder."}).status_code == 303
    run_jobs()
    assert "All files are in the folder." in cyd.get(room).content.decode()
    check_books()


@pytest.mark.parametrize("tab", ["active", "offers", "ended", "nonsense"])
def test_the_lists_open_with_few_queries(cast, tab, django_assert_max_num_queries):
    make_contract(cast.cyd, cast.ada)
    make_offer_to(cast.cyd, cast.ben)
    browser = browse_as(cast.cyd)
    with django_assert_max_num_queries(24):
        assert browser.get(f"/contracts/?tab={tab}").status_code == 200


@pytest.mark.feature("PRP-11")
def test_a_client_hires_somebody_again_without_a_post(cast):
    make_card(cast.cyd)
    answer = browse_as(cast.cyd).post(f"/contracts/offers/direct/{cast.ada.party_id}/", TERMS)
    offer = Offer.objects.get()
    assert answer["Location"] == f"/contracts/offers/{offer.id}/"
    assert browse_as(cast.ada).post(f"{answer['Location']}decline/").status_code == 303
    offer.refresh_from_db()
    assert offer.state == "declined"


@pytest.mark.feature("CTR-01", "CTR-15")
def test_a_refused_form_comes_back_open_with_what_was_typed(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    ada, path = browse_as(cast.ada), f"/contracts/milestones/{first.id}/submit/"
    assert ada.get(path)["Location"] == f"/contracts/{contract.id}/"
    long = "All of it is done. " * 2_000
    answer = ada.post(path, {"message": long})
    assert answer.status_code == 422
    assert long.strip() in answer.content.decode()
    assert "<details open>" in answer.content.decode()
    assert ada.post(path, {"message": "Here it is."}).status_code == 303
    # Pressed twice from two windows: the room shows this form no more, and yet the text is there.
    late = ada.post(path, {"message": "Here it is, <again>."})
    assert late.status_code == 422
    assert "Here it is, &lt;again&gt;." in late.content.decode()
    assert first.submissions.count() == 1


@pytest.mark.feature("CTR-12")
def test_the_freelancer_answers_the_request_to_return(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    assert browse_as(cast.cyd).post(f"/contracts/{contract.id}/end/").status_code == 303
    ada = browse_as(cast.ada)
    assert "asks for the rest back" in ada.get(f"/contracts/{contract.id}/").content.decode()
    assert ada.post(f"/contracts/{contract.id}/refund/", {"agree": "1"}).status_code == 303
    contract.refresh_from_db()
    assert contract.state == "ended"


@pytest.mark.parametrize("who", ["ben", "dot"])
def test_strangers_find_nothing(cast, who):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    offer = Offer.objects.get()
    browser = browse_as(getattr(cast, who))
    for path in (f"/contracts/{contract.id}/", f"/contracts/offers/{offer.id}/"):
        assert browser.get(path).status_code == 404
    for path in (f"/contracts/{contract.id}/end/", f"/contracts/milestones/{first.id}/approve/", f"/contracts/offers/{offer.id}/accept/"):
        assert browser.post(path).status_code == 404


def test_unseen_signs_are_nothing(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    answer = browse_as(cast.cyd).post(f"/contracts/{contract.id}/amend/", {"title": "\x00\u202e", "amount": "333"})
    assert answer.status_code == 422
    assert "This cannot be sent yet" in answer.content.decode()


@pytest.mark.feature("CTR-02")
def test_a_proposed_change_shows_what_was_and_what_would_be(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    ada = browse_as(cast.ada)
    typed = {"milestone": first.id, "title": first.title, "amount": "333", "due_on": "2026-05-01"}
    assert ada.post(f"/contracts/{contract.id}/amend/", typed).status_code == 303
    page = " ".join(browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode().split())
    assert "Milestone 1: what would be new" in page
    assert re.search(rf"<del[^>]*>{re.escape(format_money(first.amount_minor, contract.unit))}</del> → <ins[^>]*>\$333.00</ins>", page)
    assert not re.search(rf"<del[^>]*>{first.title}</del>", page)
    typed = {"milestone": "", "title": "A third part", "amount": "90", "due_on": ""}
    assert ada.post(f"/contracts/{contract.id}/amend/", typed).status_code == 303
    assert "A new milestone" in browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode()


@pytest.mark.feature("CTR-15", "MSG-02")
def test_the_room_says_each_thing_once_in_words_for_both_sides(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    submit_work(cast.ada, first.id, "Here it is.")
    approve_milestone(cast.cyd, first.id)
    end_contract(cast.cyd, contract.id)
    room = find_room("contract", contract.id)
    said = [line.text for line in list_lines_for(cast.ada, room)[0]]
    assert not [text for text in said if " you" in text and "share contact details" not in text], said
    assert len(said) == len(set(said)), said
    assert any(text.endswith("has ended") for text in said), said
    told = set(Notice.objects.filter(kind="contract.ended").values_list("party_id", "body"))
    assert told == {(cast.ada.party_id, "You can give feedback."), (cast.cyd.party_id, "You can give feedback.")}
