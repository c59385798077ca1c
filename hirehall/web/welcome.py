"""Where somebody goes after sign-up or a new role: on with their onboarding, where they left it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from hirehall.kernel import http
from hirehall.market.profiles.queries import find_own, is_published
from hirehall.people.accounts.acting import signed_in
from hirehall.people.accounts.queries import get_party
from hirehall.web.links import find_address


@signed_in
def welcome(request: HttpRequest) -> HttpResponse:
    """Freelancers to their profile's next step, clients to their first post, everybody else to the choice."""
    actor = request.actor
    if actor.party_id is None:
        return http.go(request, reverse("accounts:start"))
    if actor.is_freelancer:
        begun = find_own(actor) is not None
        if is_published(actor.party_id):
            return http.go(request, reverse("web:home"))
        return http.go(request, reverse("profiles:setup")) if begun else http.page(request, "talent/welcome.html")
    if not get_party(actor.party_id).country:
        return http.go(request, reverse("accounts:company") + "?next=post")
    return http.go(request, find_address("jobs:post") or reverse("web:home"))
