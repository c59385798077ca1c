"""Lets Django's templates (allauth's pages) stand in the same frame as ours."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def piece(context: template.Context, name: str) -> SafeString:
    """One of our Jinja2 pieces, drawn for the same request."""
    drawn = render_to_string(f"pieces/{name}.html", {}, context.get("request"), using="jinja2")
    return mark_safe(drawn)  # noqa: S308 the piece escapes
