"""Whose move it is on a contract, counting everything that is open on it: milestones, changes, claims, returns, closing."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hirehall.kernel.money import format_money
from hirehall.work.contracts import rules
from hirehall.work.contracts.extra_queries import Open

YOU, THEM, MARKET, DONE = "you", "them", "market", "done"
# Places of the room; those of a pause and of silence say all of it in words of their own.
EXTRAS, SILENCE, PAUSE = "extras", "silence", "pause"


@dataclass(frozen=True)
class Step:
    """One thing that waits: what, whose move it is, and where on the contract's page it stands."""

    text: str
    turn: str
    place: str = ""


def steps(contract, parts: list, opened: list[Open], party_id: str | None) -> list[Step]:
    """All that waits on a contract: first the reader's own moves, then everybody else's. Never empty.

    For a reader who is no side of it, such as staff, nothing is their own move.
    """
    found = sorted(_steps(contract, parts, opened, party_id), key=_order)
    if party_id in (contract.client_id, contract.freelancer_id):
        return found
    return [replace(step, turn=THEM) if step.turn == YOU else step for step in found]


def _steps(contract, parts: list, opened: list[Open], party_id: str | None) -> list[Step]:
    found = [_answer(one, contract.unit, party_id) for one in opened]
    if contract.state == rules.ContractState.ENDED:
        return [*found, Step(_ended(contract.end_reason), DONE)]
    is_client = party_id == contract.client_id
    if contract.held_by:
        found.append(Step(_("What is in escrow is held in a dispute."), MARKET))
    elif contract.state == rules.ContractState.CLOSING and any(part.awarded_minor for part in parts):
        found.append(Step(_("The dispute is over; a bank still decides about a part of the money. The freelancer gets theirs either way."), MARKET))
    elif contract.state == rules.ContractState.CLOSING:
        found.append(_closing(contract, is_client))
    else:
        found += _milestones(parts, is_client)
    return found or [Step(_("Everything agreed is approved; end the contract or propose more."), YOU)]


def _order(step: Step) -> int:
    return (YOU, MARKET, THEM, DONE).index(step.turn)


def _answer(one: Open, unit: str, party_id: str | None) -> Step:
    """Something that one side put and the other answers."""
    yours = one.by_party_id != party_id
    said = {"title": one.title, "amount": format_money(one.amount_minor, unit)}
    text = {
        "amendment": (_("A change waits for your answer: “%(title)s”, %(amount)s."), _("Your change “%(title)s” waits for its answer.")),
        "expense": (_("The expense “%(title)s” over %(amount)s waits for your answer."), _("Your expense “%(title)s” waits for its answer.")),
        "repayment": (_("A return of %(amount)s waits for your answer."), _("The return of %(amount)s waits for its answer.")),
        "closing": (_("Closing the contract is proposed and waits for your answer."), _("Your proposal to close waits for its answer.")),
        "silence": (_("Nothing happens here: say how it goes on."), _("Nothing happens here; the other side says how it goes on.")),
    }[one.kind][0 if yours else 1]  # fmt: skip
    place = {"expense": EXTRAS, "silence": SILENCE}.get(one.kind, f"{one.kind}-{one.id}")
    return Step(text % said, YOU if yours else THEM, place)


def _closing(contract, is_client: bool) -> Step:
    if contract.refund_due_at is None:
        return Step(_("The client's feedback completes it."), YOU if is_client else THEM)
    if contract.refund_refused:
        return Step(_("The return was refused: release what is in escrow, or agree in a dispute how it is split."), YOU if is_client else THEM)
    return Step(_("The return of what is in escrow waits for the freelancer."), THEM if is_client else YOU)


def _milestones(parts: list, is_client: bool) -> list[Step]:
    """One line for each milestone that waits; what is only to be funded waits until the ones before it are done."""
    found = []
    for part in parts:
        if part.state == rules.MilestoneState.PROPOSED and not part.asked_minor and not part.failed_at and found:
            continue
        line = _milestone(part)
        if line:
            text, side = line
            turn = MARKET if side == MARKET else YOU if (side == "client") == is_client else THEM
            place = PAUSE if part.failed_at and part.missing_minor and not part.asked_minor else f"milestone-{part.pk}"
            found.append(Step(text % {"title": part.title}, turn, place))
    return found


def _milestone(part) -> tuple[str, str] | None:
    """(text, who acts) of a milestone that waits."""
    if part.asked_minor:
        return _("“%(title)s” is being charged."), MARKET
    if part.failed_at and part.missing_minor:
        return _("The payment for “%(title)s” waits."), "client"
    if part.contested_minor:
        return _("A bank has to confirm the payment for “%(title)s”."), MARKET
    if part.state == rules.MilestoneState.SUBMITTED:
        return _("“%(title)s” was handed in and waits for review."), "client"
    if part.missing_minor and part.state in rules.HOLDING:
        return _("The rest of “%(title)s” waits to be paid in."), "client"
    if part.state == rules.MilestoneState.CHANGES_ASKED:
        return _("Changes of “%(title)s” were asked for; the work is next."), "freelancer"
    if part.state == rules.MilestoneState.FUNDED:
        return _("“%(title)s” is funded; the work is next."), "freelancer"
    if part.state == rules.MilestoneState.PROPOSED:
        return _("“%(title)s” waits to be funded."), "client"
    return None


def _ended(reason: str) -> str:
    """How a contract ended."""
    told = {"dormant": _("This contract has ended: nothing happened in it."), "mutual": _("Both sides closed this contract.")}
    return told.get(reason) or _("This contract has ended.")
