from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .choosers import PublicWordChooserViewSet
from .links import PageLinkHandler
from .models import Topic


class TopicViewSet(SnippetViewSet):
    """The topics that the whole network shares."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "slug", "locale"]
    chooser_viewset_class = PublicWordChooserViewSet


register_snippet(TopicViewSet)


# After Wagtail's own, in whose place it comes.
@hooks.register("register_rich_text_features", order=1)
def link_pages_at_once(features):
    features.register_link_type(PageLinkHandler)
