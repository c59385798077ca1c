"""What we ask at sign-up beside address and password: a name, and whether to work or to hire."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.people.accounts.actions import open_party


class SignupDetails(forms.Form):
    """Added to allauth's form; `signup` is called by it once the person exists."""

    name = forms.CharField(label=_("Your name"), max_length=100)
    kind = forms.ChoiceField(
        label=_("I want to"),
        choices=[("freelancer", _("work as a freelancer")), ("client", _("hire for a project"))],
        widget=forms.RadioSelect,
        initial="freelancer",
    )

    def signup(self, request, user) -> None:
        open_party(user.pk, self.cleaned_data["kind"], self.cleaned_data["name"])
