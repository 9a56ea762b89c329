"""Every way to make something public that we know of, as requests that can be tried.

A route takes an attempt (who is signed in, and on which page) and sends what a browser
would, or what somebody would who types the address and the fields by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from home.models import Term
from network.core.models import Topic
from network.media.models import Document, Picture
from network.moderation.models import Retraction
from network.translation.passages import passages_of
from network.translation.po import exported

JSON = "application/json"
AJAX = {"X-Requested-With": "XMLHttpRequest"}
EDITED = {"title": "Sneaked in", "slug": "sneaked-in", "summary": "Not approved"}
PUBLISHED = {"action-publish": "yes"}
WORDS = ("word_fr", "word_en", "definition_fr", "definition_en")
YESTERDAY = (timezone.now() - timezone.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")


@dataclass
class Attempt:
    """Somebody who tries something, and on what."""

    client: Client
    page: Page
    # What the page's form holds, and where else there is to go.
    form: dict = field(default_factory=dict)
    elsewhere: Page | None = None
    # What the picture and the document are called that it shows.
    media_title: str = ""

    def post(self, name: str, *arguments, data: dict | None = None, query="", **extra):
        address = reverse(name, args=arguments) + query
        return self.client.post(address, data or {}, **extra)

    def edit(self, **changes):
        return self.post(
            "wagtailadmin_pages:edit", self.page.pk, data=self.form | changes
        )

    def act(self, name: str, **data):
        """Post to Wagtail's view `name` of the page."""
        return self.post(f"wagtailadmin_pages:{name}", self.page.pk, data=data)

    def bulk(self, action: str, **data):
        query = f"?id={self.page.pk}&next=/admin/"
        names = ("wagtailcore", "page", action)
        return self.post("wagtail_bulk_action", *names, query=query, data=data)

    def bulk_media(self, action: str, kind: str, things, **data):
        keys = "&".join(f"id={thing.pk}" for thing in things)
        names, query = ("media", kind, action), f"?{keys}&next=/admin/"
        return self.post("wagtail_bulk_action", *names, query=query, data=data)

    @property
    def pictures(self):
        return self.shown(Picture)

    @property
    def documents(self):
        return self.shown(Document)

    def shown(self, model):
        """Those of the page, or of its drafts: both versions show the same."""
        return model.objects.filter(title=self.media_title)

    @property
    def revisions(self) -> list[int]:
        return list(self.page.revisions.order_by("pk").values_list("pk", flat=True))

    @property
    def task(self) -> int:
        state = self.page.current_workflow_task_state
        return state.pk if state else 0

    @property
    def translation(self) -> Translation | None:
        return Translation.objects.filter(
            source__object_id=self.page.translation_key,
        ).first()


Route = Callable[[Attempt], object]
ROUTES: list[Route] = []
# Of these, what is sent is the same for both versions of a page.
SHARED: list[Route] = []


def route(function: Route) -> Route:
    ROUTES.append(function)
    return function


def shared(function: Route) -> Route:
    SHARED.append(function)
    return route(function)


# --- Wagtail's editor ------------------------------------------------------


@route
def save_a_draft(attempt):
    attempt.edit(**EDITED)


@route
def publish_in_the_editor(attempt):
    attempt.edit(**EDITED, **PUBLISHED)


@route
def submit_for_moderation(attempt):
    attempt.edit(**EDITED, **{"action-submit": "yes"})


@route
def submit_again(attempt):
    attempt.edit(**EDITED, **{"action-restart-workflow": "yes"})


@route
def approve_in_the_editor(attempt):
    name = {"action-workflow-action": "yes", "workflow-action-name": "approve"}
    attempt.edit(**EDITED, **name)


@route
def withdraw_what_waits(attempt):
    attempt.edit(**EDITED, **{"action-cancel-workflow": "yes"})


@route
def plan_to_publish(attempt):
    attempt.edit(**EDITED, **PUBLISHED, go_live_at="2031-01-01 10:00")
    call_command("publish_scheduled")


@route
def plan_it_for_yesterday(attempt):
    attempt.edit(**EDITED, go_live_at=YESTERDAY, expire_at=YESTERDAY)
    call_command("publish_scheduled")


@route
def rewrite_what_was_saved_before(attempt):
    for revision in attempt.revisions[-2:]:
        attempt.edit(**EDITED, overwrite_revision_id=str(revision))


@route
def go_back_to_a_revision(attempt):
    for revision in attempt.revisions[:1]:
        attempt.edit(revision=str(revision), **PUBLISHED)
        attempt.client.get(
            reverse(
                "wagtailadmin_pages:revisions_revert", args=[attempt.page.pk, revision]
            )
        )


@route
def cancel_what_is_planned(attempt):
    for revision in attempt.revisions:
        name = "wagtailadmin_pages:revisions_unschedule"
        attempt.post(name, attempt.page.pk, revision)


@route
def add_and_publish(attempt):
    parent, page = attempt.page.get_parent(), attempt.page
    names = (page._meta.app_label, page._meta.model_name, parent.pk)
    attempt.post(
        "wagtailadmin_pages:add", *names, data=attempt.form | EDITED | PUBLISHED
    )


# --- Wagtail's other screens -----------------------------------------------


@route
def approve(attempt):
    arguments = (attempt.page.pk, "approve", attempt.task)
    attempt.post("wagtailadmin_pages:workflow_action", *arguments)
    attempt.post("wagtailadmin_pages:collect_workflow_action_data", *arguments)


@route
def cancel_the_approval(attempt):
    attempt.act("confirm_workflow_cancellation")


@route
def unpublish(attempt):
    attempt.act("unpublish", include_descendants="on", reason="Because")


@route
def retract(attempt):
    attempt.post("retract", attempt.page.pk, data={"reason": "Because"})


@shared
def restore(attempt):
    for retraction in Retraction.objects.all():
        attempt.post("restore", retraction.pk, data={"reason": "Because"})


@route
def lift_its_privacy(attempt):
    attempt.act("set_privacy", restriction_type="none")
    group = Group.objects.values_list("pk", flat=True).first()
    attempt.act("set_privacy", restriction_type="groups", groups=group)


@route
def lock_and_unlock(attempt):
    attempt.act("lock")
    attempt.act("unlock")


@route
def convert_an_alias(attempt):
    attempt.act("convert_alias")


@route
def copy(attempt):
    data = {"new_title": "A copy", "new_parent_page": attempt.page.get_parent().pk}
    attempt.act("copy", **data, new_slug="a-copy", publish_copies="on")


@route
def alias(attempt):
    data = {"new_title": "An alias", "new_parent_page": attempt.page.get_parent().pk}
    attempt.act("copy", **data, new_slug="an-alias", alias="on", publish_copies="on")


@route
def move(attempt):
    name = "wagtailadmin_pages:move_confirm"
    attempt.post(name, attempt.page.pk, attempt.elsewhere.pk)


@route
def reorder(attempt):
    address = reverse("wagtailadmin_pages:set_page_position", args=[attempt.page.pk])
    attempt.client.post(f"{address}?position=0")
    attempt.client.post(address)


@route
def delete(attempt):
    attempt.act("delete", confirm_site_name="Code Source")


@route
def publish_in_bulk(attempt):
    attempt.bulk("publish", include_descendants="on")


@route
def unpublish_in_bulk(attempt):
    attempt.bulk("unpublish", include_descendants="on")


@route
def move_in_bulk(attempt):
    attempt.bulk("move", chooser=attempt.elsewhere.pk)


@route
def delete_in_bulk(attempt):
    attempt.bulk("delete", confirm_site_name="Code Source")


# --- wagtail-localize ------------------------------------------------------


@route
def submit_for_translation(attempt):
    locales = [locale.pk for locale in other_locales(attempt.page)]
    data = {"locales": locales, "include_subtree": "on"}
    for page in (attempt.page, attempt.page.get_parent()):
        attempt.post("wagtail_localize:submit_page_translation", page.pk, data=data)


def other_locales(page):
    return type(page.locale).objects.exclude(pk=page.locale_id)


@shared
def take_over_what_changed(attempt):
    for source in TranslationSource.objects.filter(
        object_id=attempt.page.translation_key
    ):
        for data in ({}, {"publish_translations": "on"}):
            attempt.post("wagtail_localize:update_translations", source.pk, data=data)


@route
def become_an_alias_again(attempt):
    attempt.post("wagtail_localize:convert_to_alias", attempt.page.pk)
    attempt.edit(**{"localize-convert-to-alias": "yes"})


@shared
def translate_and_save(attempt):
    type_a_translation(attempt, "save")


@shared
def translate_and_publish(attempt):
    type_a_translation(attempt, "publish")


@shared
def translate_and_submit(attempt):
    type_a_translation(attempt, "submit")


def type_a_translation(attempt, action):
    """Fill in the whole screen, and press one of its buttons."""
    if translation := attempt.translation:
        data = {"action": action}
        for passage in passages_of(translation):
            is_title = passage.path == "title"
            data[f"text-{passage.key}"] = "Sneaked in" if is_title else passage.original
            data[f"seen-{passage.key}"] = passage.seen
        attempt.post("translation_answer", translation.pk, data=data)


@shared
def import_a_translation(attempt):
    if translation := attempt.translation:
        po = exported(translation).replace('msgstr ""', 'msgstr "Sneaked in"')
        file = SimpleUploadedFile("strings.po", po.encode(), "text/x-gettext")
        data = {"file": file, "action": "upload"}
        attempt.post("translation_answer", translation.pk, data=data)


@route
def stop_and_start_a_translation(attempt):
    if translation := attempt.translation:
        attempt.post("wagtail_localize:stop_translation", translation.pk)
        attempt.edit(**{"localize-restart-translation": "yes"})
        attempt.post("wagtail_localize:machine_translate", translation.pk)


# --- Pictures that the page shows ------------------------------------------


def change(attempt, name: str, thing, **data):
    owned = {"collection": thing.collection_id, "licence": "reserved", "tags": ""}
    attempt.post(name, thing.pk, data={"title": thing.title, **owned, **data})


@shared
def describe_its_picture(attempt):
    for picture in attempt.pictures:
        change(attempt, "wagtailimages:edit", picture, description="Sneaked in")


@shared
def replace_its_picture(attempt):
    for picture in attempt.pictures:
        change(attempt, "wagtailimages:edit", picture, file=drawing())


@shared
def delete_its_picture(attempt):
    for picture in attempt.pictures:
        attempt.post("wagtailimages:delete", picture.pk)


@shared
def delete_its_pictures_in_bulk(attempt):
    attempt.bulk_media("delete", "picture", attempt.pictures)


def drawing() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 40), "red").save(file, "PNG")
    return SimpleUploadedFile("new.png", file.getvalue(), "image/png")


# --- Documents that the page offers ----------------------------------------


@shared
def rename_its_document(attempt):
    for document in attempt.documents:
        change(attempt, "wagtaildocs:edit", document, credit="Sneaked in")
        change(attempt, "wagtaildocs:edit", document, title="Sneaked in")


@shared
def replace_its_document(attempt):
    for document in attempt.documents:
        change(attempt, "wagtaildocs:edit", document, file=paper())


@shared
def upload_a_document_in_its_place(attempt):
    """And say, as of one that was just uploaded, how the one on the page is called."""
    for document in attempt.documents:
        called = {"title": "Sneaked in", "collection": document.collection_id}
        files = {"files[]": paper(), **called}
        attempt.post("wagtaildocs:add_multiple", data=files)
        sent = {f"doc-{document.pk}-{name}": value for name, value in called.items()}
        attempt.post("wagtaildocs:edit_multiple", document.pk, data=sent, headers=AJAX)
        attempt.post("wagtaildocs:delete_multiple", document.pk, headers=AJAX)


@shared
def move_its_document(attempt):
    """Into a collection that not everybody may read."""
    for document in attempt.documents:
        closed = document.collection.get_children().get()
        change(attempt, "wagtaildocs:edit", document, collection=closed.pk)


@shared
def move_its_documents_in_bulk(attempt):
    documents = attempt.documents
    for document in documents:
        closed = document.collection.get_children().get()
        where = {"collection": closed.pk}
        attempt.bulk_media("add_to_collection", "document", [document], **where)


@shared
def delete_its_document(attempt):
    for document in attempt.documents:
        attempt.post("wagtaildocs:delete", document.pk)


@shared
def delete_its_documents_in_bulk(attempt):
    attempt.bulk_media("delete", "document", attempt.documents)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("new.txt", b"Never approved")


# --- What is shared, and what machines ask ---------------------------------


def snippet(attempt, model, view, *arguments, **data):
    app, name = model._meta.app_label, model._meta.model_name
    attempt.post(f"wagtailsnippets_{app}_{name}:{view}", *arguments, data=data)


@shared
def write_topics(attempt):
    topic = Topic.objects.filter(live=True).first()
    words = {"name": "Sneaked in", "slug": "sneaked-in", "locale": topic.locale_id}
    snippet(attempt, Topic, "edit", topic.pk, **words, **PUBLISHED)
    snippet(attempt, Topic, "add", **words, **PUBLISHED)
    snippet(attempt, Topic, "unpublish", topic.pk)
    snippet(attempt, Topic, "delete", topic.pk)


@shared
def write_terms(attempt):
    term = Term.objects.filter(live=True).first()
    words = dict.fromkeys(WORDS, "Sneaked in")
    snippet(attempt, Term, "edit", term.pk, **words, **PUBLISHED)
    snippet(attempt, Term, "add", **words, **PUBLISHED)
    snippet(attempt, Term, "unpublish", term.pk)
    snippet(attempt, Term, "delete", term.pk)


@shared
def translate_topics(attempt):
    topic = Topic.objects.filter(live=True).first()
    locales = [locale.pk for locale in other_locales(topic)]
    name, key = "wagtail_localize:submit_snippet_translation", ("core", "topic")
    attempt.post(name, *key, topic.pk, data={"locales": locales})


@route
def write_to_the_interfaces(attempt):
    for prefix in ("/admin/api/main/pages/", "/api/v2/pages/"):
        for address in (prefix, f"{prefix}{attempt.page.pk}/"):
            for method in ("post", "put", "patch", "delete"):
                data = {"live": True, "title": "Sneaked in"}
                getattr(attempt.client, method)(address, data, content_type=JSON)


@route
def act_through_the_admin_interface(attempt):
    for action in ("publish", "unpublish", "copy", "move", "create_alias", "delete"):
        address = f"/admin/api/main/pages/{attempt.page.pk}/action/{action}/"
        attempt.client.post(address, {}, content_type=JSON)


@route
def redirect_an_address(attempt):
    data = {"old_path": attempt.page.url or "/fr/", "redirect_link": "/en/"}
    attempt.post("wagtailredirects:add", data=data)
    attempt.post("wagtailredirects:start_import", data={})


@shared
def change_the_settings(attempt):
    address = "/admin/settings/home/networksettings/1/"
    attempt.client.post(address, {"organisation": "Sneaked in"})


@route
def take_the_approval_away(attempt):
    workflow = attempt.page.get_workflow()
    attempt.post("wagtailadmin_workflows:disable", workflow.pk)
    attempt.post("wagtailadmin_workflows:remove", attempt.page.pk)
