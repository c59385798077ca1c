"""Escrow in dispute: held still, then moved as both agree or as it is decided. Only the dispute that holds it moves it.

What a bank freezes or takes meanwhile stays in the dispute: award_rules.py says who gets what then, and from where.
"""

from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.people.accounts.actors import SYSTEM
from hirehall.work.contracts import award_rules, extra_queries, queries, quiet_queries, rules
from hirehall.work.contracts.actions.awards import carry_out_award, cover
from hirehall.work.contracts.actions.banks import note_banks
from hirehall.work.contracts.actions.endings import finish_closing
from hirehall.work.contracts.actions.milestones import give_back, release_part
from hirehall.work.contracts.models import Contract, Milestone


@action
def hold_for_dispute(contract_id: str, dispute_id: str) -> Contract:
    """Nothing that waits moves by itself or by one side from now on. The same dispute again changes nothing."""
    contract = queries.lock_contract_for(SYSTEM, contract_id)
    if contract.held_by != dispute_id:
        refuse(rules.why_not_held(contract.held_by))
        contract.held_by = dispute_id
        contract.save(update_fields=["held_by"])
    return contract


@action
def settle_dispute(
    contract_id: str, dispute_id: str, *, held: int, to_freelancer: int, to_client: int, over: bool
) -> Contract:
    """Move a part of the `held` that is disputed, or with `over` the last of it: then the contract ends, unless the
    freelancer's part waits for the word of a bank.

    Earlier milestones pay first. The freelancer's part bears the contract's fee.
    """
    contract = queries.lock_contract_for(SYSTEM, contract_id)
    if contract.held_by != dispute_id:
        raise Refused("contract:not_held", "This dispute holds nothing of the contract any more.")
    parts = quiet_queries.lock_milestones(contract)
    for milestone in parts:
        if note_banks(milestone):
            carry_out_award(contract, milestone)
    there, frozen = sum(part.escrow_minor for part in parts), sum(part.contested_minor - part.awarded_minor for part in parts)
    if to_freelancer + to_client > there + frozen + sum(_taken(part) for part in parts):
        raise Refused("contract:hold_much", "That is more than is held here.")
    moves = award_rules.moves_of(
        held=held, there=there, frozen=frozen, to_freelancer=to_freelancer, to_client=to_client, over=over
    )
    _carry_out(contract, parts, moves)
    if over:
        contract.held_by = ""
        contract.save(update_fields=["held_by"])
        if not any(part.awarded_minor for part in parts):
            finish_closing(contract)
    return contract


def _taken(milestone: Milestone) -> int:
    """What banks took of a milestone, as far as nobody has paid it in again."""
    return min(milestone.taken_minor, milestone.missing_minor)


def _carry_out(contract: Contract, parts: list[Milestone], moves: award_rules.Moves) -> None:
    """Spread what moves over the milestones; what is paid of one goes in one release."""
    covered = rules.fill(moves.cover, [_taken(part) for part in parts])
    released = rules.fill(moves.release, [part.escrow_minor for part in parts])
    awarded = rules.fill(moves.award, [part.contested_minor - part.awarded_minor for part in parts])
    for part, lost, there, later in zip(parts, covered, released, awarded, strict=True):
        cover(contract, part, lost)
        if later:
            part.awarded_minor += later
            part.save(update_fields=["awarded_minor"])
        if lost + there:
            release_part(contract, part, lost + there, SYSTEM)
    for part, back in zip(parts, rules.fill(moves.give_back, [part.escrow_minor for part in parts]), strict=True):
        give_back(contract, part, back, "dispute")


@action
def owe_back(contract_id: str, amount: int) -> int:
    """Note that released money has to go back by a dispute; returns how much of it can, besides all that went already."""
    contract = queries.lock_contract_for(SYSTEM, contract_id)
    owed = min(amount, extra_queries.whole_returnable_of(contract))
    contract.owed_back_minor += owed
    contract.save(update_fields=["owed_back_minor"])
    return owed
