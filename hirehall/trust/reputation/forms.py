"""The forms of feedback: what one side says, and the reply of the other."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hirehall.trust.reputation import rules, words
from hirehall.trust.reputation.policy import numbers


class FeedbackForm(forms.Form):
    """Stars for each criterion of a side, a public text, and the private part."""

    def __init__(self, side: str, other: str, *args, **options):
        super().__init__(*args, **options)
        self.side = side
        for name in rules.CRITERIA[side]:
            self.fields[name] = forms.TypedChoiceField(
                label=words.CRITERIA[name], coerce=int, choices=[(n, str(n)) for n in rules.STARS], widget=forms.RadioSelect
            )
        self.fields["text"] = forms.CharField(
            label=_("What others should know"), required=False, max_length=numbers().text_max,
            widget=forms.Textarea(attrs={"rows": 5}),
        )  # fmt: skip
        self.fields["score"] = forms.TypedChoiceField(
            label=_("How likely is it that you recommend %(name)s to a friend?") % {"name": other}, required=False, coerce=int,
            empty_value=None, choices=[(n, str(n)) for n in rules.SCORES], widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["reasons"] = forms.MultipleChoiceField(
            label=_("What decided it"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(name, words.REASONS[name]) for name in rules.REASONS[side]],
        )  # fmt: skip
        if side == "client":
            self.fields["english"] = forms.ChoiceField(
                label=_("Their English"), required=False, choices=[(name, words.ENGLISH[name]) for name in rules.ENGLISH]
            )
        self.fields["private_note"] = forms.CharField(
            label=_("Anything else, only for Hirehall"), required=False, max_length=numbers().text_max,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    @property
    def criteria(self) -> list[forms.BoundField]:
        return [self[name] for name in rules.CRITERIA[self.side]]

    @staticmethod
    def values_of(row) -> dict:
        """The first values of a form that changes feedback."""
        names = ("text", "score", "reasons", "english", "private_note")
        return {**row.stars, **{name: getattr(row, name) for name in names}}

    def answers(self) -> rules.Answers:
        given = self.cleaned_data
        stars = {name: given[name] for name in rules.CRITERIA[self.side]}
        return rules.Answers(
            stars, given["text"], given["score"], tuple(given["reasons"]), given.get("english", ""), given["private_note"]
        )


class ReplyForm(forms.Form):
    """The one public reply."""

    reply = forms.CharField(label=_("Your reply"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}))
