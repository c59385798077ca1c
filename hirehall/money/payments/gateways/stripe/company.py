"""Stripe as a gateway of the port. docs/operate/payments.md says how a market is joined to it."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.conf import settings

from hirehall.money.payments.gateways.port import Card, Entry, GatewayDown, Kept, Movement, News
from hirehall.money.payments.gateways.stripe import amounts, calls, cards, charges, messages, movements, payouts


class Stripe:
    """The gateway of the port."""

    name = calls.NAME
    has_own_form = True
    signature_header = messages.SIGNATURE_HEADER

    def step(self, unit: str) -> int:
        return amounts.step(unit)

    def form_script(self) -> tuple[str, str]:
        return cards.script(), settings.STRIPE_PUBLIC_KEY

    def begin_card(self, party_id: str, party_name: str) -> Entry:
        return cards.begin(party_id, party_name)

    def finish_card(self, party_id: str, entry_id: str) -> Kept | None:
        return cards.finish(party_id, entry_id)

    def keep_card(self, card: Card) -> Kept:
        raise GatewayDown("With Stripe a card is typed into Stripe's own form.")

    def forget_card(self, token: str) -> None:
        cards.forget(token)

    def keep_account(self, kind: str, account: str, holder_name: str) -> Kept:
        return payouts.keep_account(kind, account, holder_name, f"account:{secrets.token_urlsafe(18)}")

    def keep_local_account(self, country: str, parts: Mapping[str, str], holder_name: str) -> Kept:
        return payouts.keep_local_account(country, parts, holder_name, f"account:{secrets.token_urlsafe(18)}")

    def details_page(self, token: str, back: str) -> str:
        return payouts.details_page(token, back)

    def verify(self, key: str, token: str) -> News | None:
        return cards.verify(key, token)

    def confirm(self, key: str, token: str) -> News | None:
        """The owner confirmed in the browser; Stripe says whether it is true."""
        return cards.verify(key, token) if key.startswith("method:") else charges.look(key)

    def ask_owner(self, key: str) -> Entry:
        return charges.ask_owner(key)

    def charge(self, key: str, token: str, amount: int, unit: str) -> News | None:
        return charges.charge(key, token, amount, unit)

    def drop_charge(self, key: str) -> News | None:
        return charges.drop(key)

    def refund(self, key: str, charge_key: str, amount: int, unit: str) -> News | None:
        return charges.refund(key, charge_key, amount, unit)

    def pay_out(self, key: str, token: str, amount: int, unit: str) -> News | None:
        return payouts.pay_out(key, token, amount, unit)

    def look(self, key: str) -> News | None:
        return charges.look(key)

    def read(self, body: bytes, signature: str) -> News | None:
        return messages.read(body, signature)

    def list_movements(self, since: datetime, until: datetime) -> Iterator[Movement]:
        return movements.list_all(since, until)
