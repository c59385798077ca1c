"""Posts what two of the staff agreed to put right; the books room asks for it when the second one has approved."""

from hirehall.kernel import live
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.rules import Entry

PARTY, BETWEEN = "party", "adjustment"
Side = tuple[str, str]


@action
def post_adjustment(
    *, adjustment_id: str, source: Side, target: Side, amount: int, unit: str, reason: str, proposed_by: int, approved_by: int
) -> None:
    """Move money from one side to the other through the account of adjustments, so that all of them can be listed.

    A side is (kind of account, party); kind "party" is what the party can withdraw. Refuses adjustment:four_eyes when
    one person did both, whoever calls, and ledger:too_little.
    """
    if proposed_by == approved_by:
        raise Refused("adjustment:four_eyes", "You proposed it; another person has to look at it.")
    memo = {"adjustment": adjustment_id, "reason": reason}
    entries = []
    if source[0] != BETWEEN:
        entries.append(Entry(_address(source), Address(BETWEEN), amount, unit, "adjustment", f"adjust_from:{adjustment_id}", memo))
    if target[0] != BETWEEN:
        entries.append(Entry(Address(BETWEEN), _address(target), amount, unit, "adjustment", f"adjust_to:{adjustment_id}", memo))
    post(entries)
    for kind, party_id in (source, target):
        if kind == PARTY:
            live.push(f"party:{party_id}", "money")


def _address(side: Side) -> Address:
    kind, party_id = side
    return Address("available", party_id) if kind == PARTY else Address(kind)
