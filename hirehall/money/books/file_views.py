"""Files of the books: the journal for accountants, and each table as CSV. All of them are streamed."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from hirehall.kernel import http
from hirehall.kernel.money import plain_amount
from hirehall.money.books import balances, forms, holdings, journal
from hirehall.people.accounts.acting import acting

CSV, PLAIN = "text/csv", "text/plain"


@acting("staff")
def files(request: HttpRequest) -> HttpResponse:
    """Choose a period and a form."""
    since, until = forms.PeriodForm(request.GET or {}).chosen()
    form = forms.PeriodForm(initial={"since": since, "until": until})
    return http.page(request, "books/files.html", form=form, since=since, until=until)


@acting("staff")
def journal_csv(request: HttpRequest) -> HttpResponse:
    since, until = forms.PeriodForm(request.GET or {}).chosen()
    return _file(journal.csv_lines(since, until), f"journal-{since}-{until}.csv", CSV)


@acting("staff")
def journal_beancount(request: HttpRequest) -> HttpResponse:
    since, until = forms.PeriodForm(request.GET or {}).chosen()
    return _file(journal.beancount_lines(since, until), f"journal-{since}-{until}.beancount", PLAIN)


@acting("staff")
def balance_csv(request: HttpRequest) -> HttpResponse:
    day = forms.DayForm(request.GET or {}).chosen()
    rows = (
        (day, part.unit, line.kind, *(plain_amount(figure, part.unit) for figure in (line.opening, line.came, line.went, line.closing)))
        for part in balances.trial_balance_on(day)
        for line in part.lines
    )
    return _table(("Day", "Unit", "Kind", "Opening", "In", "Out", "Closing"), rows, f"balance-{day}", day)


@acting("staff")
def income_csv(request: HttpRequest) -> HttpResponse:
    by = "day" if request.GET.get("by") == "day" else "month"
    rows = ((line.start, line.unit, line.code, plain_amount(line.amount, line.unit)) for line in holdings.income_lines(by)[0])
    return _table(("Start", "Unit", "Entry", "Amount"), rows, f"income-by-{by}", balances.current_day())


@acting("staff")
def escrow_csv(request: HttpRequest) -> HttpResponse:
    rows = (
        (one.escrow_id, one.contract_id or "", one.title or "", one.client_id, plain_amount(one.amount, one.unit), one.unit, one.days)
        for one in holdings.EscrowList()
    )
    return _table(("Escrow", "Contract", "Title", "Client", "Amount", "Unit", "Days"), rows, "escrow", balances.current_day())


@acting("staff")
def ageing_csv(request: HttpRequest) -> HttpResponse:
    rows = (
        (table.name, table.unit, f"{label} days", plain_amount(amount, table.unit), count)
        for table in holdings.ageing()
        for label, amount, count in table.bands
    )
    return _table(("What", "Unit", "Age", "Amount", "Number"), rows, "ageing", balances.current_day())


def _table(headings: tuple[str, ...], rows: Iterator[tuple], name: str, day: date) -> HttpResponse:
    file = name if str(day) in name else f"{name}-{day}"
    return _file(journal.table_lines(headings, rows), f"{file}.csv", CSV)


def _file(lines: Iterator[str], name: str, kind: str) -> HttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
