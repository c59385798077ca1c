"""The page that shows every component in its states; what stands here is what pages use."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import open_to_all
from hirehall.web import samples

ERROR_PAGES = {"403": 403, "404": 404, "429": 429, "500": 500, "csrf": 403, "refused": 422}
REFUSED = Refused("connects:too_few", "This needs %(needed)s Connects; you have %(held)s.", values={"needed": 8, "held": 3})


@open_to_all
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with drawn examples."""
    now = clock.now()
    return http.page(
        request,
        "styleguide.html",
        now=now,
        ago=lambda **step: now - timedelta(**step),
        form=samples.SampleForm(),
        wrong=samples.filled_wrongly(),
        refused=REFUSED,
        talent=samples.talent(now),
        jobs=samples.jobs(now),
        proposals=samples.proposals(now),
        contracts=samples.contracts(now),
        milestones=samples.milestones(now),
        series=samples.series(),
        pages=Paginator(range(230), 10).get_page(request.GET.get("page", 4)),
        rooms=samples.rooms(now),
        errors=list(ERROR_PAGES),
    )


@open_to_all
def error_page(request: HttpRequest, name: str) -> HttpResponse:
    """An error page to look at."""
    if name not in ERROR_PAGES:
        raise Http404
    return http.page(request, f"errors/{name}.html", status=ERROR_PAGES[name], refusal=REFUSED)
