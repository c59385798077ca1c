"""Certificates of earnings: frozen figures, and a code that only the paper carries."""

import secrets
from datetime import date
from zoneinfo import ZoneInfo

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import refuse
from hirehall.money.documents import queries, rules, summaries
from hirehall.money.documents.models import Certificate
from hirehall.money.documents.policy import numbers
from hirehall.money.payments.actions.powers import check_power
from hirehall.people.accounts.actors import Actor


@action
def make_certificate(actor: Actor, since: date, until: date) -> Certificate:
    """Certify what the party earned from one day to another, in every unit."""
    check_power(actor, "withdraw")
    party_id = str(actor.party_id)
    zone = ZoneInfo(queries.get_time_zone(party_id))
    now = clock.now()
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    made = queries.count_certificates_since(party_id, midnight)
    refuse(rules.why_not_certify(since, until, midnight.date(), made, numbers().certificates_a_day))
    found = summaries.summaries_of(party_id, since, until, str(zone))
    certificate = Certificate.objects.create(
        party_id=party_id,
        code="".join(secrets.choice(rules.CODE_ALPHABET) for _ in range(rules.CODE_LENGTH)),
        since=since,
        until=until,
        facts={
            "name": queries.sides_of([party_id])[party_id].name,
            "market": queries.market_side().name,
            "contracts": len({contract for one in found for contract in one.contracts}),
            "earned": [summaries.certified(one) for one in found],
        },
        issued_at=now,
    )
    events.record("certificate:made", certificate.id, actor)
    return certificate
