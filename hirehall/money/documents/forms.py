"""Forms of documents: what a list shows, how a party stands on papers, a period to certify, a code to check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import parse_money
from hirehall.money.documents.actions.details import COUNTRIES
from hirehall.money.documents.words import KINDS, country


class ListForm(forms.Form):
    """Which documents are shown."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *((k.value, w) for k, w in KINDS.items())]
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All")), *((year, str(year)) for year in years)]


class DetailsForm(forms.Form):
    """How a party stands on its documents."""

    legal_name = forms.CharField(
        label=_("Legal name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    address = forms.CharField(
        label=_("Address"),
        help_text=_("Up to five lines, as on a letter"),
        required=False,
        max_length=520,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    tax_number = forms.CharField(
        label=_("Tax number"), help_text=_("VAT, GST or the like, if you have one"), required=False, max_length=40
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = sorted(((code, country(code)) for code in COUNTRIES), key=lambda one: one[1])
        self.fields["country"].choices = [("", "–"), *names]


class CertificateForm(forms.Form):
    """The days that a certificate speaks of."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))


class CheckForm(forms.Form):
    """A code as it stands on a paper, and an amount of the paper to compare."""

    code = forms.CharField(
        label=_("Code on the paper"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    amount = forms.CharField(
        label=_("“Earned” on the paper"),
        help_text=_("To see that nobody changed the figure"),
        required=False,
        max_length=30,
    )

    def says(self, earned: list[dict]) -> bool | None:
        """Whether the typed amount is one that the certificate names; None when none was typed."""
        typed = self.cleaned_data.get("amount", "").strip()
        return any(_is(typed, one["gross"], one["unit"]) for one in earned) if typed else None


def _is(typed: str, amount: int, unit: str) -> bool:
    figures = "".join(sign for sign in typed if sign.isdigit() or sign in ".,' ")
    try:
        return parse_money(figures, unit) == amount
    except ValueError:
        return False
