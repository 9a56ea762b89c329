"""Settings for the tests: fast, silent, and nothing leaves the machine."""

from .dev import *  # noqa: F403

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WAGTAILADMIN_BASE_URL = "http://testserver"
# No test asks a machine of somebody's, whatever the environment says.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
