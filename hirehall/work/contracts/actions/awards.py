"""What a dispute gave to the freelancer of money that a bank holds or has taken: paid, whatever the bank decides."""

from hirehall.money.payments.actions.recovery import cover_escrow
from hirehall.people.accounts.actors import SYSTEM
from hirehall.work.contracts import award_rules
from hirehall.work.contracts.actions.milestones import memo_of, release_part
from hirehall.work.contracts.models import Contract, Milestone


def carry_out_award(contract: Contract, milestone: Milestone) -> None:
    """Pay what was awarded of a locked milestone as far as its bank has decided: from what came free, else from the guarantee."""
    paid, lost = award_rules.shares_of(
        awarded=milestone.awarded_minor, there=milestone.escrow_minor, frozen=milestone.contested_minor
    )
    if paid + lost:
        milestone.awarded_minor -= paid + lost
        milestone.save(update_fields=["awarded_minor"])
        cover(contract, milestone, lost)
        release_part(contract, milestone, paid + lost, SYSTEM)


def cover(contract: Contract, milestone: Milestone, amount: int) -> None:
    """Bring what a bank took of a locked milestone back into its escrow from the guarantee account; the client owes it."""
    if amount:
        cover_escrow(
            client_id=contract.client_id, escrow_id=milestone.id, amount=amount, unit=contract.unit, cause="award",
            ref=f"award:{milestone.id}:{milestone.funded_minor}", memo=memo_of(contract, milestone),
        )  # fmt: skip
        milestone.funded_minor += amount
        milestone.save(update_fields=["funded_minor"])
