"""What must hold about money beside contracts: debts and the guarantee account, banks that dispute, conversions, the gateway."""

from collections import Counter, defaultdict
from datetime import timedelta

from hirehall.kernel import clock
from hirehall.kernel.models import Delivery, Event
from hirehall.money.books import reconcile
from hirehall.money.ledger.models import Account, Transfer
from hirehall.money.payments.gateways.models import SandboxEvent, SandboxObject
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Charge, Chargeback, Debt, DebtTransfer, Quote, Refund, Withdrawal
from tests.support.fixtures import START

COUNTED = "hirehall.money.payments.actions.recovery.note_debt_payment"


def held(kind: str) -> dict[tuple[str, str], int]:
    """What each owner of accounts of a kind has, by unit; nothing is left out."""
    found = defaultdict(int)
    for owner, unit, balance in Account.objects.filter(kind=kind).values_list("owner_id", "unit", "balance"):
        found[owner, unit] += balance
    return {key: balance for key, balance in found.items() if balance}


def check_money() -> None:
    _check_debts()
    _check_banks()
    _check_ways()


def _check_debts() -> None:
    """What the guarantee account put in is what is owed; each debt says what came for it, as far as it has heard."""
    counted = set(Delivery.objects.filter(reaction=COUNTED).values_list("event_id", flat=True))
    heard = {e.subject_id for e in Event.objects.filter(name="charge:settled", id__in=counted)}
    by_card, by_bank, unheard = defaultdict(int), defaultdict(int), defaultdict(int)
    for charge in Charge.objects.filter(purpose="debt", state="settled"):
        (by_card if charge.pk in heard else unheard)[charge.subject_id] += charge.amount_minor
    for debt_id, amount in DebtTransfer.objects.values_list("debt_id", "amount_minor"):
        by_bank[debt_id] += amount
    put_in, arrived = defaultdict(int), defaultdict(int)
    for debt in Debt.objects.all():
        came = by_card[debt.pk] + by_bank[debt.pk]
        # A transfer that is written down counts everything that has come.
        assert debt.paid_minor in (came, came + unheard[debt.pk])
        assert (debt.state == "paid") == (debt.left_minor == 0) == (debt.paid_at is not None)
        put_in["", debt.unit] -= debt.amount_minor - came - unheard[debt.pk]
        arrived["", debt.unit] -= by_bank[debt.pk]
    assert held("guarantee") == {key: amount for key, amount in put_in.items() if amount}
    assert held("bank") == {key: amount for key, amount in arrived.items() if amount}


def _check_banks() -> None:
    """What is frozen is what chargebacks say; what a bank took and nobody had put aside is owed, and only that."""
    frozen, owed = {}, {}
    for one in Chargeback.objects.all():
        if one.frozen_minor and one.settled_at is None:
            frozen[one.pk, one.unit] = one.frozen_minor
        if one.settled_at and one.state == "lost" and one.amount_minor > one.frozen_minor:
            owed[one.pk] = one.amount_minor - one.frozen_minor
        assert one.settled_at is None or (one.frozen_minor is not None and one.state != "opened")
    assert held("contested") == frozen
    assert dict(Debt.objects.exclude(cause="award").values_list("subject_id", "amount_minor")) == owed


def _check_ways() -> None:
    """What is on its way out lies in its account until it has arrived; each fact is recorded once."""
    out, back = defaultdict(int), defaultdict(int)
    for one in Withdrawal.objects.filter(state__in=["asked", "processing"]):
        out[one.party_id, one.unit] += one.amount_minor - one.fee_minor
    for one in Refund.objects.filter(state="asked"):
        back[one.party_id, one.unit] += one.amount_minor
    assert held("payout") == dict(out)
    assert held("refund") == dict(back)
    seen = Counter(Event.objects.values_list("name", flat=True))
    assert seen["withdrawal:asked"] == Withdrawal.objects.count()
    assert seen["withdrawal:paid"] == Withdrawal.objects.filter(state="paid").count()
    assert seen["conversion:accepted"] == Quote.objects.exclude(accepted_at=None).count()
    assert seen["debt:opened"] == Debt.objects.count()
    assert seen["debt:paid"] == Debt.objects.filter(state="paid").count()
    assert seen["charge:disputed"] == Chargeback.objects.filter(charge__state="settled").count()
    assert seen["chargeback:frozen"] == Chargeback.objects.exclude(frozen_minor=None).count()
    assert seen["chargeback:won"] + seen["chargeback:lost"] == Chargeback.objects.exclude(settled_at=None).count()
    _check_exchange()


def _check_exchange() -> None:
    """Conversions moved what their quotes said, in both currencies."""
    pots = defaultdict(int)
    for quote in Quote.objects.exclude(accepted_at=None):
        pots["", quote.unit_from] += quote.amount_minor
        pots["", quote.unit_to] -= quote.result_minor
    assert held("exchange") == {key: amount for key, amount in pots.items() if amount}
    assert Transfer.objects.filter(code="conversion_in").count() == Transfer.objects.filter(code="conversion_out").count()


def check_gateway() -> None:
    """With the other company: each knows what the other knows, and what came in less what went out is what is here."""
    span = reconcile.Span(START - timedelta(days=10), clock.now() + timedelta(days=1))
    with reconcile.gateway_list(gateway("sandbox").list_movements(span.list_since, span.until)):
        found = list(reconcile.list_differences("sandbox", span))
        assert found == [], found
    ends = {"charge": ("settled", 1), "refund": ("paid", -1), "payout": ("paid", -1)}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for kind, state, amount, unit in SandboxObject.objects.values_list("kind", "state", "amount_minor", "unit"):
        if kind in ends and ends[kind][0] == state:
            sums["", unit] -= ends[kind][1] * amount
    for event in SandboxEvent.objects.filter(kind="dispute", state="lost").select_related("object"):
        sums["", event.object.unit] += event.object.amount_minor
    assert held("gateway") == {key: amount for key, amount in sums.items() if amount}
