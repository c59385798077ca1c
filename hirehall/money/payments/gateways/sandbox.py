"""The built-in payment company: behaves like a real one, moves no real money.

It keeps its own tables, answers nothing at once, signs its messages, repeats some of them and sends some in the
wrong order. How a card behaves follows from its last four digits, an account's from how it begins or ends:

4242 works · 0002 is declined · 0069 has expired · 9995 has no money on it when charged · 0341 is accepted first and
declined an hour later · 3155 wants its owner to confirm · 3184 wants it at each payment · 0259 is disputed an hour
after a charge, and the bank decides for its customer a week later; 2685 the same, but it decides for us · any other
card works. An account that ends in 0000, or a wallet that begins with "closed", cannot be paid to. One that ends in
1111, or a wallet that begins with "returns", takes the money, and three days later its bank sends it back.
"""

import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock
from hirehall.kernel.inserts import insert_new
from hirehall.money.payments.gateways.models import SandboxEvent, SandboxObject, SandboxToken
from hirehall.money.payments.gateways.port import BadSignature, Card, Entry, GatewayDown, Kept, Movement, News

NAME = "sandbox"
DELIVER = "payments.deliver_sandbox_event"
LATE = timedelta(hours=1)
RETURNED_AFTER = timedelta(days=3)
DISPUTE_LASTS = timedelta(days=7)
DUE = "due"  # a dispute that the bank has not told of yet
SIGNATURE_AGE = timedelta(minutes=5)
# One in this many objects has its messages doubled and turned around.
UNTIDY_ONE_IN = 8

BEHAVIOURS = {
    "0002": "declined",
    "0069": "expired",
    "9995": "insufficient_funds",
    "0341": "declined_later",
    "3155": "three_d_secure",
    "3184": "confirm_always",
    "0259": "disputed_lost",
    "2685": "disputed_won",
}
BRANDS = {"4": "Visa", "5": "Mastercard", "3": "American Express", "6": "Discover"}


class Sandbox:
    """The gateway of the port."""

    name = NAME
    has_own_form = False
    signature_header = "Gateway-Signature"

    def step(self, unit: str) -> int:
        return 1

    def form_script(self) -> tuple[str, str]:
        return "", ""

    def begin_card(self, party_id: str, party_name: str) -> Entry:
        raise GatewayDown("The sandbox has no form of its own; a card is typed here.")

    def finish_card(self, party_id: str, entry_id: str) -> Kept | None:
        return None

    def forget_card(self, token: str) -> None:
        SandboxToken.objects.filter(pk=token, kind="card").update(behaviour="declined")

    def keep_card(self, card: Card) -> Kept:
        token = self._keep("card", BEHAVIOURS.get(card.number[-4:], "works"))
        return Kept(NAME, token, BRANDS.get(card.number[0], "Card"), card.number[-4:], card.expires_on)

    def keep_account(self, kind: str, account: str, holder_name: str) -> Kept:
        label = {"bank": f"IBAN {account[:2]}", "card": BRANDS.get(account[0], "Card")}.get(kind, "Wallet")
        shown = account.partition("@")[0] if kind == "wallet" else account
        return Kept(NAME, self._keep(kind, _behaviour_of(account)), label, shown[-4:])

    def keep_local_account(self, country: str, parts: Mapping[str, str], holder_name: str) -> Kept:
        account = parts["account"]
        return Kept(NAME, self._keep("bank", _behaviour_of(account)), f"Bank {country}", account[-4:])

    def details_page(self, token: str, back: str) -> str:
        return ""

    def verify(self, key: str, token: str) -> None:
        self._ask(key, "verification", token)

    def confirm(self, key: str, token: str) -> None:
        """What the bank's own page does when the owner of the card says yes."""
        with transaction.atomic():
            SandboxToken.objects.filter(pk=token).update(confirmed=True)
            asked = SandboxObject.objects.select_for_update().filter(key=key, state="needs_action").first()
            if asked is not None:
                self._move(asked, "settled" if asked.kind == "charge" else "verified", "")

    def ask_owner(self, key: str) -> Entry:
        raise GatewayDown("The sandbox asks the owner on our own page.")

    def drop_charge(self, key: str) -> None:
        with transaction.atomic():
            asked = SandboxObject.objects.select_for_update().filter(key=key, state="needs_action").first()
            if asked is not None:
                self._move(asked, "failed", "not_confirmed")

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

    def look(self, key: str) -> News | None:
        found = SandboxObject.objects.filter(key=key).first()
        return found and News(f"look_{found.id}_{found.state}", found.kind, key, found.state, found.reason)

    def list_movements(self, since: datetime, until: datetime) -> Iterator[Movement]:
        found = SandboxObject.objects.filter(made_at__gte=since, made_at__lt=until).exclude(kind="verification").exclude(state=DUE)
        for each in found.order_by("made_at", "id").iterator():
            key = _key_of(each)
            yield Movement(each.id, key, each.kind, each.amount_minor, each.unit, each.state, each.made_at)

    def read(self, body: bytes, signature: str) -> News:
        stamp, _, given = signature.partition(".")
        if not hmac.compare_digest(given, _sign(stamp, body)):
            raise BadSignature("The signature does not fit the message.")
        if abs(clock.now().timestamp() - int(stamp)) > SIGNATURE_AGE.total_seconds():
            raise BadSignature("The message is too old.")
        told = json.loads(body)
        news = News(told["id"], told["kind"], told["key"], told["state"], told["reason"])
        return replace(news, **_stake(told)) if news.kind == "dispute" else news

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
                news = [("processing", "", None), (state, reason, LATE if late else None)]
                for each in [news[1], news[1], news[0]] if untidy else news:
                    self._tell(asked, *each)
                if kind == "payout" and kept.behaviour == "returned":
                    self._tell(asked, "returned", "account_not_found", RETURNED_AFTER)
                SandboxObject.objects.filter(pk=asked.pk).update(state=state, reason=reason)
                if state == "settled" and kept.behaviour.startswith("disputed"):
                    self._dispute(asked, kept.behaviour.removeprefix("disputed_"))
            else:
                self._move(asked, state, reason)

    def _dispute(self, charge: SandboxObject, outcome: str) -> None:
        """The bank of the card's owner wants the money back: told in an hour, decided a week later."""
        dispute = SandboxObject(
            id=f"dispute_{secrets.token_hex(12)}", key=f"dispute:{charge.key}", kind="dispute", token=charge.token,
            amount_minor=charge.amount_minor, unit=charge.unit, parent_id=charge.id, made_at=clock.now(), state=DUE,
            reason="fraudulent",
        )  # fmt: skip
        insert_new(dispute)
        self._tell(dispute, "opened", "fraudulent", LATE)
        self._tell(dispute, outcome, "fraudulent", LATE + DISPUTE_LASTS)

    def _move(self, asked: SandboxObject, state: str, reason: str) -> None:
        SandboxObject.objects.filter(pk=asked.pk).update(state=state, reason=reason)
        self._tell(asked, state, reason, None)

    def _tell(self, asked: SandboxObject, state: str, reason: str, after: timedelta | None) -> None:
        now = clock.now()
        event = SandboxEvent(
            id=f"evt_{asked.id}_{state}", object=asked, kind=asked.kind, state=state, reason=reason, made_at=now
        )
        insert_new(event)
        task = jobs.configure_task(DELIVER, schedule_at=now + after) if after else jobs.configure_task(DELIVER)
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
    if token.behaviour == "confirm_always":
        return "needs_action", "", False
    if token.behaviour == "insufficient_funds":
        return "failed", "insufficient_funds", False
    if token.behaviour == "declined_later":
        return "failed", "card_declined", True
    return "settled", "", False


def message_of(event_id: str) -> tuple[bytes, str]:
    """A message and its signature, as they go over the network."""
    event = SandboxEvent.objects.select_related("object").get(pk=event_id)
    asked = event.object
    told = {"id": event.id, "kind": event.kind, "key": _key_of(asked), "state": event.state, "reason": event.reason}
    if event.state == "returned":
        SandboxObject.objects.filter(pk=asked.pk).update(state=event.state, reason=event.reason)
    if event.kind == "dispute":
        SandboxObject.objects.filter(pk=asked.pk).update(state=event.state)
        due_at = (asked.made_at + LATE + DISPUTE_LASTS).isoformat()
        told |= {"amount": asked.amount_minor, "unit": asked.unit, "about": asked.id, "due_at": due_at}
    body = json.dumps(told).encode()
    stamp = str(int(clock.now().timestamp()))
    return body, f"{stamp}.{_sign(stamp, body)}"


def _key_of(asked: SandboxObject) -> str:
    """The key that we know: a dispute goes by the key of its charge."""
    return asked.key.removeprefix("dispute:")


def _stake(told: dict[str, Any]) -> dict[str, Any]:
    """What is at stake in a dispute."""
    parts = {name: told[name] for name in ("amount", "unit", "about")}
    return {**parts, "due_at": datetime.fromisoformat(told["due_at"])}


def mark_taken(event_id: str) -> None:
    SandboxEvent.objects.filter(pk=event_id, taken_at=None).update(taken_at=clock.now())


def _sign(stamp: str, body: bytes) -> str:
    secret = hashlib.sha256(f"sandbox:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
