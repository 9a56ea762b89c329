"""How an editor's form is laid out: the story first, the facts, then what is behind."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page


def tabs(*named_panels: tuple) -> TabbedInterface:
    """The tabs of a form: those given as (heading, panels), then Wagtail's own two.

    What an edit is, minor or not, is asked below what is edited first.
    """
    (heading, panels), *others = named_panels
    return TabbedInterface(
        [
            ObjectList([*panels, FieldPanel("minor_edit")], heading=heading),
            *(ObjectList(panels, heading=heading) for heading, panels in others),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(
                Page.settings_panels, heading=_("Settings"), classname="settings"
            ),
        ]
    )
