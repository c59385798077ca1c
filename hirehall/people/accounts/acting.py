"""Who a request acts as: the middleware that sets `request.actor`, and the guard that views wear."""

import functools
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound
from hirehall.people.accounts import rules
from hirehall.people.accounts.actions import touch_party
from hirehall.people.accounts.actors import NOBODY, Actor
from hirehall.people.accounts.queries import actor_among, list_seats

SESSION_KEY = "party"
SEEN_KEY = "seen"


class ActorMiddleware:
    """Sets `request.actor` (asked for only when used) and the reader's time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A thread serves many people: the zone of the one before must not show to the next.
        timezone.deactivate()
        request.actor = SimpleLazyObject(lambda: _actor_of(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """Whoever has a session gets their zone and language before the page begins."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            bool(request.actor)


def _actor_of(request: HttpRequest):
    if not request.user.is_authenticated:
        return NOBODY
    # The shell's account menu lists them too, so they are fetched once.
    request.seats = list_seats(request.user.pk)
    actor = actor_among(request.user, request.seats, request.session.get(SESSION_KEY))
    timezone.activate(ZoneInfo(actor.time_zone))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(actor.language)
    _note_visit(request, actor, now=clock.now())
    return actor


def _note_visit(request: HttpRequest, actor: Actor, now: datetime) -> None:
    """Keep "last active" of the party and "last seen" of the device, in steps: most requests write nothing."""
    before = now - rules.ACTIVE_STEP
    party = next((seat.party for seat in request.seats if seat.party_id == actor.party_id), None)
    if party and (party.last_active_at is None or party.last_active_at <= before):
        touch_party(party.id)
    if request.session.session_key and request.session.get(SEEN_KEY, 0) <= before.timestamp():
        note_session(request)
        request.session[SEEN_KEY] = int(now.timestamp())


def note_session(request: HttpRequest) -> None:
    """Note that somebody is signed in with this browser, and when."""
    UserSession.objects.create_from_request(request)


def acting(*kinds: str):
    """Open a view to signed-in people, and only as one of the kinds when any is named.

    "freelancer" lets agencies in too. Somebody without a party is led to choose one first.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            actor = request.actor
            if not actor.signed_in:
                return redirect_to_login(request.get_full_path())
            if "staff" in kinds:
                if not actor.is_staff:
                    raise NotFound("page")
            elif actor.party_id is None:
                return HttpResponseRedirect(reverse("accounts:start"))
            elif kinds and not _fits(actor, kinds):
                raise NotFound("page")
            return view(request, *args, **kwargs)

        guarded.acting_kinds = kinds or ("anyone",)
        return guarded

    return wrap


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to every signed-in person, also before they have a party."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.actor.signed_in:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.acting_kinds = ("person",)
    return guarded


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say that a view is open to visitors on purpose; the walk over all addresses checks for this mark."""
    view.acting_kinds = ("nobody",)
    return view


def _fits(actor, kinds: tuple[str, ...]) -> bool:
    return actor.kind in kinds or ("freelancer" in kinds and actor.is_freelancer)
