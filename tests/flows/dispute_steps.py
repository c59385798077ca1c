"""Steps of disputes for the life of contracts: anybody tries anything, and what is its turn is done by whose turn it is."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hirehall.work.contracts.actions import endings
from hirehall.work.contracts.models import Contract
from hirehall.work.disputes.actions import claims, evidence, solutions
from hirehall.work.disputes.models import Dispute, Solution
from hirehall.work.disputes.rules import Claim, Split
from tests.flows.contract_world import anybody, sides, units
from tests.flows.life import STAFF, Life

# What comes first: the bank's word, or that of those who quarrel.
ORDERS = (
    "freeze claim bank decide", "freeze claim decide bank", "freeze bank claim decide",
    "claim freeze bank decide", "claim freeze decide bank", "claim decide freeze bank",
)  # fmt: skip
parts = st.sampled_from([-1, 0, 1, 499, 777, 9_999, 20_000, 10**9])


class DisputeSteps(Life):
    """What two sides, three strangers and one of the staff can do about the money of a contract that ends."""

    @precondition(lambda self: Contract.objects.exclude(state="active").exists())
    @rule(data=st.data(), who=anybody, escrow=parts, refund=parts)
    def open_a_dispute(self, data, who, escrow, refund):
        contract = data.draw(st.sampled_from(list(Contract.objects.exclude(state="active").order_by("pk"))))
        self.attempt(who, lambda actor: claims.open_dispute(actor, contract.pk, Claim(escrow, refund), "It is not done."))

    @precondition(lambda self: Contract.objects.filter(state="active").exists())
    @rule(data=st.data(), who=sides, kept=st.integers(0, 3), hours=st.sampled_from([0, 0, 1, 24 * 7]))
    def fall_out(self, data, who, kept, hours):
        """Straight into a dispute, so that there is one in most lives; a bank may disturb it soon."""
        contract = data.draw(st.sampled_from(list(Contract.objects.filter(state="active").order_by("pk"))))
        waits = sum(part.waiting_minor for part in contract.milestones.all())
        if waits and self.attempt("cyd", lambda actor: endings.end_contract(actor, contract.pk)):
            self.attempt("ada", lambda actor: endings.answer_refund(actor, contract.pk, agree=False))
            claim = Claim(max(1, waits - kept * waits // 4))
            self.attempt(who, lambda actor: claims.open_dispute(actor, contract.pk, claim, "It is not done."))
            if hours:
                self.pass_time(hours=hours)

    @precondition(lambda self: Contract.objects.count() < 9)
    @rule(
        unit=units, which=st.integers(0, 1), who=sides, kept=st.integers(0, 3), quarters=st.integers(0, 4),
        order=st.sampled_from(ORDERS).map(str.split),
    )  # fmt: skip
    def a_bank_meddles_with_a_dispute(self, unit, which, who, kept, quarters, order):
        """The payment is disputed by its bank, the work by the two, in any order."""
        contract = self.start(20_000, unit, self.world.disputed[which])
        self.work_all()
        self.attempt("cyd", lambda actor: endings.end_contract(actor, contract.pk))
        self.attempt("ada", lambda actor: endings.answer_refund(actor, contract.pk, agree=False))
        for step in order:
            dispute = Dispute.objects.filter(contract=contract, ended_at=None).first()
            if step in ("freeze", "bank"):
                self.pass_time(hours=1 if step == "freeze" else 24 * 7)
            elif step == "claim":
                claim = Claim(20_000 - kept * 5_000)
                self.attempt(who, lambda actor, claim=claim: claims.open_dispute(actor, contract.pk, claim, "It is not done."))
                for opened in Dispute.objects.filter(contract=contract) if quarters else ():
                    other = "ada" if who == "cyd" else "cyd"
                    self.attempt(other, lambda actor, pk=opened.pk: claims.answer_claim(actor, pk, Claim(0), "It is."))
            elif dispute is not None:
                self.decide(dispute, quarters)

    @precondition(lambda self: Dispute.objects.exists())
    @rule(
        data=st.data(), who=st.sampled_from(("ada", "ada", "cyd", "cyd", "sam", "sam", "ben", "dot")), one=parts, two=parts,
        what=st.sampled_from(["answer", "answer", "evidence", "done", "done", "done", "withdraw", "offer", "propose", "propose", "decide", "decide"]),
    )  # fmt: skip
    def step_in_a_dispute(self, data, who, one, two, what):
        dispute = data.draw(st.sampled_from(list(Dispute.objects.order_by("-pk")[:2])))
        split = Split(min(one, dispute.disputed_escrow), min(two, dispute.disputed_refund))
        acts = {
            "answer": lambda actor: claims.answer_claim(actor, dispute.pk, Claim(split.to_freelancer_minor, split.refund_minor), "It is."),
            "evidence": lambda actor: evidence.add_evidence(actor, dispute.pk, "Look."),
            "done": lambda actor: evidence.finish_evidence(actor, dispute.pk),
            "withdraw": lambda actor: claims.withdraw_dispute(actor, dispute.pk),
            "offer": lambda actor: solutions.offer_settlement(actor, dispute.pk, split),
            "propose": lambda actor: solutions.propose_solution(actor, dispute.pk, split, "So."),
            "decide": lambda actor: solutions.decide_dispute(actor, dispute.pk, split, "So."),
        }
        of_staff = what in ("propose", "decide")
        self.attempt(who, acts[what], sides=(STAFF,) if of_staff else ("ada", "cyd"))

    @precondition(lambda self: Solution.objects.filter(state="open").exists())
    @rule(data=st.data(), who=anybody, accept=st.booleans())
    def answer_a_solution(self, data, who, accept):
        solution = data.draw(st.sampled_from(list(Solution.objects.order_by("-pk")[:2])))
        self.attempt(who, lambda actor: solutions.answer_solution(actor, solution.pk, accept=accept))

    @precondition(lambda self: Dispute.objects.filter(ended_at=None).exists())
    @rule(data=st.data(), quarters=st.integers(0, 4), refund=st.booleans())
    def come_to_a_decision(self, data, quarters, refund):
        """Straight to the operator's decision, so that there is one in most lives."""
        dispute = data.draw(st.sampled_from(list(Dispute.objects.filter(ended_at=None).order_by("pk"))))
        self.decide(dispute, quarters, refund=refund)

    def decide(self, dispute, quarters, *, refund=False):
        claimant, other = ("cyd", "ada") if dispute.claimant == "client" else ("ada", "cyd")
        self.attempt(other, lambda actor: claims.answer_claim(actor, dispute.pk, Claim(0), "It is."))
        for side in (claimant, other):
            self.attempt(side, lambda actor: evidence.finish_evidence(actor, dispute.pk))
        self.attempt(STAFF, lambda actor: solutions.propose_solution(actor, dispute.pk, Split(0), "So."), sides=(STAFF,))
        for one in Solution.objects.filter(dispute=dispute, by="mediator", state="open"):
            self.attempt("ada", lambda actor, one=one: solutions.answer_solution(actor, one.pk, accept=False))
        dispute.refresh_from_db()
        split = Split(dispute.disputed_escrow * quarters // 4, dispute.disputed_refund if refund else 0)
        self.attempt(STAFF, lambda actor: solutions.decide_dispute(actor, dispute.pk, split, "So."), sides=(STAFF,))
