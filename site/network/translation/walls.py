"""What wagtail-localize 1.14.5 shows to everybody who may enter the admin."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, get_translatable_models
from wagtail_localize.models import Translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet

from network.access.walls import may_keep, workable_pages


def known_translations(user) -> QuerySet[Translation]:
    """The translations of what somebody works on, and of words if they keep them."""
    pages = workable_pages(user).order_by().values("translation_key")
    known = Translation.objects.filter(source__object_id__in=pages)
    for model, kind in translated_words().items():
        if may_keep(user, model):
            known |= Translation.objects.filter(source__specific_content_type=kind)
    return known


def translated_words() -> dict[type, ContentType]:
    models = [kind for kind in get_translatable_models() if not issubclass(kind, Page)]
    return ContentType.objects.get_for_models(*models)


class OwnTranslationsReportView(TranslationsReportView):
    """Its own lists the titles of all cities, drafts too, to whoever asks."""

    def get_queryset(self):
        known = known_translations(self.request.user).values("pk")
        return super().get_queryset().filter(pk__in=known).order_by("-pk")


class PublicSnippetViewSet(SnippetViewSet):
    """Its own lists every draft of the words that the network shares."""

    def get_queryset(self):
        words = super().get_queryset()
        return (
            words
            if may_keep(self.request.user, words.model)
            else words.filter(live=True)
        )
