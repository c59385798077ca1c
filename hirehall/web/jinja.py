"""The Jinja2 environment of all our own pages: autoescape, translations, filters and globals."""

from pathlib import Path

from django.apps import apps
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.template.defaultfilters import linebreaks
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChoiceLoader, Environment, FileSystemLoader


def _template_folders() -> list[Path]:
    """The templates folder of each of our rooms that has one."""
    ours = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("hirehall.")]
    return [folder for folder in ours if folder.is_dir()]


def environment(**options) -> Environment:
    """Called by Django once; every app's templates folder is searched."""
    options.pop("loader", None)
    # Plain-text mails are not escaped; everything that a browser shows is.
    options["autoescape"] = lambda name: not (name or "").endswith(".txt")
    env = Environment(
        **options,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in _template_folders()]),
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)
    env.globals.update(url=lambda name, *args, **kw: reverse(name, args=args, kwargs=kw), static=static)
    env.filters.update(when=naturaltime, nl2p=lambda text: linebreaks(text, autoescape=True))
    env.globals.update(get_language=translation.get_language)
    return env
