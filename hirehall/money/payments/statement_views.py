"""Pages of the statement: every entry with its cause, and the same as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from hirehall.kernel import clock, http
from hirehall.money.payments import forms, statement
from hirehall.people.accounts.acting import acting


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
