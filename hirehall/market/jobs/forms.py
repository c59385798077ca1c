"""The form of a job post, and of a note on a saved job."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.market.jobs import rules, words
from hirehall.market.jobs.policy import numbers
from hirehall.market.profiles import taxonomy
from hirehall.market.profiles.fields import AmountField, categories, in_unit
from hirehall.market.profiles.forms import read_skills
from hirehall.market.profiles.queries import label_skills
from hirehall.money.payments.units import unit_choices
from hirehall.people.accounts.places import countries
from hirehall.people.messages.forms import ManyFilesField

QUESTIONS = 5


def _choices(table: dict, empty: str = "") -> list[tuple[str, str]]:
    return ([("", empty)] if empty else []) + list(table.items())


class JobForm(forms.Form):
    """All of a post; `terms` gives the values that the action takes."""

    title = forms.CharField(
        label=_("What is to be done"), max_length=120, help_text=_("One line. Example: Product photos for a tea shop.")
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What there is, what you need at the end, by when, and how you will know that it is good."),
    )
    category = forms.ChoiceField(label=_("Category"))
    specialty = forms.ChoiceField(label=_("Specialty"), required=False)
    skills = forms.CharField(label=_("Skills"), required=False, max_length=1_000)
    kind = forms.ChoiceField(
        label=_("How do you want to pay?"), choices=_choices(words.KINDS), widget=forms.RadioSelect, initial="fixed"
    )
    unit = forms.ChoiceField(label=_("Currency"), required=False, help_text=_("Proposals, the contract and all payments are in it."))
    budget = AmountField(label=_("Budget"), required=False)
    rate_low = AmountField(label=_("Hourly rate from"), required=False)
    rate_high = AmountField(label=_("Hourly rate to"), required=False)
    level = forms.ChoiceField(
        label=_("Experience"), choices=_choices(words.LEVELS), widget=forms.RadioSelect, initial="intermediate"
    )
    length = forms.ChoiceField(label=_("How long"), choices=_choices(words.LENGTHS, _("Not sure yet")), required=False)
    hours = forms.ChoiceField(label=_("Hours a week"), choices=_choices(words.HOURS, _("Not sure yet")), required=False)
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=_choices(words.VISIBILITIES), initial="public")
    locations = forms.MultipleChoiceField(label=_("Preferred countries"), required=False)
    files = ManyFilesField(label=_("Attachments"), required=False)

    def __init__(self, *args, unit: str, **options):
        """`unit` is meant where none is chosen."""
        super().__init__(*args, **options)
        units = unit_choices(self.initial.get("unit") or unit)
        self.fields["unit"].choices, self.fields["unit"].initial = units, unit
        chosen = self.data.get("unit") if self.is_bound else self.initial.get("unit")
        self.unit = chosen if chosen in dict(units) else unit
        in_unit(self, self.unit)
        self.fields["category"].choices = [("", _("Choose one")), *categories()]
        groups = [(one.label, [(name, name) for name in one.specialties]) for one in taxonomy.load().categories]
        self.fields["specialty"].choices = [("", _("Not sure yet")), *groups]
        self.fields["locations"].choices = countries()
        for number in range(1, QUESTIONS + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("Question %(n)s") % {"n": number}, required=False, max_length=numbers().question_max
            )

    @property
    def questions(self) -> list:
        """The fields of the questions, for the template."""
        return [self[f"question_{number}"] for number in range(1, QUESTIONS + 1)]

    @classmethod
    def values_of(cls, terms: rules.JobTerms) -> dict:
        """The first values of a form about an existing job or draft."""
        questions = {f"question_{n}": text for n, text in enumerate(terms.questions, 1)}
        return {
            "title": terms.title, "description": terms.description, "category": terms.category,
            "specialty": terms.specialty, "kind": terms.kind,
            "skills": ", ".join(label for _slug, label in label_skills(terms.skills)), "budget": terms.budget_minor, "unit": terms.unit,
            "rate_low": terms.rate_low_minor, "rate_high": terms.rate_high_minor, "level": terms.level,
            "length": terms.length, "hours": terms.hours, "visibility": terms.visibility,
            "locations": list(terms.locations), **questions,
        }  # fmt: skip

    def terms(self) -> rules.JobTerms:
        """What the action takes; also of a form that is not whole yet, for a draft."""
        given = self.cleaned_data
        asked = (given.get(f"question_{n}", "") for n in range(1, QUESTIONS + 1))
        return rules.JobTerms(
            title=given.get("title", "") or self.data.get("title", "")[:120],
            description=given.get("description", "") or self.data.get("description", "")[:20_000],
            category=given.get("category", ""),
            specialty=given.get("specialty", ""),
            kind=given.get("kind") or rules.Kind.FIXED,
            skills=tuple(read_skills(given.get("skills", ""))),
            budget_minor=given.get("budget"),
            rate_low_minor=given.get("rate_low"),
            rate_high_minor=given.get("rate_high"),
            unit=given.get("unit") or self.unit,
            level=given.get("level") or rules.Level.INTERMEDIATE,
            length=given.get("length", ""),
            hours=given.get("hours", ""),
            questions=tuple(question.strip() for question in asked if question.strip()),
            visibility=given.get("visibility") or rules.Visibility.PUBLIC,
            locations=tuple(given.get("locations", ())),
        )


class CloseForm(forms.Form):
    """Why a job is closed."""

    reason = forms.ChoiceField(
        label=_("Why do you close it?"), choices=_choices(words.CLOSE_REASONS), widget=forms.RadioSelect
    )


class SaveForm(forms.Form):
    """A private note, and whether to be reminded tomorrow morning."""

    note = forms.CharField(
        label=_("Your note"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only you see it."),
    )  # fmt: skip
    remind = forms.BooleanField(label=_("Remind me tomorrow morning"), required=False)
