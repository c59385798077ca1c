"""Settings: what differs between machines comes from the environment, everything else stands here.

Environment: DATABASE_URL (any PostgreSQL; without it the embedded server), HIREHALL_SECRET_KEY,
HIREHALL_DEBUG, HIREHALL_HOSTS, HIREHALL_SITE_URL, HIREHALL_VAR (where files, logs and the embedded server
live), HIREHALL_MAIL_URL, HIREHALL_S3_BUCKET with the usual AWS_* variables, HIREHALL_DB_POOL, HIREHALL_WEBHOOK_URL,
HIREHALL_PUSH_ORIGINS (further push services of browsers, with commas), HIREHALL_STRIPE_KEY (the secret key; with it new
cards and accounts go to Stripe instead of the sandbox), HIREHALL_STRIPE_PUBLIC_KEY, HIREHALL_STRIPE_WEBHOOK_SECRET,
HIREHALL_STRIPE_API_BASE (only for a stand-in such as localstripe). docs/operate/payments.md explains the last four.
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from hirehall.project.rooms import ROOMS
from hirehall.project.secret import secret_key

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("HIREHALL_VAR", ROOT / "var")).resolve()
DEBUG = os.environ.get("HIREHALL_DEBUG") == "1"
POLICY_FILE = Path(os.environ.get("HIREHALL_POLICY", ROOT / "policy.toml"))
SECRET_KEY = secret_key(VAR)
SITE_NAME = "Hirehall"
SITE_URL = os.environ.get("HIREHALL_SITE_URL", "http://127.0.0.1:8000")
_SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = os.environ.get("HIREHALL_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "hirehall.web.compression.CompressText",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hirehall.people.accounts.acting.ActorMiddleware",
    "hirehall.web.at_hand.HoldRequest",
    "hirehall.web.errors.RefusalMiddleware",
    "hirehall.web.door.GuardDoor",
    "hirehall.api.once.IdempotencyMiddleware",
]
NINJA_PAGINATION_PER_PAGE = 50
NINJA_PAGINATION_MAX_LIMIT = 200

ROOT_URLCONF = "hirehall.project.urls"
WSGI_APPLICATION = "hirehall.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database_from_url(url: str) -> dict:
    """Django's settings of a postgresql:// address; ?host= names a socket folder."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "hirehall",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {**query},
        "TEST": {"NAME": os.environ.get("HIREHALL_TEST_DB") or None},
    }


# The embedded server writes its address here when it starts.
_ADDRESS = VAR / "database_url"
DATABASE_URL = os.environ.get("DATABASE_URL") or (
    _ADDRESS.read_text().strip() if _ADDRESS.exists() else f"postgresql://postgres@/hirehall?host={VAR}/socket"
)
DATABASES = {"default": database_from_url(DATABASE_URL)}
_pool = int(os.environ.get("HIREHALL_DB_POOL", "0"))
if _pool:
    # A bounded pool in the web process: a connection per request costs a third of the speed.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": _pool, "timeout": 20}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "hirehall.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "hirehall.web.frame.frame",
            ],
        },
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # allauth's pages are Django templates; these put them into our shell.
        "DIRS": [ROOT / "hirehall" / "people" / "accounts" / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["hirehall.people.accounts.sessions.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

ACCOUNT_ADAPTER = "hirehall.people.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "hirehall.people.accounts.signup.SignupDetails"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "30/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
# Programs sign people up and in under /api/account/; browsers use the pages.
HEADLESS_CLIENTS = ("app",)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER, MFA_TOTP_TOLERANCE = SITE_NAME, 1  # A code counts for half a minute more: phones' clocks differ.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SECURE
# ActorMiddleware notes when a device was last seen, in steps; allauth would write at every request.
USERSESSIONS_TRACK_ACTIVITY = False

# Rate limits count in the database's cache table, so that several web processes count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hirehall.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# Twenty files of 25 MB, the most that one form takes, and the form.
LARGEST_REQUEST_BYTES = 20 * 25 * 1024 * 1024 + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

STRIPE_KEY = os.environ.get("HIREHALL_STRIPE_KEY", "")
STRIPE_PUBLIC_KEY = os.environ.get("HIREHALL_STRIPE_PUBLIC_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("HIREHALL_STRIPE_WEBHOOK_SECRET", "")
STRIPE_API_BASE = os.environ.get("HIREHALL_STRIPE_API_BASE", "").rstrip("/")
if STRIPE_KEY and not (STRIPE_PUBLIC_KEY and STRIPE_WEBHOOK_SECRET):
    raise ValueError("HIREHALL_STRIPE_KEY needs HIREHALL_STRIPE_PUBLIC_KEY and HIREHALL_STRIPE_WEBHOOK_SECRET beside it.")


def allow_stripe(directives: dict[str, list[str]], base: str) -> None:
    """Let pages load Stripe's script and frames, and nothing else of the world."""
    scripts = [base or "https://js.stripe.com"]
    directives["script-src"] += scripts
    directives["connect-src"] += [base or "https://api.stripe.com"]
    directives["frame-src"] = ["'self'"] + ([] if base else [*scripts, "https://hooks.stripe.com"])


if STRIPE_KEY:
    allow_stripe(CONTENT_SECURITY_POLICY["DIRECTIVES"], STRIPE_API_BASE)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("bn", _("Bengali")), ("hi", _("Hindi"))]
LOCALE_PATHS = [ROOT / "hirehall" / "project" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def s3_storage(bucket: str, endpoint: str) -> dict:
    """Files in a bucket of S3 or of anything that speaks like it; an empty endpoint means Amazon's own."""
    options = {"bucket_name": bucket, "endpoint_url": endpoint or None, "default_acl": "private"}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


if os.environ.get("HIREHALL_S3_BUCKET"):
    STORAGES["default"] = s3_storage(os.environ["HIREHALL_S3_BUCKET"], os.environ.get("HIREHALL_S3_ENDPOINT", ""))

# Mail goes to files in var/mail until HIREHALL_MAIL_URL names a server.
DEFAULT_FROM_EMAIL = os.environ.get("HIREHALL_MAIL_FROM", "hello@hirehall.example")
_mail = urlsplit(os.environ.get("HIREHALL_MAIL_URL", ""))
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtps+starttls" or EMAIL_PORT == 587
    EMAIL_TIMEOUT = 15
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"

# The push services of the browsers' makers. A browser names the address to send to, and only these are believed: it
# must not lead into the operator's own net.
PUSH_ORIGINS = [
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.push.services.mozilla.com",
    "https://*.notify.windows.com",
    "https://*.push.apple.com",
    *filter(None, os.environ.get("HIREHALL_PUSH_ORIGINS", "").split(",")),
]
# Where the sandbox gateway sends its messages (".../money/webhooks"); without it they are handed over in the worker.
PAYMENT_WEBHOOK_URL = os.environ.get("HIREHALL_WEBHOOK_URL", "")

PROCRASTINATE_ON_APP_READY = "hirehall.project.outbox.tie_jobs_to_data"
# A worker that gave no sign of life for so long is dead, and its jobs begin again (hirehall/project/tasks.py).
WORKER_SILENT_SECONDS = float(os.environ.get("HIREHALL_WORKER_SILENT_SECONDS", "30"))
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": WORKER_SILENT_SECONDS / 5,
    "stalled_worker_timeout": WORKER_SILENT_SECONDS,
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HIREHALL_LOG", "WARNING")},
}
