"""Settings of the limit: the same server, database and pool, no middleware, one page (bare_page.py)."""

from pathlib import Path

from hirehall.project.settings import *  # noqa: F403  all else is the same

INSTALLED_APPS = ["django.contrib.contenttypes"]
ROOT_URLCONF = "bench.web.bare_page"
MIDDLEWARE: list[str] = []
TEMPLATES = [{"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [Path(__file__).parent]}]
