"""Steps of disputes for the life of contracts: anybody tries anything, and what is its turn is done by whose turn it is."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hirehall.work.contracts.actions import endings
from hirehall.work.contracts.models import Contract
from hirehall.work.disputes.actions import claims, evidence, solutions
from hirehall.work.disputes.models import Dispute, Solution
from hirehall.work.disputes.rules import Claim, Split
from tests.flows.contract_world import anybody

parts = st.sampled_from([-1, 0, 1, 499, 777, 9_999, 20_000, 10**9])


class DisputeSteps:
    """What two sides, three strangers and one of the staff can do about the money of a contract that ends."""

    @precondition(lambda self: Contract.objects.exclude(state="active").exists())
    @rule(data=st.data(), who=anybody, escrow=parts, refund=parts)
    def open_a_dispute(self, data, who, escrow, refund):
        contract = data.draw(st.sampled_from(list(Contract.objects.exclude(state="active").order_by("pk"))))
        self.attempt(who, lambda actor: claims.open_dispute(actor, contract.pk, Claim(escrow, refund), "It is not done."))

    @precondition(lambda self: Contract.objects.filter(state="active").exists())
    @rule(data=st.data(), who=st.sampled_from(("ada", "cyd")), kept=st.integers(0, 3))
    def fall_out(self, data, who, kept):
        """Straight into a dispute, so that there is one in most lives."""
        contract = data.draw(st.sampled_from(list(Contract.objects.filter(state="active").order_by("pk"))))
        waits = sum(part.escrow_minor for part in contract.milestones.all())
        if waits and self.attempt("cyd", lambda actor: endings.end_contract(actor, contract.pk)):
            self.attempt("ada", lambda actor: endings.answer_refund(actor, contract.pk, agree=False))
            claim = Claim(max(1, waits - kept * waits // 4))
            assert self.attempt(who, lambda actor: claims.open_dispute(actor, contract.pk, claim, "It is not done."))

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
        self.attempt(who, acts[what], sides=("sam",) if of_staff else ("ada", "cyd"))

    @precondition(lambda self: Solution.objects.filter(state="open").exists())
    @rule(data=st.data(), who=anybody, accept=st.booleans())
    def answer_a_solution(self, data, who, accept):
        solution = data.draw(st.sampled_from(list(Solution.objects.order_by("-pk")[:2])))
        self.attempt(who, lambda actor: solutions.answer_solution(actor, solution.pk, accept=accept))


def check_disputes() -> None:
    """An open dispute holds exactly what is disputed; one that has ended holds nothing, and says who got what."""
    holding = dict(Contract.objects.exclude(held_by="").values_list("held_by", "pk"))
    for dispute in Dispute.objects.select_related("contract"):
        waits = sum(part.escrow_minor for part in dispute.contract.milestones.all())
        holds = dispute.is_open and dispute.disputed_escrow > 0
        assert (holding.pop(dispute.pk, None) == dispute.contract_id) == holds
        if holds:
            assert waits == dispute.disputed_escrow, "what is held is what is disputed"
        assert dispute.is_open == (dispute.how == "")
        assert 0 <= dispute.paid_net_minor <= dispute.owed_net_minor
        if not dispute.is_open:
            assert 0 <= dispute.to_freelancer_minor <= dispute.disputed_escrow
            assert not Solution.objects.filter(dispute=dispute, state="open").exists()
    assert holding == {}, "held by nothing"
