"""Reactions that keep the record of clients: what higher rooms report is counted here."""

from django.db.models import F
from django.db.models.functions import Greatest

from hirehall.kernel.atomic import action
from hirehall.kernel.events import Event
from hirehall.kernel.inserts import insert_new
from hirehall.market.jobs.models import ClientRecord
from hirehall.money.payments.policy import taken
from hirehall.money.payments.queries import has_verified_method


@action
def count_post(event: Event) -> None:
    """job:posted."""
    _add(event.data["client"], posted=1)


@action
def count_filled(event: Event) -> None:
    """job:filled: the first hire of a job makes it a job with a hire."""
    if event.data["first"]:
        _add(event.data["client"], jobs_with_hire=1)


@action
def count_hire(event: Event) -> None:
    """contract:started."""
    _add(event.data["client"], hires=1, running=1)


@action
def count_end(event: Event) -> None:
    """contract:ended."""
    _add(event.data["client"], running=-1)


@action
def count_spending(event: Event) -> None:
    """escrow:released: what a client has spent is what freelancers were paid, before the fee; in the main unit."""
    _add(event.data["client"], spent_minor=taken().worth(event.data["unit"], event.data["amount"]))


@action
def uncount_spending(event: Event) -> None:
    """release:refunded: what came back was not spent."""
    _add(event.data["client"], spent_minor=-event.data["amount"])


@action
def count_feedback(event: Event) -> None:
    """feedback:published by a freelancer, in hundredths of a star."""
    if event.data["by_kind"] != "client":
        _add(event.data["about"], ratings=1, stars_total=event.data["stars"])


@action
def change_feedback(event: Event) -> None:
    """feedback:changed by a freelancer: by how much the stars went up or down, in hundredths."""
    if event.data["by_kind"] != "client":
        _add(event.data["about"], stars_total=event.data["stars"])


@action
def note_verified(event: Event) -> None:
    """method:verified, method:removed and method:expired: what is true now, whichever came last."""
    party_id = event.data["party"]
    ClientRecord.objects.update_or_create(pk=party_id, defaults={"verified": has_verified_method(party_id)})


def _add(party_id: str, **steps: int) -> None:
    insert_new(ClientRecord(pk=party_id))
    ClientRecord.objects.filter(pk=party_id).update(
        **{name: Greatest(F(name) + step, 0) for name, step in steps.items()}
    )
