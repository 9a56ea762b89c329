from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.lookups import Unaccent
from django.db import transaction
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import Coalesce, Lower
from wagtail.models import Locale, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

LATEST_FIRST = F("first_published_at").desc(nulls_last=True), "-pk"


class StartsWith(Func):
    function = "starts_with"
    output_field = BooleanField()


class IsAnyOf(Func):
    """Whether it is one of these: found by an index even in an OR, where IN is not."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def found_by(found, field: str = "pk") -> Q:
    """Whether it was found by this query, which is asked once, and by itself.

    PostgreSQL would join all pages with what a list shows of them, and then look.
    """
    return Q(IsAnyOf(F(field), ArraySubquery(found)))


def alphabetical(field: str = "title"):
    """The order of a dictionary, where accents and capitals make no difference.

    The database itself sorts by code point, which is the same on every machine.
    """
    return Unaccent(Lower(F(field))).asc()


class EditorialQuerySet(PageQuerySet):
    """What is public, and in which order, said once for every kind of page."""

    def public_in(self, locale: Locale):
        """The pages anyone may read in `locale`, translated or in their language."""
        return self.open_in(locale).with_language()

    def open_in(self, locale: Locale):
        """As `public_in`, of pages that are looked for and not shown yet."""
        return self.live().open_to_all().filter(locale=locale)

    def listed(self, locale: Locale):
        """As `public_in`, with what a list shows of each page."""
        return self.public_in(locale).select_related("picture")

    def with_language(self):
        """Each page with the code of the language it is really written in."""
        return self.annotate(
            content_language=Coalesce(
                "alias_of__locale__language_code", "locale__language_code"
            )
        )

    def open_to_all(self):
        """Wagtail's `public()`, without the query that one makes at every call.

        An alias is as private as its source, and so is what is below it.
        """
        private = PageViewRestriction.objects.filter(
            Q(StartsWith(OuterRef("path"), F("page__path")))
            | Q(StartsWith(OuterRef("path"), F("page__aliases__path")))
            | Q(StartsWith(OuterRef("alias_of__path"), F("page__path")))
        )
        return self.exclude(Exists(private))

    def delete(self):
        # Treebeard counts what is left first: a refusal would leave it miscounted.
        with transaction.atomic():
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def latest_first(self):
        # All are of this kind; the index `pages_latest` needs to be told.
        kind = ContentType.objects.get_for_model(self.model)
        return self.filter(content_type=kind).order_by(*LATEST_FIRST)

    def by_title(self):
        return self.order_by(alphabetical(), "pk")


EditorialManager = PageManager.from_queryset(EditorialQuerySet)
