"""A bonus: the client's thanks beside what was agreed, charged and released at once."""

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import refuse
from hirehall.kernel.events import Event
from hirehall.kernel.money import Money
from hirehall.money.payments.actions.escrow import fund_escrow, release_escrow, return_escrow
from hirehall.money.payments.queries import escrow_balance
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.queries import get_parties
from hirehall.people.notifications.said import said
from hirehall.people.screening.rules import why_not_send
from hirehall.work.contracts import extra_queries, extra_rules, queries, rules
from hirehall.work.contracts.actions.milestones import check_side, say, tell
from hirehall.work.contracts.models import Bonus, Contract, Expense
from hirehall.work.contracts.policy import extra_numbers_in

State = rules.BonusState


def memo_of_extra(contract: Contract, what: str) -> dict[str, str]:
    """What the statement says about a movement beside the milestones."""
    sides = get_parties([contract.client_id, contract.freelancer_id])
    return {
        "contract_title": contract.title, "milestone": what, "client_name": sides[contract.client_id].name,
        "freelancer_name": sides[contract.freelancer_id].name, "fee_rule": contract.fee_rule,
    }  # fmt: skip


def charge_extra(contract: Contract, extra: Bonus | Expense, what: str, attempt: int = 1) -> None:
    """Ask the client's card for a bonus or an expense; its result comes as an event with the extra's id."""
    fund_escrow(
        SYSTEM,
        escrow_id=extra.id,
        contract_id=contract.id,
        client_id=contract.client_id,
        amount=extra.amount_minor,
        unit=extra.unit,
        ref=f"extra:{extra.id}:{attempt}",
        memo=memo_of_extra(contract, what),
        terms=contract.client_terms(),
    )


def release_extra(contract: Contract, extra: Bonus | Expense, what: str):
    """What was paid in for a bonus or an expense becomes earnings, with the contract's fee."""
    return release_escrow(
        escrow_id=extra.id,
        contract_id=contract.id,
        freelancer_id=contract.freelancer_id,
        client_id=contract.client_id,
        amount=extra.amount_minor,
        unit=extra.unit,
        fee_basis_points=contract.fee_basis_points,
        vat_basis_points=contract.vat_basis_points,
        ref=f"extra:{extra.id}",
        memo=memo_of_extra(contract, what),
    )


def is_paid_in(extra: Bonus | Expense) -> bool:
    """False while a bank holds what was paid for it, or when it was released already."""
    return escrow_balance(extra.id, extra.unit) >= extra.amount_minor


def return_extra(contract: Contract, extra: Bonus | Expense) -> None:
    """Where a bank took back only a part before the release, the rest is the client's."""
    rest = escrow_balance(extra.id, extra.unit)
    if rest:
        return_escrow(
            escrow_id=extra.id, contract_id=contract.id, client_id=contract.client_id, amount=rest, unit=extra.unit,
            ref=f"extra:{extra.id}:rest", memo=memo_of_extra(contract, ""),
        )  # fmt: skip


def reason_of(event: Event) -> str:
    """Why a payment did not come, or did not stay."""
    return "taken_back" if event.name == "chargeback:lost" else str(event.data.get("reason", ""))[:40]


def told_of_extra(contract: Contract, row_id: str, amount: int, unit: str, **more: object) -> dict[str, object]:
    """What events say of a bonus, an expense or a repayment."""
    sides = {"freelancer": contract.freelancer_id, "client": contract.client_id}
    return {"contract": contract.id, "id": row_id, **sides, "amount": amount, "unit": unit, **more}


@action
def give_bonus(actor: Actor, contract_id: str, amount: int, note: str = "") -> Bonus:
    """The client gives a bonus; the freelancer has it when the card has paid."""
    now = clock.now()
    contract = queries.lock_contract_for(actor, contract_id)
    check_side(actor, contract, "client", "pay")
    refuse(extra_rules.why_not_bonus(contract.ended_at, now, extra_numbers_in(contract.unit)))
    refuse(extra_rules.why_not_amount(amount, contract.unit, extra_numbers_in(contract.unit)))
    refuse(why_not_send(note, contract_started=True, field="note"))
    bonus = Bonus.objects.create(
        contract=contract,
        amount_minor=amount,
        unit=contract.unit,
        note=note.strip()[: extra_numbers_in(contract.unit).text_max],
        state=State.CHARGING,
        at=now,
    )
    charge_extra(contract, bonus, "Bonus")
    events.record("bonus:given", contract.id, actor, **told_of_extra(contract, bonus.id, amount, contract.unit))
    return bonus


@action
def pay_bonus(event: Event) -> None:
    """charge:settled: the bonus is released at once; chargeback:won: or when its bank lets the payment stand."""
    found = extra_queries.lock_bonus(event.data["subject_id"]) if event.data["purpose"] == "escrow" else None
    if found is None:
        return
    contract, bonus = found
    if bonus.state != State.CHARGING or not is_paid_in(bonus):
        return
    hold = release_extra(contract, bonus, "Bonus")
    bonus.state, bonus.done_at = State.PAID, clock.now()
    bonus.save(update_fields=["state", "done_at"])
    amount = Money(bonus.amount_minor, bonus.unit)
    say(contract, contract.freelancer_id, "bonus", bonus.id, said("A bonus of %(amount)s was paid", amount=amount), bonus.note[:200])
    fees = {"fee": hold.fee_minor, "vat": hold.vat_minor}
    events.record("bonus:paid", contract.id, None, **told_of_extra(contract, bonus.id, bonus.amount_minor, bonus.unit, **fees))


@action
def fail_bonus(event: Event) -> None:
    """charge:failed, chargeback:lost: what was not released is not given; the client hears it and can give it anew."""
    found = extra_queries.lock_bonus(event.data["subject_id"]) if event.data["purpose"] == "escrow" else None
    if found is None:
        return
    contract, bonus = found
    if bonus.state != State.CHARGING:
        return
    return_extra(contract, bonus)
    bonus.state, bonus.done_at = State.FAILED, clock.now()
    bonus.fail_reason = reason_of(event)
    bonus.save(update_fields=["state", "done_at", "fail_reason"])
    amount = Money(bonus.amount_minor, bonus.unit)
    tell(contract, contract.client_id, "bonus_failed", bonus.id, said("The bonus of %(amount)s could not be charged", amount=amount), said("Give it again with another card."))
