"""Reads of what was released on a contract and what of it went back, and of what fees go by.

What a freelancer earned and a client spent means everywhere: released, less what went back, by agreement or by decision.
EARNED is it after the fees, SPENT before them; profiles count SPENT too, from the events (market/profiles, market/jobs).
"""

from datetime import datetime

from django.db.models import F, Sum

from hirehall.money.payments.models import Charge, GivenBack, Hold, TaxNumber
from hirehall.money.payments.returns import from_available, take_of
from hirehall.money.payments.rules import ChargebackState, ChargeState

# What of a hold is the freelancer's, without what was given back.
NET_LEFT = F("net_minor") - F("returned_minor") + F("returned_fee_minor") + F("returned_vat_minor")


# What a freelancer earned with a release in the end, after fees; what a client spent on it.
EARNED = NET_LEFT - F("taken_net_minor")
SPENT = F("gross_minor") - F("returned_minor") - F("taken_minor")


def earned_minor(freelancer_id: str, unit: str) -> int:
    """Everything a party has earned here, after fees."""
    return Hold.objects.filter(party_id=freelancer_id, unit=unit).aggregate(total=Sum(EARNED))["total"] or 0


def spent_minor(client_id: str, unit: str) -> int:
    """Everything a client has paid to freelancers here."""
    return Hold.objects.filter(client_id=client_id, unit=unit).aggregate(total=Sum(SPENT))["total"] or 0


def lock_charges_of_escrows(escrow_ids: list[str]) -> dict[str, list[Charge]]:
    """The settled charges of several escrows, each escrow's newest first, all locked in the order of their ids.

    Not those that a bank disputes or took back: nothing can be sent to their cards, and their part is not in escrow.
    """
    found = Charge.objects.select_for_update(of=("self",)).select_related("method")
    found = found.filter(purpose="escrow", subject_id__in=escrow_ids, state=ChargeState.SETTLED)
    found = found.exclude(chargebacks__state__in=(ChargebackState.OPENED, ChargebackState.LOST))
    by_escrow: dict[str, list[Charge]] = {}
    for charge in found.order_by("id"):
        by_escrow.setdefault(charge.subject_id, []).insert(0, charge)
    return by_escrow


def lock_contract_holds(contract_id: str, unit: str, since: datetime | None = None) -> list[Hold]:
    """A contract's holds, or those released since a moment, the newest first, locked in the order of their ids."""
    found = Hold.objects.select_for_update().filter(contract_id=contract_id, unit=unit)
    found = found.filter(released_at__gte=since) if since else found
    return list(found.order_by("id"))[::-1]


def list_contract_holds(contract_id: str) -> list[Hold]:
    """Every release of a contract, the first one first, for rooms above that have checked who asks."""
    return list(Hold.objects.filter(contract_id=contract_id).order_by("id"))


def returnable_minor(contract_id: str, unit: str, since: datetime) -> int:
    """What a contract's releases since a moment paid and was not given back, before the fee."""
    found = Hold.objects.filter(contract_id=contract_id, unit=unit, released_at__gte=since)
    return found.aggregate(total=Sum(F("gross_minor") - F("returned_minor")))["total"] or 0


def preview_return(contract_id: str, unit: str, since: datetime, amount: int) -> tuple[int, int, int]:
    """What giving an amount back would cost the freelancer now: (net, fees that come back, of it from available)."""
    found = Hold.objects.filter(contract_id=contract_id, unit=unit, released_at__gte=since).order_by("-id")
    takes = take_of(list(found), amount)
    return sum(t.net for t in takes), sum(t.fee + t.vat for t in takes), from_available(takes)


def contract_net_minor(contract_id: str) -> int:
    """What a freelancer has of a contract, after fees and without what was given back."""
    net = Hold.objects.filter(contract_id=contract_id).aggregate(total=Sum(NET_LEFT))["total"] or 0
    return net - taken_back_of(contract_id)[0]


def taken_back_of(contract_id: str) -> tuple[int, int]:
    """What decisions took back of a contract's released money: (from the freelancer, of the fees)."""
    found = GivenBack.objects.filter(contract_id=contract_id, by_decision=True)
    sums = found.aggregate(amount=Sum("amount_minor"), fees=Sum(F("fee_minor") + F("vat_minor")))
    amount, fees = sums["amount"] or 0, sums["fees"] or 0
    return amount - fees, fees


def billed_minor(freelancer_id: str, client_id: str, unit: str) -> int:
    """What a client was billed by a freelancer so far, by which a sliding fee goes."""
    found = Hold.objects.filter(party_id=freelancer_id, client_id=client_id, unit=unit)
    given = GivenBack.objects.filter(party_id=freelancer_id, client_id=client_id, unit=unit)
    gross = found.aggregate(total=Sum("gross_minor"))["total"] or 0
    return gross - (given.aggregate(total=Sum("amount_minor"))["total"] or 0)


def tax_number_of(party_id: str) -> str:
    """The VAT number of a party, or nothing."""
    return TaxNumber.objects.filter(pk=party_id).values_list("number", flat=True).first() or ""
