"""Pages of the books, for staff: the overview, balances, income, escrow, ages, findings, and the trail."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.books import balances, checks, forms, holdings, queries
from hirehall.money.books.actions.findings import explain_finding
from hirehall.money.books.policy import numbers
from hirehall.money.books.words import CHECKS, CODES, KINDS, VERBS
from hirehall.money.payments.gateways.registry import gateways
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.queries import get_parties, get_users

PER_PAGE = 30


@acting("staff")
def overview(request: HttpRequest) -> HttpResponse:
    """Whether the books are right, what is owed, and what came in."""
    today = balances.current_day()
    trial = balances.trial_balance_on(today)
    months = holdings.months_back(today, holdings.MONTHS)
    lines = holdings.income_by_month(months[0], today)
    runs, counts = queries.last_runs(), queries.count_findings()
    wanted = [*checks.names(), *(f"gateway {name}" for name in gateways())]
    stale = clock.now() - timedelta(hours=numbers().stale_hours)
    return http.page(
        request,
        "books/overview.html",
        trial=trial,
        owed=holdings.liabilities(trial),
        guarantee=[(part.unit, part.closing("guarantee")) for part in trial if part.closing("guarantee")],
        income=[(unit, [(date_format(month, "M"), amount) for month, amount in row]) for unit, row in holdings.series(lines, months)],
        runs=[(name, runs.get(name), name not in runs or runs[name].at < stale) for name in wanted],
        open_findings=counts.get("open", 0),
        explained=counts.get("explained", 0),
        waiting=queries.count_waiting_adjustments(),
        kinds=KINDS,
        checks=CHECKS,
    )


@acting("staff")
def trial_balance(request: HttpRequest) -> HttpResponse:
    """The trial balance at the end of any day."""
    form = forms.DayForm(request.GET or {})
    day = form.chosen()
    return http.page(
        request,
        "books/balance.html",
        form=forms.DayForm(initial={"day": day}),
        day=day,
        before=max(day - balances.ONE_DAY, forms.EARLIEST),
        after=day + balances.ONE_DAY if day < balances.current_day() else None,
        trial=balances.trial_balance_on(day),
        is_closed=(balances.last_closed() or forms.EARLIEST) >= day,
        kinds=KINDS,
    )


@acting("staff")
def income(request: HttpRequest) -> HttpResponse:
    """Income from fees and Connects, by day or by month."""
    by = "day" if request.GET.get("by") == "day" else "month"
    lines, starts = holdings.income_lines(by)
    long, short = ("j M Y", "j M") if by == "day" else ("F Y", "M")
    charts = [(unit, [(date_format(start, short), amount) for start, amount in row]) for unit, row in holdings.series(lines, starts)]
    page = http.paginate(request, lines, PER_PAGE)

    def name_of(start: date) -> str:
        return date_format(start, long)

    return http.page(request, "books/income.html", by=by, charts=charts, lines=page, name_of=name_of, codes=CODES)


@acting("staff")
def escrow(request: HttpRequest) -> HttpResponse:
    """Escrow by contract, the oldest first."""
    page = http.paginate(request, holdings.EscrowList(), PER_PAGE)
    clients = get_parties([one.client_id for one in page.object_list])
    trial = balances.trial_balance_on(balances.current_day())
    return http.page(request, "books/escrow.html", rows=page, clients=clients, owed=holdings.liabilities(trial))


@acting("staff")
def ageing(request: HttpRequest) -> HttpResponse:
    """How old escrow, waiting earnings and failed payments are."""
    return http.page(request, "books/ageing.html", tables=holdings.ageing())


@acting("staff")
def findings(request: HttpRequest) -> HttpResponse:
    """What the checks found."""
    state = request.GET.get("state", "open")
    state = state if state in ("open", "explained", "cleared") else "open"
    page = http.paginate(request, queries.list_findings_for(request.actor, state), PER_PAGE)
    people = get_users([one.explained_by_id for one in page.object_list if one.explained_by_id])
    return http.page(request, "books/findings.html", rows=page, state=state, counts=queries.count_findings(), people=people, checks=CHECKS)


@acting("staff")
def finding(request: HttpRequest, finding_id: str) -> HttpResponse:
    """One finding, and the form that explains it."""
    found = queries.get_finding_for(request.actor, finding_id)
    form = forms.ReasonForm(*http.sent(request))
    if request.method == "POST" and form.is_valid():

        def explain() -> str:
            explain_finding(request.actor, finding_id, form.cleaned_data["reason"])
            return reverse("books:findings") + "?state=explained"

        outcome = http.submit(request, explain)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    people = get_users([found.explained_by_id] if found.explained_by_id else [])
    status = http.UNPROCESSABLE if form.errors else 200
    return http.page(request, "books/finding.html", status=status, one=found, form=form, people=people, checks=CHECKS)


@acting("staff")
def trail(request: HttpRequest) -> HttpResponse:
    """What staff did in the books, newest first."""
    page = http.paginate(request, queries.list_trail_for(request.actor), PER_PAGE)
    people = get_users([one.user_id for one in page.object_list if one.user_id])
    return http.page(request, "books/trail.html", rows=page, people=people, verbs=VERBS)
