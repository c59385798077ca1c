"""What we ask at sign-up beside address and password: a name, and whether to work or to hire."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hirehall.people.accounts.actions import open_party, update_person
from hirehall.people.accounts.places import is_time_zone

KINDS = [("freelancer", _("Work as a freelancer")), ("client", _("Hire for a project"))]


class SignupDetails(forms.Form):
    """Added to allauth's form; `signup` is called by it once the person exists.

    The time zone is a guess that the browser writes into the hidden field; without JavaScript it stays UTC.
    """

    field_order = ["kind", "name", "email", "password1"]

    kind = forms.ChoiceField(label=_("I want to"), choices=KINDS, widget=forms.RadioSelect, initial="freelancer")
    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    time_zone = forms.CharField(
        required=False, max_length=50, widget=forms.HiddenInput(attrs={"data-guess": "time-zone"})
    )

    def clean_time_zone(self) -> str:
        """A guess that is no time zone is no reason to stop anybody."""
        guess = self.cleaned_data["time_zone"]
        return guess if guess and is_time_zone(guess) else "UTC"

    def signup(self, request, user) -> None:
        given = self.cleaned_data
        update_person(
            user.pk, name=given["name"], time_zone=given["time_zone"], language=get_language() or "en", country=""
        )
        open_party(user.pk, given["kind"], given["name"])
