"""Pages of the statement: every entry with its cause, and the same as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from hirehall.kernel import clock, http
from hirehall.money.payments import forms, queries, statement
from hirehall.people.accounts.acting import acting


@acting()
def show_statement(request: HttpRequest) -> HttpResponse:
    """Every entry with its cause, filtered and paged."""
    form = forms.StatementForm(request.GET or None)
    form.is_valid()
    in_use = [each.unit for each in queries.list_balances_for(request.actor)]
    unit = _unit(request, in_use)
    rows = statement.list_rows_for(request.actor, form.filter() if form.is_bound else forms.Filter(), unit)
    page = http.paginate(request, rows, 30)
    query = request.GET.copy()
    query.pop("page", None)
    filtered = any(name in query for name in ("since", "until", "kind", "contract"))
    return http.page(
        request, "payments/statement.html", form=form, rows=page, query=query.urlencode(), unit=unit, in_use=in_use, filtered=filtered
    )


def _unit(request: HttpRequest, in_use: list[str]) -> str:
    """The chosen currency, if the party has ever used it; else the main one."""
    chosen = request.GET.get("unit", "")
    return chosen if chosen in in_use else in_use[0]


@acting()
def statement_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, oldest first, streamed."""
    form = forms.StatementForm(request.GET)
    form.is_valid()
    unit = _unit(request, [each.unit for each in queries.list_balances_for(request.actor)])
    rows = statement.list_rows_for(request.actor, form.filter(), unit).oldest_first()
    response = StreamingHttpResponse(statement.csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statement-{unit}-{clock.now():%Y-%m-%d}.csv"'
    return response
