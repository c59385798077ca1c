"""Pages of notices: the list, following one, the bell, and the choice of mails."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import acting
from hirehall.people.notifications import queries, rules
from hirehall.people.notifications.actions import choose_delivery, mark_all_read, mark_read


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
    """Choose for each area whether mails come at once, daily or never."""
    refusal = None
    if request.method == "POST":
        outcome = http.submit(request, lambda: _save(request))
        if not isinstance(outcome, Refused):
            return outcome
        refusal = outcome
    return http.page(
        request,
        "notifications/settings.html",
        status=http.UNPROCESSABLE if refusal else 200,
        areas=[(area, _(label), area in rules.ALWAYS_AT_ONCE) for area, label in rules.AREAS.items()],
        choices=queries.get_choices(request.user.pk),
        deliveries=[("at_once", _("At once")), ("daily", _("Daily summary")), ("never", _("Never"))],
        refusal=refusal,
    )


def _save(request: HttpRequest) -> str:
    for area in rules.AREAS:
        if area in request.POST:
            choose_delivery(request.actor, area, request.POST[area])
    return reverse("notifications:settings")
