"""Pictures and documents that readers see: all who write may put them on their pages.

To change and to delete them stays with those in whose collection they are.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from network.core.querysets import EditorialQuerySet
from network.media.models import Document, Picture
from network.media.readers import for_readers

# Wagtail's own models, by whose names it calls the rights to ours.
RIGHTS: dict[type, str] = {
    Picture: "wagtailimages.Image",
    Document: "wagtaildocs.Document",
}


def public_media(model: type[Picture | Document]) -> QuerySet:
    """The pictures, or documents, of the pages that anyone may read.

    A page that is public has the references of what readers see; its drafts have none.
    """
    pages = EditorialQuerySet(Page).live().open_to_all()
    shown = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        object_id__in=pages.annotate(key=Cast("pk", CharField())).values("key"),
    ).annotate(medium=Cast("to_object_id", BigIntegerField()))
    found = model._default_manager.filter(pk__in=shown.values("medium"))
    return found.filter(for_readers(model))


class MediaPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's own, but that whoever may choose at all may choose what is public."""

    def __init__(self, model):
        super().__init__(model, RIGHTS[model], owner_field_name="uploaded_by_user")

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if super().user_has_any_permission_for_instance(user, actions, instance):
            return True
        public = public_media(self.model).filter(pk=instance.pk)
        return self.may_choose_public(user, actions) and public.exists()

    def instances_user_has_any_permission_for(self, user, actions):
        given = self.given_to(user, actions)
        if not self.may_choose_public(user, actions):
            return given
        public = Q(pk__in=public_media(self.model).values("pk"))
        return self.model._default_manager.filter(Q(pk__in=given.values("pk")) | public)

    def given_to(self, user, actions):
        """Those of the collections in which somebody may do so."""
        return super().instances_user_has_any_permission_for(user, actions)

    def may_choose_public(self, user, actions) -> bool:
        may_choose = self.user_has_permission(user, "choose")
        return "choose" in actions and may_choose and not user.is_superuser


def register_policies() -> None:
    for model in RIGHTS:
        # Wagtail's apps come later with their own, for classes below these too.
        register_permission_policy(model, MediaPolicy(model), exact_class=True)
