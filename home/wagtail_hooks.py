from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, When
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from network.core.choosers import PublicWordChooserViewSet
from network.core.models import HOME_DEPTH
from network.translation.terms import Term as AgreedTerm

from .models import GlossaryPage, NetworkSettings, Term


class TermViewSet(SnippetViewSet):
    """The words that the network shares."""

    model = Term
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 330
    add_to_admin_menu = True
    list_display = ["word_fr", "word_en"]
    chooser_viewset_class = PublicWordChooserViewSet


register_snippet(TermViewSet)


@hooks.register("insert_global_admin_css")
def add_admin_colours():
    """The site's own accent, so that an editor knows where this is."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("translation_terms")
def give_words_of_glossary(source, target):
    """The words that those who translate are to use."""
    words = Term.objects.listed(source).values_list(
        f"word_{source}", f"word_{target}", "note"
    )
    return [AgreedTerm(*word) for word in words]


@hooks.register("tell_more_of_pages")
def tell_words(around):
    """Each public glossary with its words: to explain them costs no query more."""
    is_glossary = When(
        content_type=ContentType.objects.get_for_model(GlossaryPage),
        then=Term.objects.all().as_data(),
    )
    return around.annotate(words=Case(is_glossary))


@hooks.register("tell_more_of_pages")
def tell_settings(around):
    """Each home page with what the foot of the site says."""
    is_home = When(depth=HOME_DEPTH, then=NetworkSettings.objects.as_data())
    return around.annotate(settings=Case(is_home))
