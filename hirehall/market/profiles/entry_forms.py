"""Forms of the profile's lists; each turns what was typed into the terms of its entry, and back."""


from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hirehall.market.profiles import terms
from hirehall.market.profiles.fields import LEVELS, MonthField
from hirehall.market.profiles.forms import read_skills, show_skills
from hirehall.people.accounts.places import countries, languages


def _text(label, longest: int = 100, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **options)


def _story(required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("Description"), max_length=2000, required=required, widget=forms.Textarea(attrs={"rows": 4})
    )


class EntryForm(forms.Form):
    """One entry of a list."""

    shape: type

    @classmethod
    def first(cls, row) -> dict:
        return {name: getattr(row, name) for name in cls.base_fields if hasattr(row, name)}

    def terms(self) -> terms.Terms:
        return self.shape(**{name: self.cleaned_data[name] for name in self.shape.__dataclass_fields__})


class EmploymentForm(EntryForm):
    shape = terms.EmploymentTerms
    company = _text(_("Company"))
    role = _text(_("Your position"))
    starts_on = MonthField(label=_("From"))
    ends_on = MonthField(label=_("Until"), required=False, help_text=_("Leave it empty if you still work there."))
    city = _text(_("City"), 80, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    description = _story()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *countries(get_language() or "en")]


class ExperienceForm(EntryForm):
    shape = terms.ExperienceTerms
    subject = _text(_("What was it?"), help_text=_("Example: built the website of a sports club"))
    description = _story(required=True)


class EducationForm(EntryForm):
    shape = terms.EducationTerms
    school = _text(_("School or university"), 120)
    degree = _text(_("Degree"), 80, required=False)
    area = _text(_("Field of study"), 120, required=False)
    from_year = forms.IntegerField(label=_("From (year)"), required=False, min_value=1940, max_value=2100)
    to_year = forms.IntegerField(label=_("Until (year, or expected)"), required=False, min_value=1940, max_value=2110)
    description = _story()


class CertificationForm(EntryForm):
    shape = terms.CertificationTerms
    name = _text(_("Certificate"), 120)
    issuer = _text(_("Issued by"), 120)
    issued_on = MonthField(label=_("Issued"))
    expires_on = MonthField(label=_("Expires"), required=False)
    link = _text(_("Link that shows it"), 500, required=False, widget=forms.URLInput())
    upload = forms.FileField(label=_("Or a picture or PDF of it"), required=False)


class LanguageForm(EntryForm):
    shape = terms.LanguageTerms
    code = forms.ChoiceField(label=_("Language"))
    level = forms.ChoiceField(label=_("How well?"), choices=LEVELS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose a language")), *languages(get_language() or "en")]


class LinkForm(EntryForm):
    shape = terms.LinkTerms
    url = _text(
        _("Link"),
        500,
        widget=forms.URLInput(attrs={"placeholder": "https://github.com/…"}),
        help_text=_("Places where work is shown: GitHub, GitLab, Stack Overflow, Behance, Dribbble, Kaggle and the like."),
    )


class _ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class _ManyFilesField(forms.FileField):
    widget = _ManyFilesInput

    def clean(self, data, initial=None):
        return [super(_ManyFilesField, self).clean(each, initial) for each in data or []]


class PieceForm(EntryForm):
    shape = terms.PieceTerms
    title = _text(_("Title"))
    role = _text(_("Your part in it"), required=False)
    description = _story(required=True)
    skills = _text(_("Skills used"), 900, required=False, help_text=_("With commas, from the list of skills."))
    done_on = MonthField(label=_("Finished"), required=False)
    link = _text(_("Link"), 500, required=False, widget=forms.URLInput())
    contract_id = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)
    uploads = _ManyFilesField(
        label=_("Pictures and documents"), required=False, help_text=_("Up to 8; the first picture is the cover.")
    )

    @classmethod
    def first(cls, row) -> dict:
        return super().first(row) | {"skills": show_skills(row.skills)}

    def terms(self) -> terms.Terms:
        given = {name: self.cleaned_data[name] for name in self.shape.__dataclass_fields__}
        return terms.PieceTerms(**given | {"skills": tuple(read_skills(given["skills"]))})


ENTRY_FORMS: dict[str, type[EntryForm]] = {
    "employment": EmploymentForm,
    "experience": ExperienceForm,
    "education": EducationForm,
    "certification": CertificationForm,
    "language": LanguageForm,
    "link": LinkForm,
    "piece": PieceForm,
}
