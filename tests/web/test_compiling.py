"""Our shortcuts through Jinja2 write what Jinja2 itself writes."""

import pytest
from django.utils import translation
from jinja2 import Environment, pass_context
from markupsafe import Markup

from hirehall.web import compiling, words

TEMPLATE = """
{%- macro tag(text, css="plain") %}<b class="{{ css }}">{{ text }}{{ caller() if caller }}</b>{% endmacro -%}
{{ risky }}|{{ safe }}|{{ number }}|{{ none }}|{{ missing }}|{{ risky ~ safe }}|{{ tag(risky, css="a&b") }}
{%- for n in [1, 2] %}{{ loop.index }}{{ tag(n) }}{% call tag(safe) %}{{ risky }}{% endcall %}{{ within() }}{% endfor %}
{{- _("Save") }}|{{ _("Skills & more") }}|{{ _(risky) }}|{{ _("50 %%") }}|{{ _("Hi %(name)s", name=risky) }}|{{ plain("<i>") }}
"""


@pass_context
def within(context) -> str:
    return f"<{len(context.parent)}>"


def rendered(quick: bool, autoescape: bool) -> str:
    env = Environment(autoescape=autoescape)
    if quick:
        env.code_generator_class, env.context_class = compiling.Generator, compiling.QuickContext
        env.shown, env.said = compiling.shown, words.said
    env.globals.update(_=words.gettext, within=within, plain=lambda text: text.upper())
    values = {"risky": "<script>'\"&", "safe": Markup("<em>fine</em>"), "number": 4.5, "none": None}
    return env.from_string(TEMPLATE).render(values)


@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("language", ["en", "bn"])
def test_pages_are_written_as_jinja_writes_them(language, autoescape):
    with translation.override(language):
        assert rendered(True, autoescape) == rendered(False, autoescape)


def test_a_fixed_text_follows_the_reader():
    env = Environment(autoescape=True)
    env.code_generator_class, env.said = compiling.Generator, words.said
    env.shown = compiling.shown
    page = env.from_string('{{ _("Find work") }}')
    with translation.override("en"):
        english = page.render()
    with translation.override("bn"):
        assert page.render() != english == "Find work"
