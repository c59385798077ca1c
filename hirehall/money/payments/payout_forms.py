"""Forms of withdrawals: where money goes, how much, how often, the tax form, an appeal and a decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hirehall.money.payments import bank_rules
from hirehall.money.payments.forms import read_amount
from hirehall.money.payments.gateways.port import Kept
from hirehall.money.payments.intake import keep_account, keep_local_account
from hirehall.money.payments.models import PayoutMethod
from hirehall.money.payments.payout_rules import BANK, CARD, WALLET, Rhythm
from hirehall.money.payments.policy import payout_numbers
from hirehall.people.accounts.places import countries

RHYTHMS = {
    Rhythm.BY_HAND: _("By hand, when I say so"),
    Rhythm.NIGHTLY: _("Every night"),
    Rhythm.WEEKLY: _("Once a week"),
    Rhythm.TWICE_A_MONTH: _("Twice a month"),
    Rhythm.MONTHLY: _("Once a month"),
    Rhythm.QUARTERLY: _("Once a quarter"),
}
_ACCOUNT = {
    BANK: (_("IBAN"), _("For example DE89 3704 0044 0532 0130 00")),
    CARD: (_("Card number"), _("A debit card that can receive money")),
    WALLET: (_("Mail address of the wallet"), _("The address with which you sign in there")),
}
# Banks' own names for their numbers, for people who read other languages.
LABELS = {
    "Account number": _("Account number"),
    "Account number (NUBAN)": _("Account number (NUBAN)"),
    "BIC (SWIFT code) of the bank": _("BIC (SWIFT code) of the bank"),
    "BSB number": _("BSB number"),
    "Bank code": _("Bank code"),
    "Bank routing number (BRSTN)": _("Bank routing number (BRSTN)"),
    "Branch code": _("Branch code"),
    "IFSC code": _("IFSC code"),
    "Institution number": _("Institution number"),
    "Routing number": _("Routing number"),
    "Sort code": _("Sort code"),
    "Transit number": _("Transit number"),
}


class PayoutForm(forms.Form):
    """Where money shall go; the fields follow from the kind, and for a bank from its country."""

    kind = forms.CharField(widget=forms.HiddenInput, initial=BANK)
    country = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2)
    account = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    holder_name = forms.CharField(
        label=_("Held in the name of"),
        help_text=_("It must be your own name as it stands in your account here."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args, kind: str = BANK, country: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial, self.fields["country"].initial = kind, country
        self.parts = (
            bank_rules.parts_of(country) if kind == BANK and country and not bank_rules.uses_iban(country) else ()
        )
        label, hint = _ACCOUNT.get(kind, _ACCOUNT[BANK])
        self.fields["account"].label, self.fields["account"].help_text = label, hint
        if self.parts:
            del self.fields["account"]
            typed = {"autocomplete": "off"}
            for part in self.parts:
                self.fields[part.name] = forms.CharField(
                    label=LABELS[part.label],
                    help_text=_("For example %(example)s") % {"example": part.example},
                    max_length=40,
                    widget=forms.TextInput(attrs=typed),
                )
            self.order_fields([*(part.name for part in self.parts), "holder_name"])

    def keep(self) -> Kept:
        given = self.cleaned_data
        if self.parts:
            parts = {part.name: given[part.name] for part in self.parts}
            return keep_local_account(given["country"], parts, given["holder_name"])
        return keep_account(given["kind"], given["account"], given["holder_name"])


class CountryForm(forms.Form):
    """In which country the bank is: it decides which numbers are asked for."""

    country = forms.ChoiceField(label=_("Country of the bank"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries(get_language() or "en")


class _OneUnitForm(forms.Form):
    """A form whose amounts are read in the currency of its page, which it sends back."""

    unit = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, unit: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = self.fields["unit"].initial = unit

    def clean_unit(self) -> str:
        """A currency that the party never used is refused, instead of reading its figures in another one."""
        typed = self.cleaned_data["unit"] or self.unit
        if typed != self.unit:
            raise ValidationError(_("Choose a currency in which you have money here."))
        return typed


class WithdrawForm(_OneUnitForm):
    """How much goes where; an empty amount means all."""

    method = forms.ChoiceField(label=_("To"), widget=forms.RadioSelect)
    amount = forms.CharField(
        label=_("Amount"), required=False, help_text=_("Leave it empty to withdraw all."), max_length=20
    )

    def __init__(self, *args, methods: list[PayoutMethod], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [(each.id, str(each)) for each in methods]
        if methods:
            self.fields["method"].initial = methods[0].id

    def clean_amount(self) -> int | None:
        return read_amount(self.cleaned_data["amount"], self.unit)


class ScheduleForm(_OneUnitForm):
    """How often, where to, and from which amount on."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=list(RHYTHMS.items()), widget=forms.RadioSelect)
    method = forms.ChoiceField(label=_("To"), required=False)
    least = forms.CharField(
        label=_("Only when there is at least"),
        required=False,
        max_length=20,
        help_text=_("Empty means the smallest withdrawal."),
    )

    def __init__(self, *args, methods: list[PayoutMethod], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [(each.id, str(each)) for each in methods]

    def clean_least(self) -> int | None:
        return read_amount(self.cleaned_data["least"], self.unit)


class TaxForm(forms.Form):
    """What a tax office wants to know before money leaves."""

    name = forms.CharField(
        label=_("Your full name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    country = forms.ChoiceField(label=_("Country in which you pay taxes"))
    number = forms.CharField(
        label=_("Tax number"),
        max_length=30,
        help_text=_("As your tax office writes it. It is kept encrypted; we show its last four characters only."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agrees = forms.BooleanField(
        label=_("I declare that this is true and complete, and that I will sign anew when it changes."), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *countries(get_language() or "en")]


def _text(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=payout_numbers().text_max, widget=forms.Textarea(attrs={"rows": 4}))


class AppealForm(forms.Form):
    """The owner's answer to a hold."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"] = _text(_("Why this withdrawal is right"))


class DecisionForm(forms.Form):
    """Why staff holds, releases or refuses."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"] = _text(_("Reason, as the owner will read it"))
