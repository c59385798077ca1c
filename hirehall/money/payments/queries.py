"""Reads of payments: methods, escrow, balances, holds and withdrawals."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet, Sum

from hirehall.kernel.errors import NotFound
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments.models import (
    Charge,
    Hold,
    Method,
    PayoutMethod,
    PreferredUnit,
    Refund,
    Withdrawal,
)
from hirehall.money.payments.policy import main_unit, taken
from hirehall.money.payments.release_queries import NET_LEFT, lock_charges_of_escrows
from hirehall.money.payments.rules import OPEN_CHARGE, ChargeState, MethodState, WithdrawalState
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


def has_subject(kind: str, subject_id: str, gateway: str) -> bool:
    """True when news of a gateway is about something that we asked of that gateway."""
    place = {
        "verification": (Method, "gateway"),
        "charge": (Charge, "method__gateway"),
        "dispute": (Charge, "method__gateway"),
        "refund": (Refund, "charge__method__gateway"),
        "payout": (Withdrawal, "method__gateway"),
    }.get(kind)
    return place is not None and place[0].objects.filter(pk=subject_id, **{place[1]: gateway}).exists()


def list_methods_for(actor: Actor) -> list[Method]:
    """The party's cards, the default first."""
    return list(Method.objects.filter(party_id=actor.party_id, removed_at=None).order_by("-is_default", "-id"))


def find_method_by_token(actor: Actor, token: str) -> Method | None:
    """A card that was added before, for instance by a form that was sent twice."""
    return Method.objects.filter(party_id=actor.party_id, token=token, removed_at=None).first()


def find_heir(party_id: str) -> Method | None:
    """The card that would be charged when the default goes: the last verified one."""
    found = Method.objects.filter(party_id=party_id, state=MethodState.VERIFIED, removed_at=None, is_default=False)
    return found.order_by("-id").first()


def list_ending_methods(last_day: date) -> list[str]:
    """Cards in use whose last day is not after this one."""
    found = Method.objects.filter(expires_on__lte=last_day, removed_at=None, state=MethodState.VERIFIED)
    return list(found.order_by("id").values_list("id", flat=True))


def lock_ending_method(method_id: str) -> Method | None:
    found = Method.objects.select_for_update(of=("self",))
    return found.filter(pk=method_id, removed_at=None, state=MethodState.VERIFIED).first()


def list_unconfirmed_charges(asked_before: datetime) -> list[str]:
    """Charges that still wait for their owner's word at the bank."""
    found = Charge.objects.filter(state=ChargeState.NEEDS_ACTION, asked_at__lte=asked_before)
    return list(found.order_by("id").values_list("id", flat=True))


def list_silent_charges(asked_before: datetime) -> list[str]:
    """Charges whose result should have been heard by now."""
    silent = (ChargeState.ASKED, ChargeState.PROCESSING)
    found = Charge.objects.filter(state__in=silent, asked_at__lte=asked_before)
    return list(found.order_by("id").values_list("id", flat=True))


def list_unconfirmed_charges_for(actor: Actor) -> list[Charge]:
    """The party's payments that wait for its word at the bank, the oldest first."""
    found = Charge.objects.select_related("method").filter(party_id=actor.party_id, state=ChargeState.NEEDS_ACTION)
    return list(found.order_by("id"))


def get_method_for(actor: Actor, method_id: str) -> Method:
    found = Method.objects.filter(pk=method_id, party_id=actor.party_id, removed_at=None).first()
    if found is None:
        raise NotFound("payment method")
    return found


def lock_method_for(actor: Actor, method_id: str) -> Method:
    found = Method.objects.select_for_update().filter(pk=method_id, party_id=actor.party_id, removed_at=None).first()
    if found is None:
        raise NotFound("payment method")
    return found


def find_default_method(party_id: str) -> Method | None:
    """The card that is charged: the default, else the last verified one."""
    found = Method.objects.filter(party_id=party_id, removed_at=None)
    return found.filter(is_default=True).first() or found.filter(state=MethodState.VERIFIED).order_by("-id").first()


def can_be_charged(party_id: str) -> bool:
    """True when the card that would be charged now is verified."""
    method = find_default_method(party_id)
    return method is not None and method.state == MethodState.VERIFIED


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
    """The charges of one escrow to whose cards money can be sent back, newest first, locked in the order of their ids."""
    return lock_charges_of_escrows([escrow_id]).get(escrow_id, [])


def list_settled_charges_of(escrow_ids: list[str]) -> list[Charge]:
    """What was paid into several escrows."""
    return list(Charge.objects.filter(purpose="escrow", subject_id__in=escrow_ids, state=ChargeState.SETTLED))


def find_open_charge(purpose: str, subject_id: str) -> Charge | None:
    """A charge whose result is still awaited."""
    return Charge.objects.filter(purpose=purpose, subject_id=subject_id, state__in=OPEN_CHARGE).first()


def has_open_charge(method_id: str) -> bool:
    """True while a charge of a card may still be paid."""
    return Charge.objects.filter(method_id=method_id, state__in=OPEN_CHARGE).exists()


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


def list_balances_for(actor: Actor) -> list[Balances]:
    """Available, pending, in escrow (as a client) and on the way, in every unit in use; the main one always and first."""
    held, main = ledger.held_by_unit(str(actor.party_id), also="payout"), main_unit()
    held.setdefault(main, {})
    return [
        Balances(
            unit=unit,
            available=kinds.get("available", 0),
            pending=kinds.get("pending", 0),
            escrow=kinds.get("escrow", 0),
            on_the_way=kinds.get("payout", 0),
        )
        for unit, kinds in sorted(held.items(), key=lambda one: (one[0] != main, one[0]))
    ]


def balances_for(actor: Actor, unit: str = "") -> Balances:
    """The same in one unit: the main one when none, or one that the party has never used, is named."""
    return balances_among(list_balances_for(actor), unit)


def balances_among(found: list[Balances], unit: str) -> Balances:
    """The balances of a unit, else those of the main one."""
    return next((each for each in found if each.unit == unit), found[0])


def fullest(found: list[Balances]) -> Balances:
    """The balances of the unit in which the most lies by its worth, the main one when nothing does: for a first look."""

    def worth(each: Balances) -> int:
        held = each.available + each.pending + each.escrow + each.on_the_way
        return taken().worth(each.unit, held) if each.unit in taken().known else 0

    return max(found, key=worth)


def preferred_unit(party_id: str) -> str:
    """The unit in which a party begins jobs and offers, if the market still takes it, else the main one."""
    chosen = PreferredUnit.objects.filter(pk=party_id).values_list("unit", flat=True).first()
    return chosen if chosen in taken().names else main_unit()


def list_waiting_holds_for(actor: Actor, unit: str = "") -> QuerySet[Hold]:
    """Earnings that wait for their security days, in a unit or in all, the next one first."""
    found = Hold.objects.filter(party_id=actor.party_id, cleared_at=None).exclude(returned_minor=F("gross_minor"))
    found = found.order_by("due_at", "id")
    return found.filter(unit=unit) if unit else found


def count_waiting_withdrawals(party_id: str) -> int:
    waiting = (WithdrawalState.ASKED, WithdrawalState.HELD, WithdrawalState.PROCESSING)
    return Withdrawal.objects.filter(party_id=party_id, state__in=waiting).count()


def list_wrong_pending_by_unit() -> list[tuple[str, str, int, int]]:
    """Parties whose pending balance is not the sum of their waiting holds: (party, unit, ledger, holds)."""
    sums = Hold.objects.filter(cleared_at=None).values_list("party_id", "unit").annotate(total=Sum(NET_LEFT))
    waiting = {(party, unit): total for party, unit, total in sums}
    booked = ledger.balances_of_kind("pending")
    return [
        (party, unit, booked.get((party, unit), 0), waiting.get((party, unit), 0))
        for party, unit in sorted({*waiting, *booked})
        if booked.get((party, unit), 0) != waiting.get((party, unit), 0)
    ]


def list_wrong_pending() -> list[tuple[str, int, int]]:
    """The same without the unit: (party, ledger, holds)."""
    return [(party, booked, waiting) for party, _, booked, waiting in list_wrong_pending_by_unit()]


def available_minor(party_id: str, unit: str) -> int:
    """What a party could use now, for rooms above that take some of it."""
    return ledger.balance("available", party_id, unit)
