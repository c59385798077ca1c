"""Puts allauth's pages, which are Django templates, inside our own shell, and draws their fields as ours."""

from django import template
from django.forms import BoundField
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class ShellNode(template.Node):
    """Renders what stands between the tags, then our frame around it."""

    def __init__(self, title: template.NodeList, content: template.NodeList):
        self.title, self.content = title, content

    def render(self, context: template.Context) -> str:
        request = context["request"]
        given = {
            "title": mark_safe(self.title.render(context).strip()),  # noqa: S308 rendered by Django, escaped there
            "content": mark_safe(self.content.render(context)),  # noqa: S308 the same
            "is_entrance": not request.user.is_authenticated,
        }
        # "jinja2" by name: the Django engine comes later in the list, but may be asked first by a test.
        return get_template("accounts/frame.html", using="jinja2").render(given, request)


@register.tag
def shell(parser, token) -> ShellNode:
    """{% shell %}title{% inside %}content{% endshell %}"""
    title = parser.parse(("inside",))
    parser.delete_first_token()
    content = parser.parse(("endshell",))
    parser.delete_first_token()
    return ShellNode(title, content)


@register.simple_tag
def our_field(bound: BoundField) -> SafeString:
    """One field of a form with label, hint and error, drawn by the components."""
    return get_template("accounts/field.html", using="jinja2").render({"bound": bound})
