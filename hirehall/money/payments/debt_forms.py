"""The staff's form for a bank transfer that paid a debt."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import parse_money
from hirehall.money.payments.models import Debt
from hirehall.money.payments.recovery_rules import REASON_MAX, REFERENCE_MAX


class TransferForm(forms.Form):
    """What arrived, its reference, and where it was seen."""

    amount = forms.CharField(label=_("What arrived"), max_length=20)
    reference = forms.CharField(
        label=_("Reference of the transfer"), max_length=REFERENCE_MAX, help_text=_("As the bank's statement shows it."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What you saw, and where"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the audit trail with your name."),
    )  # fmt: skip

    def __init__(self, debt: Debt, *args, **options):
        super().__init__(*args, **options)
        self.unit = debt.unit

    def clean_amount(self) -> int:
        try:
            return parse_money(self.cleaned_data["amount"].strip(), self.unit)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem
