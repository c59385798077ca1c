"""Papers as files to download: names and types."""

import csv
import io
from datetime import datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from hirehall.kernel.money import plain_amount
from hirehall.money.documents.papers import Paper
from hirehall.money.documents.pdf import set_paper
from hirehall.money.documents.summaries import COLUMNS, Summary
from hirehall.money.payments.statement import harmless


def pdf_file(paper: Paper, made_at: datetime, name: str, *, as_download: bool = False) -> HttpResponse:
    """The paper as PDF; shown by the browser unless it shall be saved."""
    response = HttpResponse(set_paper(paper, made_at), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_download, f"{name}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response


def summary_csv(year: int, found: list[Summary]) -> HttpResponse:
    """A year as a table: by month, then by other side, in every unit. The mark at the start lets spreadsheets read UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Unit", "By", "Name", *(name.capitalize() for name in COLUMNS)])
    for one in found:
        months = [("month", f"{y}-{m:02d}", values) for (y, m), values in sorted(one.months.items())]
        others = [("party", harmless(name), values) for name, values in sorted(one.others.items())]
        for by, name, values in [*months, *others, ("total", "", one.totals)]:
            writer.writerow([one.unit, by, name, *(plain_amount(values[column], one.unit) for column in COLUMNS)])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"summary-{year}.csv")
    return response
