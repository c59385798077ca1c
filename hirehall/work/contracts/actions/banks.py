"""What banks hold of a milestone's money and what they have taken, written down under its lock."""

from hirehall.money.payments.debt_queries import contested_of
from hirehall.money.payments.queries import escrow_balance
from hirehall.work.contracts.models import Contract, Milestone


def note_banks(milestone: Milestone) -> bool:
    """Write down what banks hold and have taken of a locked milestone now; False when nothing is new.

    Banks may have said it a moment ago, while their word is still on its way here. About money of which the milestone has
    not heard either nothing is written down: when it hears, it looks again.
    """
    now = contested_of(milestone.id)
    known = milestone.funded_minor - milestone.released_minor - milestone.returned_minor
    if (milestone.contested_minor, milestone.taken_minor) == (now.frozen, now.taken) or now.frozen + now.taken > known:
        return False
    milestone.contested_minor, milestone.taken_minor = now.frozen, now.taken
    milestone.save(update_fields=["contested_minor", "taken_minor"])
    return True


def movable(contract: Contract, milestone: Milestone) -> int:
    """What can be moved of a locked milestone: its escrow without what a bank froze a moment ago, of which it has not heard."""
    return min(milestone.escrow_minor, escrow_balance(milestone.id, contract.unit)) if milestone.escrow_minor else 0
