"""The built-in payment company: behaves like a real one, moves no real money.

It keeps its own tables, answers nothing at once, signs its messages, repeats some of them and sends some in the
wrong order. How a card behaves follows from its last four digits, an account's from how it begins or ends:

4242 works · 0002 is declined · 0069 has expired · 9995 has no money on it when charged · 0341 is accepted first and
declined an hour later · 3155 wants its owner to confirm · any other card works. An account that ends in 0000, or a
wallet that begins with "closed", cannot be paid to. One that ends in 1111, or a wallet that begins with "returns",
takes the money, and three days later its bank sends it back.
"""

import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock
from hirehall.kernel.inserts import insert_new
from hirehall.money.payments.gateways.models import SandboxEvent, SandboxObject, SandboxToken
from hirehall.money.payments.gateways.port import BadSignature, Card, GatewayDown, Kept, News

NAME = "sandbox"
DELIVER = "payments.deliver_sandbox_event"
LATE = timedelta(hours=1)
RETURNED_AFTER = timedelta(days=3)
SIGNATURE_AGE = timedelta(minutes=5)
# One in this many objects has its messages doubled and turned around.
UNTIDY_ONE_IN = 8

BEHAVIOURS = {
    "0002": "declined",
    "0069": "expired",
    "9995": "insufficient_funds",
    "0341": "declined_later",
    "3155": "three_d_secure",
}
BRANDS = {"4": "Visa", "5": "Mastercard", "3": "American Express", "6": "Discover"}


class Sandbox:
    """The gateway of the port."""

    name = NAME

    def keep_card(self, card: Card) -> Kept:
        token = self._keep("card", BEHAVIOURS.get(card.number[-4:], "works"))
        return Kept(NAME, token, BRANDS.get(card.number[0], "Card"), card.number[-4:], card.expires_on)

    def keep_account(self, kind: str, account: str, holder_name: str) -> Kept:
        label = {"bank": f"IBAN {account[:2]}", "card": BRANDS.get(account[0], "Card")}.get(kind, "Wallet")
        return Kept(NAME, self._keep(kind, _behaviour_of(account)), label, account[-4:])

    def keep_local_account(self, country: str, parts: Mapping[str, str], holder_name: str) -> Kept:
        account = parts["account"]
        return Kept(NAME, self._keep("bank", _behaviour_of(account)), f"Bank {country}", account[-4:])

    def verify(self, key: str, token: str) -> None:
        self._ask(key, "verification", token)

    def confirm(self, key: str, token: str) -> None:
        """What the bank's own page does when the owner of the card says yes."""
        with transaction.atomic():
            SandboxToken.objects.filter(pk=token).update(confirmed=True)
            asked = SandboxObject.objects.select_for_update().filter(key=key, state="needs_action").first()
            if asked is not None:
                self._move(asked, "verified", "")

    def charge(self, key: str, token: str, amount: int, unit: str) -> None:
        self._ask(key, "charge", token, amount=amount, unit=unit)

    def refund(self, key: str, charge_key: str, amount: int, unit: str) -> None:
        with transaction.atomic():
            charge = SandboxObject.objects.select_for_update().filter(key=charge_key, state="settled").first()
            if SandboxObject.objects.filter(key=key).exists():
                return
            if charge is None or charge.unit != unit or charge.refunded_minor + amount > charge.amount_minor:
                raise GatewayDown(f"The sandbox cannot refund {key}.")
            charge.refunded_minor += amount
            charge.save(update_fields=["refunded_minor"])
            self._ask(key, "refund", charge.token, amount=amount, unit=unit, parent_id=charge.id)

    def pay_out(self, key: str, token: str, amount: int, unit: str) -> None:
        self._ask(key, "payout", token, amount=amount, unit=unit)

    def read(self, body: bytes, signature: str) -> News:
        stamp, _, given = signature.partition(".")
        if not hmac.compare_digest(given, _sign(stamp, body)):
            raise BadSignature("The signature does not fit the message.")
        if abs(clock.now().timestamp() - int(stamp)) > SIGNATURE_AGE.total_seconds():
            raise BadSignature("The message is too old.")
        told = json.loads(body)
        return News(told["id"], told["kind"], told["key"], told["state"], told["reason"])

    def _keep(self, kind: str, behaviour: str) -> str:
        token = f"tok_{secrets.token_urlsafe(18)}"
        SandboxToken.objects.create(token=token, kind=kind, behaviour=behaviour, made_at=clock.now())
        return token

    def _ask(self, key: str, kind: str, token: str, *, amount: int = 0, unit: str = "", parent_id: str = "") -> None:
        """Take an order once, decide at once how it will end, and send the messages when they are due."""
        with transaction.atomic():
            kept = SandboxToken.objects.filter(pk=token).first()
            if kept is None:
                raise GatewayDown(f"The sandbox does not know the token of {key}.")
            asked = SandboxObject(
                id=f"{kind}_{secrets.token_hex(12)}", key=key, kind=kind, token=token, amount_minor=amount, unit=unit,
                parent_id=parent_id, made_at=clock.now(),
            )  # fmt: skip
            if not insert_new(asked):
                return
            state, reason, late = _outcome(kind, kept)
            if kind in ("charge", "payout"):
                untidy = not late and zlib.crc32(key.encode()) % UNTIDY_ONE_IN == 0
                news = [("processing", "", False), (state, reason, late)]
                for each in [news[1], news[1], news[0]] if untidy else news:
                    self._tell(asked, *each)
                if kind == "payout" and kept.behaviour == "returned":
                    self._tell(asked, "returned", "account_not_found", True, RETURNED_AFTER)
                SandboxObject.objects.filter(pk=asked.pk).update(state=state, reason=reason)
            else:
                self._move(asked, state, reason)

    def _move(self, asked: SandboxObject, state: str, reason: str) -> None:
        SandboxObject.objects.filter(pk=asked.pk).update(state=state, reason=reason)
        self._tell(asked, state, reason, False)

    def _tell(self, asked: SandboxObject, state: str, reason: str, late: bool, after: timedelta = LATE) -> None:
        now = clock.now()
        event = SandboxEvent(
            id=f"evt_{asked.id}_{state}", object=asked, kind=asked.kind, state=state, reason=reason, made_at=now
        )
        insert_new(event)
        task = jobs.configure_task(DELIVER, schedule_at=now + after) if late else jobs.configure_task(DELIVER)
        task.defer(event_id=event.id)


def _behaviour_of(account: str) -> str:
    """How an account behaves that money is sent to."""
    if account.endswith("0000") or account.startswith("closed"):
        return "account_closed"
    return "returned" if account.endswith("1111") or account.startswith("returns") else "works"


def _outcome(kind: str, token: SandboxToken) -> tuple[str, str, bool]:
    """How an order ends: state, reason, and whether the sandbox takes an hour to say so."""
    if kind == "refund":
        return "paid", "", False
    if kind == "payout":
        return ("failed", "account_closed", False) if token.behaviour == "account_closed" else ("paid", "", False)
    if token.behaviour == "declined":
        return "failed", "card_declined", False
    if token.behaviour == "expired":
        return "failed", "card_expired", False
    if kind == "verification":
        waits = token.behaviour == "three_d_secure" and not token.confirmed
        return ("needs_action", "", False) if waits else ("verified", "", False)
    if token.behaviour == "insufficient_funds":
        return "failed", "insufficient_funds", False
    if token.behaviour == "declined_later":
        return "failed", "card_declined", True
    return "settled", "", False


def message_of(event_id: str) -> tuple[bytes, str]:
    """A message and its signature, as they go over the network."""
    event = SandboxEvent.objects.select_related("object").get(pk=event_id)
    told = {"id": event.id, "kind": event.kind, "key": event.object.key, "state": event.state, "reason": event.reason}
    body = json.dumps(told).encode()
    stamp = str(int(clock.now().timestamp()))
    return body, f"{stamp}.{_sign(stamp, body)}"


def mark_taken(event_id: str) -> None:
    SandboxEvent.objects.filter(pk=event_id, taken_at=None).update(taken_at=clock.now())


def _sign(stamp: str, body: bytes) -> str:
    secret = hashlib.sha256(f"sandbox:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
