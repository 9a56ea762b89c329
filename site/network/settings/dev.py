"""Settings to work on the site: readable errors, an embedded database."""

import environ

from network import devdb

from .addresses import base_url
from .base import *  # noqa: F403
from .base import VAR_DIR, env

DEBUG = True
SECRET_KEY = "only-for-development"  # noqa: S105
ALLOWED_HOSTS = ["*"]

DATABASES = {
    "default": environ.Env.db_url_config(
        env.str("DATABASE_URL", default="") or devdb.url(VAR_DIR)
    )
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WAGTAILADMIN_BASE_URL = base_url(env)
WHITENOISE_AUTOREFRESH = True
