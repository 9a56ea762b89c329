from datetime import timedelta
from hashlib import sha256
from secrets import token_hex

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager, Group
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Finds and creates people by their e-mail address, whatever its case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Create somebody who may sign in; ValueError without an address."""
        if not email:
            raise ValueError("A person needs an e-mail address to sign in.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person of the network, who signs in with an e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody already signs in with this address.")},
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address")
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def clean(self):
        super().clean()
        self.email = self.email.lower()


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody has answered or taken back, even if their time is over."""
        return self.filter(accepted=None, revoked=None)

    def good(self):
        """Those whose link still works."""
        return self.open().filter(expires__gt=timezone.now())

    def with_token(self, token: str):
        return self.filter(token_hash=hashed(token))


class Invitation(models.Model):
    """A letter to somebody: come and take these roles."""

    email = models.EmailField(_("e-mail address"))
    groups = models.ManyToManyField(
        Group, verbose_name=_("roles"), related_name="invitations"
    )
    language = models.CharField(
        _("language of the mail"), max_length=10, choices=settings.LANGUAGES
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created = models.DateTimeField(_("invited"), default=timezone.now)
    expires = models.DateTimeField(_("good until"))
    mailed = models.DateTimeField(_("mail sent"), null=True, blank=True)
    accepted = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked = models.DateTimeField(_("taken back"), null=True, blank=True)
    # The token is made of this and of the site's key, whenever a mail needs it: whoever
    # reads the database cannot make it, nor find it there.
    seed = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted=None, revoked=None),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self):
        return self.email

    @property
    def token(self) -> str:
        return salted_hmac(
            "network.users.invitation", self.seed, algorithm="sha256"
        ).hexdigest()

    @property
    def is_late(self) -> bool:
        return self.expires <= timezone.now()

    def renew(self) -> None:
        """Make a new link, and let the old one die."""
        self.seed = token_hex()
        self.token_hash = hashed(self.token)
        self.expires = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
        self.mailed = None


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


class CacheEntry(models.Model):
    """A row of the cache that all processes share: the table of Django's DatabaseCache.

    As a model it is made by `migrate`, and `createcachetable` cannot be forgotten.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cache"
