"""What a person types about a card or an account: checked here, handed to the gateway, never kept by us."""

from collections.abc import Mapping
from datetime import date

from hirehall.kernel import clock
from hirehall.kernel.errors import refuse
from hirehall.money.payments import bank_forms, rules
from hirehall.money.payments.gateways.port import Card, Kept
from hirehall.money.payments.gateways.registry import gateway


def keep_card(number: str, expires_on: date, code: str) -> Kept:
    """Give a card to the gateway; we keep its token, brand and last four digits."""
    number = "".join(number.split()).replace("-", "")
    refuse(rules.why_not_card(number, expires_on, code.strip(), clock.now().date()))
    return gateway().keep_card(Card(number, expires_on, code.strip()))


def keep_account(kind: str, account: str, holder_name: str) -> Kept:
    """Give an IBAN, a card or a wallet to the gateway; we keep its token and last four characters."""
    account = account.strip().lower() if kind == rules.WALLET else bank_forms.tidy(account)
    refuse(rules.why_not_payout_details(kind, account, holder_name))
    return gateway().keep_account(kind, account, holder_name.strip())


def keep_local_account(country: str, parts: Mapping[str, str], holder_name: str) -> Kept:
    """Give a bank account that is written in the way of its country to the gateway."""
    given = {part.name: bank_forms.tidy(parts.get(part.name, "")) for part in bank_forms.parts_of(country)}
    refuse(bank_forms.why_not_local(country, given))
    refuse(rules.why_not_holder_name(holder_name))
    return gateway().keep_local_account(country, given, holder_name.strip())
