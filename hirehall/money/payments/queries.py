"""Reads of payments: methods, escrow, balances, holds and withdrawals."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Sum

from hirehall.kernel.errors import NotFound
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments.models import Charge, Hold, Method, PayoutMethod, Refund, Withdrawal
from hirehall.money.payments.policy import numbers
from hirehall.money.payments.rules import ChargeState, MethodState, WithdrawalState
from hirehall.people.accounts.actors import Actor


def get_method(method_id: str) -> Method:
    """For the job that asks the gateway; the two below too."""
    return Method.objects.get(pk=method_id)


def get_charge(charge_id: str) -> Charge:
    return Charge.objects.select_related("method").get(pk=charge_id)


def get_refund(refund_id: str) -> Refund:
    return Refund.objects.select_related("charge__method").get(pk=refund_id)


def lock_withdrawal(withdrawal_id: str) -> Withdrawal:
    """For the job that sends it, with its method."""
    return Withdrawal.objects.select_for_update(of=("self",)).select_related("method").get(pk=withdrawal_id)


def list_methods_for(actor: Actor) -> list[Method]:
    """The party's cards, the default first."""
    return list(Method.objects.filter(party_id=actor.party_id, removed_at=None).order_by("-is_default", "-id"))


def lock_method_for(actor: Actor, method_id: str) -> Method:
    found = Method.objects.select_for_update().filter(pk=method_id, party_id=actor.party_id, removed_at=None).first()
    if found is None:
        raise NotFound("payment method")
    return found


def find_default_method(party_id: str) -> Method | None:
    """The card that is charged: the default, else the last verified one."""
    found = Method.objects.filter(party_id=party_id, removed_at=None)
    return found.filter(is_default=True).first() or found.filter(state=MethodState.VERIFIED).order_by("-id").first()


def has_verified_method(party_id: str) -> bool:
    """True when a party can be charged: the mark that freelancers look for."""
    return Method.objects.filter(party_id=party_id, state=MethodState.VERIFIED, removed_at=None).exists()


def list_verified_parties(party_ids: list[str]) -> set[str]:
    """Those of several parties that can be charged, in one query."""
    found = Method.objects.filter(party_id__in=party_ids, state=MethodState.VERIFIED, removed_at=None)
    return set(found.values_list("party_id", flat=True))


def escrow_balance(escrow_id: str, unit: str) -> int:
    """What lies in an escrow now."""
    return ledger.balance("escrow", escrow_id, unit)


def escrow_balances(escrow_ids: list[str], unit: str) -> dict[str, int]:
    """What lies in several escrows, in one query."""
    return ledger.balances("escrow", escrow_ids, unit)


def lock_escrow_charges(escrow_id: str) -> list[Charge]:
    """The settled charges of an escrow with their cards, newest first, locked in the order of their ids."""
    found = Charge.objects.select_for_update(of=("self",)).select_related("method")
    found = found.filter(purpose="escrow", subject_id=escrow_id, state=ChargeState.SETTLED)
    return list(found.order_by("id"))[::-1]


def find_open_charge(purpose: str, subject_id: str) -> Charge | None:
    """A charge whose result is still awaited."""
    waiting = (ChargeState.ASKED, ChargeState.PROCESSING)
    return Charge.objects.filter(purpose=purpose, subject_id=subject_id, state__in=waiting).first()


def get_charge_for(actor: Actor, charge_id: str) -> Charge:
    found = Charge.objects.select_related("method").filter(pk=charge_id, party_id=actor.party_id).first()
    if found is None:
        raise NotFound("payment")
    return found


def list_charges_for(actor: Actor) -> QuerySet[Charge]:
    return Charge.objects.select_related("method").filter(party_id=actor.party_id).order_by("-id")


def list_payout_methods_for(actor: Actor) -> list[PayoutMethod]:
    return list(PayoutMethod.objects.filter(party_id=actor.party_id, removed_at=None).order_by("-id"))


def get_payout_method_for(actor: Actor, method_id: str) -> PayoutMethod:
    found = PayoutMethod.objects.filter(pk=method_id, party_id=actor.party_id, removed_at=None).first()
    if found is None:
        raise NotFound("payout method")
    return found


def list_withdrawals_for(actor: Actor) -> QuerySet[Withdrawal]:
    return Withdrawal.objects.select_related("method").filter(party_id=actor.party_id).order_by("-id")


@dataclass(frozen=True)
class Balances:
    """What a party has, by how free it is."""

    unit: str
    available: int
    pending: int
    escrow: int
    on_the_way: int


def balances_for(actor: Actor) -> Balances:
    """Available, pending, in escrow (as a client), and withdrawals that have not arrived."""
    unit, party_id = numbers().unit, str(actor.party_id)
    held = ledger.held_by_kind(party_id, unit)
    return Balances(
        unit=unit,
        available=held.get("available", 0),
        pending=held.get("pending", 0),
        escrow=held.get("escrow", 0),
        on_the_way=ledger.balance("payout", party_id, unit),
    )


def list_waiting_holds_for(actor: Actor) -> QuerySet[Hold]:
    """Earnings that wait for their security days, the next one first."""
    return Hold.objects.filter(party_id=actor.party_id, cleared_at=None).order_by("due_at", "id")


def earned_minor(freelancer_id: str, unit: str) -> int:
    """Everything a party has earned here, after fees."""
    return Hold.objects.filter(party_id=freelancer_id, unit=unit).aggregate(total=Sum("net_minor"))["total"] or 0


def spent_minor(client_id: str, unit: str) -> int:
    """Everything a client has paid to freelancers here."""
    return Hold.objects.filter(client_id=client_id, unit=unit).aggregate(total=Sum("gross_minor"))["total"] or 0


def count_waiting_withdrawals(party_id: str) -> int:
    waiting = (WithdrawalState.ASKED, WithdrawalState.HELD, WithdrawalState.PROCESSING)
    return Withdrawal.objects.filter(party_id=party_id, state__in=waiting).count()


def list_wrong_pending() -> list[tuple[str, int, int]]:
    """Parties whose pending balance is not the sum of their waiting holds: (party, ledger, holds)."""
    sums = Hold.objects.filter(cleared_at=None).values_list("party_id", "unit").annotate(total=Sum("net_minor"))
    waiting = {(party, unit): total for party, unit, total in sums}
    booked = ledger.balances_of_kind("pending")
    return [
        (party, booked.get((party, unit), 0), waiting.get((party, unit), 0))
        for party, unit in sorted({*waiting, *booked})
        if booked.get((party, unit), 0) != waiting.get((party, unit), 0)
    ]


def due_dates(holds: list[Hold]) -> list[tuple[datetime, int]]:
    """When how much becomes available, one entry a day."""
    days: dict[datetime, int] = {}
    for hold in holds:
        day = hold.due_at.replace(hour=0, minute=0, second=0, microsecond=0)
        days[day] = days.get(day, 0) + hold.net_minor
    return sorted(days.items())
