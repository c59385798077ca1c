"""Real things of two people, one for each part of an address."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel import clock
from hirehall.kernel.models import StoredFile
from hirehall.market.jobs.actions.posts import save_draft
from hirehall.market.profiles.actions.entries import add_piece_files, keep_entry
from hirehall.market.profiles.actions.specialised import SpecialisedTerms, add_specialised
from hirehall.market.profiles.models import Employment, PieceFile
from hirehall.market.profiles.terms import PieceTerms
from hirehall.market.proposals.actions.deciding import start_talk
from hirehall.money.books.models import Finding
from hirehall.money.connects.actions import buy_connects
from hirehall.money.documents.actions.certificates import make_certificate
from hirehall.money.documents.models import Document
from hirehall.money.ledger.chart import Address
from hirehall.money.payments.actions.conversions import quote_conversion
from hirehall.money.payments.actions.payouts import withdraw
from hirehall.money.payments.actions.recovery import pay_from_guarantee
from hirehall.money.payments.actions.withdrawal_holds import appeal_hold, hold_withdrawal
from hirehall.money.payments.models import Debt
from hirehall.money.payments.queries import list_charges_for
from hirehall.people.accounts.actions import create_token
from hirehall.people.notifications.models import Notice
from hirehall.trust.reputation.actions.giving import give_feedback
from hirehall.work.contracts.actions.amendments import propose_amendment
from hirehall.work.contracts.actions.closing import propose_close
from hirehall.work.contracts.actions.expenses import claim_expense
from hirehall.work.contracts.actions.milestones import submit_work
from hirehall.work.contracts.actions.repayments import propose_repayment
from hirehall.work.contracts.rules import MilestoneTerms
from hirehall.work.disputes.actions.claims import open_dispute
from hirehall.work.disputes.actions.solutions import offer_settlement
from hirehall.work.disputes.rules import Claim, Split
from tests.support.books import make_adjustment
from tests.support.contracts import make_contract, make_offer_to
from tests.support.disputes import make_refused
from tests.support.jobs import run_jobs
from tests.support.jobs_market import TERMS, make_job
from tests.support.money import UNIT, make_card, make_earnings, make_payout_method, make_rate
from tests.support.proposals import make_proposal
from tests.support.push import make_device
from tests.support.reputation import answers, make_ended

# Told to nobody but the two: no page of a stranger may hold it.
SECRET = "the heron stands in the reeds"
# What else stands in addresses: words and numbers.
WORDS = re.compile(r"<(?:slug|str|int):(\w+)>|\{((?!\w+_id)\w+)\}")
VALUES = {"kind": "employment", "step": "up", "plan_code": "freelancer-plus", "part": "title", "name": "refused"}
# Part, what else the address holds, and the thing that is meant there.
TWO_SORTS = (
    ("method_id", "payout", "payout_id"), ("file_id", "profile/", "piece_file_id"),
    ("feedback_id", "/reply", "published_id"), ("feedback_id", "/allow", "published_id"),
)  # fmt: skip


@dataclass(frozen=True)
class Belongings:
    """The value of each named part of an address."""

    ids: dict[str, str]

    def fill(self, pattern: str) -> str:
        """An address with a real thing in each gap."""
        words = VALUES | ({"step": "title"} if "setup" in pattern else {})
        path = WORDS.sub(lambda gap: words.get(gap[1] or gap[2], "word"), pattern)
        for part in parts_of(pattern):
            assert part in self.ids, f"{pattern} has a part for which tests/walls/belongings.py knows no real thing: add one there."
            path = re.sub(r"<id:\w+>|\{\w+_id\}", self.ids[part], path, count=1)
        return path


def parts_of(pattern: str) -> list[str]:
    """The names of the real things in an address. A name that means two sorts of things has two names here."""
    found = re.findall(r"<id:(\w+)>|\{(\w+_id)\}", pattern)
    names = [page or operation for page, operation in found]
    return [next((to for part, sign, to in TWO_SORTS if part == name and sign in pattern), name) for name in names]


def _owe(party_id: str, milestone_id: str) -> Debt:
    return pay_from_guarantee(
        debtor_id=party_id, goal=Address("available", party_id), amount=700, unit=UNIT, cause="bill", subject_id=milestone_id,
        ref="bill", memo={"contract_title": SECRET, "milestone": SECRET},
    )  # fmt: skip


def _plant_finding() -> Finding:
    return Finding.objects.create(
        key="planted", check_name="totals", kind="not_zero", account="all accounts", unit="USD", expected="0", found="5",
        sentence=SECRET, found_at=clock.now(), seen_at=clock.now(),
    )  # fmt: skip


def _make_books(cast) -> dict[str, str]:
    """What the staff has, an invoice that the two share, and a paper of the freelancer alone."""
    adjustment = make_adjustment(cast.sam, cast.ada.party_id, evidence=SECRET)
    finding = _plant_finding()
    run_jobs()
    document = Document.objects.filter(recipient_id=cast.cyd.party_id).first()
    certificate = make_certificate(cast.ada, date(2026, 1, 1), date(2026, 3, 10))
    return {
        "adjustment_id": adjustment.id, "finding_id": finding.pk, "document_id": document.pk, "certificate_id": certificate.id,
    }  # fmt: skip


def _make_payouts(cast) -> dict[str, str]:
    """A payout method, and a withdrawal to it that is held and answered."""
    payout = make_payout_method(cast.ada)
    withdrawal = withdraw(cast.ada, payout.id, 1_000, undo=True)
    hold = hold_withdrawal(cast.sam, withdrawal.id, f"Somebody wrote to us: {SECRET}.")
    appeal_hold(cast.ada, withdrawal.id, f"It is mine; {SECRET}.")
    return {"payout_id": payout.id, "withdrawal_id": withdrawal.id, "hold_id": hold.id}


def make_belongings(cast) -> Belongings:
    """Ada works for Cyd: everything that the two can have."""
    ada, cyd = cast.ada, cast.cyd
    make_rate("USD", "JPY", "150")
    make_earnings(ada, cyd)
    payouts = _make_payouts(cast)
    quote = quote_conversion(ada, "USD", "JPY", 1_000)
    card = make_card(cyd)
    job = make_job(cyd)
    proposal = make_proposal(ada, job, letter=f"Your bakery page needs the opening hours first; {SECRET}, as we say here.")
    room = start_talk(cyd, proposal.id)
    offer = make_offer_to(cyd, ada, note=SECRET)
    contract, (first, _) = make_contract(cyd, ada)
    upload = SimpleUploadedFile("plan.txt", SECRET.encode(), "text/plain")
    submit_work(ada, first.id, f"Here it is; {SECRET}.", [upload])
    amendment = propose_amendment(ada, contract.id, MilestoneTerms(SECRET, 5_000))
    closing = propose_close(ada, contract.id, "client", SECRET)
    ended = make_ended(cyd, ada)
    extras = _make_extras(ada, contract.id, ended.id)
    dispute = open_dispute(cyd, make_refused(cyd, ada).id, Claim(20_000), f"It is not done; {SECRET}.")
    solution = offer_settlement(ada, dispute.id, Split(19_000), SECRET)
    feedback = give_feedback(cyd, ended.id, answers("client", private_note=SECRET))
    sub = add_specialised(ada, SpecialisedTerms("Data pipelines in Python", "I move data. " * 12, 5_000, ("python",), "web-development"))
    shown = _make_shown(cyd, ada)
    draft = save_draft(cyd, TERMS)
    debt = _owe(cyd.party_id, first.id)
    # Told before there is a device: a notice would be pushed to it.
    run_jobs()
    device = make_device(cyd)
    token, _ = create_token(cyd, SECRET, ["read"])
    books = _make_books(cast)
    return Belongings({
        "job_id": job.id, "proposal_id": proposal.id, "room_id": room.id, "offer_id": offer.id, "contract_id": contract.id,
        "milestone_id": first.id, "amendment_id": amendment.id, "feedback_id": feedback.id, "method_id": card.id, "charge_id": list_charges_for(cyd)[0].id,
        "party_id": ada.party_id, "freelancer_id": ada.party_id, "sub_id": sub.id, "draft_id": draft.id,
        "entry_id": Employment.objects.get().pk, "file_id": StoredFile.objects.get(purpose="submission").pk,
        "notice_id": Notice.objects.filter(party_id=cyd.party_id).first().pk, "token_id": token.id,
        "device_id": device.id, "closing_id": closing.id, "debt_id": debt.id, "quote_id": quote.id, "dispute_id": dispute.id, "solution_id": solution.id,
        **books, **extras, **payouts, **shown,
    })  # fmt: skip


def _make_shown(client, freelancer) -> dict[str, str]:
    """Feedback that both have given, a piece of the portfolio with a file, and Connects that were bought."""
    ended = make_ended(client, freelancer)
    feedback = give_feedback(client, ended.id, answers("client", private_note=SECRET))
    give_feedback(freelancer, ended.id, answers("freelancer"))
    piece = keep_entry(freelancer, PieceTerms("A page for a bakery", "Opening hours, a map and six pictures."))
    add_piece_files(freelancer, piece.pk, [SimpleUploadedFile("page.pdf", b"%PDF-1.7 a page")])
    make_card(freelancer)
    purchase = buy_connects(freelancer, 10)
    return {"piece_file_id": PieceFile.objects.get().pk, "purchase_id": purchase.id, "published_id": feedback.id}


def _make_extras(freelancer, running_id: str, ended_id: str) -> dict[str, str]:
    receipt = SimpleUploadedFile("receipt.txt", SECRET.encode(), "text/plain")
    expense = claim_expense(freelancer, running_id, title="A font", amount=2_500, reason=SECRET, receipt=receipt)
    return {"expense_id": expense.id, "repayment_id": propose_repayment(freelancer, ended_id, 500, SECRET).id}
