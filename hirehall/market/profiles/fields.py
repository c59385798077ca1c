"""Form fields of profiles: an amount as people type it, a month, and choices with their words."""

from datetime import date

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import parse_money, plain_amount
from hirehall.market.profiles import rules
from hirehall.market.profiles.taxonomy import load

HOURS = [
    (rules.Hours.MORE_THAN_30.value, _("More than 30 hours a week")),
    (rules.Hours.LESS_THAN_30.value, _("Less than 30 hours a week")),
    (rules.Hours.AS_NEEDED.value, _("As needed, open to offers")),
    (rules.Hours.NONE.value, _("Not available now")),
]
LEVELS = [
    (rules.Level.BASIC.value, _("Basic: I write short messages")),
    (rules.Level.CONVERSATIONAL.value, _("Conversational: I talk about work, with mistakes")),
    (rules.Level.FLUENT.value, _("Fluent: I write and talk with ease")),
    (rules.Level.NATIVE.value, _("Native or bilingual")),
]
SHORT_LEVELS = {
    "basic": _("Basic"),
    "conversational": _("Conversational"),
    "fluent": _("Fluent"),
    "native": _("Native or bilingual"),
}
VISIBILITIES = [
    (rules.Visibility.PUBLIC.value, _("Everybody, also search engines")),
    (rules.Visibility.MEMBERS.value, _("Only people who are signed in")),
    (rules.Visibility.PRIVATE.value, _("Only clients I write to")),
]


def categories() -> list[tuple[str, str]]:
    """The trades as choices."""
    return [(each.slug, each.label) for each in load().categories]


class AmountField(forms.CharField):
    """An amount in figures; clean gives minor units of the unit that the form sets with `in_unit`."""

    def __init__(self, unit: str = "", **options):
        self.unit = unit
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=20, **options)

    def prepare_value(self, value):
        return plain_amount(value, self.unit) if isinstance(value, int) else value

    def clean(self, value) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_money(typed, self.unit)
        except ValueError as reason:
            raise forms.ValidationError(str(reason)) from reason


def in_unit(form: forms.Form, unit: str) -> None:
    """Have all amounts of a form typed, read and shown in a unit."""
    for field in form.fields.values():
        if isinstance(field, AmountField):
            field.unit = unit


class MonthWidget(forms.MultiWidget):
    """A month by name and a year in figures: works in every browser, unlike its own month picker."""

    template_name = "profiles/_month.html"

    def __init__(self, attrs=None):
        named = [("", _("Month")), *MONTHS.items()]
        year = {
            "inputmode": "numeric", "maxlength": 4, "placeholder": _("Year"), "aria-label": _("Year"), "class": "input w-24"
        }  # fmt: skip
        super().__init__([forms.Select({"aria-label": _("Month"), "class": "select w-40"}, named), forms.TextInput(year)], attrs)

    def decompress(self, value: date | None) -> list:
        return [value.month, value.year] if value else [None, None]


class MonthField(forms.MultiValueField):
    """A month; clean gives its first day."""

    def __init__(self, **options):
        parts = (
            forms.TypedChoiceField(choices=[("", ""), *((str(n), n) for n in MONTHS)], coerce=int, required=False),
            forms.IntegerField(min_value=1940, max_value=2100, required=False),
        )
        super().__init__(parts, widget=MonthWidget(), require_all_fields=False, **options)

    def compress(self, values: list) -> date | None:
        if not values or (not values[0] and not values[1]):
            return None
        month, year = values
        if not month or not year:
            raise forms.ValidationError(_("Choose a month and type a year."))
        return date(year, month, 1)


