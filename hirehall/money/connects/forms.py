"""The form of a purchase."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import format_money
from hirehall.money.connects import rules
from hirehall.money.connects.policy import numbers


class BuyForm(forms.Form):
    """Which bundle."""

    bundle = forms.TypedChoiceField(label=_("Bundle"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bundle"].choices = [
            (each, f"{each} Connects, {format_money(rules.bundle_price(each, numbers()), numbers().unit)}")
            for each in rules.bundles_for(kind, numbers())
        ]
