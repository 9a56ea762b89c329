"""What is public, said once for every kind of page."""

import pytest
from wagtail.models import Page, PageViewRestriction

from home.models import StandardPage
from methods.models import MethodPage
from network.core.models import ENTRIES_PER_PAGE, Topic
from network.core.querysets import EditorialQuerySet
from network.translation.verbs import mirror, translate
from tests.factories import (
    MethodIndexPageFactory,
    MethodPageFactory,
    PictureFactory,
    StandardPageFactory,
    TopicFactory,
    locale,
)

pytestmark = pytest.mark.django_db


def titles(pages):
    return [page.title for page in pages]


def listed(language):
    return StandardPage.objects.listed(language).by_title()


def test_a_draft_is_not_listed(french):
    StandardPageFactory(title="Public")
    StandardPageFactory(title="Draft", live=False)

    assert titles(listed(french)) == ["Public"]


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_page_that_is_not_for_everybody_is_not_listed(french, kind):
    StandardPageFactory(title="Public")
    hidden = StandardPageFactory(title="For some")
    PageViewRestriction.objects.create(page=hidden, restriction_type=kind)

    assert titles(listed(french)) == ["Public"]


def test_what_lies_below_a_page_that_is_not_for_everybody_is_not_listed(french):
    hidden, shown = MethodIndexPageFactory(), MethodIndexPageFactory(title="Others")
    secret = MethodPageFactory(parent=hidden, title="Secret")
    MethodPageFactory(parent=shown, title="Public")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert titles(type(secret).objects.listed(french)) == ["Public"]


def test_the_copy_of_a_page_that_is_not_for_everybody_is_not_listed(english):
    hidden, shown = MethodIndexPageFactory(), MethodIndexPageFactory(title="Others")
    for index, title in [(hidden, "Secret"), (shown, "Public")]:
        mirror(MethodPageFactory(parent=index, title=title))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert titles(MethodPage.objects.listed(english)) == ["Public"]


def test_a_page_whose_path_only_begins_like_a_hidden_one_is_listed(french, home):
    hidden = StandardPageFactory(title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for number in range(36):
        StandardPageFactory(title=f"Page {number}")

    assert listed(french).count() == 36


def test_a_page_of_another_language_is_not_listed(home, french, english):
    StandardPageFactory(title="Français")
    english_home = home.get_translation(english)
    StandardPageFactory(title="English", parent=english_home, locale=english)

    assert [titles(listed(language)) for language in (french, english)] == [
        *(["Français"], ["English"])
    ]


def test_a_page_without_translation_is_listed_in_its_own_language(french, english):
    page = StandardPageFactory(title="Bonjour")
    mirror(page)

    (shown,) = listed(english)
    assert (shown.title, shown.alias_of_id) == ("Bonjour", page.pk)
    assert shown.content_language == "fr"


def test_a_translated_page_is_listed_as_its_translation(french, english):
    page = StandardPageFactory(title="Bonjour")
    translate(page, english, {"Bonjour": "Hello"})

    (shown,) = listed(english)
    assert (shown.title, shown.alias_of_id) == ("Hello", None)
    assert shown.content_language == "en"


def test_a_page_knows_its_language_however_it_was_found(french, english):
    page = StandardPageFactory(title="Bonjour")
    mirror(page)

    (shown,) = StandardPage.objects.filter(locale=english)
    assert [shown.content_language, page.content_language] == ["fr", "fr"]


def test_a_draft_is_not_listed_in_any_language_by_its_alias(english):
    page = StandardPageFactory(title="Bonjour")
    mirror(page)
    page.unpublish()

    assert titles(listed(english)) == []


def test_pages_are_in_the_order_of_a_dictionary(french):
    for title in ["Zoo", "étude", "Abri", "Éclat", "eau", "Œuvre", "ouvert", "abord"]:
        StandardPageFactory(title=title)

    assert titles(listed(french)) == [
        *("abord", "Abri", "eau", "Éclat", "étude", "Œuvre", "ouvert", "Zoo")
    ]


def test_pages_of_one_title_are_always_in_one_order(french):
    pages = [StandardPageFactory(title="Same", slug=f"s{n}") for n in range(3)]

    assert list(listed(french)) == pages


def test_the_latest_page_is_first_and_one_without_a_date_last(french):
    first, second, unknown = (
        StandardPageFactory(title=title, first_published_at=date)
        for title, date in [
            ("First", "2018-01-01T00:00Z"),
            ("Second", "2019-01-01T00:00Z"),
            ("Unknown", None),
        ]
    )

    latest = StandardPage.objects.listed(french).latest_first()
    assert list(latest) == [second, first, unknown]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_with_pictures_and_languages_is_one_query(
    french, english, count, django_assert_num_queries
):
    for number in range(count):
        page = StandardPageFactory(title=f"Page {number}", picture=PictureFactory())
        mirror(page)

    with django_assert_num_queries(1):
        shown = [
            (page.picture.description, page.content_language)
            for page in listed(english)
        ]

    assert shown == [("Une rue", "fr")] * count


def test_all_kinds_of_pages_can_be_asked_for_at_once(french, home):
    method = MethodPageFactory()
    StandardPageFactory(title="About", live=False)

    public = EditorialQuerySet(Page).public_in(french).filter(depth__gt=3)
    assert [page.specific for page in public] == [method]


def test_topics_are_listed_in_their_language_and_order_and_without_drafts(french):
    for name in ["Transport", "École", "Eau"]:
        TopicFactory(name=name, slug=name.lower())
    TopicFactory(name="Draft", live=False)
    water = Topic.objects.get(name="Eau").copy_for_translation(locale("en"))
    water.name = "Water"
    water.save()

    names = [topic.name for topic in Topic.objects.listed(french)]
    assert names == ["Eau", "École", "Transport"]


def test_a_topic_that_nobody_translated_is_listed_in_its_own_language(french):
    """D19: a page in English keeps the French topics of its source."""
    water = TopicFactory(name="L’eau", slug="eau").copy_for_translation(locale("en"))
    water.name = "Water"
    water.save()
    TopicFactory(name="Le jeu", slug="jeu")
    draft = TopicFactory(name="La rue", slug="rue").copy_for_translation(locale("en"))
    Topic.objects.filter(pk=draft.pk).update(live=False)

    listed = Topic.objects.listed(locale("en"))

    assert [(topic.name, topic.content_language) for topic in listed] == [
        ("La rue", "fr"),
        ("Le jeu", "fr"),
        ("Water", "en"),
    ]


def test_a_long_list_comes_in_parts(client, home):
    index = MethodIndexPageFactory(slug="methods")
    for number in range(ENTRIES_PER_PAGE + 1):
        MethodPageFactory(parent=index, title=f"Method {number:02}")

    first, second = (
        client.get(index.url, {"page": page}).context["entries"] for page in (1, 2)
    )

    assert titles(first) == [f"Method {number:02}" for number in range(24)]
    assert titles(second) == ["Method 24"]


@pytest.mark.parametrize(
    ("asked", "given"), [("", 1), ("x", 1), ("0", 2), ("-1", 2), ("9", 2), ("²", 1)]
)
def test_a_part_that_does_not_exist_is_the_nearest_that_does(
    client, home, asked, given
):
    index = MethodIndexPageFactory(slug="methods")
    for number in range(ENTRIES_PER_PAGE + 1):
        MethodPageFactory(parent=index, title=f"Method {number:02}")

    answer = client.get(index.url, {"page": asked})

    assert answer.context["entries"].number == given
