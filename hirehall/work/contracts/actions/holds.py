"""Escrow in dispute: held still, then moved as both agree or as it is decided. Only the dispute that holds it moves it."""

from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.people.accounts.actors import SYSTEM
from hirehall.work.contracts import extra_queries, queries, quiet_queries, rules
from hirehall.work.contracts.actions.endings import finish_if_settled
from hirehall.work.contracts.actions.milestones import give_back, release_part
from hirehall.work.contracts.models import Contract


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
    contract_id: str, dispute_id: str, *, to_freelancer: int, to_client: int, over: bool
) -> Contract:
    """Move a part of what is held, or with `over` the last of it: then the contract ends when nothing is left.

    Earlier milestones pay first. The freelancer's part bears the contract's fee.
    """
    contract = queries.lock_contract_for(SYSTEM, contract_id)
    if contract.held_by != dispute_id:
        raise Refused("contract:not_held", "This dispute holds nothing of the contract any more.")
    parts = quiet_queries.lock_milestones(contract)
    if to_freelancer + to_client > sum(milestone.escrow_minor for milestone in parts):
        raise Refused("contract:hold_much", "That is more than is held here.")
    for milestone, part in zip(parts, rules.fill(to_freelancer, [m.escrow_minor for m in parts]), strict=True):
        if part:
            release_part(contract, milestone, part, SYSTEM)
    for milestone, part in zip(parts, rules.fill(to_client, [m.escrow_minor for m in parts]), strict=True):
        give_back(contract, milestone, part, "dispute")
    if over:
        contract.held_by = ""
        contract.save(update_fields=["held_by"])
        finish_if_settled(contract)
    return contract


@action
def owe_back(contract_id: str, amount: int) -> int:
    """Note that released money has to go back by a dispute; returns how much of it can, besides all that went already."""
    contract = queries.lock_contract_for(SYSTEM, contract_id)
    owed = min(amount, extra_queries.whole_returnable_of(contract))
    contract.owed_back_minor += owed
    contract.save(update_fields=["owed_back_minor"])
    return owed
