"""What may be posted. Pure. The database refuses the rest: overdrafts, mixed units, changed references."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import LARGEST_MINOR
from hirehall.kernel.units import is_unit
from hirehall.money.ledger.chart import Address

CODE_LENGTH = 24
REF_LENGTH = 120


@dataclass(frozen=True)
class LedgerPolicy:
    """The table [ledger] of policy.toml."""

    batch_max: int


@dataclass(frozen=True)
class Entry:
    """A transfer to be: the source loses the amount, the target gains it. `memo` says what it was for."""

    source: Address
    target: Address
    amount: int
    unit: str
    code: str
    ref: str
    memo: dict[str, Any] = field(default_factory=dict)


def why_not_post(entries: Sequence[Entry], batch_max: int) -> Refused | None:
    """The reason why entries cannot be posted; the first one that is wrong decides."""
    if len(entries) > batch_max:
        return Refused("ledger:batch", f"At most {batch_max} entries are posted at once.")
    for entry in entries:
        if not 0 < entry.amount <= LARGEST_MINOR:
            return Refused("ledger:amount", "The amount of a transfer is more than nothing and not endless.")
        if not is_unit(entry.unit):
            return Refused("ledger:unit", f"There is no unit {entry.unit!r}.")
        if entry.source == entry.target:
            return Refused("ledger:sides", "A transfer has two different sides.")
        if not 0 < len(entry.ref) <= REF_LENGTH or not 0 < len(entry.code) <= CODE_LENGTH:
            return Refused("ledger:ref", "A transfer needs a reference and a code.")
    return None
