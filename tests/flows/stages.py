"""Brings a running market to where every write of the hire story is the next step of some hire; run as a module.

`python -m tests.flows.stages` prints the calls as JSON: who, where to, what, and the fact that each records.
`python -m tests.flows.stages check` checks the books and all contracts of that market.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from hirehall.kernel import clock  # noqa: E402
from hirehall.kernel.models import Event  # noqa: E402
from hirehall.market.proposals.actions.deciding import start_talk  # noqa: E402
from hirehall.money.memberships.actions import choose_plan  # noqa: E402
from hirehall.money.payments.actions.conversions import quote_conversion  # noqa: E402
from hirehall.money.payments.actions.methods import choose_method  # noqa: E402
from hirehall.money.payments.actions.payouts import withdraw  # noqa: E402
from hirehall.money.payments.actions.withdrawal_holds import hold_withdrawal  # noqa: E402
from hirehall.people.accounts.models import Party  # noqa: E402
from hirehall.work.contracts.actions.amendments import propose_amendment  # noqa: E402
from hirehall.work.contracts.actions.endings import end_contract  # noqa: E402
from hirehall.work.contracts.actions.milestones import approve_milestone, submit_work  # noqa: E402
from hirehall.work.contracts.actions.offers import make_offer  # noqa: E402
from hirehall.work.contracts.actions.repayments import propose_repayment  # noqa: E402
from hirehall.work.contracts.rules import MilestoneTerms  # noqa: E402
from tests.flows.contract_checks import check_end, check_everything  # noqa: E402
from tests.support.cast import call_as, make_cast  # noqa: E402
from tests.support.contracts import TERMS, make_contract  # noqa: E402
from tests.support.disputes import make_refused, make_undecided  # noqa: E402
from tests.support.jobs import run_jobs, run_timers  # noqa: E402
from tests.support.jobs_market import TERMS as JOB  # noqa: E402
from tests.support.jobs_market import make_job  # noqa: E402
from tests.support.money import (  # noqa: E402
    CLOSED_IBAN,
    IBAN,
    NO_MONEY,
    make_card,
    make_earnings,
    make_payout_method,
    make_rate,
)
from tests.support.proposals import TERMS as PROPOSAL  # noqa: E402
from tests.support.proposals import make_proposal  # noqa: E402

OFFER = {
    "title": TERMS.title, "scope": TERMS.scope,
    "milestones": [{"title": "All", "amount_minor": 30_000}, {"title": "More", "amount_minor": 700}],
}  # fmt: skip
POST = {
    "title": JOB.title, "description": JOB.description, "category": JOB.category, "skills": list(JOB.skills),
    "budget_minor": JOB.budget_minor, "length": JOB.length, "questions": list(JOB.questions),
}  # fmt: skip
LETTER = {"letter": PROPOSAL.letter, "price_minor": PROPOSAL.price_minor, "answers": list(PROPOSAL.answers)}


class Stages:
    """One hire for every write, each stopped just before it."""

    def __init__(self):
        # Plans that are renewed in some days, earnings that are old enough to be withdrawn; everything else is of today.
        clock.advance(timedelta(days=-20))
        self.cast = make_cast()
        run_jobs()
        self.plans()
        clock.advance(timedelta(days=10))
        for freelancer in (self.cast.ada, self.cast.ben):
            make_earnings(freelancer, self.cast.cyd, 20_000, wait=False)
        payout, closed = (make_payout_method(self.cast.ada, iban, wait=False) for iban in (IBAN, CLOSED_IBAN))
        clock.reset()
        run_timers()
        self.calls: list[dict] = []
        self.hiring()
        self.working()
        self.ending()
        self.disputing()
        self.giving_back()
        self.paying_out(payout.id, closed.id)
        run_jobs()
        self.converting()

    def plans(self) -> None:
        """Ada's card will pay the next month, Ben's has nothing on it by then."""
        for freelancer in (self.cast.ada, self.cast.ben):
            make_card(freelancer)
            choose_plan(freelancer, "freelancer-plus")
        run_jobs()
        choose_method(self.cast.ben, make_card(self.cast.ben, NO_MONEY).id)

    def add(self, who: str, path: str, body: dict | None, fact: str, *facts: str, form: bool = False) -> None:
        self.calls.append({"who": who, "path": path, "body": body or {}, "facts": [fact, *facts], "form": form})

    def funded(self):
        contract, (first, second) = make_contract(self.cast.cyd, self.cast.ada)
        return contract, first, second

    def hiring(self) -> None:
        cast = self.cast
        jobs = [make_job(cast.cyd) for _ in range(3)]
        self.add("cyd", "/jobs", POST, "job:posted")
        asked = make_proposal(cast.ben, jobs[0])
        self.add("ada", f"/proposals/to/{jobs[0].id}", LETTER, "proposal:submitted")
        self.add("cyd", f"/proposals/{asked.id}/talk", None, "proposal:messaged")
        talked = make_proposal(cast.ada, jobs[1])
        room = start_talk(cast.cyd, talked.id)
        self.add("cyd", f"/messages/{room.id}", {"text": "When could you begin?"}, "message:posted")
        self.add("cyd", "/contracts/offers", {**OFFER, "proposal_id": talked.id}, "offer:made")
        offers = [make_offer(cast.cyd, TERMS, freelancer_id=cast.ada.party_id) for _ in range(2)]
        self.add("ada", f"/contracts/offers/{offers[0].id}/versions", OFFER, "offer:changed")
        self.add("ada", f"/contracts/offers/{offers[1].id}/decline", None, "offer:declined")
        best = make_offer(cast.cyd, TERMS, proposal_id=make_proposal(cast.ada, jobs[2]).id)
        self.add("ada", f"/contracts/offers/{best.id}/accept", None, "offer:accepted", "contract:started", "charge:asked")

    def working(self) -> None:
        cast, step = self.cast, "/contracts/milestones"
        _, first, second = self.funded()
        self.add("ada", f"{step}/{first.id}/work", {"message": "The draft"}, "milestone:submitted", form=True)
        self.add("cyd", f"{step}/{second.id}/fund", None, "charge:asked")
        for verb, body, fact in (
            ("changes", {"reasons": "Warmer"}, "milestone:changes_asked"), ("approve", None, "milestone:approved"),
            ("approve", {"amount_minor": 4_000}, "milestone:released"),
        ):  # fmt: skip
            first = self.funded()[1]
            submit_work(cast.ada, first.id, "Done")
            self.add("cyd", f"{step}/{first.id}/{verb}", body, fact)
        contract, first, _ = self.funded()
        change = {"milestone_id": first.id, "title": "Draft", "amount_minor": 26_000}
        self.add("ada", f"/contracts/{contract.id}/amendments", change, "amendment:proposed")
        contract, first, _ = self.funded()
        asked = propose_amendment(cast.ada, contract.id, MilestoneTerms("Draft", 26_000), milestone_id=first.id)
        self.add("cyd", f"/contracts/amendments/{asked.id}/accept", None, "amendment:accepted", "charge:asked")
        # This one is released by itself when its review days are over.
        submit_work(cast.ada, self.funded()[1].id, "Nobody looks at it")

    def ending(self) -> None:
        cast = self.cast
        self.add("ada", f"/contracts/{self.funded()[0].id}/end", {"summary": "All is there"}, "contract:closing", "escrow:returned")
        contract, first, _ = self.funded()
        approve_milestone(cast.cyd, first.id)
        self.add("cyd", f"/contracts/{contract.id}/end", None, "contract:ended")
        contract = self.funded()[0]
        end_contract(cast.cyd, contract.id)
        self.add("ada", f"/contracts/{contract.id}/refund", {"agree": True}, "contract:ended", "escrow:returned")

    def disputing(self) -> None:
        """A claim, and a decision: both move money in the same transaction."""
        cast = self.cast
        contract = make_refused(cast.cyd, cast.ada)
        claim = {"escrow_minor": 20_000, "text": "It is not done."}
        self.add("cyd", f"/disputes/contract/{contract.id}", claim, "dispute:opened")
        split = {"to_freelancer_minor": 5_000, "reasons": "A quarter was done."}
        facts = ("contract:ended", "escrow:returned", "milestone:released")
        self.add("sam", f"/disputes/queue/{make_undecided(cast).id}/decision", split, "dispute:decided", *facts)

    def paying_out(self, method_id: str, closed_id: str) -> None:
        """Withdrawals at each step: asked, taken back, tried again, held and let go; and the schedule of the nights to come."""
        ada, at = self.cast.ada, "/money/withdrawals"
        failed = withdraw(ada, closed_id, 1_000)
        run_jobs()
        taken, held = (withdraw(ada, method_id, amount, undo=True) for amount in (1_100, 1_200))
        hold = hold_withdrawal(self.cast.sam, held.id, "Somebody else says that it is theirs.")
        self.add("ada", at, {"method_id": method_id, "amount": 9_000}, "withdrawal:asked")
        self.add("ada", f"{at}/{taken.id}/take-back", None, "withdrawal:undone")
        self.add("ada", f"{at}/{failed.id}/retry", {"method_id": method_id}, "withdrawal:asked")
        self.add("sam", f"/money/holds/{hold.id}/decide", {"release": True, "reason": "The bank confirms the name."}, "withdrawal:let_go")
        self.add("ada", "/money/schedules", {"rhythm": "nightly", "method_id": method_id}, "schedule:chosen")
        form = {"name": ada.name, "country": "NG", "number": "12345678-0001", "agrees": True}
        self.add("ada", "/money/tax-form", form, "tax_form:signed")

    def giving_back(self) -> None:
        """Released money goes back to the card of the client."""
        contract, first, _ = self.funded()
        approve_milestone(self.cast.cyd, first.id)
        asked = propose_repayment(self.cast.cyd, contract.id, 5_000, "A quarter of it was not done.")
        self.add("ada", f"/contracts/repayments/{asked.id}/answer", {"accept": True}, "repayment:done", "release:refunded")

    def converting(self) -> None:
        """Last of all: a rate is not kept for long."""
        make_rate("USD", "JPY", "151.87")
        quote = quote_conversion(self.cast.ben, "USD", "JPY", 5_000)
        self.add("ben", f"/money/quotes/{quote.id}/accept", None, "conversion:accepted")

    def as_json(self) -> str:
        tokens = {name: call_as(getattr(self.cast, name)) for name in ("ada", "ben", "cyd", "sam")}
        return json.dumps({"calls": self.calls, "tokens": tokens, "events": Event.objects.count()})


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        check_everything(list(Party.objects.filter(name__in=["Dot Studio", "Eve Lund"]).values_list("pk", flat=True)))
        check_end()
    else:
        call_command("remember_policy")
        sys.stdout.write("\n" + Stages().as_json())
