"""A city that keeps secrets: one in everything that a neighbour must not see.

Each holds a word that stands nowhere else, and says where it came from: an answer that
holds `quetzal-draft` has told of a draft. The other word, `toucan`, is to search with.
"""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from taggit.models import Tag
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    Page,
    PageSubscription,
    PageViewRestriction,
    ReferenceIndex,
    UploadedFile,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
)

from home.models import Term
from network.core.models import Topic
from network.media.models import Picture
from network.moderation.models import MailChoice
from network.moderation.retraction import retract
from network.translation.models import Batch, BatchItem
from network.translation.sources import source_of
from network.translation.verbs import mirror
from network.users.invitations import invite
from network.users.models import User
from search.models import FileText, Promotion, Question, Synonym
from search.writing import write
from tests.factories import (
    CasePageFactory,
    DocumentFactory,
    FeedbackPageFactory,
    JourneyPageFactory,
    PictureFactory,
    UserFactory,
    locale,
    stage,
)

SECRET = "quetzal"
CLUE = "toucan"
WORDS = ["word_fr", "word_en", "definition_fr", "definition_en"]


def rows() -> dict[type, set]:
    """Everything that the database holds, as the keys of each kind of thing."""
    return {
        model: set(model.objects.order_by().values_list("pk", flat=True))
        for model in models()
    }


def models() -> list[type]:
    return list(apps.get_models(include_auto_created=True))


def added(before: dict[type, set]) -> dict[type, list]:
    return {model: sorted(keys - before[model]) for model, keys in rows().items()}


@dataclass
class Secrets:
    """What one city writes that is not public; `word` begins each of its secrets."""

    city: Page
    collection: Collection
    group: Group
    moderator: User
    former: User
    word: str

    def keep(self) -> None:
        self.author = UserFactory(
            first_name=self.secret("person"), email=f"{self.word}@example.org"
        )
        self.author.groups.add(self.group)
        UserProfile.objects.create(user=self.author)
        self.keep_media()
        self.keep_pages()
        self.keep_conversation()
        self.keep_translations()
        self.keep_traces()
        self.keep_dealings()

    def secret(self, of: str) -> str:
        return f"{self.word}-{of} {CLUE}"

    def texts(self, of: str) -> dict:
        title = self.secret(of)
        return {"title": title, "slug": f"{self.word}-{of}", "summary": title}

    def keep_media(self) -> None:
        hidden = self.collection.add_child(name=self.secret("collection"))
        restriction = CollectionViewRestriction.objects.create(
            collection=hidden, restriction_type="groups"
        )
        restriction.groups.add(self.group)
        self.picture = PictureFactory(
            collection=self.collection,
            file__filename=f"{self.word}-file.jpg",
            **self.credited("picture"),
        )
        self.picture.get_rendition("max-165x165")
        self.document = DocumentFactory(
            collection=self.collection,
            file__filename=f"{self.word}-file.txt",
            **self.credited("document"),
        )
        private = DocumentFactory(
            collection=hidden,
            file=ContentFile(
                self.secret("text").encode(), name=f"{self.word}-private.txt"
            ),
            **self.credited("private-document"),
        )
        FileText.objects.create(
            document=private, state="read", text=self.secret("text")
        )
        for kept in (self.picture, self.document):
            for name in (CLUE, f"{CLUE}-{self.word}-tag"):
                kept.tags.add(Tag.objects.get_or_create(name=name)[0])
            UploadedFile.objects.create(
                for_content_type=ContentType.objects.get_for_model(kept),
                file=ContentFile(b"none", name=f"{self.word}-upload.txt"),
                uploaded_by_user=self.author,
            )
            log(kept, "wagtail.edit", user=self.author, title=self.secret("log"))

    def credited(self, of: str) -> dict:
        return {
            "title": self.secret(of),
            "credit": self.secret(f"credit-of-{of}"),
            "uploaded_by_user": self.author,
        }

    def keep_pages(self) -> None:
        cases, journeys, lessons = self.city.get_children().order_by("path").specific()
        self.draft = self.case("draft", cases)
        mirror(self.draft)
        self.edited = self.public_case(cases)
        self.waiting = self.case("waiting", cases)
        # By somebody who does not write for this city any more.
        self.refused = self.case("refused", cases, owner=self.former)
        self.scheduled = self.case("scheduled", cases)
        self.withdrawn = self.case("withdrawn", cases, live=True)
        self.publish(self.withdrawn)
        self.withdrawn.unpublish(user=self.moderator)
        self.private = self.case("private", cases, live=True)
        self.publish(self.private)
        restriction = PageViewRestriction.objects.create(
            page=self.private, restriction_type="groups"
        )
        restriction.groups.add(self.group)
        self.journey = self.written(
            JourneyPageFactory(
                parent=journeys, live=False, owner=self.author, **self.texts("journey")
            )
        )
        self.written(
            FeedbackPageFactory(
                parent=lessons, live=False, owner=self.author, **self.texts("feedback")
            )
        )
        self.submit(self.waiting)
        refusal = self.submit(self.refused).current_task_state
        refusal.task.specific.on_action(
            refusal, self.moderator, "reject", comment=self.secret("refusal")
        )
        revision = self.scheduled.latest_revision
        revision.approved_go_live_at = timezone.now() + timedelta(days=9)
        revision.save()
        self.lock(self.withdrawn)

    def case(self, of: str, parent: Page, *, live=False, owner=None) -> Page:
        page = CasePageFactory(
            parent=parent,
            live=live,
            owner=owner or self.author,
            picture=self.picture,
            context=f"<p>{self.secret(of)}</p>",
            **self.texts(of),
        )
        return self.written(page)

    def public_case(self, parent: Page) -> Page:
        """A case that all may read, in both languages, and how it is being changed."""
        page = CasePageFactory(
            parent=parent, owner=self.author, title=f"Public in {self.city.title}"
        )
        page.save_revision(user=self.author)
        self.publish(page)
        mirror(page)
        page = page.specific_class.objects.get(pk=page.pk)
        page.title = page.summary = self.secret("edited")
        page.slug = f"{self.word}-edited"
        page.picture = self.picture
        return self.written(page)

    def written(self, page: Page) -> Page:
        page.save_revision(user=page.owner, log_action=True)
        return page

    def publish(self, page: Page) -> None:
        """For all to read and to find: the index hears of nothing that comes next."""
        page.latest_revision.publish(user=self.moderator)
        write([page.translation_key])

    def submit(self, page: Page):
        return page.get_workflow().start(page, page.owner)

    def lock(self, page: Page) -> None:
        page.locked, page.locked_by, page.locked_at = True, self.author, timezone.now()
        page.save(clean=False)

    def keep_conversation(self) -> None:
        comment = Comment.objects.create(
            page=self.draft,
            user=self.author,
            text=self.secret("comment"),
            contentpath="title",
        )
        CommentReply.objects.create(
            comment=comment, user=self.author, text=self.secret("reply")
        )
        for page in (self.draft, self.refused):
            PageSubscription.objects.create(
                page=page, user=page.owner, comment_notifications=True
            )

    def keep_translations(self) -> None:
        """The draft and the edited case have strings; someone began to translate."""
        for page in (self.edited, self.draft):
            source = source_of(page)
            Translation.objects.create(source=source, target_locale=locale("en"))
            TranslationLog.objects.create(source=source, locale=locale("en"))
            overridable = OverridableSegment.objects.filter(source=source).first()
            SegmentOverride.objects.get_or_create(
                locale=locale("en"),
                context=overridable.context,
                defaults={"data_json": f'"{self.secret("override")}"'},
            )
            segment = StringSegment.objects.filter(source=source).first()
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                locale=locale("en"),
                context=segment.context,
                data=self.secret("translation"),
                translation_type="manual",
                last_translated_by=self.author,
            )
        batch = Batch.objects.create(
            page=self.draft, locale=locale("en"), user=self.author
        )
        BatchItem.objects.create(batch=batch, page=self.draft, result="failed")

    @property
    def pages(self) -> list[Page]:
        """One page in each state, and what shows two of them in the other language."""
        shown, alias = (
            page.get_translations().get() for page in (self.draft, self.edited)
        )
        return [self.draft, self.edited, self.private, self.waiting, shown, alias]

    def show_picture(self) -> Picture:
        """Have the public case show a picture of this city, as all may see it."""
        seen = PictureFactory(collection=self.collection)
        case = type(self.edited).objects.get(pk=self.edited.pk)
        case.picture = seen
        case.save()
        ReferenceIndex.create_or_update_for_object(case)
        return seen

    def link(self, case: Page, *pictures: Picture) -> None:
        """Have a draft tell of a page and of pictures that are not of this city."""
        self.journey.case, self.journey.picture = case, pictures[0]
        self.journey.stages = [("stage", stage(picture=one)) for one in pictures]
        self.journey.persona_context = (
            f'<p><a linktype="page" id="{case.pk}">{self.secret("link")}</a></p>'
        )
        self.journey.save()
        self.written(self.journey)
        ReferenceIndex.create_or_update_for_object(self.journey)

    def keep_dealings(self) -> None:
        """What the city agrees with its own people, and with the moderators."""
        invite(f"{self.word}-guest@example.org", [self.group], self.author, "fr")
        MailChoice.objects.create(user=self.author)
        Authenticator.objects.create(user=self.author, type="totp", data={})
        retracted = self.case("retracted", self.draft.get_parent(), live=True)
        self.publish(retracted)
        retract(retracted, self.moderator, self.secret("reason"))

    def keep_traces(self) -> None:
        lost = self.case("deleted", self.draft.get_parent())
        log(lost, "wagtail.delete", user=self.author, deleted=True)
        lost.delete()
        EditingSession.objects.create(
            user=self.author,
            content_type=ContentType.objects.get_for_model(self.draft),
            object_id=str(self.draft.pk),
            last_seen_at=timezone.now(),
        )
        FormState.objects.create(
            user=self.author,
            content_type=ContentType.objects.get_for_model(self.draft),
            object_id=str(self.draft.pk),
            parent_object_id="",
            data=f"title={self.secret('typed')}",
            last_updated_at=timezone.now(),
        )
        Redirect.objects.create(
            old_path=f"/{self.word}-path", redirect_page=self.draft, is_permanent=True
        )
        Term.objects.create(
            live=False, **dict.fromkeys(WORDS, self.secret("word"))
        ).save_revision(user=self.moderator)
        Synonym.objects.create(
            words=self.secret("synonym"), meaning=self.secret("meaning")
        )
        Promotion.objects.create(words=self.secret("promotion"), page=self.draft)
        Question.objects.create(
            day=timezone.localdate(),
            language="fr",
            words=self.secret("question"),
            times=1,
            results=0,
        )
        Topic.objects.create(
            name=self.secret("topic"),
            slug=f"{self.word}-topic",
            locale=locale("fr"),
            live=False,
        ).save_revision(user=self.moderator)
