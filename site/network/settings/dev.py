"""Settings to work on the site: readable errors, an embedded database."""

import environ

from network import devdb

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
WAGTAILADMIN_BASE_URL = env.str(
    "WAGTAILADMIN_BASE_URL", default=f"http://localhost:{env.str('PORT', '8000')}"
)
WHITENOISE_AUTOREFRESH = True
