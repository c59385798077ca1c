"""What goes back of a contract's releases when a part of them is given back: shared among the newest holds first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hirehall.money.payments import fees


class Release(Protocol):
    """What is asked of a hold."""

    cleared_at: datetime | None

    @property
    def left_minor(self) -> int: ...

    def fees_of(self, gross: int) -> list[fees.Fee]: ...


@dataclass(frozen=True)
class Take:
    """What goes back of one hold, and what the market gives back with it."""

    hold: "Release"
    part: int
    back: list[fees.Fee]

    @property
    def vat(self) -> int:
        return fees.total([each for each in self.back if each.code == fees.VAT])

    @property
    def fee(self) -> int:
        return fees.total(self.back) - self.vat

    @property
    def net(self) -> int:
        return self.part - fees.total(self.back)


def take_of(holds: Sequence["Release"], amount: int) -> list[Take]:
    """Share an amount among holds in their order."""
    takes, left = [], amount
    for hold in holds:
        part = min(left, hold.left_minor)
        if part > 0:
            back = fees.fees_back(hold.fees_of(hold.left_minor), hold.fees_of(hold.left_minor - part))
            takes.append(Take(hold, part, back))
            left -= part
    return takes


def from_available(takes: Sequence[Take]) -> int:
    """What of it the freelancer's available balance has to give; the rest still waits for its security days."""
    return sum(take.net for take in takes if take.hold.cleared_at)
