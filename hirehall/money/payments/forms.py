"""Forms of payments: a card, and amounts as typed."""

import calendar
import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import parse_money
from hirehall.money.payments.gateways.port import Kept
from hirehall.money.payments.intake import finish_card, keep_card
from hirehall.people.accounts.actors import Actor

MONTH_YEAR = re.compile(r"\s*(\d{1,2})\s*[/.\- ]\s*(\d{2}|\d{4})\s*")


class CardForm(forms.Form):
    """A card as typed. The number goes to the gateway and nowhere else."""

    number = forms.CharField(
        label=_("Card number"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "cc-number"}),
    )
    expires = forms.CharField(
        label=_("Valid until"),
        help_text=_("Month and year, for example 12/31"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "cc-exp"}),
    )
    code = forms.CharField(
        label=_("Security code"),
        help_text=_("Three or four digits, mostly on the back"),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "cc-csc"}),
    )

    def clean_expires(self) -> date:
        found = MONTH_YEAR.fullmatch(self.cleaned_data["expires"])
        if not found or not 1 <= int(found[1]) <= 12:
            raise ValidationError(_("Type month and year, for example 12/31."))
        month, year = int(found[1]), int(found[2]) % 100 + 2000
        return date(year, month, calendar.monthrange(year, month)[1])

    def keep(self, actor: Actor) -> Kept:
        given = self.cleaned_data
        return keep_card(given["number"], given["expires"], given["code"])


class EnteredCardForm(forms.Form):
    """A card that was typed at the payment company: its script fills in what the entry is called there."""

    entry = forms.CharField(
        max_length=120, widget=forms.HiddenInput, error_messages={"required": _("Type your card first.")}
    )

    def keep(self, actor: Actor) -> Kept:
        return finish_card(actor, self.cleaned_data["entry"])


def read_amount(typed: str, unit: str) -> int | None:
    """An amount as typed in a unit; None when nothing was typed."""
    try:
        return parse_money(typed.strip(), unit) if typed.strip() else None
    except ValueError as problem:
        raise ValidationError(str(problem)) from problem
