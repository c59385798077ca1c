"""The chart of accounts: which kinds there are, which may go below zero, and which are split into parts.

The outside world (`gateway`) and the mint of Connects (`issue`) may go below zero: what they owe is what everybody
else holds. An account that every payment touches has 16 parts, so that two payments rarely wait for each other;
the part follows from the transfer's reference, so a repeated transfer finds the same one.
"""

import zlib
from dataclasses import dataclass

HOT_PARTS = 16


@dataclass(frozen=True)
class Kind:
    """What holds for every account of one kind. A `held` account shows in its holder's statement."""

    floor: int | None = 0
    parts: int = 1
    held: bool = False


KINDS: dict[str, Kind] = {
    # Money.
    "gateway": Kind(floor=None, parts=HOT_PARTS),  # the outside world behind the payment company
    "available": Kind(held=True),  # a party's money, free to use
    "pending": Kind(held=True),  # earned, waits for the security days
    "escrow": Kind(held=True),  # paid by a client, waits for the work; owner is the escrow, holder the client
    "contested": Kind(held=True),  # paid in, frozen while the card's bank disputes it; owner is the chargeback, holder the client
    "payout": Kind(),  # a party's money on its way out
    "refund": Kind(),  # a client's money on its way back to the card
    "fee": Kind(floor=None, parts=HOT_PARTS),  # the market's income from fees
    "sales": Kind(floor=None, parts=HOT_PARTS),  # the market's income from Connects
    "tax": Kind(floor=None, parts=HOT_PARTS),  # VAT on fees, owed to the state
    "guarantee": Kind(floor=None),  # the operator's own money, with which protected work is paid when a client's card fails
    "bank": Kind(floor=None),  # the operator's own bank account, where a debt is paid without a card
    "exchange": Kind(floor=None, parts=HOT_PARTS),  # the market's own pots of two units, between which conversions go
    "adjustment": Kind(floor=None),  # the other side of what two of the staff put right by hand
    # Connects.
    "issue": Kind(floor=None, parts=HOT_PARTS),  # where Connects come from
    "connects": Kind(held=True),  # a party's Connects
    "used": Kind(floor=None, parts=HOT_PARTS),  # spent, may come back
    "expired": Kind(floor=None, parts=HOT_PARTS),
}


@dataclass(frozen=True)
class Address:
    """Names an account; it is opened when something is first posted to it."""

    kind: str
    owner_id: str = ""
    holder_id: str = ""

    @property
    def holder(self) -> str:
        """Whose statement shows it: a named holder, or the owner; nobody for the market's own accounts."""
        return (self.holder_id or self.owner_id) if KINDS[self.kind].held else ""


def part_of(address: Address, ref: str) -> int:
    """Which part of a split account a transfer uses: always the same for one reference."""
    return zlib.crc32(ref.encode()) % KINDS[address.kind].parts
