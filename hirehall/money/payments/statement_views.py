"""Pages of the statement: every entry with its cause, and the same as files."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from hirehall.kernel import clock, http
from hirehall.money.payments import queries, statement
from hirehall.money.payments.counterparts import list_counterparts_for
from hirehall.money.payments.statement_form import StatementForm
from hirehall.people.accounts.acting import acting

LINES_ON_PAGE = 30


def _form(request: HttpRequest) -> StatementForm:
    form = StatementForm(request.GET or None, counterparts=list_counterparts_for(request.actor))
    form.is_valid()
    return form


@acting()
def show_statement(request: HttpRequest) -> HttpResponse:
    """Every entry with its cause, filtered and paged, between the balances of the period."""
    form = _form(request)
    in_use = [each.unit for each in queries.list_balances_for(request.actor)]
    wanted, unit = form.filter(), form.chosen_unit() or in_use[0]
    rows = http.paginate(request, statement.list_rows_for(request.actor, wanted, unit), LINES_ON_PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    return http.page(
        request,
        "payments/statement.html",
        form=form,
        rows=rows,
        span=statement.span_for(request.actor, wanted.since, wanted.until, unit),
        last_day=form.last_day() if wanted.until and wanted.until <= clock.now() else None,
        is_part=bool(form.is_bound and (wanted.codes or wanted.contract_id or wanted.party or wanted.text)),
        query=query.urlencode(),
        unit=unit,
        in_use=in_use,
    )


@acting()
def statement_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table, oldest first, streamed."""
    form = _form(request)
    rows = statement.list_rows_for(request.actor, form.filter(), form.chosen_unit()).oldest_first()
    return _file(statement.csv_lines(rows), "text/csv; charset=utf-8", "csv")


@acting()
def statement_json(request: HttpRequest) -> HttpResponse:
    """The same for programs, oldest first, streamed."""
    form = _form(request)
    wanted, unit = form.filter(), form.chosen_unit()
    rows = statement.list_rows_for(request.actor, wanted, unit).oldest_first()
    span = statement.span_for(request.actor, wanted.since, wanted.until, unit)
    return _file(statement.json_pieces(rows, span), "application/json", "json")


def _file(pieces, content_type: str, ending: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="statement-{clock.now():%Y-%m-%d}.{ending}"'
    return response
