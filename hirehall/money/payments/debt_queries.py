"""Reads of debts and chargebacks: what a party owes, what the staff must see, and whether the books agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet, Sum

from hirehall.kernel.errors import NotFound
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments import recovery_rules
from hirehall.money.payments.models import Charge, Chargeback, Debt, DebtTransfer
from hirehall.money.payments.policy import recovery_numbers
from hirehall.money.payments.recovery_rules import DebtState
from hirehall.money.payments.rules import OPEN_CHARGE, ChargebackState, ChargeState
from hirehall.people.accounts.actors import Actor


def owed_by(party_id: str) -> dict[str, int]:
    """What a party owes, by unit; empty for nearly everybody."""
    found = Debt.objects.filter(party_id=party_id, state=DebtState.OPEN)
    return dict(found.values_list("unit").annotate(left=Sum(F("amount_minor") - F("paid_minor"))).order_by("unit"))


def list_debts_for(actor: Actor) -> QuerySet[Debt]:
    """What the party owes, and what it has paid, the newest first."""
    return Debt.objects.filter(party_id=actor.party_id).order_by("-id")


def lock_debt_for(actor: Actor, debt_id: str) -> Debt:
    """A debt of the actor's own party, locked; the house and the staff may take any."""
    mine = {} if actor.is_system or actor.is_staff else {"party_id": actor.party_id}
    found = Debt.objects.select_for_update().filter(pk=debt_id, **mine).first()
    if found is None:
        raise NotFound("debt")
    return found


def get_open_debt(debt_id: str) -> Debt:
    """For the staff's form."""
    found = Debt.objects.select_related("party").filter(pk=debt_id, state=DebtState.OPEN).first()
    if found is None:
        raise NotFound("debt")
    return found


def has_open_charge(debt_id: str) -> bool:
    """True while a card's answer about a debt is awaited."""
    return Charge.objects.filter(purpose="debt", subject_id=debt_id, state__in=OPEN_CHARGE).exists()


def list_charging(debt_ids: list[str]) -> set[str]:
    """Those of several debts for which a card's answer is awaited."""
    found = Charge.objects.filter(purpose="debt", subject_id__in=debt_ids, state__in=OPEN_CHARGE)
    return set(found.values_list("subject_id", flat=True))


def came_in(debt: Debt) -> int:
    """What came for a debt, by card and by bank."""
    charges = Charge.objects.filter(purpose="debt", subject_id=debt.pk, state=ChargeState.SETTLED)
    by_card = charges.aggregate(total=Sum("amount_minor"))["total"] or 0
    by_bank = DebtTransfer.objects.filter(debt=debt).aggregate(total=Sum("amount_minor"))["total"] or 0
    return by_card + by_bank


def list_due_debts(now: datetime) -> list[str]:
    """Debts whose card is to be charged again."""
    due = Debt.objects.filter(state=DebtState.OPEN, next_try_at__lte=now).order_by("pk")
    return list(due.values_list("pk", flat=True)[:1000])


def list_open_debts() -> QuerySet[Debt]:
    """Everything that is owed, the oldest first; for the staff."""
    return Debt.objects.filter(state=DebtState.OPEN).select_related("party").order_by("opened_at", "id")


def list_all_debts() -> QuerySet[Debt]:
    """Everything that the guarantee account ever paid, the newest first; for the staff."""
    return Debt.objects.select_related("party").order_by("-id")


@dataclass(frozen=True)
class Ageing:
    """What is owed in one unit, by age: `steps` are (days from, days to or None, how many, how much)."""

    unit: str
    steps: list[tuple[int, int | None, int, int]]
    total: int


def ageing(now: datetime) -> list[Ageing]:
    """All open debts by unit and age."""
    limits = recovery_numbers().ageing_days
    sums: dict[str, list[list[int]]] = {}
    for unit, opened_at, left in list_open_debts().values_list("unit", "opened_at", F("amount_minor") - F("paid_minor")):
        steps = sums.setdefault(unit, [[0, 0] for _ in range(len(limits) + 1)])
        step = steps[recovery_rules.step_of((now - opened_at).days, limits)]
        step[0] += 1
        step[1] += left
    edges = list(zip((0, *(limit + 1 for limit in limits)), (*limits, None), strict=True))
    return [
        Ageing(unit, [(*edge, *step) for edge, step in zip(edges, steps, strict=True)], sum(step[1] for step in steps))
        for unit, steps in sorted(sums.items())
    ]


def lock_chargeback(chargeback_id: str) -> Chargeback:
    """A chargeback with its charge, both locked, the charge first as where the news is taken in."""
    charge_id = Chargeback.objects.values_list("charge_id", flat=True).get(pk=chargeback_id)
    Charge.objects.select_for_update().get(pk=charge_id)
    return Chargeback.objects.select_for_update(of=("self",)).select_related("charge__method").get(pk=chargeback_id)


@dataclass(frozen=True)
class Contested:
    """What of an escrow banks dispute, and what they took back for good."""

    frozen: int
    taken: int


def contested_of(escrow_id: str) -> Contested:
    """Where an escrow stands with the banks now, whatever was heard in which order."""
    found = Chargeback.objects.filter(charge__purpose="escrow", charge__subject_id=escrow_id, frozen_minor__gt=0)
    booked = list(found.values_list("state", "settled_at", "frozen_minor"))
    frozen = sum(part for _, settled_at, part in booked if settled_at is None)
    return Contested(frozen, sum(part for state, at, part in booked if at and state == ChargebackState.LOST))


def has_frozen(escrow_ids: list[str]) -> bool:
    """True while a bank decides about money of one of several escrows."""
    found = Chargeback.objects.filter(charge__purpose="escrow", charge__subject_id__in=escrow_ids)
    return found.filter(frozen_minor__gt=0, settled_at=None).exists()


def list_open_chargebacks_for(actor: Actor) -> list[Chargeback]:
    """Payments of the party that its bank disputes."""
    found = Chargeback.objects.filter(party_id=actor.party_id, settled_at=None).select_related("charge__method")
    return list(found.order_by("-id"))


def list_wrong_debts() -> list[str]:
    """Debts that do not say what came in for them, and frozen money that is not where its chargeback says."""
    wrong = [debt.pk for debt in Debt.objects.all() if not _is_counted(debt)]
    frozen = {key: held for key, held in ledger.balances_of_kind("contested").items() if held}
    said = Chargeback.objects.filter(settled_at=None, frozen_minor__gt=0).values_list("pk", "unit", "frozen_minor")
    expected = {(pk, unit): part for pk, unit, part in said}
    return wrong + sorted(pk for pk, unit in _differing(frozen, expected))


def _is_counted(debt: Debt) -> bool:
    # A card's payment is counted a moment after it settled.
    return debt.paid_minor == came_in(debt) and (debt.state == DebtState.PAID) == (debt.left_minor == 0)


def _differing(one: dict, other: dict) -> Iterable[tuple[str, str]]:
    return [key for key in {*one, *other} if one.get(key, 0) != other.get(key, 0)]
