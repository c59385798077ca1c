"""What every payment company must do for us, whether it is the built-in sandbox or a real one.

`key` is our own name for what is asked ("charge:<id>"); asking twice with one key is the same as asking once, and
whatever the company says about it carries the key. An answer may come at once (the call returns `News`), later as a
signed message (`read`), or both, in any order: each piece of news is taken in once and moves a state only forward.
Calls may fail as a network does (`GatewayDown`); jobs then try again. What will never work is news, not an exception.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class GatewayDown(Exception):
    """The company could not be reached or did not understand; try again later."""


class NotOffered(Exception):
    """The company has nothing of this kind; trying again does not help."""


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
class Entry:
    """What a page hands to the company's own script: there a card is typed, or a payment confirmed, without us.

    `id` names the started entry when it is finished; `secret` lets the owner's browser, and nobody else, finish it.
    `card` is the kept card with which a payment goes on, where the script has to be told.
    """

    id: str
    secret: str
    public_key: str
    script: str
    card: str = ""


@dataclass(frozen=True)
class News:
    """One message: what was asked (kind and key), its state at the gateway and, if it failed, why.

    A bank's dispute of a charge comes as kind "dispute" with the key of the charge, states opened, won and lost, the
    amount at stake, the company's own name of the dispute and the last moment for an answer.
    """

    id: str
    kind: str
    key: str
    state: str
    reason: str = ""
    amount: int = 0
    unit: str = ""
    about: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class Movement:
    """One thing that the company knows: for reconciliation, compared with our own rows by its key.

    Kinds are charge, refund, payout and dispute; states are those of News. `key` is empty for what we never asked.
    """

    ref: str
    key: str
    kind: str
    amount: int
    unit: str
    state: str
    at: datetime


class Gateway(Protocol):
    """A payment company."""

    name: str
    # True where a card is typed into the company's own script; then no card data may come to our server.
    has_own_form: bool
    signature_header: str

    def step(self, unit: str) -> int:
        """The smallest step of an amount in minor units: 10 where the last digit must be 0."""
        ...

    def form_script(self) -> tuple[str, str]:
        """Where the browser takes the company's script from, and the key that may stand in a page."""
        ...

    def begin_card(self, party_id: str, party_name: str) -> Entry:
        """Start the entry of a card by the company's own script."""
        ...

    def finish_card(self, party_id: str, entry_id: str) -> Kept | None:
        """The card that a party entered; None when it did not finish, or when the entry is another party's."""
        ...

    def keep_card(self, card: Card) -> Kept:
        """Take a card that was typed here; only where the company has no form of its own."""
        ...

    def forget_card(self, token: str) -> None: ...

    def keep_account(self, kind: str, account: str, holder_name: str) -> Kept: ...

    def keep_local_account(self, country: str, parts: Mapping[str, str], holder_name: str) -> Kept:
        """A bank account that is written in the way of its country; `NotOffered` where the company takes none."""
        ...

    def details_page(self, token: str, back: str) -> str:
        """Where the holder of an account tells the company who they are; empty where it does not ask."""
        ...

    def verify(self, key: str, token: str) -> News | None: ...

    def confirm(self, key: str, token: str) -> News | None:
        """The owner has said yes, here or at the bank: a card, or a charge that waited for it."""
        ...

    def ask_owner(self, key: str) -> Entry:
        """What the owner's browser needs to say yes to a charge at the bank."""
        ...

    def charge(self, key: str, token: str, amount: int, unit: str) -> News | None: ...

    def drop_charge(self, key: str) -> News | None:
        """Give up a charge that waits for its owner, so that it can't be paid later."""
        ...

    def refund(self, key: str, charge_key: str, amount: int, unit: str) -> News | None: ...

    def pay_out(self, key: str, token: str, amount: int, unit: str) -> News | None: ...

    def look(self, key: str) -> News | None:
        """What the company knows of a charge, refund or payout now: for messages that never came."""
        ...

    def read(self, body: bytes, signature: str) -> News | None:
        """A signed message; None when it is about nothing that we asked."""
        ...

    def list_movements(self, since: datetime, until: datetime) -> Iterator[Movement]:
        """Everything that was made at the company from `since` to before `until`."""
        ...
