"""The forms of sending and changing a proposal, and of declining one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.market.jobs.models import Job
from hirehall.market.profiles.fields import AmountField, in_unit
from hirehall.market.proposals import rules, words
from hirehall.people.messages.forms import ManyFilesField

PARTS = 5


class TermsForm(forms.Form):
    """Price or milestones."""

    price = AmountField(label=_("Your price"), required=False)

    def __init__(self, job: Job, *args, unit: str = "", **options):
        """`unit` is that of a proposal which was sent already; it keeps it."""
        super().__init__(*args, **options)
        self.job = job
        self.fields["price"].label = _("Your hourly rate") if job.kind == "hourly" else _("Your price for everything")
        if job.kind == "fixed":
            for number in range(1, PARTS + 1):
                self.fields[f"part_{number}"] = forms.CharField(
                    label=_("Milestone %(n)s") % {"n": number}, required=False, max_length=120
                )
                self.fields[f"amount_{number}"] = AmountField(label=_("Amount %(n)s") % {"n": number}, required=False)
        self.unit = unit or job.unit
        in_unit(self, self.unit)

    @property
    def parts(self) -> list[tuple]:
        """The fields of the milestones in pairs, for the template."""
        if self.job.kind != "fixed":
            return []
        return [(self[f"part_{n}"], self[f"amount_{n}"]) for n in range(1, PARTS + 1)]

    def read_parts(self) -> tuple[rules.Part, ...]:
        given = self.cleaned_data
        pairs = ((given.get(f"part_{n}", ""), given.get(f"amount_{n}")) for n in range(1, PARTS + 1))
        return tuple(rules.Part(title, amount or 0) for title, amount in pairs if title or amount)

    def terms(self) -> rules.ProposalTerms:
        return rules.ProposalTerms(price_minor=self.cleaned_data.get("price") or 0, parts=self.read_parts())


class ProposalForm(TermsForm):
    """All of a proposal."""

    letter = forms.CharField(
        label=_("Your letter"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The client's list shows the first two sentences. Name the task, then say how you would do it."),
    )
    files = ManyFilesField(label=_("Attachments"), required=False)

    def __init__(self, job: Job, *args, subs: list | None = None, **options):
        super().__init__(job, *args, **options)
        for number, question in enumerate(job.questions, 1):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
            )
        if subs:
            choices = [("", _("General profile")), *((sub.pk, sub.title) for sub in subs)]
            self.fields["sub"] = forms.ChoiceField(label=_("Send with the profile"), choices=choices, required=False)

    @property
    def answers(self) -> list:
        return [self[f"answer_{n}"] for n in range(1, len(self.job.questions) + 1)]

    def terms(self) -> rules.ProposalTerms:
        given = self.cleaned_data
        return rules.ProposalTerms(
            letter=given["letter"],
            price_minor=given.get("price") or 0,
            parts=self.read_parts(),
            answers=tuple(given[f"answer_{n}"] for n in range(1, len(self.job.questions) + 1)),
            sub_id=given.get("sub", ""),
        )


class DeclineForm(forms.Form):
    """Why a client says no."""

    reason = forms.ChoiceField(
        label=_("Why? The freelancer reads it."), choices=list(words.DECLINE_REASONS.items()), widget=forms.RadioSelect
    )
