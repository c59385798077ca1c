"""Translated texts for templates: `_` and `ngettext`, escaped as Jinja's own, but remembered by language.

A page says some three hundred texts; looked up through Django, ten of them cost as much as a query.
"""

import functools

from django.utils import translation
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

# More than all texts of all pages in all languages.
KEPT = 20_000


@functools.lru_cache(KEPT)
def _found(language: str | None, text: str) -> str:
    return translation.gettext(text)


@functools.lru_cache(KEPT)
def _markup(language: str | None, text: str) -> Markup:
    return Markup(_found(language, text))  # noqa: S704 texts of ours; what goes into them is escaped by `%`


@functools.lru_cache(KEPT)
def _said(language: str | None, text: str) -> Markup:
    return _markup(language, text) % {}


def said(text: str) -> Markup:
    """A fixed text of a page in the reader's language."""
    return _said(translation.get_language(), text)


@pass_eval_context
def gettext(where: EvalContext, text: str, **values: object) -> str:
    """The text in the reader's language; %(name)s stands for a value, %% for a percent sign."""
    language = translation.get_language()
    if not where.autoescape:
        # A mail in plain text.
        return _found(language, str(text)) % values
    return _markup(language, str(text)) % values if values else _said(language, str(text))


@pass_eval_context
def ngettext(where: EvalContext, one: str, many: str, count: int, **values: object) -> str:
    """The same for a number of things, which is %(num)s in the text."""
    text = translation.ngettext(one, many, count)
    return (Markup(text) if where.autoescape else text) % {"num": count, **values}  # noqa: S704 as above
