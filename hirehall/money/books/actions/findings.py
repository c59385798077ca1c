"""What the checks found is kept until it is no longer found; staff says why it is so."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.money.books import queries, rules
from hirehall.money.books.models import CheckRun, Finding
from hirehall.money.books.policy import numbers
from hirehall.money.books.rules import FindingState, Mismatch
from hirehall.people.accounts.actors import Actor

AT_ONCE = 500
LONGEST = 160


@action
def keep_findings(check: str, mismatches: Iterable[Mismatch], compared: int | None = None) -> CheckRun:
    """Keep the result of one run of a check. What it no longer finds is cleared; what was explained stays explained."""
    now, found = clock.now(), 0
    for batch in _batches(iter(mismatches)):
        found += len(batch)
        _keep(batch)
    live = Finding.objects.filter(check_name=check, state__in=(FindingState.OPEN, FindingState.EXPLAINED))
    live.filter(seen_at__lt=now).update(state=FindingState.CLEARED, cleared_at=now)
    run = CheckRun.objects.create(check_name=check, at=now, found=found, compared=compared)
    events.record("books:checked", run.id, check=check, found=found)
    return run


def _batches(mismatches: Iterator[Mismatch]) -> Iterator[list[Mismatch]]:
    while batch := list(islice(mismatches, AT_ONCE)):
        yield batch


def _keep(batch: list[Mismatch]) -> None:
    """Insert what is new; note of the rest that it was seen again."""
    now = clock.now()
    by_key = {_key(one): one for one in batch}
    live = Finding.objects.filter(key__in=by_key).exclude(state=FindingState.CLEARED)
    known = set(live.values_list("key", flat=True))
    live.update(seen_at=now)
    Finding.objects.bulk_create(
        Finding(
            key=key, check_name=one.check, kind=one.kind, account=one.account[:LONGEST], unit=one.unit[:8], expected=one.expected[:LONGEST],
            found=one.found[:LONGEST], sentence=(one.sentence or one.line)[:500], found_at=now, seen_at=now,
        )
        for key, one in by_key.items() if key not in known
    )  # fmt: skip


def _key(one: Mismatch) -> str:
    """Other figures are another finding: what was explained is not what is there now."""
    return hashlib.sha256(repr((*one.about, one.expected, one.found)).encode()).hexdigest()


@action
def explain_finding(actor: Actor, finding_id: str, reason: str) -> Finding:
    """Say why a finding is as it is. The reason and who gave it stay with it."""
    finding = queries.lock_finding_for(actor, finding_id)
    if finding.state == FindingState.CLEARED:
        raise Refused("finding:cleared", "The last check no longer found this; there is nothing left to explain.")
    refuse(rules.why_not_reason(reason, numbers()))
    finding.state, finding.reason = FindingState.EXPLAINED, reason.strip()
    finding.explained_at, finding.explained_by_id = clock.now(), actor.user_id
    finding.save(update_fields=["state", "reason", "explained_at", "explained_by_id"])
    events.record("finding:explained", finding.id, actor, finding=finding.sentence, reason=finding.reason)
    return finding
