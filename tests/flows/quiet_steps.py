"""Steps of silence: contracts in which nothing happens, and closing by consent."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hirehall.work.contracts.actions import closing, dormancy
from hirehall.work.contracts.models import CloseProposal, Contract, Dormancy
from tests.flows.contract_world import anybody, sides
from tests.flows.life import Life


class QuietSteps(Life):
    """What the clock does to silent contracts, and what both sides and three strangers can do about it."""

    @precondition(lambda self: Contract.objects.filter(state="active").exists())
    @rule(weeks=st.integers(1, 4))
    def fall_silent(self, weeks):
        """Three months without a word; then it is somebody's turn."""
        for days in (77, *(7 for _ in range(weeks))):
            self.pass_time(days=days)

    @precondition(lambda self: Dormancy.objects.exclude(turn="").exists())
    @rule(data=st.data(), who=anybody, what=st.sampled_from(["keep", "release", "release", "ask", "ask", "ask"]))
    def choose_about_a_dormant_contract(self, data, who, what):
        row = data.draw(st.sampled_from(list(Dormancy.objects.exclude(turn="").order_by("pk"))))
        acts = {
            "keep": lambda actor: dormancy.keep_open(actor, row.pk),
            "release": lambda actor: dormancy.release_dormant(actor, row.pk),
            "ask": lambda actor: dormancy.ask_release(actor, row.pk),
        }
        self.attempt(who, acts[what], sides=("ada",) if what == "ask" else ("cyd",))

    @precondition(lambda self: Contract.objects.filter(state="active").exists())
    @rule(data=st.data(), who=anybody, to=st.sampled_from(["client", "freelancer"]))
    def propose_to_close(self, data, who, to):
        contract = data.draw(st.sampled_from(list(Contract.objects.filter(state="active").order_by("pk"))))
        self.attempt(who, lambda actor: closing.propose_close(actor, contract.pk, to))

    @precondition(lambda self: CloseProposal.objects.filter(state="open").exists())
    @rule(data=st.data(), who=anybody, accept=st.booleans())
    def answer_a_proposal_to_close(self, data, who, accept):
        asked = data.draw(st.sampled_from(list(CloseProposal.objects.order_by("-pk")[:2])))
        self.attempt(who, lambda actor: closing.answer_close(actor, asked.pk, accept=accept))

    @precondition(lambda self: Contract.objects.filter(state="active").count() > 1)
    @rule(data=st.data(), who=sides, to=st.sampled_from(["client", "freelancer"]))
    def close_together(self, data, who, to):
        contract = data.draw(st.sampled_from(list(Contract.objects.filter(state="active").order_by("pk"))))
        if self.attempt(who, lambda actor: closing.propose_close(actor, contract.pk, to)):
            asked = CloseProposal.objects.order_by("-pk").first()
            self.attempt("cyd" if who == "ada" else "ada", lambda actor: closing.answer_close(actor, asked.pk, accept=True))
