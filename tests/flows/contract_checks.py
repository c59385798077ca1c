"""What must hold about contracts and their money after every step, whoever did what in whatever order."""

from collections import Counter, defaultdict

from django.db.models import Sum

from hirehall.kernel.models import Delivery, Event
from hirehall.money.books.recount import list_wrong_parties
from hirehall.money.ledger import queries as ledger
from hirehall.money.ledger.models import Account, Transfer
from hirehall.money.payments.models import Charge, Hold, Refund, Withdrawal
from hirehall.people.notifications.models import Notice
from hirehall.work.contracts.models import Amendment, Contract, Milestone, Offer, OfferVersion, Submission
from hirehall.work.disputes.models import Dispute, Solution, Statement
from tests.support.money import UNIT, check_books

TAKEN_IN = "hirehall.work.contracts.actions.milestones.mark_"
HOLDING = ("funded", "submitted", "changes_asked")


def snapshot() -> tuple:
    """Everything that a step may change; equal before and after means that nothing happened."""
    tables = (Offer, OfferVersion, Contract, Milestone, Amendment, Submission, Charge, Hold, Refund, Withdrawal)
    tables = (*tables, Dispute, Solution, Statement)
    rows = [list(table.objects.order_by("pk").values_list()) for table in tables]
    counts = [table.objects.count() for table in (Event, Notice, Transfer)]
    return rows, counts, sorted(Account.objects.values_list("kind", "owner_id", "unit", "part", "balance"))


def check_everything(strangers: list[str]) -> None:
    """All truths at once; strangers are parties that must never hold anything."""
    check_books()
    assert list(list_wrong_parties()) == [], "the count by events alone"
    assert not Account.objects.filter(floor=0, balance__lt=0).exists()
    assert not Account.objects.filter(owner_id__in=strangers, unit=UNIT).exclude(balance=0).exists()
    _check_escrow()
    _check_states()
    _check_events()


def _check_escrow() -> None:
    """The milestone's own figures, the ledger's escrow, and the charges tell the same story."""
    told = {(d.event_id) for d in Delivery.objects.filter(reaction__startswith=TAKEN_IN)}
    settled, waiting = defaultdict(int), defaultdict(int)
    ended = {e.subject_id: e.id for e in Event.objects.filter(name__in=["charge:settled", "charge:failed"])}
    for charge in Charge.objects.filter(purpose="escrow"):
        heard = ended.get(charge.pk) in told
        if charge.state == "settled" and heard:
            settled[charge.subject_id] += charge.amount_minor
        elif not heard:
            waiting[charge.subject_id] += charge.amount_minor
    on_the_way = defaultdict(int)
    for charge in Charge.objects.filter(purpose="escrow", state="settled"):
        if ended[charge.pk] not in told:
            on_the_way[charge.subject_id] += charge.amount_minor
    held = ledger.balances("escrow", list(Milestone.objects.values_list("pk", flat=True)), UNIT)
    gross = dict(Hold.objects.values_list("escrow_id").annotate(Sum("gross_minor")))
    for part in Milestone.objects.all():
        assert part.funded_minor == settled[part.pk], "what came in"
        assert part.asked_minor == waiting[part.pk], "what was asked for"
        assert part.released_minor == gross.get(part.pk, 0), "what went to the freelancer"
        assert part.escrow_minor + on_the_way[part.pk] == held.get(part.pk, 0), "what lies in escrow"
        assert part.escrow_minor >= 0


def _check_states() -> None:
    for part in Milestone.objects.select_related("contract"):
        if part.state == "approved":
            assert (part.released_minor, part.escrow_minor) == (part.amount_minor, 0), "approved means paid in full"
        if part.state in ("proposed", "cancelled") or part.contract.state == "ended":
            assert part.escrow_minor == 0, "escrow without work"
        if part.state in HOLDING and part.contract.state == "active" and not part.asked_minor and not part.fail_reason:
            assert part.missing_minor == 0, "running work is paid in"
        assert (part.review_due_at is None) or part.state == "submitted"
        assert part.revisions_used <= part.contract.revisions
        assert part.released_minor <= part.amount_minor
    assert not Milestone.objects.filter(contract__state="ended").exclude(state__in=["approved", "cancelled"]).exists()


def _check_events() -> None:
    """Each fact is recorded once."""
    seen = Counter(Event.objects.values_list("name", flat=True))
    assert seen["contract:started"] == seen["offer:accepted"] == Contract.objects.count()
    assert seen["contract:ended"] == Contract.objects.filter(state="ended").count()
    assert seen["contract:closing"] + seen["contract:ended"] >= Contract.objects.exclude(state="active").count()
    assert seen["milestone:approved"] == Milestone.objects.filter(state="approved").count()
    assert seen["milestone:submitted"] == Submission.objects.count()
    assert seen["escrow:released"] == Hold.objects.count()
    assert seen["charge:settled"] == Charge.objects.filter(state="settled").count()
    assert seen["amendment:proposed"] == Amendment.objects.count()
    assert seen["amendment:accepted"] == Amendment.objects.filter(state="accepted").count()
    assert seen["offer:made"] == Offer.objects.count()
    assert seen["offer:declined"] + seen["offer:withdrawn"] + seen["offer:expired"] + seen["offer:accepted"] == (
        Offer.objects.exclude(state="open").count()
    )
    assert Offer.objects.filter(state="accepted").count() == Contract.objects.count()
