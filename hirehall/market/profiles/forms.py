"""Forms of the profile's parts; each knows its first values and the action that keeps it."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hirehall.market.profiles.actions import basics, portraits
from hirehall.market.profiles.actions.specialised import SpecialisedTerms
from hirehall.market.profiles.fields import HOURS, LEVELS, VISIBILITIES, AmountField, categories, in_unit
from hirehall.market.profiles.models import Profile, SubProfile
from hirehall.market.profiles.photos import Crop
from hirehall.market.profiles.policy import numbers
from hirehall.market.profiles.queries import skill_names
from hirehall.people.accounts.actions import update_person
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.places import countries, is_time_zone
from hirehall.people.accounts.queries import get_user


class PartForm(forms.Form):
    """One part of the profile: `first` reads it from the profile, `keep` writes it."""

    columns: tuple[str, ...] = ()

    @classmethod
    def first(cls, profile: Profile) -> dict:
        return {name: getattr(profile, name) for name in cls.columns}


class TitleForm(PartForm):
    columns = ("title",)
    title = forms.CharField(
        label=_("Title"),
        max_length=100,
        help_text=_("What you make, with what, and for whom. Example: Booking systems in Django for clinics."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def keep(self, actor: Actor) -> None:
        basics.change_parts(actor, {"title": self.cleaned_data["title"]})


class OverviewForm(PartForm):
    columns = ("overview",)
    overview = forms.CharField(
        label=_("Overview"),
        max_length=5000,
        help_text=_("What you do for clients and what came of it. The first 250 characters show in search."),
        widget=forms.Textarea(attrs={"rows": 10, "class": "min-h-60"}),
    )

    def keep(self, actor: Actor) -> None:
        basics.change_parts(actor, {"overview": self.cleaned_data["overview"]})


def _rate_in_main_unit(form: forms.Form) -> None:
    """Rates are in the market's main unit whatever the work is paid in, so that talent can be compared."""
    in_unit(form, numbers().unit)
    form.fields["rate"].label = _("Hourly rate in %(unit)s") % {"unit": numbers().unit}


class RateForm(PartForm):
    rate = AmountField(label=_("Hourly rate"), help_text=_("What clients see. You can change it any time."))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _rate_in_main_unit(self)

    @classmethod
    def first(cls, profile: Profile) -> dict:
        return {"rate": profile.rate_minor}

    def keep(self, actor: Actor) -> None:
        basics.change_parts(actor, {"rate_minor": self.cleaned_data["rate"]})


class CategoryForm(PartForm):
    columns = ("category",)
    category = forms.ChoiceField(label=_("Your trade"), choices=categories, widget=forms.RadioSelect)

    def keep(self, actor: Actor) -> None:
        basics.change_parts(actor, {"category": self.cleaned_data["category"]})


class EnglishForm(PartForm):
    columns = ("english",)
    english = forms.ChoiceField(label=_("Your English"), choices=LEVELS, widget=forms.RadioSelect)

    def keep(self, actor: Actor) -> None:
        basics.change_parts(actor, {"english": self.cleaned_data["english"]})


class HoursForm(PartForm):
    columns = ("hours", "hours_change_on")
    hours = forms.ChoiceField(label=_("How much can you take on?"), choices=HOURS, widget=forms.RadioSelect)
    hours_change_on = forms.DateField(
        label=_("When does that change?"),
        required=False,
        help_text=_("Leave it empty when it does not. Without time now, say when you are back."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def keep(self, actor: Actor) -> None:
        basics.change_parts(actor, {"hours": self.cleaned_data["hours"], "hours_change_on": self.cleaned_data["hours_change_on"]})


class PlaceForm(PartForm):
    """Where the person is; kept with the person, because all their accounts show it."""

    country = forms.ChoiceField(label=_("Country"))
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=50,
        help_text=_("Type a city to search. All times are shown in this zone."),
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "data-guess": "time-zone"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *countries(get_language() or "en")]

    @classmethod
    def first(cls, profile: Profile) -> dict:
        zone = profile.party.time_zone
        return {"country": profile.party.country, "time_zone": "" if zone == "UTC" else zone}

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"].strip().replace(" ", "_")
        if not is_time_zone(zone):
            raise forms.ValidationError(_("Choose a time zone from the list, for example Asia/Dhaka."))
        return zone

    def keep(self, actor: Actor) -> None:
        person = get_user(actor.user_id)
        given = {"name": person.name, "language": person.language, **self.cleaned_data}
        update_person(actor.user_id, **given)


class VisibilityForm(PartForm):
    columns = ("visibility",)
    visibility = forms.ChoiceField(label=_("Who may find you?"), choices=VISIBILITIES, widget=forms.RadioSelect)

    def keep(self, actor: Actor) -> None:
        basics.change_parts(actor, {"visibility": self.cleaned_data["visibility"]})


class PhotoForm(PartForm):
    """The square comes from the crop box; without JavaScript it is empty and the middle is taken."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("Your face, looking at us, in good light. PNG, JPEG or WebP up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp", "data-crop": "photo"}),
    )
    x = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"data-crop-x": ""}))
    y = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"data-crop-y": ""}))
    size = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"data-crop-size": ""}))

    @classmethod
    def first(cls, profile: Profile) -> dict:
        return {}

    def keep(self, actor: Actor) -> None:
        given = self.cleaned_data
        has_crop = given["size"] and given["x"] is not None and given["y"] is not None
        crop = Crop(given["x"], given["y"], given["size"]) if has_crop else None
        portraits.set_photo(actor, given["photo"], crop)


PARTS: dict[str, type[PartForm]] = {
    "photo": PhotoForm,
    "title": TitleForm,
    "overview": OverviewForm,
    "rate": RateForm,
    "category": CategoryForm,
    "english": EnglishForm,
    "hours": HoursForm,
    "visibility": VisibilityForm,
    "place": PlaceForm,
}


def read_skills(typed: str) -> list[str]:
    """Slugs of skills typed with commas, by slug, label or synonym in any case; an unknown one stays as typed."""
    by_name = {name.lower(): slug for slug, names in skill_names().items() for name in (*reversed(names), slug)}
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    return list(dict.fromkeys(by_name.get(part.lower(), part) for part in parts))


def show_skills(slugs: list[str]) -> str:
    """The opposite: labels with commas, as the text field shows them."""
    names = skill_names()
    return ", ".join(names[slug][0] if slug in names else slug for slug in slugs)


class SpecialisedForm(forms.Form):
    """A specialised profile in one form."""

    title = TitleForm.base_fields["title"]
    category = forms.ChoiceField(label=_("Trade"), choices=categories)
    rate = AmountField(label=_("Hourly rate"))
    overview = OverviewForm.base_fields["overview"]
    skills = forms.CharField(
        label=_("Skills"), help_text=_("Up to 15, with commas, the most important first."), max_length=900
    )
    pieces = forms.MultipleChoiceField(
        label=_("Portfolio pieces to show"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, pieces=(), **kwargs):
        super().__init__(*args, **kwargs)
        _rate_in_main_unit(self)
        self.fields["pieces"].choices = [(piece.pk, piece.title) for piece in pieces]

    @staticmethod
    def first(sub: SubProfile) -> dict:
        return {
            "title": sub.title,
            "category": sub.category,
            "rate": sub.rate_minor,
            "overview": sub.overview,
            "skills": show_skills(sub.skills),
            "pieces": list(sub.pieces.values_list("pk", flat=True)),
        }

    def terms(self) -> SpecialisedTerms:
        given = self.cleaned_data
        return SpecialisedTerms(
            title=given["title"],
            overview=given["overview"],
            rate_minor=given["rate"],
            skills=tuple(read_skills(given["skills"])),
            category=given["category"],
            piece_ids=tuple(given["pieces"]),
        )


class SkillsForm(forms.Form):
    """One change of the list of skills: add what was typed, or move or remove one."""

    add = forms.CharField(
        label=_("Add a skill"), required=False, max_length=300, widget=forms.TextInput(attrs={"list": "all-skills"})
    )
    do = forms.CharField(required=False, max_length=80)

    def changed(self, skills: list[str]) -> list[str]:
        """The list after the change."""
        verb, _colon, slug = self.cleaned_data["do"].partition(":")
        found = list(skills)
        if verb == "add" and slug:
            return [*found, slug]
        if verb in ("up", "down", "remove") and slug in found:
            place = found.index(slug)
            found.pop(place)
            if verb != "remove":
                found.insert(max(0, place + (-1 if verb == "up" else 1)), slug)
            return found
        return [*found, *(s for s in read_skills(self.cleaned_data["add"]) if s not in found)]


