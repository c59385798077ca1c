"""The forms of offers, work, changes and endings."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.market.profiles.fields import AmountField, in_unit
from hirehall.money.payments.units import unit_choices
from hirehall.people.messages.forms import ManyFilesField
from hirehall.work.contracts import quiet_rules, rules

PARTS = 6


class OfferForm(forms.Form):
    """Terms of an offer, with up to six milestones in the form."""

    title = forms.CharField(label=_("Title"), max_length=120)
    scope = forms.CharField(label=_("What is in the scope"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    deliverables = forms.CharField(
        label=_("What is handed over"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    revisions = forms.IntegerField(label=_("Rounds of changes included"), min_value=0, max_value=20, initial=2)
    note = forms.CharField(
        label=_("A word to the other side"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, unit: str, choose_unit: bool = False, **options):
        """`unit` is the unit of the terms, or of a direct offer until another one is chosen."""
        super().__init__(*args, **options)
        if choose_unit:
            units = unit_choices(unit)
            self.fields["unit"] = forms.ChoiceField(
                label=_("Currency"), required=False, choices=units, initial=unit, help_text=_("All amounts of the offer and its payments are in it.")
            )
            unit = chosen if (chosen := self.data.get("unit")) in dict(units) else unit
        self.unit = unit
        for n in range(1, PARTS + 1):
            self.fields[f"part_{n}"] = forms.CharField(
                label=_("Milestone %(n)s") % {"n": n}, required=n == 1, max_length=120
            )
            self.fields[f"amount_{n}"] = AmountField(label=_("Amount %(n)s") % {"n": n}, required=n == 1)
            self.fields[f"due_{n}"] = forms.DateField(
                label=_("Due %(n)s") % {"n": n}, required=False, widget=forms.DateInput(attrs={"type": "date"})
            )
        in_unit(self, unit)

    @property
    def parts(self) -> list[tuple]:
        return [(self[f"part_{n}"], self[f"amount_{n}"], self[f"due_{n}"]) for n in range(1, PARTS + 1)]

    @classmethod
    def values_of(cls, terms: rules.OfferTerms) -> dict:
        """The first values of a form about existing terms."""
        values = {"title": terms.title, "scope": terms.scope, "deliverables": terms.deliverables, "revisions": terms.revisions}
        for n, each in enumerate(terms.milestones[:PARTS], 1):
            values |= {f"part_{n}": each.title, f"amount_{n}": each.amount_minor, f"due_{n}": each.due_on}
        return values

    def terms(self) -> rules.OfferTerms:
        given = self.cleaned_data
        rows = ((given.get(f"part_{n}", ""), given.get(f"amount_{n}"), given.get(f"due_{n}")) for n in range(1, PARTS + 1))
        parts = tuple(rules.MilestoneTerms(title, amount or 0, due) for title, amount, due in rows if title or amount)
        return rules.OfferTerms(given["title"], given["scope"], parts, given["deliverables"], given["revisions"])


class WorkForm(forms.Form):
    """Handing work in."""

    message = forms.CharField(
        label=_("What you hand in"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is done, how to look at it, and what you need from the client."),
    )  # fmt: skip
    files = ManyFilesField(label=_("Files"), required=False)


class ReasonsForm(forms.Form):
    """Asking for changes."""

    reasons = forms.CharField(label=_("What has to change?"), max_length=6_000, widget=forms.Textarea(attrs={"rows": 4}))


class ReleaseForm(forms.Form):
    """Releasing, whole or in part."""

    amount = AmountField(label=_("Release only a part"), required=False)

    def __init__(self, *args, unit: str, **options):
        super().__init__(*args, **options)
        in_unit(self, unit)


class AmendForm(forms.Form):
    """A change of a milestone, or a new one."""

    milestone = forms.ChoiceField(label=_("Which milestone"), required=False)
    title = forms.CharField(label=_("Its title"), max_length=120)
    amount = AmountField(label=_("Its price"))
    due_on = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("Why"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, milestones: list, *args, unit: str, **options):
        super().__init__(*args, **options)
        in_unit(self, unit)
        self.fields["milestone"].choices = [("", _("A new milestone")), *((m.pk, m.title) for m in milestones)]

    def terms(self) -> rules.MilestoneTerms:
        due: date | None = self.cleaned_data["due_on"]
        return rules.MilestoneTerms(self.cleaned_data["title"], self.cleaned_data["amount"], due)


class EndForm(forms.Form):
    """The end, with a summary of what was handed over."""

    summary = forms.CharField(
        label=_("What was handed over"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class CloseForm(forms.Form):
    """Closing by consent: where what waits in escrow goes."""

    escrow_to = forms.ChoiceField(
        label=_("What happens with the escrow"), widget=forms.RadioSelect,
        choices=[
            (quiet_rules.EscrowTo.FREELANCER.value, _("To the freelancer, for the work done")),
            (quiet_rules.EscrowTo.CLIENT.value, _("Back to the client")),
        ],
    )  # fmt: skip
    note = forms.CharField(
        label=_("A word to the other side"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
