"""Pages of money: overview, cards, payout methods, withdrawal, statement, and the staff's books."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.ledger.queries import list_wrong_balances, trial_balance
from hirehall.money.payments import actions, earnings, forms, queries, statement, webhooks
from hirehall.money.payments.gateways.port import BadSignature
from hirehall.money.payments.policy import numbers
from hirehall.money.payments.reasons import reason_words
from hirehall.people.accounts.acting import acting, open_to_all

RECENT = 8
HOLDS_SHOWN = 60
LARGEST_MESSAGE = 64 * 1024


@acting()
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, what comes, and what happened last."""
    actor, now = request.actor, clock.now()
    balances = queries.balances_for(actor)
    waiting = list(queries.list_waiting_holds_for(actor)[:HOLDS_SHOWN])
    series = earnings.by_month_for(actor, balances.unit, now)
    return http.page(
        request,
        "payments/overview.html",
        balances=balances,
        coming=queries.due_dates(waiting),
        months=[(date_format(month, "M"), total) for month, total in series],
        rows=statement.list_rows_for(actor)[0:RECENT],
        withdrawals=queries.list_withdrawals_for(actor)[:5],
        methods=queries.list_methods_for(actor),
        reason_words=reason_words,
        floor=numbers().withdrawal_floor_minor,
    )


@acting()
def methods(request: HttpRequest) -> HttpResponse:
    """The party's cards and payout methods, with what each waits for."""
    return http.page(
        request,
        "payments/methods.html",
        methods=queries.list_methods_for(request.actor),
        payouts=queries.list_payout_methods_for(request.actor),
        reason_words=reason_words,
        now=clock.now(),
        next=_next(request),
    )


@acting()
def add_method(request: HttpRequest) -> HttpResponse:
    """Type a card; it goes to the gateway and comes back verified or not."""
    form = forms.CardForm(*http.sent(request))
    target = reverse("payments:methods") + (f"?next={_next(request)}" if _next(request) else "")
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            actions.add_method(request.actor, form.keep())
            return target

        outcome = http.submit(request, add)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return _form_page(request, "payments/add_method.html", form, next=_next(request))


@acting()
@require_POST
def change_method(request: HttpRequest, method_id: str, verb: str) -> HttpResponse:
    """Confirm a card, make it the default, or remove it."""
    change = {"confirm": actions.confirm_method, "default": actions.choose_method, "remove": actions.remove_method}[
        verb
    ]
    return _do(request, lambda: change(request.actor, method_id))


@acting()
def add_payout(request: HttpRequest) -> HttpResponse:
    """Type a bank account or a wallet."""
    form = forms.PayoutForm(*http.sent(request), initial={"holder_name": request.actor.name})
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            given = form.cleaned_data
            actions.add_payout_method(request.actor, given["kind"], form.keep(), given["holder_name"])
            return reverse("payments:methods")

        outcome = http.submit(request, add)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return _form_page(request, "payments/add_payout.html", form, days=numbers().payout_wait_days)


@acting()
@require_POST
def remove_payout(request: HttpRequest, method_id: str) -> HttpResponse:
    return _do(request, lambda: actions.remove_payout_method(request.actor, method_id))


@acting()
def withdraw(request: HttpRequest) -> HttpResponse:
    """Send available money away, part or all."""
    payouts = queries.list_payout_methods_for(request.actor)
    form = forms.WithdrawForm(*http.sent(request), methods=payouts)
    if request.method == "POST" and form.is_valid():

        def send() -> str:
            actions.withdraw(request.actor, form.cleaned_data["method"], form.cleaned_data["amount"])
            return reverse("payments:overview")

        outcome = http.submit(request, send)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    context = {"payouts": payouts, "balances": queries.balances_for(request.actor), "numbers": numbers()}
    return _form_page(request, "payments/withdraw.html", form, now=clock.now(), **context)


@acting()
def show_statement(request: HttpRequest) -> HttpResponse:
    """Every entry with its cause, filtered and paged."""
    form = forms.StatementForm(request.GET or None)
    form.is_valid()
    rows = statement.list_rows_for(request.actor, form.filter() if form.is_bound else forms.Filter())
    page = http.paginate(request, rows, 30)
    query = request.GET.copy()
    query.pop("page", None)
    return http.page(request, "payments/statement.html", form=form, rows=page, query=query.urlencode())


@acting()
def statement_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, oldest first, streamed."""
    form = forms.StatementForm(request.GET)
    form.is_valid()
    rows = statement.list_rows_for(request.actor, form.filter()).oldest_first()
    response = StreamingHttpResponse(statement.csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statement-{clock.now():%Y-%m-%d}.csv"'
    return response


@acting("staff")
def books(request: HttpRequest) -> HttpResponse:
    """The trial balance and the proofs behind it."""
    return http.page(
        request,
        "payments/books.html",
        books=trial_balance(),
        wrong_balances=list_wrong_balances(),
        wrong_pending=queries.list_wrong_pending(),
        now=clock.now(),
    )


@csrf_exempt
@open_to_all
@require_POST
def webhook(request: HttpRequest, name: str) -> HttpResponse:
    """The door for payment companies; their signature is what lets them in."""
    if len(request.body) > LARGEST_MESSAGE:
        return JsonResponse({"taken": False}, status=413)
    try:
        is_new = webhooks.receive(name, request.body, request.headers.get(webhooks.SIGNATURE_HEADER, ""))
    except (BadSignature, json.JSONDecodeError, KeyError):
        return JsonResponse({"taken": False}, status=400)
    return JsonResponse({"taken": True, "new": is_new})


def _do(request: HttpRequest, change) -> HttpResponse:
    """Carry out a form of one button and go back to the methods; a refusal is told there."""

    def run() -> str:
        change()
        return reverse("payments:methods")

    outcome = http.submit(request, run)
    if not isinstance(outcome, Refused):
        return outcome
    return http.page(
        request,
        "payments/methods.html",
        status=http.UNPROCESSABLE,
        methods=queries.list_methods_for(request.actor),
        payouts=queries.list_payout_methods_for(request.actor),
        reason_words=reason_words,
        now=clock.now(),
        refusal=outcome,
        next="",
    )


def _form_page(request: HttpRequest, template: str, form, **context) -> HttpResponse:
    return http.page(request, template, status=http.UNPROCESSABLE if form.errors else 200, form=form, **context)


def _next(request: HttpRequest) -> str:
    """Where the reader wanted to go before; only inside this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""
