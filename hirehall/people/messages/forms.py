"""Forms of the conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans to a list of uploads, empty when none was added."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(each, initial) for each in given]


class MessageForm(forms.Form):
    """A message with files."""

    text = forms.CharField(
        label=_("Your message"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    files = ManyFilesField(label=_("Files"), required=False)
