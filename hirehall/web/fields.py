"""How Django's form fields are drawn by our components: classes and descriptions for each kind of widget."""

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.html import conditional_escape
from markupsafe import Markup

# What a widget's kind is drawn as; everything else is a line of text.
CLASSES = {
    "textarea": "textarea w-full",
    "select": "select w-full",
    "selectmultiple": "select w-full h-auto min-h-32",
    "nullbooleanselect": "select w-full",
    "checkbox": "checkbox checkbox-sm",
    "clearablefile": "file-input w-full",
    "file": "file-input w-full",
    "hidden": "",
}
TEXT_CLASS = "input w-full"
CHOICES = ("radioselect", "checkboxselectmultiple")
FILES = ("clearablefile", "file", "manyfiles")


def kind_of(bound: BoundField) -> str:
    """The kind of drawing: textarea, select, radio, checks, checkbox, file, hidden or text."""
    found = bound.widget_type
    if found in CHOICES:
        return "radio" if found == "radioselect" else "checks"
    if getattr(bound.field.widget, "input_type", "") == "file":
        return "file"
    return (
        found
        if found in ("textarea", "select", "checkbox", "selectmultiple")
        else "hidden"
        if bound.is_hidden
        else "text"
    )


def widget(bound: BoundField, described_by: str = "", css: str = "", **attrs: Any) -> Markup:
    """The control itself with our class, tied to its hint and error."""
    given = {key.replace("_", "-"): value for key, value in attrs.items() if value not in (None, False, "")}
    own = bound.field.widget.attrs.get("class", "")
    base = CLASSES.get("file" if kind_of(bound) == "file" else bound.widget_type, TEXT_CLASS)
    given["class"] = " ".join(part for part in (base, css, own) if part)
    if described_by:
        given["aria-describedby"] = described_by
    if bound.errors:
        given["aria-invalid"] = "true"
    return Markup(bound.as_widget(attrs=given))  # noqa: S704 Django's widgets escape


def choices_of(bound: BoundField) -> Iterator[BoundWidget]:
    """The single controls of a choice, the empty one left out."""
    for option in bound.subwidgets:
        if option.data.get("value") not in ("", None):
            yield option


def help_of(bound: BoundField) -> Markup:
    """The field's own hint; Django marks those that may hold tags, lazily."""
    return Markup(conditional_escape(bound.help_text))  # noqa: S704 escaped unless Django marked it
