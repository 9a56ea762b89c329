from wagtail import hooks
from wagtail_localize.models import Translation

from network.access.roles import only_translates


@hooks.register("refuse_page_edit")
def keep_translators_from_sources(user, page):
    """A translator changes translations, and never what they are made from."""
    if page.alias_of_id:
        return False
    translations = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id
    )
    return only_translates(user, page) and not translations.exists()
