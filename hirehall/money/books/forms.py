"""Forms of the books: a day, a period, a reason, and an adjustment with its two sides."""

from datetime import date, timedelta

from babel.core import get_global
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import parse_money
from hirehall.kernel.units import is_unit
from hirehall.money.books import balances
from hirehall.money.books.policy import numbers
from hirehall.money.books.rules import PARTY, Side, Terms
from hirehall.money.payments.policy import numbers as payments_numbers
from hirehall.people.accounts.queries import list_parties_called

ACCOUNTS = [
    (PARTY, _("A party: what it can withdraw")),
    ("fee", _("Income from fees")),
    ("sales", _("Income from Connects")),
    ("tax", _("Tax on fees")),
    ("guarantee", _("Guarantee account")),
    ("gateway", _("The outside world at the gateway")),
    ("adjustment", _("Adjustments")),
]
KINDS = ("freelancer", "client", "agency")
EARLIEST = date(2000, 1, 1)


def _day(label) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class DayForm(forms.Form):
    """Which day is wanted; without one, today."""

    day = _day(_("Day"))

    def clean_day(self) -> date:
        return min(max(self.cleaned_data["day"] or balances.current_day(), EARLIEST), balances.current_day())

    def chosen(self) -> date:
        return self.cleaned_data.get("day") or balances.current_day() if self.is_valid() else balances.current_day()


class PeriodForm(forms.Form):
    """From when to when; without it, last month's first day to today."""

    since = _day(_("From"))
    until = _day(_("To"))

    def chosen(self) -> tuple[date, date]:
        given = self.cleaned_data if self.is_valid() else {}
        until = min(given.get("until") or balances.current_day(), balances.current_day())
        month_before = (until.replace(day=1) - timedelta(days=1)).replace(day=1) if until > EARLIEST + timedelta(days=62) else EARLIEST
        since = min(max(given.get("since") or month_before, EARLIEST), until)
        return max(since, until - timedelta(days=numbers().csv_days_max)), max(until, EARLIEST)


class ReasonForm(forms.Form):
    """Why something is as it is, or why not."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AdjustmentForm(forms.Form):
    """What is put right: from where, to where, how much and why."""

    source = forms.ChoiceField(label=_("From"), choices=ACCOUNTS)
    source_party = forms.CharField(
        label=_("Which party"), required=False, max_length=200, help_text=_("Its name, its id, or the mail address of one of its people.")
    )
    target = forms.ChoiceField(label=_("To"), choices=ACCOUNTS, initial="adjustment")
    target_party = forms.CharField(label=_("Which party"), required=False, max_length=200, help_text=_("The same, for the other side."))
    unit = forms.CharField(label=_("Currency"), min_length=3, max_length=3, help_text=_("Three letters, for example EUR."))
    amount = forms.CharField(label=_("Amount"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The party concerned reads it.")
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ticket, letter, calculation: for the colleague who decides."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].initial = payments_numbers().unit

    def clean_unit(self) -> str:
        unit = self.cleaned_data["unit"].strip().upper()
        if not is_unit(unit) or unit not in get_global("all_currencies"):
            raise ValidationError(_("There is no such currency."))
        return unit

    def clean(self) -> dict:
        given = super().clean()
        if "amount" in given and "unit" in given:
            try:
                given["amount"] = parse_money(given["amount"], given["unit"])
            except ValueError as problem:
                self.add_error("amount", str(problem))
        for side in ("source", "target"):
            given[f"{side}_id"] = self._party(side) if given.get(side) == PARTY else ""
        return given

    def _party(self, side: str) -> str:
        """The id of the party that was named; the form says so when there is none or several."""
        called = self.cleaned_data.get(f"{side}_party", "").strip()
        found = {party.id for kind in KINDS for party in list_parties_called(called, kind)} if called else set()
        if len(found) != 1:
            problem = _("Several parties are called so; use the id.") if found else _("There is no such party.")
            self.add_error(f"{side}_party", problem)
            return ""
        return found.pop()

    def terms(self) -> Terms:
        given = self.cleaned_data
        source, target = Side(given["source"], given["source_id"]), Side(given["target"], given["target_id"])
        return Terms(source, target, given["amount"], given["unit"], given["reason"], given["evidence"])
