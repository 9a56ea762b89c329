"""How far the translation of each page is, from what pages say and not from dates.

A page is a *translation* if it stands for another one in its language: as an alias,
which shows that one as it is, or because wagtail-localize makes it from that one.
Any other page is a *source* and has no state.

What readers are told is on `page.public_text` (see `models.PublicText`): it has
`outdated_since` and `machine`, costs no query with `select_related("public_text")`,
and may be asked of a page that is public and no alias. A state also says what is being
done: a page may be outdated for its readers while its new translation is *waiting*.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState
from wagtail.query import PageQuerySet
from wagtail_localize.models import StringTranslation, Translation

from .models import PublicText
from .origins import link_of
from .public_texts import Differences, differences


class State(TextChoices):
    # An alias stands for it, and nobody has translated a word.
    MISSING = "missing", _("missing")
    # Some words are translated; nothing was ever public.
    IN_PROGRESS = "in-progress", _("in progress")
    # Submitted, be it for the first time or again.
    WAITING = "waiting", _("waiting for approval")
    # Public, and it says what its public source says.
    UP_TO_DATE = "up-to-date", _("up to date")
    # Public, and its public source says something else.
    OUTDATED = "outdated", _("outdated")
    # Public, up to date, and nobody has read what a machine wrote in it.
    MACHINE = "machine", _("machine (unread)")


def with_states(pages: PageQuerySet) -> PageQuerySet:
    """Each page with its `translation_state`, one of `State`, or null for a source.

    It is worked out by the database, for filters, counts and lists of any length.
    """
    public = Q(live=True, alias_of=None)
    noted = Q(public_text__isnull=False)
    return pages.annotate(
        translation_state=Case(
            When(~is_translation(), then=Value(None)),
            When(Exists(waiting()), then=Value(State.WAITING)),
            # What nobody has noted is not known to be right.
            When(public & ~noted, then=Value(State.OUTDATED)),
            When(
                public & Q(public_text__outdated_since__isnull=False),
                then=Value(State.OUTDATED),
            ),
            When(public & Q(public_text__machine=True), then=Value(State.MACHINE)),
            When(public, then=Value(State.UP_TO_DATE)),
            When(Q(alias_of=None) | has_words(), then=Value(State.IN_PROGRESS)),
            default=Value(State.MISSING),
            output_field=CharField(null=True),
        )
    )


def is_translation() -> Q:
    links = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale=OuterRef("locale_id"),
    )
    mirrored = Q(alias_of__translation_key=F("translation_key"))
    return mirrored | Q(Exists(links))


def waiting():
    return WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )


def has_words() -> Q:
    """Whether somebody has begun: words that are left of what was stopped are not."""
    links = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale=OuterRef("locale_id"),
        enabled=True,
    )
    words = StringTranslation.objects.filter(
        context__object_id=OuterRef("translation_key"), locale=OuterRef("locale_id")
    )
    return Q(Exists(links)) & Q(Exists(words))


def state_of(page: Page) -> State | None:
    """The state of this page; none for a source."""
    found = with_states(Page.objects.filter(pk=page.pk))
    state = found.values_list("translation_state", flat=True).get()
    return State(state) if state else None


def source_text_of(page: Page) -> PublicText | None:
    """What the source of this translation says in public; none if nothing."""
    link = link_of(page)
    found = PublicText.objects.filter(
        page__translation_key=page.translation_key, page__live=True
    )
    return found.filter(page__locale=link.source.locale_id).first() if link else None


def outdated_paths(page: Page) -> Differences:
    """What the source of a public translation says otherwise, by path.

    Paths are wagtail-localize's. Each has pairs: the sentence that was translated, and
    the one that stands there now, as HTML; "" where there was none (it is new, or was
    left untranslated), or is none any more. A rich text has several sentences at one
    path. Nothing is outdated in what is not public, or is a source.
    """
    row = PublicText.objects.filter(page=page, page__live=True).first()
    if row is None or row.made_from is None:
        return {}
    source = source_text_of(page)
    return differences(row.made_from, source) if source else {}
