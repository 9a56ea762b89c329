"""Pages that wait for approval, as the tests of moderation begin with."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef
from django.db.models.functions import Cast, Now
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cities.models import CaseIndexPage, CasePage
from network.moderation import review
from network.moderation.models import Submission
from tests.factories import CasePageFactory, locale


def draft_in(city: Page, author, title="The reading room", **fields) -> CasePage:
    """A case that `author` has begun to write in this city."""
    section = CaseIndexPage.objects.child_of(city).get()
    fields = {"live": False, "owner": author, "locale": section.locale, **fields}
    draft = CasePageFactory(parent=section, title=title, slug=slug(title), **fields)
    draft.save_revision(user=author)
    return fresh(draft)


def slug(title: str) -> str:
    return slugify(title)


def submitted(page: Page, author) -> TaskState:
    """What is to be decided, once the page's latest draft is submitted."""
    review.submit(page, author)
    return review.waiting_state(fresh(page))


def published(city: Page, author, **fields) -> CasePage:
    """A case that is public, and was written by `author`."""
    case = draft_in(city, author, **fields)
    case.latest_revision.publish()
    return fresh(case)


def rewritten(page: Page, author, **changes) -> Page:
    """The page with a draft of these changes, which nobody has submitted."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=author)
    return fresh(page)


def fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def english(page: Page) -> Page:
    return page.get_translation(locale("en")).specific


# --- Many of them ----------------------------------------------------------


def crowd(city: Page, author, count: int) -> None:
    """So many drafts, as many that wait, were sent back, or are public, in a city.

    Rows alone, for the lists that read no more of them.
    """
    for kind in ("draft", "waiting", "sent back", "public"):
        pages = bare_pages(city, author, count, kind)
        if kind == "waiting":
            bare_submissions(pages, author, "in_progress", "in_progress")
        elif kind == "sent back":
            bare_submissions(pages, author, "needs_changes", "rejected")


def bare_pages(city: Page, author, count: int, kind: str) -> list[Page]:
    section = CaseIndexPage.objects.child_of(city).get()
    first = section.numchild + 1
    public = kind == "public"
    pages = Page.objects.bulk_create(
        [
            Page(
                title=f"{kind} {number}",
                draft_title=f"{kind} {number}",
                slug=f"{slug(kind)}-{number}",
                path=Page._get_path(section.path, section.depth + 1, number),
                depth=section.depth + 1,
                locale=section.locale,
                content_type=ContentType.objects.get_for_model(CasePage),
                owner=author,
                live=public,
                has_unpublished_changes=not public,
                last_published_at=timezone.now() if public else None,
            )
            for number in range(first, first + count)
        ]
    )
    Page.objects.filter(pk=section.pk).update(numchild=first + count)
    Revision.objects.bulk_create([bare_revision(page, author) for page in pages])
    latest = Revision.objects.filter(object_id=Cast(OuterRef("pk"), CharField()))
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        latest_revision=latest.values("pk")[:1], latest_revision_created_at=Now()
    )
    return pages


def bare_revision(page: Page, author) -> Revision:
    return Revision(
        content_type=page.content_type,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        created_at=timezone.now(),
        user=author,
        object_str=page.title,
        content={"limits": ""},
    )


def bare_submissions(pages: list[Page], author, status: str, decision: str) -> None:
    workflow = pages[0].get_workflow()
    states = WorkflowState.objects.bulk_create(
        [
            WorkflowState(
                content_type=page.content_type,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id=str(page.pk),
                workflow=workflow,
                status=status,
                requested_by=author,
            )
            for page in pages
        ]
    )
    keys = [state.object_id for state in states]
    written = Revision.objects.filter(object_id__in=keys)
    revisions = {revision.object_id: revision for revision in written}
    [task] = workflow.tasks
    tasks = TaskState.objects.bulk_create(
        [
            TaskState(
                workflow_state=state,
                revision=revisions[state.object_id],
                task=task,
                status=decision,
                comment="And then?",
                finished_at=timezone.now(),
            )
            for state in states
        ]
    )
    for state, task in zip(states, tasks, strict=True):
        state.current_task_state = task
    WorkflowState.objects.bulk_update(states, ["current_task_state"])
    Submission.objects.bulk_create(
        [
            Submission(
                state=task, page=page, is_new=True, words_added=1, words_removed=0
            )
            for task, page in zip(tasks, pages, strict=True)
        ]
    )
