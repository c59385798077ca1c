"""Pages of the conversation: the rooms, one room, and its thread as a piece of other pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import acting
from hirehall.people.messages import queries
from hirehall.people.messages.actions import mark_seen, post_message
from hirehall.people.messages.forms import MessageForm


@acting()
def rooms(request: HttpRequest) -> HttpResponse:
    """All rooms of the party, searchable by what was said."""
    words = request.GET.get("q", "")[:100]
    seats = http.paginate(request, queries.list_seats_for(request.actor, words), 20)
    rows = queries.room_rows(request.actor, list(seats))
    return http.page(request, "messages/rooms.html", rows=rows, seats=seats, words=words)


@acting()
def room(request: HttpRequest, room_id: str) -> HttpResponse:
    """One room; posting works without JavaScript too."""
    found = queries.get_room_for(request.actor, room_id)
    form, response = _take_post(request, room_id)
    if response is not None:
        return response
    return http.page(request, "messages/room.html", (form.errors and 422) or 200, **_thread(request, found, form))


@acting()
def thread(request: HttpRequest, room_id: str) -> HttpResponse:
    """The thread alone: what a contract's page includes, and what the live stream makes a page fetch again."""
    found = queries.get_room_for(request.actor, room_id)
    form, response = _take_post(request, room_id)
    if response is not None and not request.headers.get("HX-Request"):
        return response
    if response is not None:
        form = MessageForm()
    status = http.UNPROCESSABLE if form.errors else 200
    return http.page(request, "messages/_thread.html", status, **_thread(request, found, form))


def _take_post(request: HttpRequest, room_id: str) -> tuple[MessageForm, HttpResponse | None]:
    form = MessageForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form, None
    outcome = http.submit(request, lambda: _post(request, room_id, form))
    if isinstance(outcome, Refused):
        http.add_refusal(form, outcome)
        return form, None
    return form, outcome


def _post(request: HttpRequest, room_id: str, form: MessageForm) -> str:
    post = post_message(request.actor, room_id, form.cleaned_data["text"], form.cleaned_data["files"])
    return reverse("messages:room", args=[room_id]) + f"#post-{post.id}"


def _thread(request: HttpRequest, found, form: MessageForm) -> dict:
    mark_seen(request.actor, found.id)
    lines, older = queries.list_lines_for(request.actor, found, request.GET.get("before", ""))
    return {"room": found, "lines": lines, "older": older, "form": form}
