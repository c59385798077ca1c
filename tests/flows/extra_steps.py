"""Steps of the money beside the milestones: bonuses, expenses, and released money that goes back."""

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hirehall.kernel import clock
from hirehall.work.contracts.actions import bonuses, expenses, repayments
from hirehall.work.contracts.extra_queries import returnable_of
from hirehall.work.contracts.models import Contract, Expense, Repayment
from tests.flows.contract_world import anybody, sides, sums
from tests.flows.life import Life


def contracts():
    return st.sampled_from(list(Contract.objects.order_by("pk")))


class ExtraSteps(Life):
    """What both sides and three strangers can do about it."""

    @rule(data=st.data(), who=anybody, amount=sums)
    def give_a_bonus(self, data, who, amount):
        contract = data.draw(contracts())
        self.attempt(who, lambda actor: bonuses.give_bonus(actor, contract.pk, amount, "Thank you."), sides=("cyd",))

    @precondition(lambda self: Expense.objects.count() < 7)
    @rule(data=st.data(), who=anybody, amount=sums)
    def claim_an_expense(self, data, who, amount):
        self.claim(data.draw(contracts()), who, amount)

    @precondition(lambda self: Expense.objects.count() < 7)
    @rule(data=st.data(), amount=sums)
    def lay_something_out(self, data, amount):
        """Claimed and approved, so that there are expenses in most lives."""
        if self.claim(data.draw(contracts()), "ada", amount):
            expense = Expense.objects.order_by("-pk").first()
            self.attempt("cyd", lambda actor: expenses.answer_expense(actor, expense.pk, approve=True), sides=("cyd",))

    def claim(self, contract, who, amount) -> bool:
        def act(actor):
            receipt = SimpleUploadedFile("receipt.txt", b"One font", "text/plain")
            return expenses.claim_expense(actor, contract.pk, title="A font", amount=amount, reason="For the headline.", receipt=receipt)

        return self.attempt(who, act, sides=("ada",))

    @precondition(lambda self: Expense.objects.exists())
    @rule(data=st.data(), who=anybody, what=st.sampled_from(["approve", "approve", "approve", "decline", "withdraw"]))
    def answer_an_expense(self, data, who, what):
        expense = data.draw(st.sampled_from(list(Expense.objects.order_by("pk"))))
        acts = {
            "approve": lambda actor: expenses.answer_expense(actor, expense.pk, approve=True),
            "decline": lambda actor: expenses.answer_expense(actor, expense.pk, approve=False, reason="Not agreed."),
            "withdraw": lambda actor: expenses.withdraw_expense(actor, expense.pk),
        }
        self.attempt(who, acts[what], sides=("ada",) if what == "withdraw" else ("cyd",))

    @rule(data=st.data(), who=anybody, amount=sums)
    def propose_a_return_of_money(self, data, who, amount):
        contract = data.draw(contracts())
        self.attempt(who, lambda actor: repayments.propose_repayment(actor, contract.pk, amount, "A part is missing."))

    @precondition(lambda self: Repayment.objects.exists())
    @rule(data=st.data(), who=anybody, accept=st.integers(0, 3).map(bool))
    def answer_a_return_of_money(self, data, who, accept):
        repayment = data.draw(st.sampled_from(list(Repayment.objects.order_by("-pk")[:2])))
        self.attempt(who, lambda actor: repayments.answer_repayment(actor, repayment.pk, accept=accept))

    @rule(data=st.data(), who=sides, part=st.integers(1, 4))
    def give_money_back(self, data, who, part):
        """Both want the same, so that money does go back in most lives."""
        able = [one for one in Contract.objects.order_by("pk") if returnable_of(one, clock.now()) > 3]
        if not able or Repayment.objects.filter(state="open").exists():
            return
        contract = data.draw(st.sampled_from(able))
        amount = returnable_of(contract, clock.now()) * part // 4
        assert self.attempt(who, lambda actor: repayments.propose_repayment(actor, contract.pk, amount, "A part is missing."))
        asked = Repayment.objects.order_by("-pk").first()
        self.attempt("cyd" if who == "ada" else "ada", lambda actor: repayments.answer_repayment(actor, asked.pk, accept=True))
