"""Forms of the account pages."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hirehall.people.accounts import rules
from hirehall.people.accounts.places import countries, is_time_zone

SCOPE_LABELS = {
    "read": _("Read everything this account may see"),
    "profile": _("Change the profile"),
    "jobs": _("Post and change jobs, save jobs"),
    "proposals": _("Send, change and answer proposals"),
    "contracts": _("Make offers, submit and approve work"),
    "messages": _("Write messages"),
    "money": _("Fund, withdraw, buy Connects"),
}


class PartyForm(forms.Form):
    """What a person wants to act as, and under which name."""

    kind = forms.ChoiceField(
        label=_("I want to"),
        choices=[("freelancer", _("Work as a freelancer")), ("client", _("Hire for a project"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Name of the person or company"),
        max_length=100,
        help_text=_("Your own name, or the company you hire for."),
    )


class CompanyForm(forms.Form):
    """How a client appears: a company or a single person."""

    single = forms.ChoiceField(
        label=_("Who hires?"),
        choices=[("company", _("A company or organisation")), ("person", _("I hire for myself"))],
        widget=forms.RadioSelect,
        initial="company",
    )
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Shown to those you invite and hire."))
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *countries(get_language() or "en")]


class PersonForm(forms.Form):
    """A person's own settings."""

    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    country = forms.ChoiceField(label=_("Country"), required=False)
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=50,
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        help_text=_("Type a city to search. All times are shown in this zone."),
    )
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *countries(get_language() or "en")]

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"].strip().replace(" ", "_")
        if not is_time_zone(zone):
            raise forms.ValidationError(_("Choose a time zone from the list, for example Asia/Dhaka."))
        return zone


class TokenForm(forms.Form):
    """A name and the areas that a token may touch."""

    label = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("A name by which you know it again.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(key, label) for key, label in SCOPE_LABELS.items() if key in rules.SCOPES],
        initial=["read"],
    )
