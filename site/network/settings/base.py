"""What every installation of the site shares; the environment is read here, once."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from .machines import machine_of
from .storages import storages

env = environ.Env()

# The checkout when run from one; an installed site says where its data lies.
BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = env.path("VAR_DIR", default=str(BASE_DIR / "var"))
VAR_DIR = Path(str(VAR_DIR))

# --- What runs -------------------------------------------------------------

INSTALLED_APPS = [
    "network.users",
    "network.media",
    "network.core",
    "network.access",
    "network.moderation",
    "network.translation",
    "resources",
    "methods",
    "cities",
    "home",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.api.v2",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "network.access.people.apps.NamesConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "network.users.middleware.SessionAgeMiddleware",
    "network.core.middleware.PrefixLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "network.moderation.gate.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "network.access.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "network.access.guard.WallsMiddleware",
    "network.moderation.gone.GoneMiddleware",
]

ROOT_URLCONF = "network.urls"
WSGI_APPLICATION = "network.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parents[1] / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Where data lies -------------------------------------------------------

# Each installation says where its database is: see dev.py and production.py.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = storages(env)
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_URL = "/media/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).resolve().parents[1] / "static"]

CACHES: dict[str, dict] = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    # What processes share, where there are several; and what each keeps for itself.
    for name in ("default", "process")
}
# Wagtail would write each rendition there again whenever it is shown: a query finds it.
CACHES["renditions"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# --- Who may enter ---------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "account_login"
# One place for passwords and addresses: the account pages, with the second factor.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Hours: signed out after so many without a click, and after a day in any case.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_AGE_AT_MOST = 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
PASSWORD_RESET_TIMEOUT = 3600
INVITATION_DAYS = 7
# Whether moderators and the network team must have a second factor.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)

ACCOUNT_ADAPTER = "network.users.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
# Django's own: it asks nothing of allauth's table of addresses, which stays empty.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
)
# Kept in the cache, which production shares between its processes.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/h/ip,3/h/key",
    "invitation": "20/m/ip",
    "invite": "30/h/user",
}
ACCOUNT_FORMS = {
    "login": "network.users.forms.LoginForm",
    "reauthenticate": "network.users.forms.PasswordAgainForm",
    "change_password": "network.users.forms.ChangePasswordForm",
    "reset_password": "network.users.forms.ResetPasswordForm",
    "reset_password_from_key": "network.users.forms.NewPasswordForm",
}
MFA_ADAPTER = "network.users.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Code Source"
# A code is good for half a minute more on either side: people type slowly.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "network.users.forms.CodeForm",
    "reauthenticate": "network.users.forms.CodeAgainForm",
    "activate_totp": "network.users.forms.ActivateForm",
}

# --- Languages -------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
FORMAT_MODULE_PATH = ["network.formats"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = WAGTAIL_USER_TIME_ZONES_DEFAULT = "Europe/Paris"
WAGTAIL_USER_TIME_ZONES = ["Europe/Paris"]
# Translating a live page must not publish its translation: it is moderated too.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_of(env)

# --- Background jobs -------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Wagtail ---------------------------------------------------------------

WAGTAIL_SITE_NAME = "Code Source"
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", default="")
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILIMAGES_IMAGE_FORM_BASE = "network.moderation.media_forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "network.moderation.media_forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 20_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 2**20
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "webp"}
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "csv", "txt"),
]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
# Shared passwords are stored in clear and travel by mail: we do not offer them.
# A link to confirm shows the title of a draft.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# Nothing of an editor's visit leaves for a third party.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Ours, in network.core.redirects, do not tell where drafts are.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# What was read is what becomes public.
WAGTAIL_FINISH_WORKFLOW_ACTION = "network.moderation.publishing.publish_what_was_read"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": ["bold", "italic", "ul", "ol", "link", "document-link"],
        },
    },
}
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "search.backend",
        # For texts that are searched without an index.
        "SEARCH_CONFIG": "french",
    },
}
# How often one address may search, and within how many seconds; for each process.
SEARCHES_AT_MOST = (120, 60)
# After so many seconds somebody is told that a search takes too long.
SEARCH_SECONDS = 5
# How often it may ask for suggestions: a few times for each word that is typed.
SUGGESTIONS_AT_MOST = (600, 60)
WAGTAILAPI_DOCS_ENABLED = False
WAGTAILAPI_LIMIT_MAX = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
# An editor's long page has thousands of form fields (a case with all its blocks).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Mail ------------------------------------------------------------------

EMAIL_TIMEOUT = 5
