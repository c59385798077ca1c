"""Pages of the account: choosing and switching what one acts as."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import SESSION_KEY
from hirehall.people.accounts.actions import open_party, switch_party
from hirehall.people.accounts.forms import PartyForm


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Choose to work or to hire; also adds a second role to the same sign-in."""
    form = PartyForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _open(request, form.cleaned_data))
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.errors else 200
    return http.page(request, "accounts/start.html", status=status, form=form)


def _open(request: HttpRequest, wanted: dict) -> str:
    party = open_party(request.user.pk, wanted["kind"], wanted["name"])
    request.session[SESSION_KEY] = party.id
    return reverse("web:home")


@login_required
@require_POST
def switch(request: HttpRequest, party_id: str) -> HttpResponse:
    """Act as another of one's parties from now on."""
    switch_party(request.user.pk, party_id)
    request.session[SESSION_KEY] = party_id
    return http.go(request, reverse("web:home"))
