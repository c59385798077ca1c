"""Where each part of a contract's money is, and when which part moves next. Pure: computed from rows, for page and API.

>>> picture([], [], [], [], [], "active").pots["escrow"]
0
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hirehall.work.contracts.rules import (
    HOLDING,
    BonusState,
    ContractState,
    ExpenseState,
    MilestoneState,
    RepaymentState,
)

# The way of the money, and the places beside it; two of them exist only while somebody quarrels.
WAY = ("to_fund", "charging", "escrow", "pending", "available")
BESIDE = ("held", "bank", "returned", "fees")
RARE = ("held", "bank")


@dataclass(frozen=True)
class Move:
    """What moves next: by itself at a moment, or when somebody acts. `who` is client, freelancer, bank or market."""

    kind: str
    amount: int
    who: str
    at: datetime | None = None
    title: str = ""
    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class Picture:
    """Amounts by place, and the moves, those with a moment first."""

    pots: dict[str, int]
    moves: list[Move]

    @property
    def paid_in(self) -> int:
        """Everything that the client has paid for the work; it is all somewhere."""
        return sum(self.pots[name] for name in ("escrow", "held", "bank", "pending", "available", "returned", "fees"))


def picture(
    milestones: Sequence[Any],
    holds: Sequence[Any],
    bonuses: Sequence[Any],
    expenses: Sequence[Any],
    repayments: Sequence[Any],
    contract_state: str,
    *,
    refund_due_at: datetime | None = None,
    refund_refused: bool = False,
    client_id: str = "",
    held: bool = False,
    taken_back: tuple[int, int] = (0, 0),
) -> Picture:
    """The picture of one contract. `held` while a dispute holds its escrow; `taken_back` is what decisions took
    from the freelancer and of the fees.
    """
    escrow = sum(m.escrow_minor for m in milestones)
    pots = _pots(milestones, holds, [*bonuses, *expenses], escrow if held else 0, taken_back)
    closing = contract_state == ContractState.CLOSING and escrow and not held
    due = None if refund_refused else refund_due_at
    moves = [
        *([Move("bank", pots["bank"], "bank", None, "", "bank", "escrow")] if pots["bank"] else []),
        *_of_milestones(milestones, contract_state),
        *_of_holds(holds),
        *_of_extras(bonuses, expenses),
        *(_of_repayment(r, client_id) for r in repayments if r.state == RepaymentState.OPEN),
        *([Move("return", escrow, "freelancer" if due else "client", due, "", "escrow", "returned")] if closing else []),
    ]
    return Picture(pots, sorted(moves, key=lambda move: (move.at is None, move.at.timestamp() if move.at else 0)))


def _pots(
    milestones: Sequence[Any], holds: Sequence[Any], extras: Sequence[Any], held_minor: int, taken_back: tuple[int, int]
) -> dict[str, int]:
    """How much is in each place."""
    charging = [e for e in extras if e.state in (BonusState.CHARGING, ExpenseState.CHARGING)]
    escrow = sum(m.escrow_minor for m in milestones)
    available, net_back = sum(h.net_left_minor for h in holds if h.cleared_at is not None), taken_back[0]
    # A decision takes from all that a freelancer has available, also before this contract's own has become so.
    ahead = max(0, net_back - available)
    return {
        "to_fund": sum(max(0, m.missing_minor - m.asked_minor) for m in milestones),
        "charging": sum(m.asked_minor for m in milestones) + sum(e.amount_minor for e in charging),
        "escrow": escrow - held_minor,
        "held": held_minor,
        "bank": sum(m.contested_minor for m in milestones),
        "pending": sum(h.net_left_minor for h in holds if h.cleared_at is None) - ahead,
        "available": available - net_back + ahead,
        "returned": sum(m.returned_minor for m in milestones) + sum(h.returned_minor for h in holds) + sum(taken_back),
        "fees": sum(h.left_minor - h.net_left_minor for h in holds) - taken_back[1],
    }


def _of_milestones(milestones: Sequence[Any], contract_state: str) -> list[Move]:
    """What each milestone waits for. In a contract that is being closed only the return moves."""
    found = []
    for m in milestones:
        if m.asked_minor:
            found.append(Move("charge", m.asked_minor, "market", None, m.title, "charging", "escrow"))
        if contract_state != ContractState.ACTIVE:
            continue
        unpaid = max(0, m.missing_minor - m.asked_minor)
        if unpaid and m.state in (MilestoneState.PROPOSED, *HOLDING):
            found.append(Move("fund", unpaid, "client", None, m.title, "to_fund", "escrow"))
        if m.state == MilestoneState.SUBMITTED and m.escrow_minor:
            found.append(Move("review", m.escrow_minor, "client", m.review_due_at, m.title, "escrow", "pending"))
        elif m.escrow_minor:
            found.append(Move("work", m.escrow_minor, "freelancer", None, m.title, "escrow", "pending"))
    return found


def _of_holds(holds: Sequence[Any]) -> list[Move]:
    """Earnings become available on their day; those of one minute move together."""
    by_minute: dict[datetime, list[Any]] = {}
    for hold in holds:
        if hold.cleared_at is None and hold.net_left_minor:
            by_minute.setdefault(hold.due_at.replace(second=0, microsecond=0), []).append(hold)
    return [
        Move("clear", sum(h.net_left_minor for h in together), "market", max(h.due_at for h in together), "", "pending", "available")
        for together in by_minute.values()
    ]


def _of_extras(bonuses: Sequence[Any], expenses: Sequence[Any]) -> list[Move]:
    found = [
        Move("charge_bonus", b.amount_minor, "market", None, "", "charging", "pending")
        for b in bonuses
        if b.state == BonusState.CHARGING
    ]
    for expense in expenses:
        if expense.state == ExpenseState.CLAIMED:
            found.append(Move("expense", expense.amount_minor, "client", None, expense.title, "to_fund", "pending"))
        elif expense.state == ExpenseState.CHARGING:
            found.append(Move("charge_expense", expense.amount_minor, "market", None, expense.title, "charging", "pending"))
    return found


def _of_repayment(repayment: Any, client_id: str) -> Move:
    who = "freelancer" if repayment.by_party_id == client_id else "client"
    return Move("repayment", repayment.amount_minor, who, repayment.expires_at, repayment.reason, "available", "returned")
