"""The form of the statement: which lines are wanted. What cannot be read is left out, never an error."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hirehall.kernel import clock
from hirehall.kernel.units import is_unit
from hirehall.money.ledger.entries import Filter
from hirehall.money.payments import periods
from hirehall.money.payments.causes import GROUPS, codes_of
from hirehall.money.payments.counterparts import Counterparts

PERIODS = [
    ("", _("Everything")),
    ("this_month", _("This month")),
    ("last_month", _("Last month")),
    ("this_year", _("This year")),
    ("last_year", _("Last year")),
    (periods.OWN, _("Own dates")),
]


class StatementForm(forms.Form):
    """Everything may be left empty. Own dates count when no other period is chosen."""

    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *GROUPS.items()])
    contract = forms.CharField(label=_("Contract"), required=False, max_length=26, widget=forms.Select)
    party = forms.CharField(label=_("With"), required=False, max_length=100, widget=forms.Select)
    text = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("title, name, reference")}),
    )
    unit = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args, counterparts: Counterparts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contract"].widget.choices = [("", _("All")), *counterparts.contracts]
        self.fields["party"].widget.choices = [("", _("Everybody")), *((name, name) for name in counterparts.parties)]

    def _given(self, name: str) -> str:
        return (self.cleaned_data.get(name) or "") if self.is_bound else ""

    def _days(self) -> tuple[date | None, date | None]:
        named = periods.days_of(self._given("period"), clock.now().astimezone(timezone.get_current_timezone()).date())
        return named or (self._given("since") or None, self._given("until") or None)

    def chosen_unit(self) -> str:
        """The unit of the lines; the market's own when none is chosen."""
        wanted = self._given("unit").upper()
        return wanted if is_unit(wanted) else ""

    def last_day(self) -> date | None:
        """The last day of the period, as its reader knows it."""
        return self._days()[1]

    def filter(self) -> Filter:
        """What the ledger is asked for."""
        since, until = self._days()
        return Filter(
            codes=codes_of(self._given("kind")),
            since=_midnight(since),
            until=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
            contract_id=self._given("contract"),
            party=self._given("party"),
            text=self._given("text"),
        )


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone()) if day else None
