"""Pages of the yearly summary: charts with their tables, and the same as PDF and CSV."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hirehall.kernel import clock, http
from hirehall.money.documents import summaries, words
from hirehall.money.documents.files import pdf_file, summary_csv
from hirehall.money.documents.papers import paper_of_year
from hirehall.money.documents.summaries import Summary
from hirehall.money.payments import causes
from hirehall.people.accounts.acting import acting

FIRST_YEAR = 2000
OFFERED = 6


def _year(request: HttpRequest) -> int:
    """The year of the address, or this one; nonsense is this one."""
    this = clock.now().year
    typed = request.GET.get("year", "")
    return (
        int(typed)
        if typed.isascii() and typed.isdigit() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= this
        else this
    )


def _drawn(one: Summary) -> dict:
    """What the charts of one unit show: earned when anything was earned, else what was paid."""
    column = "earned" if one.totals["earned"] else "paid"
    return {
        "unit": one.unit,
        "column": column,
        "totals": one.totals,
        "change": one.change,
        "months": [(words.month(*month, "LLL"), abs(values[column])) for month, values in sorted(one.months.items())],
        "others": [(name or _("Others"), amount) for name, amount in one.by_other(column)],
        "split": _split(one) if column == "earned" else [],
        "kinds": [
            (causes.title(code, {}, one.unit, comes=column == "earned"), amount)
            for code, amount in sorted(one.kinds.items())
        ],
    }


def _split(one: Summary) -> list[tuple[str, int]]:
    """What became of the earnings."""
    fees, tax = -one.totals["fees"], -one.totals["tax"]
    return [
        (_("Left for you"), max(one.totals["earned"] - fees - tax, 0)),
        (_("Fees"), max(fees, 0)),
        (_("VAT on fees"), max(tax, 0)),
    ]


@acting()
def show_year(request: HttpRequest) -> HttpResponse:
    """A year's figures: by month, by client or freelancer, by kind."""
    year = _year(request)
    found = summaries.year_for(request.actor, year)
    this = clock.now().year
    return http.page(
        request,
        "documents/year.html",
        year=year,
        years=[this - back for back in range(OFFERED)],
        drawn=[_drawn(one) for one in found],
        paper=paper_of_year(request.actor.name, year, found),
        columns=words.COLUMNS,
    )


@acting()
def year_pdf(request: HttpRequest) -> HttpResponse:
    """The same as PDF."""
    year = _year(request)
    paper = paper_of_year(request.actor.name, year, summaries.year_for(request.actor, year))
    return pdf_file(paper, clock.now(), f"summary-{year}")


@acting()
def year_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    year = _year(request)
    return summary_csv(year, summaries.year_for(request.actor, year))
