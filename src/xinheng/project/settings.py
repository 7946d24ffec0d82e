"""Settings: the only place that reads the environment.

``XINHENG_HOME`` (default ``./var``) holds files, secrets and the embedded PostgreSQL; ``DATABASE_URL`` names a managed one instead;
``XINHENG_MASTER_KEY`` (base64, 32 bytes) seals received files, made in the home where it is not given. ``XINHENG_LOG`` is ``json`` or
``text`` (default: text on a terminal), ``XINHENG_LOG_LEVEL`` how much is logged, ``XINHENG_METRICS_TOKEN`` what a monitor elsewhere shows.
``XINHENG_UPLOAD_LIMIT`` is how many bytes one request may bring (default 256 MiB), ``XINHENG_PATIENCE`` how many seconds its head may take, and its
body before it has to come at a fair pace (default 20).
``XINHENG_ADDRESS`` is the address at which everybody reaches the pages (``https://…``: cookies then travel over https only).
``XINHENG_IDENTITY_ISSUER``, ``_CLIENT`` and ``_SECRET`` name the province's unified identity for officials, ``XINHENG_LICENCE_…`` that of the
electronic business licence, ``XINHENG_PERSON_…`` that of natural persons; ``XINHENG_SIMULATED_IDENTITY=1`` offers a made-up provider instead,
as a sample province does by itself.
``XINHENG_MAIL`` (``smtp://…`` or ``smtps://user:password@host:port``) is the mail server and ``XINHENG_MAIL_FROM`` who writes, ``XINHENG_SMS`` (``https://…``)
the gateway for text messages and ``XINHENG_SMS_KEY`` its key; without them what would go out is put into ``outgoing`` in the home.
``XINHENG_ALGORITHMS`` (``international`` or ``national``) says with which algorithms persons' data are sealed from now on.
``XINHENG_CATALOGUE`` is a folder with a city's supplementary catalogue items. Where a department's database is stands in a variable that its
delivery names (``SOURCE_URL``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from xinheng import server
from xinheng.jobs.timetable import MADE_UP_WITHIN
from xinheng.project import home, logs

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent

HOME = home.prepared(Path(os.environ.get("XINHENG_HOME", "var")))
DATABASE_URL = os.environ.get("DATABASE_URL", "")
EMBEDDED = None if DATABASE_URL else server.ensure(HOME, on_wait=None)


def _database() -> dict[str, object]:
    url = urlsplit(DATABASE_URL)
    if EMBEDDED is not None:
        place = {
            "HOST": str(EMBEDDED.socket_dir), "PORT": str(EMBEDDED.port), "USER": EMBEDDED.user, "PASSWORD": EMBEDDED.password,
            "NAME": EMBEDDED.database,
        }  # fmt: skip
    else:
        place = {
            "HOST": unquote(url.hostname or ""), "PORT": str(url.port or ""), "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""), "NAME": unquote(url.path.lstrip("/")),
        }  # fmt: skip
    once = {"prepare_threshold": 2, "options": "-c plan_cache_mode=force_generic_plan"}  # see store.prepared
    kept = None  # the threads of pages and of a worker stay, and keep their connection
    held = {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": kept, "OPTIONS": once}
    return {"ENGINE": "django.db.backends.postgresql", **held, **place}


DATABASES = {"default": _database()}
SECRET_KEY = os.environ.get("XINHENG_SECRET_KEY") or home.secret(HOME, "session-key")
MASTER_KEY = os.environ.get("XINHENG_MASTER_KEY") or home.secret(HOME, "master-key")
FILES = HOME / "files"
KEYS = HOME / "secrets" / "keys"
ALGORITHMS = os.environ.get("XINHENG_ALGORITHMS", "international")
CATALOGUE = os.environ.get("XINHENG_CATALOGUE", "")
LAKE = HOME / "lake"
NAMES = HOME / "names"
SAMPLE_DATA = (HOME / "sample").exists()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("XINHENG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "xinheng.store",
    "xinheng.web",
]
AUTH_USER_MODEL = "store.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "xinheng.web.security.SecurityHeaders",
    "xinheng.web.static_files.StaticFiles",
    "xinheng.web.catalogue_fresh.FreshCatalogue",
    "xinheng.web.language.Language",
    "xinheng.web.appearance.Appearance",
    "xinheng.web.uploads.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "xinheng.web.signed_in.SignedIn",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "xinheng.web.errors.ExplainedErrors",
]
ROOT_URLCONF = "xinheng.project.urls"
ASGI_APPLICATION = "xinheng.project.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["xinheng.web.templatetags.fixed"],
            "context_processors": [
                "django.template.context_processors.request",
                "xinheng.web.language.page_language",
                "xinheng.web.appearance.page_appearance",
                "xinheng.web.context.sample_data",
            ],
        },
    }
]
SESSION_COOKIE_NAME = "xinheng_session"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "xinheng_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "xinheng.web.errors.forged"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"  # leads a subject on to its own pages
ADDRESS = os.environ.get("XINHENG_ADDRESS", "").rstrip("/")
HTTPS = ADDRESS.startswith("https://")
SESSION_COOKIE_AGE = 10 * 3600  # the table of sign-ins ends a session earlier where it is not used
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
MAIL_URL, MAIL_FROM = os.environ.get("XINHENG_MAIL", ""), os.environ.get("XINHENG_MAIL_FROM", "")
SMS_URL, SMS_KEY = os.environ.get("XINHENG_SMS", ""), os.environ.get("XINHENG_SMS_KEY", "")
OUTGOING = HOME / "outgoing"
SIMULATED_IDENTITY = SAMPLE_DATA or os.environ.get("XINHENG_SIMULATED_IDENTITY") == "1"
IDENTITY_PROVIDERS = {
    name: {part: os.environ.get(f"XINHENG_{variable}_{part.upper()}", "") for part in ("issuer", "client", "secret")}
    for name, variable in (("officials", "IDENTITY"), ("enterprises", "LICENCE"), ("persons", "PERSON"))
    if os.environ.get(f"XINHENG_{variable}_ISSUER")
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a page of rejected rows is a form of rows times columns
CACHES = {  # codes of the simulated identity that were used, for all processes; no page is ever cached
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": HOME / "used-codes"}
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [("bootstrap", ROOT / "node_modules" / "bootstrap" / "dist" / "css")]
WHITENOISE_USE_FINDERS = True
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_IMPORT_PATHS = ["xinheng.jobs.tasks"]
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": MADE_UP_WITHIN}
SOURCE_URL: Callable[[str], str] = lambda variable: os.environ.get(variable, "")  # asked by name, kept nowhere  # noqa: E731
UPLOAD_LIMIT = int(os.environ.get("XINHENG_UPLOAD_LIMIT", str(256 << 20)))  # bytes that one request may bring
PATIENCE = float(os.environ.get("XINHENG_PATIENCE", "20"))  # seconds that the head of a request may take
FILE_UPLOAD_HANDLERS = ["xinheng.gateways.spooling.SpooledUploads"]
METRICS_TOKEN = os.environ.get("XINHENG_METRICS_TOKEN", "")
LOGGING = logs.configuration(
    form=os.environ.get("XINHENG_LOG") or ("text" if sys.stderr.isatty() else "json"),
    level=os.environ.get("XINHENG_LOG_LEVEL", "WARNING"),
)
