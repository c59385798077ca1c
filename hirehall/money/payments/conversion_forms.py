"""Forms of conversions: how much of what becomes what, a rate as staff type it, and the usual currency."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hirehall.money.payments.conversion import Ratio, read_rate
from hirehall.money.payments.forms import read_amount
from hirehall.money.payments.policy import main_unit
from hirehall.money.payments.units import unit_choices


class ConvertForm(forms.Form):
    """How much becomes what; an empty amount means all."""

    unit = forms.CharField(required=False, widget=forms.HiddenInput)
    amount = forms.CharField(label=_("Amount"), required=False, help_text=_("Leave it empty to convert all."), max_length=20)
    unit_to = forms.ChoiceField(label=_("Into"))

    def __init__(self, *args, unit: str, **options):
        """`unit` is the currency of the page: amounts are read in it."""
        super().__init__(*args, **options)
        self.unit = self.fields["unit"].initial = unit
        self.fields["unit_to"].choices = [choice for choice in unit_choices() if choice[0] != unit]

    def clean_unit(self) -> str:
        """A currency that the party never used is refused, instead of reading its figures in another one."""
        typed = self.cleaned_data["unit"] or self.unit
        if typed != self.unit:
            raise ValidationError(_("Choose a currency in which you have money here."))
        return typed

    def clean_amount(self) -> int | None:
        return read_amount(self.cleaned_data["amount"], self.unit)


class RateForm(forms.Form):
    """A rate as it is published: 1 EUR = 162.35 JPY."""

    unit_from = forms.ChoiceField(label=_("1 whole of"))
    unit_to = forms.ChoiceField(label=_("is so much"))
    rate = forms.CharField(
        label=_("Rate"), max_length=24, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("For example 162.35, with at most eight decimals."),
    )  # fmt: skip
    source = forms.CharField(label=_("Source"), max_length=60, help_text=_("Who publishes it, and of which day."))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("unit_from", "unit_to"):
            self.fields[name].choices = unit_choices()
        self.fields["unit_from"].initial = main_unit()

    def clean_rate(self) -> Ratio:
        try:
            return read_rate(self.cleaned_data["rate"])
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem


class UnitForm(forms.Form):
    """The currency in which a client's jobs and offers begin."""

    unit = forms.ChoiceField(label=_("Usual currency"), help_text=_("New jobs and offers begin in it; each can have another one."))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["unit"].choices = unit_choices()
