"""What stands on a paper, as plain texts in the reader's language: the one shape that page and PDF draw.

A paper is {title, number, facts, sides, tables, totals, notes, code}; every amount in it is made from an integer and its unit.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from hirehall.money.documents import words
from hirehall.money.documents.models import Certificate, Document
from hirehall.money.documents.rules import Kind, code_text
from hirehall.money.documents.summaries import Summary
from hirehall.money.payments import causes

Paper = dict[str, Any]


def paper_of(document: Document) -> Paper:
    """A document in the reader's language."""
    facts, unit = document.facts, document.unit
    rows = [
        {
            "title": words.line_title(line, unit),
            "about": words.line_about(line, unit),
            "amounts": [words.money(line["amount"], unit)],
        }
        for line in facts["lines"]
    ]
    totals = []
    if facts["taxes"]:
        totals.append((_("Before tax"), words.money(facts["net"], unit)))
        totals += [(words.line_title(line, unit), words.money(line["amount"], unit)) for line in facts["taxes"]]
    if facts["kept"]:
        totals.append((_("Stayed in the balance"), words.money(facts["kept"], unit)))
    totals.append((_("Total"), words.money(facts["total"], unit)))
    return {
        "title": str(words.KINDS[Kind(document.kind)]),
        "number": document.label,
        "facts": [
            (_("Number"), document.label),
            (_("Issued on"), words.day(document.issued_at)),
            (_("Date of the movement"), words.day(facts["supplied_at"])),
            (_("Currency"), unit),
        ],
        "sides": [(_("Issued by"), _side(facts["issuer"])), (_("Issued to"), _side(facts["recipient"]))],
        "tables": [{"title": "", "heads": [_("What"), _("Amount")], "rows": rows}],
        "totals": totals,
        "notes": words.notes(document.kind, facts),
        "code": "",
    }


def _side(side: dict[str, Any]) -> list[str]:
    tax = [_("Tax number %(number)s") % {"number": side["tax_number"]}] if side["tax_number"] else []
    return [line for line in (side["name"], *side["address"], words.country(side["country"]), *tax) if line]


def paper_of_year(name: str, year: int, found: list[Summary]) -> Paper:
    """The yearly summary: for each unit its totals, its months and its other sides."""
    tables = [table for one in found for table in _tables(one)]
    return {
        "title": _("Summary of %(year)s") % {"year": year},
        "number": "",
        "facts": [(_("Account"), name), (_("Period"), str(year))],
        "sides": [],
        "tables": tables,
        "totals": [],
        "notes": [
            _("What came is positive, what went is negative. All columns together are the change of the balance."),
            *([] if found else [_("Nothing moved in this year.")]),
        ],
        "code": "",
    }


def _tables(one: Summary) -> list[dict[str, Any]]:
    tables = [_months(one), *_others(one)]
    kinds = [
        _line(causes.title(code, {}, one.unit, comes=one.totals["earned"] > 0), [amount], one.unit)
        for code, amount in sorted(one.kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    ]
    if len(kinds) > 1:
        tables.append(
            {"title": _("By kind, %(unit)s") % {"unit": one.unit}, "heads": [_("Kind"), _("Amount")], "rows": kinds}
        )
    return tables


def _line(title: str, amounts: list[int], unit: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "about": "", "amounts": [words.money(amount, unit) for amount in amounts], **more}


def _months(one: Summary) -> dict[str, Any]:
    columns = one.used_columns
    rows = [
        _line(words.month(*month), [values[name] for name in columns], one.unit)
        for month, values in sorted(one.months.items())
        if any(values.values())
    ]
    total = _line(_("Total"), [one.totals[name] for name in columns], one.unit, strong=True)
    heads = [str(words.COLUMNS[name]) for name in columns]
    return {
        "title": _("By month, in %(unit)s") % {"unit": one.unit},
        "heads": [_("Month"), *heads],
        "rows": [*rows, total],
    }


def _others(one: Summary) -> list[dict[str, Any]]:
    tables = []
    for column, title in (("earned", _("Earned by client")), ("paid", _("Paid by freelancer"))):
        rows = [_line(name or _("Others"), [amount], one.unit) for name, amount in one.by_other(column)]
        if rows:
            tables.append({"title": f"{title}, {one.unit}", "heads": [_("Name"), _("Amount")], "rows": rows})
    return tables


def check_address() -> str:
    """Where anybody can check a code, as it is printed."""
    return settings.SITE_URL.rstrip("/") + reverse("documents:verify")


def _earned(one: dict[str, Any]) -> dict[str, Any]:
    """What was earned in one unit, what went off it, and what is left."""
    unit = one["unit"]
    return {
        "title": unit,
        "heads": [_("What"), _("Amount")],
        "rows": [
            _line(_("Earned"), [one["gross"]], unit),
            _line(_("Fees and taxes"), [-one["fees"]], unit),
            _line(_("Paid back to clients"), [-one["returned"]], unit),
            _line(_("Left"), [one["net"]], unit, strong=True),
        ],
    }


def paper_of_certificate(certificate: Certificate) -> Paper:
    """A certificate of earnings, with the code by which others can check it."""
    facts = certificate.facts
    tables = [_earned(one) for one in facts["earned"]]
    about = {
        "name": facts["name"],
        "since": words.day(certificate.since),
        "until": words.day(certificate.until),
        "market": facts["market"],
    }
    return {
        "title": _("Certificate of earnings"),
        "number": "",
        "facts": [
            (_("Name"), facts["name"]),
            (_("Period"), _("%(since)s to %(until)s") % about),
            (_("Contracts"), str(facts["contracts"])),
            (_("Issued on"), words.day(certificate.issued_at)),
        ],
        "sides": [],
        "tables": tables,
        "totals": [],
        "notes": [
            _("%(market)s confirms that %(name)s earned this through it in the period above.") % about,
            *([] if tables else [_("Nothing was earned in this period.")]),
            _("Whoever gets this paper can check it at %(address)s with the code below.")
            % {"address": check_address()},
        ],
        "code": code_text(certificate.code),
    }
