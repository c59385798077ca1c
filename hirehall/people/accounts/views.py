"""Pages of the account: choosing and switching what one acts as, one's own settings, tokens for programs."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import SESSION_KEY, acting, signed_in
from hirehall.people.accounts.actions import (
    create_token,
    open_party,
    rename_party,
    revoke_token,
    switch_party,
    update_person,
)
from hirehall.people.accounts.forms import SCOPE_LABELS, CompanyForm, PartyForm, PersonForm, TokenForm
from hirehall.people.accounts.places import time_zones
from hirehall.people.accounts.queries import get_party, get_user, list_seats, list_tokens_for


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Choose to work or to hire; also adds a second role to the same sign-in."""
    seats = list_seats(request.user.pk)
    missing = [k for k in ("freelancer", "client") if k not in {s.party.kind for s in seats}]
    first = {"name": request.user.name, "kind": missing[0] if missing else "client"}
    form = PartyForm(*http.sent(request), initial=first)
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _open(request, form.cleaned_data))
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.errors else 200
    return http.page(request, "accounts/start.html", status=status, form=form, seats=seats)


def _open(request: HttpRequest, wanted: dict) -> str:
    party = open_party(request.user.pk, wanted["kind"], wanted["name"])
    request.session[SESSION_KEY] = party.id
    return reverse("web:welcome")


@signed_in
@require_POST
def switch(request: HttpRequest, party_id: str) -> HttpResponse:
    """Act as another of one's parties from now on."""
    switch_party(request.user.pk, party_id)
    request.session[SESSION_KEY] = party_id
    return http.go(request, reverse("web:home"))


@acting("client")
def company(request: HttpRequest) -> HttpResponse:
    """How a client appears; the first step of hiring, done in half a minute."""
    party = get_party(request.actor.party_id)
    first = {"name": party.name, "country": party.country, "single": "company"}
    form = CompanyForm(*http.sent(request), initial=first)
    onward = request.GET.get("next") == "post"
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _keep_company(request, party, form.cleaned_data, onward))
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.errors else 200
    return http.page(request, "accounts/company.html", status=status, form=form, onward=onward)


def _keep_company(request: HttpRequest, party, given: dict, onward: bool) -> str:
    name = request.user.name if given["single"] == "person" else given["name"]
    rename_party(request.actor, name, given["country"], party.time_zone)
    return reverse("web:welcome") if onward else reverse("accounts:person")


@signed_in
def person(request: HttpRequest) -> HttpResponse:
    """One's own settings: name, country, time zone, language."""
    user = get_user(request.user.pk)
    first = {"name": user.name, "country": user.country, "time_zone": user.time_zone, "language": user.language}
    form = PersonForm(*http.sent(request), initial=first)
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _keep_person(request, form.cleaned_data))
        if not isinstance(outcome, Refused):
            outcome.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], max_age=31_536_000, samesite="Lax"
            )
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.errors else 200
    return http.page(request, "accounts/person.html", status=status, form=form, zones=time_zones())


def _keep_person(request: HttpRequest, given: dict) -> str:
    update_person(request.user.pk, **given)
    messages.success(request, _("Your settings are kept."))
    return reverse("accounts:person")


@acting()
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """API tokens of the party one acts for; a new secret is shown on the answer to the form, and never again."""
    form = TokenForm(*http.sent(request))
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = create_token(request.actor, form.cleaned_data["label"], form.cleaned_data["scopes"])
            form = TokenForm()
        except Refused as refusal:
            http.add_refusal(form, refusal)
    return http.page(
        request,
        "accounts/tokens.html",
        status=http.UNPROCESSABLE if form.errors else 200,
        form=form,
        made=made,
        tokens=list_tokens_for(request.actor),
        scope_labels=SCOPE_LABELS,
    )


@acting()
@require_POST
def revoke(request: HttpRequest, token_id: str) -> HttpResponse:
    """End a token at once."""
    revoke_token(request.actor, token_id)
    messages.success(request, _("The token no longer works."))
    return http.go(request, reverse("accounts:tokens"))
