"""The contracts' part in the check of the books: what lies in each escrow is what its milestone says."""

from collections.abc import Iterator

from django.db.models import F, Q

from hirehall.kernel.models import Delivery, Event
from hirehall.money.books.rules import Mismatch
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments.queries import list_settled_charges_of
from hirehall.work.contracts.models import Milestone

# The reaction by which a milestone hears of its money; until it has run, the money is there and the milestone waits.
TAKEN_IN = "hirehall.work.contracts.actions.milestones.mark_funded"


def list_wrong_escrow() -> Iterator[Mismatch]:
    """Milestones, and escrow accounts without one, whose figures differ from the ledger's."""
    held = {key: amount for key, amount in ledger.balances_of_kind("escrow").items() if amount}
    holding = Q(funded_minor__gt=F("released_minor") + F("returned_minor"))
    told = Milestone.objects.filter(pk__in=[owner for owner, _ in held]) | Milestone.objects.filter(holding)
    rows = told.select_related("contract").values_list("pk", "contract__unit", "funded_minor", "released_minor", "returned_minor")
    due = {(pk, unit): funded - released - returned for pk, unit, funded, released, returned in rows}
    wrong = sorted(key for key in {*held, *due} if held.get(key, 0) != due.get(key, 0))
    coming = _on_the_way([escrow_id for escrow_id, _ in wrong])
    for escrow_id, unit in wrong:
        expected = due.get((escrow_id, unit), 0) + coming.get((escrow_id, unit), 0)
        found = held.get((escrow_id, unit), 0)
        if expected != found:
            yield Mismatch("escrow", "wrong_escrow", f"escrow:{escrow_id}", unit, str(expected), str(found))


def _on_the_way(escrow_ids: list[str]) -> dict[tuple[str, str], int]:
    """Money that has come for a milestone which has not heard of it yet."""
    charges = list_settled_charges_of(escrow_ids)
    events = dict(Event.objects.filter(name="charge:settled", subject_id__in=[c.id for c in charges]).values_list("subject_id", "id"))
    heard = set(Delivery.objects.filter(event_id__in=events.values(), reaction=TAKEN_IN).values_list("event_id", flat=True))
    found: dict[tuple[str, str], int] = {}
    for charge in charges:
        if events.get(charge.id) not in heard:
            key = (charge.subject_id, charge.unit)
            found[key] = found.get(key, 0) + charge.amount_minor
    return found
