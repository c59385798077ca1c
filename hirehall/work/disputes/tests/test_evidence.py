"""Evidence: both sides add it until its time is over or both have said all; then the mediator has their days."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel.errors import NotFound, Refused
from hirehall.work.disputes import queries
from hirehall.work.disputes.actions.claims import answer_claim
from hirehall.work.disputes.actions.evidence import add_evidence, finish_evidence
from hirehall.work.disputes.policy import numbers
from hirehall.work.disputes.rules import Claim
from tests.support.disputes import ANSWER, fresh, make_dispute, make_heard, make_refused
from tests.support.jobs import pass_time


@pytest.fixture
def dispute(cast):
    made = make_dispute(cast.cyd, make_refused(cast.cyd, cast.ada))
    answer_claim(cast.ada, made.id, Claim(0), ANSWER)
    return made


def refused(code, act):
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code


@pytest.mark.feature("CTR-11")
def test_both_add_what_they_have(cast, dispute):
    # A payment link may be the very thing that is shown: it is not kept out here.
    add_evidence(cast.ada, dispute.id, "They wrote: pay me at paypal.me/cyd instead.", [SimpleUploadedFile("chat.txt", b"text", "text/plain")])
    add_evidence(cast.cyd, dispute.id, "The page was never online.")
    said = queries.list_statements(dispute.id)
    assert [(one.side, one.kind, len(one.files)) for one in said] == [
        ("client", "claim", 0), ("freelancer", "answer", 0), ("freelancer", "evidence", 1), ("client", "evidence", 0),
    ]  # fmt: skip


@pytest.mark.feature("CTR-11")
def test_when_both_have_said_all_the_mediator_begins(cast, dispute):
    finish_evidence(cast.ada, dispute.id)
    finish_evidence(cast.ada, dispute.id)
    assert fresh(dispute).state == "evidence"
    finish_evidence(cast.cyd, dispute.id)
    assert fresh(dispute).state == "mediation"
    refused("dispute:state", lambda: finish_evidence(cast.cyd, dispute.id))
    refused("dispute:state", lambda: add_evidence(cast.cyd, dispute.id, "One more thing."))


@pytest.mark.feature("CTR-11")
def test_the_time_of_evidence_ends_by_itself(cast, dispute):
    pass_time(days=2, hours=23, minutes=59)
    assert fresh(dispute).state == "evidence"
    pass_time(minutes=1)
    assert fresh(dispute).state == "mediation"
    assert (dispute.due_at - dispute.answered_at).days == 5


def test_there_is_an_end_to_what_one_side_says(cast, dispute):
    for _ in range(numbers().statements_max - 1):
        add_evidence(cast.ada, dispute.id, "More.")
    refused("dispute:statements_many", lambda: add_evidence(cast.ada, dispute.id, "More."))
    refused("dispute:no_text", lambda: add_evidence(cast.cyd, dispute.id, ""))


def test_who_may_not(cast, dispute):
    for actor in (cast.ben, cast.dot, cast.sam):
        with pytest.raises(NotFound):
            add_evidence(actor, dispute.id, "Let me.")
        with pytest.raises(NotFound):
            finish_evidence(actor, dispute.id)


def test_a_case_that_was_heard_waits_for_the_mediator(cast):
    assert make_heard(cast).state == "mediation"
