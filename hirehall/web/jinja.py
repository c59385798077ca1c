"""The Jinja2 environment of all our own pages: autoescape, translations, filters and globals."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChoiceLoader, Environment, PackageLoader


def environment(**options) -> Environment:
    """Called by Django once; every app's templates folder is searched."""
    options.pop("loader", None)
    env = Environment(
        **options,
        loader=ChoiceLoader([PackageLoader("hirehall.web"), PackageLoader("hirehall.people.accounts")]),
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)
    env.globals.update(url=lambda name, *args, **kw: reverse(name, args=args, kwargs=kw), static=static)
    env.globals.update(get_language=translation.get_language)
    return env
