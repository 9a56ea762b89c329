"""The versions of a page: for machines, and for readers who missed one."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Subquery
from wagtail.models import Page, Site

from network.core.models import HOME_DEPTH
from network.core.querysets import EditorialQuerySet, IsAnyOf, StartsWith

from .models import NetworkSettings

# For readers of a third language: where most pages were written.
BY_DEFAULT = settings.LANGUAGE_CODE


def alternates_of(versions: Iterable[Page], request) -> list[dict]:
    """The addresses of a text in each language; none if it is in one language only.

    They are the same on each version, so that each names all others and itself.
    """
    written = [page for page in versions if not page.alias_of_id]
    if len(written) < 2:
        return []
    addresses = {
        page.locale.language_code: page.get_full_url(request) for page in written
    }
    if BY_DEFAULT in addresses:
        addresses["x-default"] = addresses[BY_DEFAULT]
    return [{"code": code, "url": url} for code, url in sorted(addresses.items())]


def is_missing(request) -> bool:
    """Whether nothing was found at this address, but something might have been."""
    match = request.resolver_match
    return not match or match.url_name == "wagtail_serve"


def around_nothing(root: Page, language: str, address: str) -> list[Page]:
    """What menu and foot are made of where no page is, and what was meant: one query.

    `is_meant` are the public versions of what `address` names, or once named, in any
    language. Somebody wrote `/en/` before the French words of an address, or no
    language at all; or came back to what can be read in the other language only.
    """
    homes = Page.objects.filter(translation_key=root.translation_key)
    home = homes.filter(locale__language_code=language).values("path")[:1]
    is_part = Q(StartsWith(F("path"), Subquery(home)), depth=HOME_DEPTH + 1)
    is_home = Q(translation_key=root.translation_key)
    named = IsAnyOf(F("translation_key"), ArraySubquery(named_by(address)))
    is_meant = Q(named, depth__gt=HOME_DEPTH)
    pages = EditorialQuerySet(Page).live().open_to_all().with_language()
    return list(
        pages.filter(is_part | is_home | is_meant)
        .annotate(
            is_part=ExpressionWrapper(is_part, BooleanField()),
            is_meant=ExpressionWrapper(is_meant, BooleanField()),
            settings=NetworkSettings.objects.as_data(),
        )
        .select_related("locale")
        .order_by("path")
    )


def named_by(address: str):
    """What pages have in common that are, or were, at this address."""
    pages = Page.objects.filter(url_path__in=url_paths(address))
    # Of a draft that never was public, not even its address is anybody's to guess.
    once = pages.filter(Q(live=True) | Q(first_published_at__isnull=False))
    return once.values("translation_key")


def url_paths(address: str) -> list[str]:
    """Where `address` would be in the tree of each language."""
    steps = [step for step in address.replace("\0", "").split("/") if step]
    if steps and steps[0] in dict(settings.LANGUAGES):
        steps = steps[1:]
    roots = [root.root_path for root in Site.get_site_root_paths()]
    return ["/".join([root.rstrip("/"), *steps, ""]) for root in roots if steps]
