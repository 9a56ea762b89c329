"""What a page that waits changes, what to look at, and translations like all others."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail_localize.models import StringTranslation, Translation

from network.moderation import review
from network.moderation.checks import checks_of
from network.translation.sources import source_of
from tests.factories import PictureFactory, locale
from tests.submissions import draft_in, english, fresh, published, rewritten, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(metz, editor, network_roles):
    return draft_in(metz, editor, limits="<p>Two weeks only.</p>")


@pytest.fixture
def state(draft, editor):
    """The draft, once it waits."""
    return submitted(draft, editor)


@pytest.fixture
def as_moderator(client, moderator):
    client.force_login(moderator)
    return client


def address(page):
    return reverse("moderation_review", args=[page.pk])


def read(client, page):
    return client.get(address(page), headers={"Accept-Language": "en"})


def decide(client, page, action, state=None, **data):
    data = {
        "state": (state or review.waiting_state(fresh(page))).pk,
        action: "",
        **data,
    }
    return client.post(
        address(page), data, follow=True, headers={"Accept-Language": "en"}
    )


def said(answer):
    """What the screen tells somebody after what they did."""
    return [unescape(one.message).strip() for one in answer.context["messages"]]


# --- What is shown ---------------------------------------------------------


def test_the_words_that_change_are_marked_for_eyes_and_ears(as_moderator, metz, editor):
    case = published(metz, editor, limits="<p>Ten people.</p>")
    submitted(rewritten(case, editor, limits="<p>Twelve people.</p>"), editor)

    screen = read(as_moderator, case).content.decode()

    assert '<del><span class="w-sr-only">[removed: </span>Ten' in screen
    assert '<ins><span class="w-sr-only">[added: </span>Twelve' in screen


def test_what_an_editor_types_is_shown_as_text_and_not_run(as_moderator, metz, editor):
    evil = "<script>alert(1)</script>"
    draft = draft_in(metz, editor, question=evil)
    submitted(draft, editor)

    screen = read(as_moderator, draft).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in screen
    assert evil not in screen


def test_each_check_is_shown_with_what_code_knows(as_moderator, metz, editor):
    picture = PictureFactory(description="", credit="", shows_people=True)
    figure = {"picture": picture, "alternative": "", "caption": ""}
    draft = draft_in(
        metz,
        editor,
        people_met=12,
        contact="ada@metz.example, 03 87 55 50 00",
        figures=[("figure", figure)],
    )
    submitted(draft, editor)

    answer = read(as_moderator, draft)

    facts = {check.name: check.fact for check, box in answer.context["checks"]}
    assert facts == {
        "question": "“How can people feel at home here?”",
        "met": "Fieldwork: empty. People met: 12.",
        "limits": "Limits: empty.",
        "pictures": "1 picture. Without credit: 1. Of people who have not agreed: 1.",
        "personal_data": "Found: ada@metz.example, 03 87 55 50 00.",
        "alternatives": "1 picture without alternative text in this language.",
    }


def test_dates_are_no_telephone_numbers(metz, editor):
    days = {"what": "A trial", "start": "2018-05-18", "end": "2018-07-05"}
    draft = draft_in(
        metz, editor, tests=[("test", days)], results="<p>2018-05-18 2018-07-05</p>"
    )

    with override("en"):
        facts = {check.name: check.fact for check in checks_of(draft)}

    assert facts["personal_data"] == "No e-mail address or telephone number found."


def test_what_a_page_does_not_have_is_not_checked(metz, moderator):
    assert [check.name for check in checks_of(metz)] == ["personal_data"]


def test_the_form_of_a_page_that_waits_leads_to_where_it_is_decided(
    as_moderator, draft, state
):
    form = as_moderator.get(
        reverse("wagtailadmin_pages:edit", args=[draft.pk])
    ).content.decode()

    assert f'href="{address(draft)}"' in form
    assert "data-workflow-action-name" not in form


# --- Translations ----------------------------------------------------------


@pytest.fixture
def translation(metz, editor, network_roles):
    """A case that is public in both languages, in its translation's own editor."""
    case = published(metz, editor, title="La salle", question="Pourquoi ?")
    source = source_of(case)
    Translation.objects.create(source=source, target_locale=locale("en"))
    page, _ = source.create_or_update_translation(
        locale("en"), publish=False, fallback=True
    )
    page.latest_revision.publish()
    return english(case)


def translate(page, text, to):
    """Translate one text, and say of all others that they stay as they are."""
    source = review.translation_of(page).source
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            locale=page.locale,
            context=segment.context,
            data=to if segment.string.data == text else segment.string.data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment in source.stringsegment_set.select_related("string", "context")
    )


def test_d3_d4_a_translation_is_submitted_read_and_approved_where_pages_are(
    client, editor, moderator, translation
):
    """Its own editor has no such button, and would write what readers see."""
    translate(translation, "Pourquoi ?", "Why?")
    client.force_login(editor)
    before = read(client, translation).content.decode()
    client.post(address(translation), {"submit": ""})
    assert "[added: </span>Why?" in before
    assert fresh(translation).question == "Pourquoi ?"

    client.force_login(moderator)
    screen = read(client, translation)
    decide(client, translation, "approve")

    assert fresh(translation).question == "Why?"
    assert "faithful" in [check.name for check, box in screen.context["checks"]]
    assert "See the original" in screen.content.decode()


def test_d4_the_screen_of_a_translation_leads_to_where_it_is_submitted(
    client, editor, translation
):
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[translation.pk])

    screen = client.get(edit).content.decode()

    assert f'href="{address(translation)}"' in screen


@pytest.mark.usefixtures("team_member")
def test_nobody_approves_their_own_sentences_of_a_translation_that_another_submits(
    client, editor, moderator, translation
):
    """Who presses the button owns the revision, and may have written none of it."""
    translate(translation, "Pourquoi ?", "Why?")
    submitted(translation, editor)
    client.force_login(moderator)
    assert "approve" in read(client, translation).context["actions"]

    StringTranslation.objects.filter(data="Why?").update(last_translated_by=moderator)
    decide(client, translation, "approve")

    assert "approve" not in read(client, translation).context["actions"]
    assert fresh(translation).question == "Pourquoi ?"


@pytest.mark.usefixtures("team_member")
def test_what_they_wrote_before_the_translation_was_last_public_does_not_count(
    client, editor, moderator, translation
):
    translate(translation, "Pourquoi ?", "Why?")
    long_ago = translation.last_published_at - timedelta(days=1)
    StringTranslation.objects.update(last_translated_by=moderator, updated_at=long_ago)
    submitted(translation, editor)
    client.force_login(moderator)

    decide(client, translation, "approve")

    assert fresh(translation).question == "Why?"


def test_the_pictures_of_a_page_are_shown_and_what_became_of_them(
    as_moderator, metz, editor, network_roles
):
    kept, old, new = (PictureFactory(title=one) for one in ("Kept", "Old", "New"))
    figures = [("figure", {"picture": kept, "alternative": "A hall", "caption": ""})]
    case = published(metz, editor, picture=old, figures=figures)
    submitted(rewritten(case, editor, picture=new), editor)

    answer = read(as_moderator, case)

    shown = answer.context["pictures"]
    assert [(one.picture, one.alternative, one.kind) for one in shown] == [
        (new, "", "added"),
        (kept, "A hall", "same"),
        (old, "", "removed"),
    ]
    assert answer.content.decode().count("max-240x180") == 3


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("network_roles")
def test_many_pictures_cost_what_one_does(
    as_moderator, metz, editor, count, django_assert_max_num_queries
):
    figures = [
        ("figure", {"picture": PictureFactory(), "alternative": "", "caption": ""})
        for _number in range(count)
    ]
    case = draft_in(metz, editor, figures=figures)
    submitted(case, editor)
    read(as_moderator, case)  # makes the thumbnails

    with django_assert_max_num_queries(60):
        read(as_moderator, case)
