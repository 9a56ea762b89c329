"""What wagtail-localize keeps to translate from, where it has too much of it (D21).

With two sources each language is taken for a translation of the other, and some of its
screens fail, for they ask for the only one.
"""

from collections.abc import Iterator
from itertools import groupby

from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from .findings import Drift
from .trees import Trees


def doubled_sources(trees: Trees) -> Iterator[Drift]:
    sources = TranslationSource.objects.select_related("locale")
    ordered = sources.order_by("object_id", "created_at", "pk")
    for _key, group in groupby(ordered, key=lambda source: source.object_id):
        # What was there first is what the other was translated from.
        _original, *others = group
        for source in others:
            says = "is kept as a source, and is translated from another language"
            yield Drift(about(source), says, source.delete)


def forgotten_sources(trees: Trees) -> Iterator[Drift]:
    sources = TranslationSource.objects.select_related("locale")
    for source in sources.select_related("specific_content_type"):
        if not is_there(source, trees):
            says = "is kept as a source, and is not there any more"
            yield Drift(about(source), says, source.delete)


def about(source: TranslationSource) -> str:
    return f"[{source.locale.language_code}] {source.object_repr} ({source.object_id})"


def is_there(source: TranslationSource, trees: Trees) -> bool:
    kind = source.specific_content_type.model_class()
    if kind and issubclass(kind, Page):
        return source.locale_id in trees.versions.get(source.object_id, {})
    place = {"translation_key": source.object_id, "locale": source.locale_id}
    return bool(kind) and kind._default_manager.filter(**place).exists()
