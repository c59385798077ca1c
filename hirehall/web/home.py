"""The first page: what Hirehall is for visitors; what is next, and how things stand, for people of either role.

Each room gives its part through its queries; a room that is asked here says what waits for the reader.
"""

from collections.abc import Iterator
from decimal import Decimal

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hirehall.kernel import clock, http
from hirehall.kernel.money import format_money
from hirehall.market.jobs import queries as jobs
from hirehall.market.jobs import rules as job_rules
from hirehall.market.jobs.words import STATES
from hirehall.market.profiles import queries as profiles
from hirehall.market.profiles import taxonomy
from hirehall.market.profiles.words import show_step
from hirehall.market.proposals import queries as proposals
from hirehall.market.proposals import words as proposal_words
from hirehall.money.connects import queries as connects
from hirehall.money.payments import queries as payments
from hirehall.money.payments.earnings import by_month_for
from hirehall.money.payments.policy import main_unit
from hirehall.money.payments.rules import service_fee
from hirehall.people.accounts.acting import open_to_all
from hirehall.people.accounts.actors import Actor
from hirehall.people.messages import queries as messages
from hirehall.people.notifications.queries import list_notices_for
from hirehall.web import deals
from hirehall.web.frame import Frame, frame_of
from hirehall.web.show import reader_locale
from hirehall.web.waiting import Next

ROOMS_SHOWN, NOTICES_SHOWN, JOBS_SHOWN, PROPOSALS_SHOWN = 4, 5, 5, 4
# What a client still has to do with: everything that is not over.
LIVE_JOBS = (job_rules.State.DRAFT, job_rules.State.OPEN, job_rules.State.PAUSED)
# The amount with which the front page shows what the fee takes.
EXAMPLE_MINOR = 100_000


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """The front page for visitors, the dashboard for people."""
    actor, frame = request.actor, frame_of(request)
    if actor.is_freelancer:
        return http.page(request, "home/freelancer.html", **_shared(actor), **_of_freelancer(actor, frame))
    if actor.is_client:
        shared = _shared(actor)
        return http.page(request, "home/client.html", **shared, **_of_client(actor, frame, shared["balances"].unit))
    fee = profiles.fee_basis_points()
    example_fee = service_fee(EXAMPLE_MINOR, fee)
    return http.page(
        request,
        "home/visitor.html",
        categories=taxonomy.load().categories,
        fee_percent=f"{Decimal(fee).scaleb(-2).normalize():f}",
        example=EXAMPLE_MINOR,
        example_fee=example_fee,
        unit=main_unit(),
    )


def _shared(actor: Actor) -> dict:
    """What both sides see: talk, news and money. The money is in one currency; a link leads to the others."""
    seats = list(messages.list_seats_for(actor)[:ROOMS_SHOWN])
    in_use = payments.list_balances_for(actor)
    balances = payments.fullest(in_use)
    return {
        "rooms": messages.room_rows(actor, seats) if seats else [],
        "notices": list(list_notices_for(actor)[:NOTICES_SHOWN]),
        "balances": balances,
        "in_use": in_use,
        "months": [
            (format_date(month, "LLL", locale=reader_locale()), total)
            for month, total in by_month_for(actor, balances.unit, clock.now())
        ],
    }


def _of_freelancer(actor: Actor, frame: Frame) -> dict:
    profile = profiles.find_own(actor)
    meter = profiles.completeness(profile) if profile else None
    expiring = connects.list_soon_expiring_for(actor)
    contracts = deals.running_cards(actor)
    sent = list(proposals.list_mine_for(actor)[:PROPOSALS_SHOWN])
    return {
        "proposals": proposals.rows_of(sent, proposal_words.STATES, with_cards=False),
        "profile": profile,
        "meter": meter,
        "steps": [show_step(step) for step in meter.open[:3]] if meter else [],
        "held": frame.connects,
        "expiring": expiring[0] if expiring else None,
        "contracts": contracts,
        "todo": [*_todo_of_freelancer(profile, meter), *deals.todo(actor, contracts), *_unread(frame)],
    }


def _todo_of_freelancer(profile, meter) -> Iterator[Next]:
    if profile is None or not profile.published_at:
        text = _("Finish your profile: clients find you once it is published")
        if meter:
            text = _("Finish your profile: %(percent)s %% is there") % {"percent": meter.percent}
        yield Next(text, href=reverse("web:welcome"), action=_("Go on"))


def _of_client(actor: Actor, frame: Frame, unit: str) -> dict:
    verified = payments.has_verified_method(str(actor.party_id))
    contracts = deals.running_cards(actor)
    live = list(jobs.list_my_jobs_for(actor, LIVE_JOBS)[: JOBS_SHOWN + 1])
    posted = [job for job in live if job.state != job_rules.State.DRAFT]
    return {
        "jobs": posted[:JOBS_SHOWN],
        "states": STATES,
        "verified": verified,
        "spent": payments.spent_minor(str(actor.party_id), unit),
        "contracts": contracts,
        "todo": [*_payments(actor), *_todo_of_client(verified, live), *deals.todo(actor, contracts), *_unread(frame)],
    }


def _payments(actor: Actor) -> Iterator[Next]:
    for charge in payments.list_unconfirmed_charges_for(actor):
        yield Next(
            _("Your bank wants you to confirm a payment of %(amount)s") % {"amount": format_money(charge.amount_minor, charge.unit)},
            href=reverse("payments:confirm_charge", args=[charge.pk]),
            action=_("Confirm it"),
            since=charge.asked_at,
        )


def _todo_of_client(verified: bool, live: list) -> Iterator[Next]:
    if not verified:
        yield Next(
            _("Verify a way to pay: freelancers trust a verified client, and you can fund at once"),
            href=reverse("payments:add_method"),
            action=_("Add a card"),
        )
    for draft in [job for job in live if job.state == job_rules.State.DRAFT][:1]:
        title = draft.title or _("without a title")
        yield Next(
            _("Finish your draft: %(title)s") % {"title": title},
            href=reverse("jobs:draft", args=[draft.pk]),
            action=_("Go on"),
            since=draft.drafted_at,
        )
    for job in live:
        if job.state == job_rules.State.OPEN and job.proposals > job.talking:
            yield Next(
                ngettext("%(n)s proposal for %(title)s", "%(n)s proposals for %(title)s", job.proposals)
                % {"n": job.proposals, "title": job.title},
                href=reverse("proposals:list", args=[job.pk]),
                action=_("Read them"),
            )
    if not live:
        text = _("Say what you need: a good post takes about five minutes")
        yield Next(text, href=reverse("jobs:post"), action=_("Post a job"))


def _unread(frame: Frame) -> Iterator[Next]:
    unread = frame.unread_messages
    if unread:
        yield Next(
            ngettext("%(n)s new message", "%(n)s new messages", unread) % {"n": unread},
            href=reverse("messages:rooms"),
            action=_("Read"),
        )
