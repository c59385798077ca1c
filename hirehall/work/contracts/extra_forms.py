"""The forms of money beside the milestones."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.market.profiles.fields import AmountField


def _text(label, rows: int = 3, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=2_000, widget=forms.Textarea(attrs={"rows": rows}), **options)


class BonusForm(forms.Form):
    """A thank-you."""

    amount = AmountField(label=_("Bonus"))
    note = _text(_("A word with it"), required=False)

    def __init__(self, *args, unit: str, **options):
        super().__init__(*args, **options)
        self.fields["amount"].unit = unit


class ExpenseForm(forms.Form):
    """What was laid out, with its receipt."""

    title = forms.CharField(label=_("What was paid?"), max_length=120)
    amount = AmountField(label=_("How much?"))
    reason = _text(_("What was it needed for?"))
    receipt = forms.FileField(label=_("Receipt"), required=False, help_text=_("A picture or a PDF; both sides can open it."))

    def __init__(self, *args, unit: str, **options):
        super().__init__(*args, **options)
        self.fields["amount"].unit = unit


class RepaymentForm(forms.Form):
    """Released money that shall go back."""

    amount = AmountField(label=_("How much goes back?"))
    reason = _text(_("Why?"))

    def __init__(self, *args, unit: str, **options):
        super().__init__(*args, **options)
        self.fields["amount"].unit = unit


class DeclineForm(forms.Form):
    """Saying no to an expense."""

    reason = _text(_("Why do you decline it?"))
