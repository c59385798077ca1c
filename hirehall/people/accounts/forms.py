"""Forms of the account pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PartyForm(forms.Form):
    """What a person wants to act as, and under which name."""

    kind = forms.ChoiceField(
        label=_("I want to"),
        choices=[("freelancer", _("work as a freelancer")), ("client", _("hire for a project"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name of the person or company"), max_length=100)
