"""The page of a party's VAT number."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.money.payments.actions.tax_numbers import save_tax_number
from hirehall.money.payments.method_views import form_page
from hirehall.money.payments.policy import vat_numbers
from hirehall.money.payments.release_queries import tax_number_of
from hirehall.people.accounts.acting import acting


class TaxNumberForm(forms.Form):
    """A VAT number, or nothing."""

    number = forms.CharField(
        label=gettext_lazy("VAT number"), required=False, max_length=20,
        help_text=gettext_lazy("With the letters of your country, for example DE123456789. Leave it empty if you have none."),
    )  # fmt: skip


@acting()
def tax_number(request: HttpRequest) -> HttpResponse:
    """Type a VAT number; contracts that start afterwards go by it."""
    form = TaxNumberForm(request.POST or None, initial={"number": tax_number_of(str(request.actor.party_id))})
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            save_tax_number(request.actor, form.cleaned_data["number"])
            messages.success(request, _("Saved."))
            return reverse("payments:methods")

        outcome = http.submit(request, save)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return form_page(request, "payments/tax_number.html", form, takes_vat=bool(vat_numbers().country))
