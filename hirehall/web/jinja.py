"""The Jinja2 environment of all our own pages: autoescape, translations, filters and globals."""

from pathlib import Path

from django.apps import apps
from django.utils import translation
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from hirehall.kernel.units import CONNECT
from hirehall.web import at_hand, charts, compiling, drawing, fields, links, show, words

GLOBALS = {
    "_": words.gettext,
    "gettext": words.gettext,
    "ngettext": words.ngettext,
    "url": links.url,
    "static": links.static,
    "page_href": links.page_href,
    "guard_fields": at_hand.guard_fields,
    "was_posted": at_hand.was_posted,
    "drawing": drawing,
    "icon": drawing.icon,
    "logo": drawing.logo,
    "get_language": translation.get_language,
    "charts": charts,
    "show": show,
    "CONNECT": CONNECT,
    "widget": fields.widget,
    "choices_of": fields.choices_of,
    "kind_of": fields.kind_of,
    "help_of": fields.help_of,
}
FILTERS = {
    "money": show.money,
    "money_short": show.money_short,
    "figure": show.figure,
    "compact": show.compact,
    "when": show.when,
    "exact": show.exact,
    "day": show.day,
    "clock_time": show.clock_time,
    "time_in": show.time_in,
    "duration": show.duration,
    "nl2p": show.nl2p,
    "browser_name": show.browser_name,
    "initials": show.initials,
    "tint": show.tint,
    "country": show.country_name,
    "filesize": show.file_size,
    # The name that Jinja's own filter for sizes has.
    "filesizeformat": show.file_size,
    "stars": show.stars_of,
    "excerpt": show.excerpt,
    "mark_words": show.mark_words,
}


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
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env.code_generator_class, env.context_class = compiling.Generator, compiling.QuickContext
    env.shown, env.said = compiling.shown, words.said
    env.globals.update(GLOBALS)
    env.filters.update(FILTERS)
    return env
