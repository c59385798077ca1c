"""What every payment company must do for us. Asking never gives the result: that comes later as a signed message.

`key` is our own name for what is asked ("charge:<id>"); asking twice with one key is the same as asking once, and
the message about it carries the key. Calls may fail as a network does (`GatewayDown`); jobs then try again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class GatewayDown(Exception):
    """The company could not be reached or did not understand; try again later."""


class BadSignature(Exception):
    """A message that does not come from the company, or is too old."""


@dataclass(frozen=True)
class Card:
    """A card as typed; lives only until the gateway has taken it."""

    number: str
    expires_on: date
    code: str


@dataclass(frozen=True)
class Kept:
    """What we may know of a card or an account that the gateway keeps for us."""

    gateway: str
    token: str
    brand: str
    last4: str
    expires_on: date | None = None


@dataclass(frozen=True)
class News:
    """One message: what was asked (kind and key), its state at the gateway and, if it failed, why."""

    id: str
    kind: str
    key: str
    state: str
    reason: str = ""


class Gateway(Protocol):
    """A payment company."""

    name: str

    def keep_card(self, card: Card) -> Kept: ...

    def keep_account(self, kind: str, account: str, holder_name: str) -> Kept: ...

    def keep_local_account(self, country: str, parts: Mapping[str, str], holder_name: str) -> Kept: ...

    def verify(self, key: str, token: str) -> None: ...

    def confirm(self, key: str, token: str) -> None: ...

    def charge(self, key: str, token: str, amount: int, unit: str) -> None: ...

    def refund(self, key: str, charge_key: str, amount: int, unit: str) -> None: ...

    def pay_out(self, key: str, token: str, amount: int, unit: str) -> None: ...

    def read(self, body: bytes, signature: str) -> News: ...
