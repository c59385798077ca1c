"""The contracts' part in the check of the books: what lies in each escrow is what its milestone says."""

from collections.abc import Iterator

from django.db.models import F, Q

from hirehall.kernel.models import Delivery, Event
from hirehall.money.books.rules import Mismatch
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments.debt_queries import contested_of
from hirehall.money.payments.queries import list_settled_charges_of
from hirehall.work.contracts.models import Bonus, Expense, Milestone

# The reaction by which a milestone hears of its money; until it has run, the money waits in escrow.
ACTIONS = "hirehall.work.contracts.actions"
TAKEN_IN = f"{ACTIONS}.milestones.mark_funded"
# By this one a milestone hears of what banks dispute of it.
MATCHED = f"{ACTIONS}.pausing.match_contested"


def list_wrong_escrow() -> Iterator[Mismatch]:
    """Milestones, and escrow accounts without one, whose figures differ from the ledger's."""
    held = {key: amount for key, amount in ledger.balances_of_kind("escrow").items() if amount}
    holding = Q(funded_minor__gt=F("released_minor") + F("returned_minor"))
    told = Milestone.objects.filter(pk__in=[owner for owner, _ in held]) | Milestone.objects.filter(holding)
    due = {(part.pk, part.contract.unit): part.escrow_minor for part in told.select_related("contract")}
    wrong = sorted(key for key in {*held, *due} if held.get(key, 0) != due.get(key, 0))
    wrong_ids = [escrow_id for escrow_id, _ in wrong]
    coming, going = _on_the_way(wrong_ids), _contested_unheard(wrong_ids)
    for escrow_id, unit in wrong:
        expected = due.get((escrow_id, unit), 0) + coming.get((escrow_id, unit), 0) - going.get(escrow_id, 0)
        found = held.get((escrow_id, unit), 0)
        if expected != found:
            yield Mismatch("escrow", "wrong_escrow", f"escrow:{escrow_id}", unit, str(expected), str(found))


def _on_the_way(escrow_ids: list[str]) -> dict[tuple[str, str], int]:
    """Money that has come for a milestone which has not heard of it yet, and for a bonus or an expense not yet released."""
    charges = list_settled_charges_of(escrow_ids)
    events = dict(Event.objects.filter(name="charge:settled", subject_id__in=[c.id for c in charges]).values_list("subject_id", "id"))
    heard = set(Delivery.objects.filter(event_id__in=events.values(), reaction=TAKEN_IN).values_list("event_id", flat=True))
    waits = {pk: state == "charging" for kind in (Bonus, Expense) for pk, state in kind.objects.filter(pk__in=escrow_ids).values_list("pk", "state")}
    found: dict[tuple[str, str], int] = {}
    for charge in charges:
        if waits.get(charge.subject_id, events.get(charge.id) not in heard):
            key = (charge.subject_id, charge.unit)
            found[key] = found.get(key, 0) + charge.goal_minor
    for escrow_id, unit in found:
        if escrow_id in waits:
            now = contested_of(escrow_id)
            found[escrow_id, unit] -= now.frozen + now.taken
    return found


def _contested_unheard(escrow_ids: list[str]) -> dict[str, int]:
    """What banks dispute, or have taken, of milestones that have not heard of it yet; below zero when it came back."""
    names = ("chargeback:frozen", "chargeback:won", "chargeback:lost")
    events = dict(Event.objects.filter(name__in=names, data__subject_id__in=escrow_ids).values_list("id", "data__subject_id"))
    heard = set(Delivery.objects.filter(event_id__in=events, reaction=MATCHED).values_list("event_id", flat=True))
    waiting = Milestone.objects.filter(pk__in=[escrow_id for event_id, escrow_id in events.items() if event_id not in heard])
    found: dict[str, int] = {}
    for part in waiting:
        now = contested_of(part.pk)
        found[part.pk] = now.frozen + now.taken - part.contested_minor - part.taken_minor
    return found
