"""How a dispute ends, and how both sides hear of it; used by every way that leads to an end."""

from django.urls import reverse
from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events, live
from hirehall.money.payments import fees
from hirehall.people.accounts.actors import Actor
from hirehall.people.messages.actions import post_notice
from hirehall.people.messages.queries import find_room
from hirehall.people.notifications.actions import notify, notify_staff
from hirehall.people.notifications.said import said
from hirehall.work.contracts.actions.holds import owe_back, settle_dispute
from hirehall.work.disputes import rules
from hirehall.work.disputes.models import Dispute, Solution

State, How = rules.DisputeState, rules.How


def facts(dispute: Dispute, **more) -> dict:
    """What events say of a dispute."""
    return {
        "dispute": dispute.pk, "contract": dispute.contract_id, "freelancer": dispute.freelancer_id,
        "client": dispute.client_id, "claimant": dispute.claimant, "unit": dispute.unit, **more,
    }  # fmt: skip


def party_of(dispute: Dispute, side: str) -> str:
    return dispute.client_id if side == rules.CLIENT else dispute.freelancer_id


def tell(dispute: Dispute, sides: tuple[str, ...], kind: str, key: str, title: str, body: str = "") -> None:
    """A notice and a mail to one or both sides; open pages of both are refreshed."""
    link = reverse("disputes:case", args=[dispute.pk])
    for side in sides:
        notify(party_of(dispute, side), f"contract.dispute_{kind}", link=link, key=f"dispute:{kind}:{key}", title=title, body=body)
    for side in rules.SIDES:
        live.push(f"party:{party_of(dispute, side)}", f"contract-{dispute.contract_id}")


def tell_staff(dispute: Dispute, kind: str, title: str, body: str = "") -> None:
    """What waits for the staff; without names, for one of them may have a seat in one of the two accounts."""
    link, key = reverse("disputes:staff_case", args=[dispute.pk]), f"dispute:{kind}:{dispute.pk}"
    notify_staff(f"dispute_{kind}", link=link, key=key, title=title, body=body)


def note(dispute: Dispute, text: str) -> None:
    """A line of the house in the room of the contract."""
    room = find_room("contract", dispute.contract_id)
    if room:
        post_notice(room.id, text)


def move_undisputed(dispute: Dispute, held: int, amount: int, to: str) -> None:
    """Of what was held until now, what nobody but `to` claims goes there at once; the hold ends when nothing is left of it."""
    settle_dispute(
        dispute.contract_id,
        dispute.pk,
        held=held,
        to_freelancer=amount if to == rules.FREELANCER else 0,
        to_client=amount if to == rules.CLIENT else 0,
        over=dispute.disputed_escrow == 0,
    )


def owe(dispute: Dispute, refund: int) -> None:
    """Released money that goes back: taken from what the freelancer has available, now and as more becomes so."""
    refund = owe_back(dispute.contract_id, refund) if refund else 0
    if not refund:
        return
    whole = dispute.owed_net_minor + dispute.owed_fee_minor + refund
    terms = fees.EarningTerms(dispute.contract.fee_basis_points, dispute.contract.vat_basis_points)
    dispute.owed_fee_minor = fees.total(fees.earning_fees(whole, terms))
    dispute.owed_net_minor = whole - dispute.owed_fee_minor
    dispute.save(update_fields=["owed_fee_minor", "owed_net_minor"])
    jobs.configure_task("disputes.collect_refund").defer(dispute_id=dispute.pk)


def conclude(
    dispute: Dispute, split: rules.Split, state: State, how: How, *, actor: Actor | None = None, reasons: str = ""
) -> None:
    """End a locked dispute: its escrow moves by the split, released money is owed back, and nothing is open any more."""
    winner = rules.won_by(split, dispute.disputed_escrow, dispute.disputed_refund)
    if dispute.disputed_escrow:
        settle_dispute(
            dispute.contract_id,
            dispute.pk,
            held=dispute.disputed_escrow,
            to_freelancer=split.to_freelancer_minor,
            to_client=dispute.disputed_escrow - split.to_freelancer_minor,
            over=True,
        )
    owe(dispute, split.refund_minor)
    _close(dispute, split, state, how, winner, actor, reasons)
    Solution.objects.filter(dispute=dispute, state=rules.SolutionState.OPEN).update(state=rules.SolutionState.LAPSED)
    name = {State.DECIDED: "decided", State.SETTLED: "settled"}.get(state, "withdrawn")
    told = facts(
        dispute, won_by=winner, how=how.value,
        split={"to_freelancer": split.to_freelancer_minor, "to_client": dispute.disputed_escrow - split.to_freelancer_minor,
               "refund": split.refund_minor},
    )  # fmt: skip
    events.record(f"dispute:{name}", dispute.contract_id, actor, **told)
    title = {
        "decided": said("The dispute about “%(title)s” is decided", title=dispute.contract.title),
        "settled": said("The dispute about “%(title)s” is settled", title=dispute.contract.title),
        "withdrawn": said("The claim about “%(title)s” was taken back", title=dispute.contract.title),
    }[name]
    note(dispute, title)
    tell(dispute, rules.SIDES, name, dispute.pk, title, reasons[:300])


def _close(
    dispute: Dispute, split: rules.Split, state: State, how: How, winner: str, actor: Actor | None, reasons: str
) -> None:
    dispute.state, dispute.how, dispute.won_by, dispute.ended_at, dispute.due_at = state, how, winner, clock.now(), None
    dispute.to_freelancer_minor, dispute.refund_minor, dispute.reasons = split.to_freelancer_minor, split.refund_minor, reasons.strip()
    dispute.decided_by_id = actor.user_id if actor and how == How.DECISION else None
    dispute.save(
        update_fields=[
            "state", "how", "won_by", "ended_at", "due_at", "to_freelancer_minor", "refund_minor", "reasons", "decided_by",
        ]
    )  # fmt: skip
