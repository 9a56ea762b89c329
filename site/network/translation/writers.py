"""Who wrote a translation: sentence by sentence, whoever saved or submitted it."""

from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation


def wrote(page: Page, user) -> bool:
    """Whether something of this translation, since it was last public, is theirs."""
    own = {
        "locale": page.locale_id,
        "context__object_id": page.translation_key,
        "last_translated_by": user,
    }
    if page.last_published_at and not page.alias_of_id:
        own["updated_at__gt"] = page.last_published_at
    sentences = StringTranslation.objects.filter(is_said(), **own)
    return sentences.exists() or SegmentOverride.objects.filter(**own).exists()


def is_said() -> Exists:
    """What was written for a sentence that the source has no more is not read."""
    return Exists(
        StringSegment.objects.filter(
            string=OuterRef("translation_of"), context=OuterRef("context")
        )
    )
