"""How an editor's form is laid out: the story first, the facts, then what is behind."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.models import Page


def tabs(*named_panels: tuple) -> TabbedInterface:
    """The tabs of a form: those given as (heading, panels), then Wagtail's own two."""
    return TabbedInterface(
        [
            *(ObjectList(panels, heading=heading) for heading, panels in named_panels),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(
                Page.settings_panels, heading=_("Settings"), classname="settings"
            ),
        ]
    )
