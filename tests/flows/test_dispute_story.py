"""A dispute as a story: a year's work that ends badly, with every deadline at its minute and every cent where it belongs."""

from datetime import timedelta

import pytest

from hirehall.kernel import clock
from hirehall.kernel.events import list_events
from hirehall.money.payments.queries import balances_for
from hirehall.people.notifications.models import Notice
from hirehall.work.disputes.actions.claims import answer_claim
from hirehall.work.disputes.actions.evidence import add_evidence
from hirehall.work.disputes.actions.solutions import answer_solution, decide_dispute, propose_solution
from hirehall.work.disputes.rules import Claim, Split
from tests.flows.contract_checks import check_everything
from tests.support.disputes import ANSWER, fresh, make_dispute, make_refused, waiting_in
from tests.support.jobs import pass_time, run_jobs


def mediate(cast, contract, dispute) -> None:
    """Five days of evidence, a proposal that nobody answers, one that is declined, and a wait of forty days."""
    answered = clock.now()
    pass_time(days=3)
    assert fresh(dispute).state == "mediation"
    # The 150.00 that nobody claimed have had their security days; the dispute holds up nothing of them.
    assert balances_for(cast.ada).available == 13_500
    pass_time(days=2)
    assert (fresh(dispute).state, dispute.due_at) == ("mediation", answered + timedelta(days=5))
    propose_solution(cast.sam, dispute.id, Split(12_500), "Half of it.")
    pass_time(days=1, hours=23, minutes=59)
    assert fresh(dispute).state == "proposed"
    pass_time(minutes=1)
    assert fresh(dispute).state == "deciding"
    second = propose_solution(cast.sam, dispute.id, Split(14_000), "Then a little more.")
    answer_solution(cast.ada, second.id, accept=True)
    answer_solution(cast.cyd, second.id, accept=False)
    pass_time(days=40)
    assert (fresh(dispute).state, waiting_in(contract)) == ("deciding", 25_000), "a decision is a person's, however late"


def check_what_was_told(cast, contract) -> None:
    """The steps in their order, and a notice of each."""
    assert [event.name for event in list_events(contract.id) if event.name.startswith("dispute")] == [
        "dispute:opened", "dispute:answered", "dispute:proposed", "dispute:proposed", "dispute:decided",
    ]  # fmt: skip
    told = set(Notice.objects.filter(party_id=cast.ada.party_id).values_list("kind", flat=True))
    wanted = {"opened", "due", "evidence", "mediation", "proposed", "deciding", "decided"}
    assert {f"contract.dispute_{kind}" for kind in wanted} <= told


@pytest.mark.feature("CTR-11", "PAY-04")
def test_the_worked_example_of_the_policy(cast):
    """docs/policy/disputes.md: 450.00 wait, 300.00 are asked for, 50.00 given, 140.00 decided."""
    strangers = [cast.ben.party_id, cast.dot.party_id, cast.eve.party_id]
    contract = make_refused(cast.cyd, cast.ada, both=True)
    pass_time(days=6)
    dispute = make_dispute(cast.cyd, contract, 30_000)
    run_jobs()
    check_everything(strangers)
    assert (waiting_in(contract), balances_for(cast.ada).pending) == (30_000, 13_500)

    pass_time(days=4, hours=23)
    answer_claim(cast.ada, dispute.id, Claim(5_000), ANSWER)
    run_jobs()
    check_everything(strangers)
    assert waiting_in(contract) == 25_000
    add_evidence(cast.cyd, dispute.id, "The pictures that were agreed on.")

    mediate(cast, contract, dispute)

    decide_dispute(cast.sam, dispute.id, Split(14_000), "Three of six pictures and the map were there.")
    run_jobs()
    check_everything(strangers)
    contract.refresh_from_db()
    parts = list(contract.milestones.all())
    assert (sum(p.released_minor for p in parts), sum(p.returned_minor for p in parts)) == (29_000, 16_000)
    assert (contract.state, contract.held_by) == ("ended", "")
    pass_time(days=5)
    assert balances_for(cast.ada).available == 13_500 + 12_600
    check_what_was_told(cast, contract)
