"""The life of a milestone: funded, worked on, handed in, changed, approved or released by itself."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.urls import reverse

from hirehall.kernel import clock, events, files, live
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.events import Event
from hirehall.money.payments.actions.escrow import fund_escrow, release_escrow, return_escrow
from hirehall.money.payments.actions.recovery import check_owes_nothing
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.queries import get_parties, get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.messages.actions import post_notice
from hirehall.people.messages.queries import find_room
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said
from hirehall.people.screening.rules import why_not_file_name, why_not_send
from hirehall.work.contracts import queries, rules
from hirehall.work.contracts.actions.banks import movable, note_banks
from hirehall.work.contracts.models import Contract, Milestone, Submission
from hirehall.work.contracts.policy import numbers

State = rules.MilestoneState


def told(contract: Contract, milestone: Milestone, amount: int | None = None) -> dict[str, Any]:
    """What events say of a milestone."""
    return {
        "contract": contract.id, "milestone": milestone.id, "freelancer": contract.freelancer_id,
        "client": contract.client_id, "title": milestone.title,
        "amount": milestone.amount_minor if amount is None else amount, "unit": contract.unit,
    }  # fmt: skip


def memo_of(contract: Contract, milestone: Milestone) -> dict[str, str]:
    """What the statement says about a movement of this milestone."""
    sides = get_parties([contract.client_id, contract.freelancer_id])
    return {
        "contract_title": contract.title, "milestone": milestone.title, "client_name": sides[contract.client_id].name,
        "freelancer_name": sides[contract.freelancer_id].name, "fee_rule": contract.fee_rule,
    }  # fmt: skip


def say(contract: Contract, party_id: str, kind: str, key: str, title: str, body: str = "") -> None:
    """Tell one side, note it in the room, and refresh both sides' pages.

    Both read the title, in the room; what concerns only the one who is told stands in the body.
    """
    tell(contract, party_id, kind, key, title, body)
    note_in_room(contract, title)


def tell(contract: Contract, party_id: str, kind: str, key: str, title: str, body: str = "") -> None:
    """A notice to one side that leads to the room."""
    link = reverse("contracts:room", args=[contract.id])
    notify(party_id, f"contract.{kind}", link=link, key=f"{kind}:{key}", title=title, body=body)


def note_in_room(contract: Contract, text: str) -> None:
    """A line of the house for both sides, whose pages refresh."""
    room = find_room("contract", contract.id)
    if room:
        post_notice(room.id, text)
    for side in (contract.client_id, contract.freelancer_id):
        live.push(f"party:{side}", f"contract-{contract.id}")


def check_side(actor: Actor, contract: Contract, side: str, power: str) -> None:
    """Only the client, or only the freelancer, with the power to do it."""
    owner = contract.client_id if side == "client" else contract.freelancer_id
    if actor.is_system:
        return
    if actor.party_id != owner:
        raise rules.only_for(side)
    refuse(why_not_act(actor.role, power, get_party(actor.party_id).standing))


def ask_for_money(contract: Contract, milestone: Milestone, amount: int | None = None) -> None:
    """Charge the client for what a locked milestone lacks; the result comes as an event. One charge at a time."""
    wanted = milestone.missing_minor if amount is None else amount
    milestone.charges, milestone.fail_reason, milestone.asked_minor = milestone.charges + 1, "", wanted
    if milestone.state == State.PROPOSED:
        milestone.state = State.FUNDING
    milestone.save(update_fields=["charges", "fail_reason", "asked_minor", "state"])
    bears = contract.is_initiation_due
    if bears:
        contract.initiation_milestone_id = milestone.id
        contract.save(update_fields=["initiation_milestone_id"])
    fund_escrow(
        SYSTEM,
        escrow_id=milestone.id,
        contract_id=contract.id,
        client_id=contract.client_id,
        amount=wanted,
        unit=contract.unit,
        ref=f"milestone:{milestone.id}:{milestone.charges}",
        memo=memo_of(contract, milestone),
        terms=contract.client_terms(first=bears),
    )


@action
def fund_milestone(actor: Actor, milestone_id: str) -> Milestone:
    """The client pays a milestone in, before work on it begins; or what a rise of its price left open."""
    contract, milestone = queries.lock_milestone_for(actor, milestone_id)
    check_side(actor, contract, "client", "pay")
    if milestone.asked_minor and contract.state == rules.ContractState.ACTIVE:
        return milestone
    refuse(rules.why_not_fund(milestone.state, contract.state, milestone.missing_minor))
    check_owes_nothing(actor, contract.client_id)
    ask_for_money(contract, milestone)
    return milestone


@action
def mark_funded(event: Event) -> None:
    """charge:settled: the escrow of a milestone holds the money now."""
    if event.data["purpose"] != "escrow" or not Milestone.objects.filter(pk=event.data["subject_id"]).exists():
        return
    contract, milestone = queries.lock_milestone_for(SYSTEM, event.data["subject_id"])
    amount = event.data["amount"]
    milestone.funded_minor += amount
    milestone.asked_minor -= amount
    milestone.funded_at = clock.now()
    if milestone.state == State.FUNDING:
        milestone.state = State.FUNDED
    milestone.save(update_fields=["funded_minor", "asked_minor", "funded_at", "state"])
    if contract.state != rules.ContractState.ACTIVE:
        # The contract ended while the card was asked: what arrives late goes back at once, and only that.
        note_banks(milestone)
        give_back(contract, milestone, amount, "late")
        return
    say(contract, contract.freelancer_id, "funded", event.id, said("“%(title)s” is funded; work can begin", title=milestone.title))
    events.record("milestone:funded", contract.id, None, **told(contract, milestone, amount))


@action
def mark_unfunded(event: Event) -> None:
    """charge:failed: the client is told why and can try again."""
    if event.data["purpose"] != "escrow" or not Milestone.objects.filter(pk=event.data["subject_id"]).exists():
        return
    contract, milestone = queries.lock_milestone_for(SYSTEM, event.data["subject_id"])
    if milestone.state == State.FUNDING:
        milestone.state = State.PROPOSED
    milestone.asked_minor -= event.data["amount"]
    milestone.fail_reason = str(event.data.get("reason", ""))[:40]
    milestone.save(update_fields=["state", "asked_minor", "fail_reason"])
    if contract.initiation_milestone_id == milestone.id and not milestone.funded_minor:
        # The charge that bore the one-time fee failed: the next one bears it.
        contract.initiation_milestone_id = ""
        contract.save(update_fields=["initiation_milestone_id"])
    if contract.state == rules.ContractState.ACTIVE:
        note_in_room(contract, said("“%(title)s” could not be charged", title=milestone.title))


@action
def submit_work(actor: Actor, milestone_id: str, message: str, uploads: Sequence[UploadedFile] = ()) -> Submission:
    """Hand work in; the client's review days begin."""
    now = clock.now()
    contract, milestone = queries.lock_milestone_for(actor, milestone_id)
    check_side(actor, contract, "freelancer", "talk")
    refuse(rules.why_not_move("submit", milestone.state, contract.state))
    refuse(rules.why_not_work(milestone.missing_minor, milestone.escrow_minor, is_failing=milestone.failed_at is not None))
    if not message.strip():
        raise Refused("milestone:no_message", "Say what you hand in and how to look at it.", field="message")
    refuse(why_not_send(message, contract_started=True, field="message"))
    if len(uploads) > numbers().files_max:
        raise Refused("milestone:files_many", "Add at most %(most)s files.", values={"most": numbers().files_max}, field="files")
    submission = Submission.objects.create(milestone=milestone, message=message.strip()[: numbers().text_max], at=now)
    for upload in uploads:
        refuse(why_not_file_name(upload.name or "", contract_started=True))
        files.store_upload(actor.party_id, upload, queries.FILE_PURPOSE, subject_id=submission.id)
    milestone.state, milestone.submitted_at = State.SUBMITTED, now
    milestone.review_due_at = rules.review_due(now, numbers())
    milestone.save(update_fields=["state", "submitted_at", "review_due_at"])
    say(contract, contract.client_id, "submitted", submission.id, said("“%(title)s” was handed in", title=milestone.title), said("You have %(days)s days to look at it.", days=numbers().review_days))
    events.record("milestone:submitted", contract.id, actor, **told(contract, milestone))
    return submission


@action
def ask_changes(actor: Actor, milestone_id: str, reasons: str) -> Milestone:
    """Ask for changes inside the scope; counted against the rounds that were agreed. Stops the review clock."""
    contract, milestone = queries.lock_milestone_for(actor, milestone_id)
    check_side(actor, contract, "client", "hire")
    refuse(rules.why_not_move("ask_changes", milestone.state, contract.state))
    refuse(rules.why_not_reasons(reasons, numbers()))
    refuse(why_not_send(reasons, contract_started=True, field="reasons"))
    if milestone.revisions_used >= contract.revisions:
        raise Refused(
            "milestone:revisions_spent",
            "The %(revisions)s agreed rounds are used; propose a change of price or date for more.", values={"revisions": contract.revisions},
        )
    latest = Submission.objects.filter(milestone=milestone).order_by("-id").first()
    Submission.objects.filter(pk=latest.pk).update(reasons=reasons.strip(), answered_at=clock.now())
    milestone.state, milestone.review_due_at = State.CHANGES_ASKED, None
    milestone.revisions_used = F("revisions_used") + 1
    milestone.save(update_fields=["state", "review_due_at", "revisions_used"])
    milestone.refresh_from_db()
    say(contract, contract.freelancer_id, "changes_asked", latest.id, said("Changes were asked for “%(title)s”", title=milestone.title), reasons[:200])
    events.record("milestone:changes_asked", contract.id, actor, **told(contract, milestone))
    return milestone


@action
def approve_milestone(actor: Actor, milestone_id: str, amount: int | None = None) -> Milestone:
    """Release a milestone's escrow, whole or in part; a part leaves the rest where it is.

    It is approved when the whole agreed price was released, never for less.
    """
    contract, milestone = queries.lock_milestone_for(actor, milestone_id)
    check_side(actor, contract, "client", "pay")
    if milestone.state == State.APPROVED:
        return milestone
    refuse(rules.why_not_move("approve", milestone.state, contract.state))
    refuse(rules.why_not_held(contract.held_by))
    left = milestone.escrow_minor
    if amount is None:
        refuse(rules.why_not_approve_all(contract.state, milestone.missing_minor, milestone.asked_minor))
    wanted = left if amount is None else amount
    refuse(rules.why_not_release(wanted, left))
    release_part(contract, milestone, wanted, actor)
    return milestone


def release_part(contract: Contract, milestone: Milestone, amount: int, actor: Actor) -> None:
    """Turn escrow of a locked milestone into the freelancer's earnings, with the fee of the contract."""
    release_escrow(
        escrow_id=milestone.id,
        contract_id=contract.id,
        freelancer_id=contract.freelancer_id,
        client_id=contract.client_id,
        amount=amount,
        unit=contract.unit,
        fee_basis_points=contract.fee_basis_points,
        vat_basis_points=contract.vat_basis_points,
        ref=f"milestone:{milestone.id}:released:{milestone.released_minor}",
        memo=memo_of(contract, milestone),
    )
    milestone.released_minor += amount
    milestone.save(update_fields=["released_minor"])
    what = "approved" if approve_if_paid(milestone) else "partly_released"
    say(contract, contract.freelancer_id, what, f"{milestone.id}:{milestone.released_minor}", said("Money for “%(title)s” was released", title=milestone.title))
    events.record(f"milestone:{'approved' if what == 'approved' else 'released'}", contract.id, actor, **told(contract, milestone, amount))


def approve_if_paid(milestone: Milestone) -> bool:
    """A milestone whose whole price went to the freelancer is approved."""
    if milestone.escrow_minor or milestone.released_minor < milestone.amount_minor:
        return False
    milestone.state, milestone.approved_at, milestone.review_due_at = State.APPROVED, clock.now(), None
    milestone.save(update_fields=["state", "approved_at", "review_due_at"])
    return True


@action
def release_due(milestone_id: str) -> None:
    """The review days are over without a word: what is paid in is released, and what comes later at the next turn."""
    contract, milestone = queries.lock_milestone_for(SYSTEM, milestone_id)
    due = milestone.review_due_at
    is_due = milestone.state == State.SUBMITTED and due is not None and due <= clock.now()
    amount = movable(contract, milestone)
    if is_due and amount and contract.state == rules.ContractState.ACTIVE:
        release_part(contract, milestone, amount, SYSTEM)


def release_all_due() -> int:
    """Release every milestone whose review days are over, each in a transaction of its own."""
    return act_on_each(queries.list_due_reviews(clock.now()), release_due)


def give_back(contract: Contract, milestone: Milestone, amount: int, why: str) -> None:
    """Return escrow of a locked milestone to the client; what a bank froze a moment ago follows when it comes free."""
    amount = min(amount, movable(contract, milestone))
    if amount <= 0:
        return
    return_escrow(
        escrow_id=milestone.id,
        contract_id=contract.id,
        client_id=contract.client_id,
        amount=amount,
        unit=contract.unit,
        ref=f"milestone:{milestone.id}:{why}:{milestone.returned_minor}",
        memo=memo_of(contract, milestone),
    )
    milestone.returned_minor += amount
    milestone.save(update_fields=["returned_minor"])
