"""Settings of a public site; without its secrets it does not start."""

from .base import *  # noqa: F403
from .base import CACHES, STORAGES, env
from .storages import HASHED_STATIC_FILES

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL")

DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# Beside what the address itself says, such as `sslmode`.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 3,
    "options": "-c statement_timeout=15000",
    **DATABASES["default"].get("OPTIONS", {}),
}
# Limits on attempts and codes that were used once hold for all processes together.
CACHES["default"] = {
    "BACKEND": "network.core.caches.TableCache",
    "LOCATION": "cache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
STORAGES["staticfiles"] = HASHED_STATIC_FILES

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
# How many of our own proxies stand in front: the address of who asks is theirs to say.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)

vars().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
