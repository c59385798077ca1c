"""Issuing: a number without a gap, and a document whose facts are frozen, in one transaction."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.money.documents import queries, rules
from hirehall.money.documents.models import Document
from hirehall.money.documents.policy import numbers
from hirehall.money.documents.rules import Issue
from hirehall.money.ledger.queries import Posted, list_posted


@dataclass(frozen=True)
class Draft:
    """What a document will say: who, to whom, about which entries of the ledger."""

    kind: str
    issuer: str
    recipient: str
    cause: str
    entries: tuple[Posted, ...]
    paid_minor: int | None = None  # when more was paid than the entries say, the rest stayed in the balance
    corrects: tuple[str, ...] = ()  # the causes of the earlier documents


@action
def issue_document(draft: Draft) -> Document | None:
    """Issue a document once; its cause again returns the first one. None when there is nothing to say."""
    had = queries.find_document(draft.cause)
    if had is not None or not draft.entries:
        return had
    now = clock.now()
    number = _next_number(draft.issuer, now.year)
    # Two at once for one cause: the counter's lock made this one wait, and the other has issued it.
    had = queries.find_document(draft.cause)
    if had is not None:
        raise _IssuedMeanwhile
    facts = _facts(draft)
    document = Document.objects.create(
        kind=draft.kind,
        issuer=draft.issuer,
        year=now.year,
        number=number,
        label=rules.number_text(rules.prefix_of(draft.issuer, numbers().market_prefix), now.year, number),
        recipient_id=draft.recipient,
        unit=draft.entries[0].unit,
        total_minor=facts["total"],
        cause=draft.cause,
        facts=facts,
        issued_at=now,
    )
    events.record("document:issued", document.id, kind=draft.kind, recipient=draft.recipient, issuer=draft.issuer)
    return document


class _IssuedMeanwhile(Exception):
    """Undoes the number that was taken for a document which somebody else has just issued."""


def issue_once(draft: Draft) -> Document | None:
    """The same for those who may meet another at the same cause."""
    try:
        return issue_document(draft)
    except _IssuedMeanwhile:
        return queries.find_document(draft.cause)


def _next_number(issuer: str, year: int) -> int:
    """The next number of an issuer. The row stays locked until the transaction ends: a number that is undone comes again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_counter AS had (issuer, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (issuer, year) DO UPDATE SET last = had.last + 1 RETURNING last",
            [issuer, year],
        )
        return int(cursor.fetchone()[0])


def _facts(draft: Draft) -> dict[str, Any]:
    parties = [party_id for party_id in (draft.issuer, draft.recipient) if party_id]
    sides = {"": queries.market_side(), **queries.sides_of(parties)}
    issuer, recipient = asdict(sides[draft.issuer]), asdict(sides[draft.recipient])
    lines = [_line(entry) for entry in draft.entries if entry.code not in rules.TAXES]
    taxes = [_line(entry) for entry in draft.entries if entry.code in rules.TAXES]
    net, tax = sum(line["amount"] for line in lines), sum(line["amount"] for line in taxes)
    earlier = queries.list_documents_of(draft.corrects)
    return {
        "issuer": issuer,
        "recipient": recipient,
        "by": asdict(sides[""]) if draft.issuer else None,
        "unit": draft.entries[0].unit,
        "supplied_at": max(entry.at for entry in draft.entries).isoformat(),
        "lines": lines,
        "taxes": taxes,
        "net": net,
        "tax": tax,
        "total": draft.paid_minor if draft.paid_minor is not None else net + tax,
        "kept": draft.paid_minor - net - tax if draft.paid_minor is not None else 0,
        "contract": next((str(e.memo["contract"]) for e in draft.entries if e.memo.get("contract")), ""),
        "reverse_charge": rules.why_reverse_charge(draft.kind, issuer["country"], recipient, bool(taxes)),
        "corrects": {"id": earlier[0].id, "label": ", ".join(one.label for one in earlier)} if earlier else None,
    }


def _line(entry: Posted) -> dict[str, Any]:
    return {
        "code": entry.code,
        "amount": entry.amount,
        "ref": entry.ref,
        "at": entry.at.isoformat(),
        "memo": entry.memo,
    }


def draft_of(issue: Issue, subject_id: str, parties: dict[str, Any]) -> Draft:
    """What one issue of the table makes of an event."""
    subject = str(parties[issue.subject]) if issue.subject else subject_id
    issuer = str(parties[issue.issuer]) if issue.issuer else rules.MARKET
    posted = list_posted(rules.references(issue, parties[issue.parts] if issue.parts else [subject]))
    paid = list_posted([f"{issue.total}:{subject}"]) if issue.total else []
    corrects: tuple[str, ...] = ()
    if issue.corrects:
        kind, where = issue.corrects
        named = (parties.get(where) or "") if where else subject
        corrects = tuple(rules.cause_of(kind, issuer, one) for one in (named if isinstance(named, list) else [str(named)]))
    return Draft(
        kind=issue.kind,
        issuer=issuer,
        recipient=str(parties[issue.recipient]),
        cause=rules.cause_of(issue.kind, issuer, subject),
        entries=tuple(posted),
        paid_minor=paid[0].amount if paid else None,
        corrects=corrects,
    )
