"""Contracts in which nothing happens: both are told in time, then each has its turn, then what was announced is done."""

from datetime import timedelta

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import refuse
from hirehall.kernel.money import Money
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.notifications.said import said
from hirehall.work.contracts import queries, quiet_queries, quiet_rules, rules
from hirehall.work.contracts.actions.endings import finish
from hirehall.work.contracts.actions.milestones import approve_milestone, note_in_room, tell
from hirehall.work.contracts.models import Contract, Dormancy
from hirehall.work.contracts.policy import dormancy_numbers
from hirehall.work.contracts.quiet_rules import Turn

SCORE = said(
    "A contract that ends as dormant without feedback counts against the freelancer's Job Success Score, with half its weight. "
    "Closing it together, or going on, does not."
)


def watch_silence() -> int:
    """Learn who has spoken, and take the steps that are due; each contract in a transaction of its own."""
    silent = quiet_queries.list_silent(clock.now())
    for start in range(0, len(silent), quiet_queries.CHUNK):
        _note_signs(silent[start : start + quiet_queries.CHUNK])
    still = [contract.pk for contract in quiet_queries.list_silent(clock.now())]
    return act_on_each(sorted({*still, *quiet_queries.list_announced()}), step_silence)


@action
def _note_signs(contracts: list[Contract]) -> None:
    """Write down the last sign of life of contracts that seemed silent."""
    signs = quiet_queries.signs_of_life([contract.pk for contract in contracts])
    spoken = [contract for contract in contracts if signs.get(contract.pk, quiet_queries.since(contract)) > quiet_queries.since(contract)]
    for contract in spoken:
        Contract.objects.filter(pk=contract.pk).update(active_at=signs[contract.pk])


@action
def step_silence(contract_id: str) -> None:
    """Take the next step of one contract, when it is due; safe to ask at any time and twice."""
    now, numbers = clock.now(), dormancy_numbers()
    contract = queries.lock_contract_for(SYSTEM, contract_id)
    row = quiet_queries.find_dormancy(contract_id)
    if contract.state != rules.ContractState.ACTIVE:
        Dormancy.objects.filter(pk=contract_id).delete()
        return
    if contract.held_by or quiet_queries.has_contested(contract):
        # A dispute, or a bank, decides about the escrow first.
        return
    silent_since = max(quiet_queries.since(contract), quiet_queries.signs_of_life([contract_id]).get(contract_id, contract.started_at))
    if row is not None and silent_since > row.told_at:
        _wake(contract, row)
    elif row is not None and row.turn:
        if row.until is not None and row.until <= now:
            _pass_turn(contract, row)
    else:
        days, told_at = (row.told_days, row.told_at) if row else (0, None)
        if quiet_rules.is_step_due(silent_since, days, told_at, now, numbers):
            _announce(contract, row, quiet_rules.next_step(days, numbers))


def _announce(contract: Contract, row: Dormancy | None, days: int) -> None:
    """Tell both that nothing has happened, or that the contract is dormant now."""
    now, numbers = clock.now(), dormancy_numbers()
    row = row or Dormancy(contract=contract)
    row.told_days, row.told_at = days, now
    if days < numbers.dormant_days:
        row.save()
        then = said("After %(days)s days it is dormant and then ends by itself. %(score)s", days=numbers.dormant_days, score=SCORE)
        _tell_both(contract, f"silent_{days}", f"{now:%Y%m%d}", said("Nothing has happened in “%(title)s” for %(days)s days", title=contract.title, days=days), then, then)
        return
    row.dormant_at = now
    _begin_turn(row, Turn.CLIENT)
    day = row.until.date()
    _tell_both(
        contract, "dormant", f"{now:%Y%m%d}", said("“%(title)s” is dormant", title=contract.title),
        said("Choose until %(day)s: keep it open, end it, or release what waits in escrow. Then the freelancer chooses. %(score)s", day=day, score=SCORE),
        said("The client chooses until %(day)s; then it is your turn. You can hand work in or write at any time. %(score)s", day=day, score=SCORE),
    )  # fmt: skip
    note_in_room(contract, "The contract is dormant: nothing has happened for a long time")
    events.record("contract:dormant", contract.id, None, freelancer=contract.freelancer_id, client=contract.client_id)


def _begin_turn(row: Dormancy, turn: Turn) -> None:
    row.turn, row.until = turn, clock.now() + timedelta(days=quiet_rules.days_of(turn, dormancy_numbers()))
    row.save()


def _tell_both(contract: Contract, kind: str, key: str, title: str, to_client: str, to_freelancer: str) -> None:
    tell(contract, contract.client_id, kind, f"{contract.id}:{key}:c", title, to_client)
    tell(contract, contract.freelancer_id, kind, f"{contract.id}:{key}:f", title, to_freelancer)


def _wake(contract: Contract, row: Dormancy) -> None:
    """Somebody has spoken, worked or paid: the silence is over."""
    was_dormant = row.dormant_at is not None
    row.delete()
    if was_dormant:
        note_in_room(contract, "The contract is no longer dormant")
        events.record("contract:awakened", contract.id, None, freelancer=contract.freelancer_id, client=contract.client_id)


def _pass_turn(contract: Contract, row: Dormancy) -> None:
    """A turn is over without a word: the freelancer's begins, or what was announced is done."""
    if row.turn == Turn.CLIENT:
        _begin_turn(row, Turn.FREELANCER)
        day = row.until.date()
        _tell_both(
            contract, "dormant_turn", f"{row.until:%Y%m%d}", said("“%(title)s” is dormant: the freelancer chooses now", title=contract.title),
            said("Until %(day)s the freelancer can ask for what waits in escrow; after that it returns to you and the contract ends.", day=day),
            said("Until %(day)s ask for what waits in escrow, hand work in, or end it. After that it returns to the client and the contract ends. %(score)s", day=day, score=SCORE),
        )  # fmt: skip
    elif row.turn == Turn.FREELANCER:
        _end_dormant(contract, SYSTEM)
    else:
        _release_all(contract, SYSTEM)
        _end_dormant(contract, SYSTEM)


def _release_all(contract: Contract, actor: Actor) -> None:
    for milestone in quiet_queries.lock_milestones(contract):
        if milestone.escrow_minor:
            approve_milestone(actor, milestone.id, milestone.escrow_minor)


def _end_dormant(contract: Contract, actor: Actor) -> None:
    contract.end_reason = "dormant"
    Dormancy.objects.filter(pk=contract.pk).delete()
    finish(contract, actor)


def _choose(actor: Actor, contract_id: str, side: str, power: str) -> tuple[Contract, Dormancy]:
    """A dormant contract about which the actor may choose now, locked."""
    contract = queries.lock_contract_for(actor, contract_id)
    refuse(why_not_act(actor.role, power, get_party(actor.party_id).standing))
    row = quiet_queries.find_dormancy(contract_id)
    turn = row.turn if row and contract.state == rules.ContractState.ACTIVE else ""
    refuse(quiet_rules.why_not_choose(turn, quiet_queries.get_side(actor, contract), side))
    return contract, row or Dormancy(contract=contract)


@action
def keep_open(actor: Actor, contract_id: str) -> Contract:
    """The client wants a dormant contract to go on: the days of silence begin anew."""
    contract, row = _choose(actor, contract_id, "client", "talk")
    contract.active_at = clock.now()
    contract.save(update_fields=["active_at"])
    row.delete()
    tell(contract, contract.freelancer_id, "kept_open", f"{contract.id}:{contract.active_at:%Y%m%d}", said("%(name)s keeps “%(title)s” open", name=actor.name, title=contract.title))
    note_in_room(contract, "The contract is kept open")
    events.record("contract:kept_open", contract.id, actor, freelancer=contract.freelancer_id, client=contract.client_id)
    return contract


@action
def release_dormant(actor: Actor, contract_id: str) -> Contract:
    """The client releases all that waits in escrow of a dormant contract, and it ends as a finished one."""
    contract, row = _choose(actor, contract_id, "client", "pay")
    refuse(rules.why_not_held(contract.held_by))
    refuse(rules.why_not_while_contested(quiet_queries.has_contested(contract)))
    refuse(quiet_rules.why_not_release(quiet_queries.in_escrow(contract_id)))
    _release_all(contract, actor)
    row.delete()
    contract.ended_by = "client"
    contract.save(update_fields=["ended_by"])
    finish(contract, actor)
    return contract


@action
def ask_release(actor: Actor, contract_id: str) -> Dormancy:
    """The freelancer, when its turn has come, asks for what waits in escrow; without a word it is released after some days."""
    contract = queries.lock_contract_for(actor, contract_id)
    row = quiet_queries.find_dormancy(contract_id)
    if row is not None and row.turn == Turn.RELEASE and actor.party_id == contract.freelancer_id:
        return row
    contract, row = _choose(actor, contract_id, "freelancer", "bid")
    refuse(rules.why_not_held(contract.held_by))
    waits = quiet_queries.in_escrow(contract_id)
    refuse(quiet_rules.why_not_release(waits))
    _begin_turn(row, Turn.RELEASE)
    amount, day = Money(waits, contract.unit), row.until.date()
    tell(
        contract, contract.client_id, "release_asked", f"{contract.id}:{row.until:%Y%m%d}",
        said("%(name)s asks for the %(amount)s in “%(title)s”", name=actor.name, amount=amount, title=contract.title),
        said("Release it, or keep the contract open and say what is missing. Without a word it is released on %(day)s and the contract ends.", day=day),
    )  # fmt: skip
    note_in_room(contract, "The freelancer asks for what waits in escrow")
    events.record("contract:release_asked", contract.id, actor, freelancer=contract.freelancer_id, client=contract.client_id, amount=waits)
    return row
