"""What a person types about a card or an account: checked here, handed to the gateway, never kept by us."""

from datetime import date

from hirehall.kernel import clock
from hirehall.kernel.errors import refuse
from hirehall.money.payments import rules
from hirehall.money.payments.gateways.port import Card, Kept
from hirehall.money.payments.gateways.registry import gateway


def keep_card(number: str, expires_on: date, code: str) -> Kept:
    """Give a card to the gateway; we keep its token, brand and last four digits."""
    number = "".join(number.split()).replace("-", "")
    refuse(rules.why_not_card(number, expires_on, code.strip(), clock.now().date()))
    return gateway().keep_card(Card(number, expires_on, code.strip()))


def keep_account(kind: str, account: str, holder_name: str) -> Kept:
    """Give a bank account or wallet to the gateway; we keep its token and last four characters."""
    account = "".join(account.split()).upper() if kind == rules.BANK else account.strip().lower()
    refuse(rules.why_not_payout_details(kind, account, holder_name))
    return gateway().keep_account(kind, account, holder_name.strip())
