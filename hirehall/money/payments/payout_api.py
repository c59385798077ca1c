"""API of where and how often money goes: payout methods, bank forms, schedules and the tax form before the first one."""

from datetime import date, datetime

from ninja import Router, Schema

from hirehall.kernel.errors import NotFound
from hirehall.money.payments import bank_rules, payout_queries, queries
from hirehall.money.payments.actions import payouts, schedules, tax_forms
from hirehall.money.payments.intake import keep_account, keep_local_account
from hirehall.people.accounts.scopes import needs

router = Router(tags=["money"])


class PayoutMethodIn(Schema):
    kind: str
    holder_name: str
    account: str = ""
    country: str = ""
    parts: dict[str, str] = {}


class PayoutMethodOut(Schema):
    id: str
    kind: str
    label: str
    last4: str
    holder_name: str
    usable_at: datetime


class PartOut(Schema):
    name: str
    label: str
    example: str


class BankFormOut(Schema):
    country: str
    iban: bool
    parts: list[PartOut]


class ScheduleIn(Schema):
    rhythm: str
    method_id: str | None = None
    least: int | None = None
    unit: str | None = None


class ScheduleOut(Schema):
    unit: str
    rhythm: str
    method_id: str | None
    least: int
    next_on: date | None
    paused_by: str

    @staticmethod
    def resolve_least(schedule) -> int:
        return schedule.least_minor


class TaxFormIn(Schema):
    name: str
    country: str
    number: str
    agrees: bool


class TaxFormOut(Schema):
    kind: str
    name: str
    country: str
    number_last4: str
    signed_at: datetime


@router.get("/payout-methods", response=list[PayoutMethodOut])
@needs("read")
def list_payout_methods(request):
    """Where withdrawals can go."""
    return queries.list_payout_methods_for(request.actor)


@router.post("/payout-methods", response=PayoutMethodOut)
@needs("money")
def add_payout_method(request, given: PayoutMethodIn):
    """Add a bank account, a card (kind 'card', its number) or a wallet (kind 'wallet', a mail address).

    A bank account (kind 'bank') is an IBAN in `account`, or `country` with the `parts` that its banks ask for:
    GET /money/bank-forms/{country} says which.
    """
    if given.kind == "bank" and given.parts:
        kept = keep_local_account(given.country.upper(), given.parts, given.holder_name)
    else:
        kept = keep_account(given.kind, given.account, given.holder_name)
    return payouts.add_payout_method(request.actor, given.kind, kept, given.holder_name)


@router.delete("/payout-methods/{method_id}", response={204: None})
@needs("money")
def remove_payout_method(request, method_id: str):
    """Take a payout method away."""
    payouts.remove_payout_method(request.actor, method_id)
    return 204, None


@router.get("/bank-forms/{country}", response=BankFormOut)
@needs("read")
def show_bank_form(request, country: str):
    """Which numbers a bank account is written with in a country."""
    code = country.upper()
    if len(code) != 2 or not code.isascii():
        raise NotFound("country")
    iban = bank_rules.uses_iban(code)
    return {"country": code, "iban": iban, "parts": () if iban else bank_rules.parts_of(code)}


@router.get("/schedules", response=list[ScheduleOut])
@needs("read")
def list_schedules(request):
    """How often available money leaves by itself, by unit."""
    return payout_queries.list_schedules_for(request.actor)


@router.post("/schedules", response=ScheduleOut)
@needs("money")
def choose_schedule(request, given: ScheduleIn):
    """Choose by_hand, nightly, weekly, twice_a_month, monthly or quarterly for a unit; `least` is in its minor units."""
    return schedules.choose_schedule(request.actor, given.rhythm, given.method_id, given.least, given.unit)


@router.get("/tax-form", response=TaxFormOut)
@needs("read")
def show_tax_form(request):
    """The tax form in force."""
    found = payout_queries.find_tax_form(request.actor.party_id)
    if found is None:
        raise NotFound("tax form")
    return found


@router.post("/tax-form", response=TaxFormOut)
@needs("money")
def sign_tax_form(request, given: TaxFormIn):
    """Sign the tax form; withdrawals that waited for it leave."""
    return tax_forms.sign_tax_form(request.actor, given.name, given.country, given.number, given.agrees)
