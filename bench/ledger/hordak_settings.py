"""Settings of the peer: the same server and pool, django-hordak alone."""

from hirehall.project.settings import *  # noqa: F403  all else is the same

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "djmoney", "mptt", "hordak"]
ROOT_URLCONF = "bench.web.bare_page"
MIDDLEWARE: list[str] = []
HORDAK_CURRENCIES = ["USD"]
DEFAULT_CURRENCY = "USD"
HORDAK_INTERNAL_CURRENCY = "USD"
AUTH_USER_MODEL = "auth.User"
AUTHENTICATION_BACKENDS: list[str] = []
