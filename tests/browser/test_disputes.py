"""A dispute in a real browser: the client asks, the freelancer answers, a mediator proposes and decides, with a hard look."""

import pytest

from tests.browser.test_money import sign_in
from tests.browser.walks import look

PEOPLE = """
from tests.support.cast import sign_up
from tests.support.money import gateway, methods, Card, date, WORKS
ada, cyd = sign_up("Ada Obi", "freelancer", country="NG"), sign_up("Cyd Works", "client", country="US")
sign_up("Sam Staff", "client", staff=True)
methods.add_method(cyd, gateway().keep_card(Card(WORKS, date(2031, 12, 31), "123")))
"""
PARTIES = """
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import find_actor
from hirehall.work.contracts.models import Contract
from hirehall.work.contracts.actions.endings import answer_refund, end_contract
from hirehall.work.contracts.actions.milestones import fund_milestone
from hirehall.work.contracts.actions.offers import accept_offer
from tests.support.contracts import make_offer_to
ada, cyd = (find_actor(User.objects.get(email=f"{n}@people.example"), None) for n in ("ada", "cyd"))
"""
# Each step's money is asked for by the worker of the running market, so each waits for the one before.
STEPS = (
    "accept_offer(ada, make_offer_to(cyd, ada).id)",
    "fund_milestone(cyd, Contract.objects.get().milestones.last().id)",
    "contract = end_contract(cyd, Contract.objects.get().id); answer_refund(ada, contract.id, agree=False); print('CONTRACT', contract.id)",
)
WHY = "The first draft came two weeks late and has three of the six pictures. The map that we agreed on is missing."
ANSWER = "The pictures were sent by the client on the last day. The map is there: it opens with the second button."
REASONS = "Three of six pictures and the map were handed in, the rest was not. The lateness came from both sides."


def begin(market) -> str:
    """A contract that was ended, of which one side asks all back and the other refuses; returns its id."""
    market.manage("shell", "-c", PEOPLE)
    for step in STEPS:
        market.wait_for_jobs()
        told = market.manage("shell", "-c", PARTIES + step)
    market.wait_for_jobs()
    return told.rsplit("CONTRACT", 1)[1].split()[0]


def claim(client, contract: str) -> None:
    client.goto(f"/contracts/{contract}/")
    client.get_by_role("link", name="Open a dispute").click()
    look(client, "dispute-open")
    client.get_by_label("How much of what waits do you ask for?").fill("300")
    client.get_by_label("Why it should be yours").fill(WHY)
    shown = {"name": "draft.txt", "mimeType": "text/plain", "buffer": b"What was handed in on the tenth."}
    client.get_by_label("Files that show it").set_input_files(shown)
    client.get_by_role("button", name="Open the dispute").click()
    client.get_by_text("has to answer").first.wait_for()
    look(client, "dispute-claimed-client")


def answer(freelancer, contract: str) -> None:
    freelancer.goto(f"/contracts/{contract}/")
    freelancer.get_by_role("link", name="To the dispute").first.wait_for()
    look(freelancer, "dispute-room")
    freelancer.get_by_role("link", name="To the dispute").first.click()
    freelancer.get_by_label("How much of what waits do you give?").fill("500")
    freelancer.get_by_role("button", name="Send the answer").click()
    freelancer.get_by_text("This cannot be sent yet").wait_for()
    look(freelancer, "dispute-answer-refused")
    freelancer.get_by_label("How much of what waits do you give?").fill("50")
    freelancer.get_by_label("Your side of it").fill(ANSWER)
    freelancer.get_by_role("button", name="Send the answer").click()
    freelancer.get_by_text("Add what shows how it was").first.wait_for()
    look(freelancer, "dispute-evidence")


def propose(staff) -> None:
    staff.goto("/disputes/queue/")
    look(staff, "dispute-queue")
    staff.get_by_role("link", name="A page for the bakery").click()
    staff.get_by_label("To the freelancer").fill("120")
    staff.get_by_label("Reasons").fill("Half of what was agreed was handed in.")
    look(staff, "dispute-mediation")
    staff.get_by_role("button", name="Propose it").click()
    staff.get_by_text("has not answered").first.wait_for()


def answer_the_proposal(client, freelancer) -> None:
    """The client accepts it, the freelancer declines."""
    client.reload()
    client.get_by_role("button", name="Accept", exact=True).click()
    client.get_by_role("button", name="Accept it").click()
    client.get_by_text("You have accepted").first.wait_for()
    freelancer.reload()
    look(freelancer, "dispute-proposed")
    freelancer.get_by_role("button", name="Decline", exact=True).click()
    freelancer.get_by_text("The operator decides").first.wait_for()


def decide(staff) -> None:
    staff.reload()
    staff.locator("#decide-to_freelancer").fill("140")
    staff.locator("#decide-reasons").fill(REASONS)
    look(staff, "dispute-deciding")
    staff.get_by_role("button", name="Decide it").click()
    staff.get_by_text("It was decided").first.wait_for()


@pytest.mark.feature("CTR-11", "CTR-15")
def test_from_a_claim_to_a_decision(market, open_page):
    contract = begin(market)
    client = sign_in(open_page, "cyd")
    claim(client, contract)
    freelancer = sign_in(open_page, "ada")
    answer(freelancer, contract)
    for page in (freelancer, client):
        page.reload()
        page.get_by_role("button", name="That is all from me").click()
    staff = sign_in(open_page, "sam")
    propose(staff)
    answer_the_proposal(client, freelancer)
    decide(staff)
    market.wait_for_jobs()
    freelancer.goto(f"/contracts/{contract}/")
    freelancer.get_by_text("Dispute decided").first.wait_for()
    freelancer.get_by_role("link", name="To the dispute").first.click()
    freelancer.get_by_text(REASONS).first.wait_for()
    look(freelancer, "dispute-decided")
    freelancer.goto("/disputes/?tab=all")
    look(freelancer, "dispute-mine")
    for page in (client, freelancer, staff):
        assert [told for told in page.problems if "422" not in told] == []
