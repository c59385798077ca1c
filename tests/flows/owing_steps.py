"""Steps of cards and banks: another card, payments that wait for a word, money taken back, and debts that are paid."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hirehall.money.payments.actions import charges, methods, recovery
from hirehall.money.payments.debt_queries import owed_by
from hirehall.money.payments.models import Charge, Debt
from hirehall.work.contracts.actions import milestones
from hirehall.work.contracts.models import Contract, Milestone
from tests.flows.contract_world import anybody, units
from tests.flows.life import Life


class OwingSteps(Life):
    """What a client, its bank, strangers and one of the staff can do about payments."""

    @rule(which=st.integers(0, 6))
    def another_card(self, which):
        methods.choose_method(self.cast.cyd, self.cards[which])

    @precondition(lambda self: Charge.objects.filter(state="needs_action").exists())
    @rule(data=st.data(), who=anybody, confirm=st.integers(0, 3).map(bool))
    def say_a_word_to_the_bank(self, data, who, confirm):
        charge = data.draw(st.sampled_from(list(Charge.objects.filter(state="needs_action").order_by("pk"))))
        act = charges.confirm_charge if confirm else charges.drop_charge
        self.attempt(who, lambda actor: act(actor, charge.pk), sides=("cyd",))

    @rule(data=st.data(), which=st.integers(0, 1), hours=st.sampled_from([1, 1, 24 * 8]))
    def pay_with_a_card_whose_bank_disputes_it(self, data, which, hours):
        """So that there is money which banks take back in most lives."""
        wanted = Milestone.objects.filter(state="proposed", contract__state="active", asked_minor=0)
        if not wanted or owed_by(self.cast.cyd.party_id):
            return
        part = data.draw(st.sampled_from(list(wanted.order_by("pk"))))
        methods.choose_method(self.cast.cyd, self.world.disputed[which])
        if self.attempt("cyd", lambda actor: milestones.fund_milestone(actor, part.pk)):
            self.work_all()
            self.pass_time(hours=hours)

    @precondition(lambda self: Contract.objects.count() < 9)
    @rule(unit=units, which=st.integers(0, 1), quarters=st.integers(0, 4), days=st.sampled_from([0, 1, 8]))
    def a_bank_disputes_what_was_released(self, unit, which, quarters, days):
        """So that there are debts in most lives."""
        contract = self.start(20_000, unit, self.world.disputed[which])
        self.work_all()
        part = contract.milestones.first()
        if quarters:
            assert self.attempt("cyd", lambda actor: milestones.approve_milestone(actor, part.pk, quarters * 5_000))
        for each in (1, 24 * days):
            self.pass_time(hours=each)

    @precondition(lambda self: Debt.objects.exists())
    @rule(data=st.data(), who=anybody)
    def pay_a_debt_by_card(self, data, who):
        debt = data.draw(st.sampled_from(list(Debt.objects.order_by("pk"))))
        self.attempt(who, lambda actor: recovery.pay_debt(actor, debt.pk), sides=("cyd",))

    @precondition(lambda self: Debt.objects.exists())
    @rule(data=st.data(), who=st.sampled_from(("sam", "sam", "sam", "cyd", "ada", "ben")), amount=st.sampled_from([0, 1, 500, 5_000, 20_000]),
          number=st.integers(1, 3))  # fmt: skip
    def a_bank_transfer_arrives(self, data, who, amount, number):
        debt = data.draw(st.sampled_from(list(Debt.objects.order_by("pk"))))
        self.attempt(who, lambda actor: recovery.record_debt_transfer(actor, debt.pk, amount, f"No. {number}", "On the account."), sides=("sam",))

    @precondition(lambda self: owed_by(self.cast.cyd.party_id))
    @rule()
    def pay_all_debts(self):
        self.owe_nothing()
