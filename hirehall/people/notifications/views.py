"""Pages of notices: the list, following one, the bell, and how one wants to hear of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import acting, note_session, open_to_all
from hirehall.people.notifications import push, queries, rules
from hirehall.people.notifications.actions import choose_all, mark_all_read, mark_read
from hirehall.people.notifications.devices import add_device, remove_device


@acting()
def list_notices(request: HttpRequest) -> HttpResponse:
    notices = http.paginate(request, queries.list_notices_for(request.actor), 30)
    return http.page(request, "notifications/list.html", notices=notices)


@acting()
def follow(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Mark a notice read and go where it points; a link in a mail leads here too."""
    return http.go(request, mark_read(request.actor, notice_id).link)


@acting()
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(request.actor)
    return http.go(request, reverse("notifications:list"))


@acting()
def bell(request: HttpRequest) -> HttpResponse:
    """The bell with its number; fetched anew when the live stream says so."""
    return http.page(request, "notifications/_bell.html", unread=queries.count_unread_notices(request.actor))


@acting()
def settings(request: HttpRequest) -> HttpResponse:
    """Choose for each area how its mails come and whether one's devices show its notices."""
    refusal = None
    if request.method == "POST":
        outcome = http.submit(request, lambda: _save(request))
        if not isinstance(outcome, Refused):
            return outcome
        refusal = outcome
    return _settings_page(request, refusal)


def _settings_page(request: HttpRequest, refusal: Refused | None) -> HttpResponse:
    devices = queries.list_devices_for(request.actor)
    shown = {area: label for area, label in rules.AREAS.items() if area != rules.STAFF or request.actor.is_staff}
    return http.page(
        request,
        "notifications/settings.html",
        status=http.UNPROCESSABLE if refusal else 200,
        areas=[(area, _(label), area in rules.ALWAYS_AT_ONCE) for area, label in shown.items()],
        choices=queries.get_choices(request.user.pk),
        pushed=queries.get_pushed(request.user.pk),
        deliveries=[("at_once", _("Mail at once")), ("daily", _("One mail a day")), ("never", _("No mail"))],
        devices=devices,
        endpoints=[device.endpoint for device in devices],
        public_key=push.public_key(),
        refusal=refusal,
    )


def _save(request: HttpRequest) -> str:
    # A box that is not ticked is not sent; the field beside the boxes tells that they were there.
    pushed = request.POST.getlist("push")
    choose_all(request.actor, [(a, request.POST.get(a), a in pushed if pushed else None) for a in rules.AREAS])
    messages.success(request, _("Your choice is kept."))
    return reverse("notifications:settings")


@acting()
@require_POST
def add_this_device(request: HttpRequest) -> HttpResponse:
    """Let this browser show notices."""
    outcome = http.submit(request, lambda: _add(request))
    return _settings_page(request, outcome) if isinstance(outcome, Refused) else outcome


def _add(request: HttpRequest) -> str:
    # After a change of the password the session has a new key, which is otherwise noted only at a later visit.
    note_session(request)
    given = [request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")]
    add_device(request.actor, request.session.session_key, *given)
    messages.success(request, _("This browser shows your notices now."))
    return reverse("notifications:settings")


@acting()
@require_POST
def drop_device(request: HttpRequest, device_id: str) -> HttpResponse:
    remove_device(request.actor, device_id)
    messages.success(request, _("That browser shows no more notices."))
    return http.go(request, reverse("notifications:settings"))


@open_to_all
def worker(request: HttpRequest) -> HttpResponse:
    """The script that a browser keeps and wakes for a notice; it asks here whether there is a newer one."""
    answer = render(request, "notifications/worker.js", content_type="text/javascript", using="jinja2")
    answer["Cache-Control"] = "no-cache"
    return answer
