"""Steps of balances: money that leaves, and money that becomes another currency."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hirehall.money.ledger.queries import balance
from hirehall.money.payments.actions import conversions, payouts
from hirehall.money.payments.models import Quote
from hirehall.money.payments.policy import numbers_in
from hirehall.money.payments.queries import list_balances_for
from tests.flows.contract_world import UNITS, anybody, sides, units
from tests.flows.life import Life


class MoneySteps(Life):
    """What parties can do with what is theirs."""

    @precondition(lambda self: any(each.available for each in list_balances_for(self.cast.ada)))
    @rule(who=anybody, which=st.integers(0, 1), amount=st.none() | st.sampled_from([1, 500, 5_000]), unit=units)
    def withdraw(self, who, which, amount, unit):
        available, floor = balance("available", self.cast.ada.party_id, unit), numbers_in(unit).withdrawal_floor_minor
        done = self.attempt(who, lambda actor: payouts.withdraw(actor, self.payouts[which], amount, unit), sides=("ada",))
        assert done == (who == "ada" and floor <= (available if amount is None else amount) <= available)

    @precondition(lambda self: any(each.pending for each in list_balances_for(self.cast.ada)))
    @rule(which=st.integers(0, 1), unit=units, convert=st.booleans())
    def take_what_was_earned(self, which, unit, convert):
        """The security days pass, and it leaves at once, so that it does in most lives."""
        self.pass_time(days=5)
        if convert:
            self.convert(who="ada", unit=unit)
        else:
            self.withdraw(who="ada", which=which, amount=None, unit=unit)

    @rule(who=sides, unit=units, part=st.integers(1, 4))
    def ask_for_a_quote(self, who, unit, part):
        (other,) = set(UNITS) - {unit}
        held = balance("available", getattr(self.cast, who).party_id, unit)
        self.attempt(who, lambda actor: conversions.quote_conversion(actor, unit, other, held * part // 4))

    @precondition(lambda self: Quote.objects.exists())
    @rule(data=st.data(), who=anybody)
    def accept_a_quote(self, data, who):
        quote = data.draw(st.sampled_from(list(Quote.objects.order_by("-pk")[:2])))
        before = balance("available", quote.party_id, quote.unit_to)
        if self.attempt(who, lambda actor: conversions.accept_conversion(actor, quote.pk)):
            assert getattr(self.cast, who).party_id == quote.party_id
            assert balance("available", quote.party_id, quote.unit_to) == before + quote.result_minor

    @rule(who=sides, unit=units)
    def convert(self, who, unit):
        """All at once, so that it happens in most lives."""
        (other,) = set(UNITS) - {unit}
        if self.attempt(who, lambda actor: conversions.quote_conversion(actor, unit, other)):
            quote = Quote.objects.order_by("-pk").first()
            assert self.attempt(who, lambda actor: conversions.accept_conversion(actor, quote.pk))
            assert balance("available", quote.party_id, unit) == 0
