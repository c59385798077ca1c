"""What must hold about contracts and their money after every step, whoever did what in whatever order.

Said here a second time, from other rows than those that the code goes by. What is about money without contracts
stands in money_checks.py, what is about disputes in dispute_checks.py.
"""

from collections import Counter, defaultdict

from django.db.models import Q, Sum

from hirehall.kernel.models import Delivery, Event
from hirehall.money.books import checks
from hirehall.money.ledger.models import Account
from hirehall.money.payments.models import Charge, Chargeback, Debt, Hold
from hirehall.work.contracts.models import (
    Amendment,
    Bonus,
    CloseProposal,
    Contract,
    Dormancy,
    Expense,
    Milestone,
    Offer,
    Repayment,
    Submission,
)
from tests.flows.dispute_checks import check_disputes
from tests.flows.money_checks import check_gateway, check_money

TAKEN_IN = "hirehall.work.contracts.actions.milestones.mark_"
HOLDING = ("funded", "submitted", "changes_asked")


def check_everything(strangers: list[str]) -> None:
    """All truths at once; strangers are parties that must never hold anything."""
    for name in checks.names():
        found = [] if name == "days" else checks.look(name)
        assert found == [], found
    assert not Account.objects.filter(floor=0, balance__lt=0).exists()
    assert not Account.objects.filter(owner_id__in=strangers).exclude(unit="CONNECT").exclude(balance=0).exists()
    check_money()
    _check_escrow()
    _check_states()
    _check_extras()
    _check_silence()
    check_disputes()
    _check_events()


def check_end() -> None:
    """Besides, when nothing is on its way any more: closed days are right, and the gateway's list is ours."""
    assert checks.look("days") == []
    check_gateway()
    assert not Bonus.objects.filter(state="charging").exclude(pk__in=_open_charges()).exists()
    assert not Expense.objects.filter(state="charging").exclude(pk__in=_open_charges()).exists()
    assert not Milestone.objects.filter(asked_minor__gt=0).exclude(pk__in=_open_charges()).exists()


def _open_charges() -> list[str]:
    """What still waits for its owner's word at the bank."""
    return list(Charge.objects.filter(state="needs_action").values_list("subject_id", flat=True))


def _check_escrow() -> None:
    """The milestone's own figures, the ledger's escrow, and the charges tell the same story."""
    told = {(d.event_id) for d in Delivery.objects.filter(reaction__startswith=TAKEN_IN)}
    settled, waiting, on_the_way = defaultdict(int), defaultdict(int), defaultdict(int)
    ended = {e.subject_id: e.id for e in Event.objects.filter(name__in=["charge:settled", "charge:failed"])}
    for charge in Charge.objects.filter(purpose="escrow"):
        heard = ended.get(charge.pk) in told
        if charge.state == "settled" and heard:
            settled[charge.subject_id] += charge.amount_minor
        elif charge.state == "settled":
            on_the_way[charge.subject_id] += charge.amount_minor
        if not heard:
            waiting[charge.subject_id] += charge.amount_minor
    held = dict(Account.objects.filter(kind="escrow").values_list("owner_id", "balance"))
    gross = dict(Hold.objects.values_list("escrow_id").annotate(Sum("gross_minor")))
    covered = dict(Debt.objects.filter(cause="award").values_list("subject_id").annotate(Sum("amount_minor")))
    with_banks = _with_banks()
    for part in Milestone.objects.all():
        assert part.funded_minor == settled[part.pk] + covered.get(part.pk, 0), "what came in"
        assert part.asked_minor == waiting[part.pk], "what was asked for"
        assert part.released_minor == gross.get(part.pk, 0), "what went to the freelancer"
        unheard = with_banks[part.pk] - part.contested_minor - part.taken_minor
        assert part.escrow_minor + on_the_way[part.pk] - unheard == held.get(part.pk, 0), "what lies in escrow"
        assert part.escrow_minor >= 0
        assert 0 <= part.awarded_minor <= part.contested_minor, "what waits for the word of a bank"


def _with_banks() -> dict[str, int]:
    """What banks hold or have taken of each escrow."""
    found = defaultdict(int)
    booked = Chargeback.objects.filter(charge__purpose="escrow", frozen_minor__gt=0).exclude(state="won", settled_at__isnull=False)
    for escrow_id, part in booked.values_list("charge__subject_id", "frozen_minor"):
        found[escrow_id] += part
    return found


def _check_states() -> None:
    for part in Milestone.objects.select_related("contract"):
        contract = part.contract
        if part.state == "approved":
            assert (part.released_minor, part.escrow_minor) == (part.amount_minor, 0), "approved means paid in full"
        if part.state in ("proposed", "cancelled") or contract.state == "ended":
            assert part.escrow_minor == 0 or _is_frozen_unheard(part), "escrow without work"
        if part.state in HOLDING and contract.state == "active" and not part.asked_minor and not part.fail_reason:
            assert part.missing_minor == 0, "running work is paid in"
        assert (part.review_due_at is None) or part.state == "submitted"
        assert part.revisions_used <= contract.revisions
        assert part.released_minor <= part.amount_minor
        assert part.awarded_minor == 0 or contract.state != "active"
    assert not Milestone.objects.filter(contract__state="ended").exclude(state__in=["approved", "cancelled"]).exists()
    for contract in Contract.objects.filter(state="active"):
        parts = list(contract.milestones.all())
        failing = [part for part in parts if part.failed_at and part.missing_minor]
        assert (contract.paused_at is not None) == bool(failing), "paused while a payment fails, and only then"
        assert all(part.asked_minor or part.failed_at for part in parts if part.retry_at)
        assert contract.held_by == ""


def _is_frozen_unheard(part: Milestone) -> bool:
    """A bank froze it a moment ago."""
    return _with_banks()[part.pk] > part.contested_minor + part.taken_minor


def _check_extras() -> None:
    """A bonus or an expense that is paid was released once, any other never; what went back stands twice."""
    gross = dict(Hold.objects.values_list("escrow_id", "gross_minor"))
    for extra in (*Bonus.objects.all(), *Expense.objects.all()):
        assert gross.get(extra.pk) == (extra.amount_minor if extra.state == "paid" else None)
    for contract in Contract.objects.all():
        done = Repayment.objects.filter(contract=contract, state="done").aggregate(total=Sum("amount_minor"))["total"] or 0
        back = Hold.objects.filter(contract_id=contract.pk).aggregate(total=Sum("returned_minor"))["total"] or 0
        assert done == back
        assert contract.owed_back_minor >= 0


def _check_silence() -> None:
    """Whose turn it is, and until when, stands together; who agreed to close has closed."""
    for row in Dormancy.objects.all():
        assert bool(row.turn) == (row.until is not None) == (row.dormant_at is not None)
    for asked in CloseProposal.objects.select_related("contract"):
        assert asked.state != "accepted" or asked.contract.end_reason == "mutual"
        assert (asked.answered_at is None) == (asked.state == "open")


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
    assert seen["bonus:given"] == Bonus.objects.count()
    assert seen["bonus:paid"] == Bonus.objects.filter(state="paid").count()
    assert seen["expense:claimed"] == Expense.objects.count()
    assert seen["expense:paid"] == Expense.objects.filter(state="paid").count()
    assert seen["repayment:proposed"] == Repayment.objects.count()
    assert seen["repayment:done"] == seen["release:refunded"] == Repayment.objects.filter(state="done").count()
    assert seen["contract:closing_proposed"] == CloseProposal.objects.count()
    assert seen["contract:paused"] - seen["contract:resumed"] == Contract.objects.filter(~Q(paused_at=None)).count()
