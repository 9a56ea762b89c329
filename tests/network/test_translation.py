"""From a page in French to the same page in English, by code and afterwards by hand."""

import pytest
from django.db import DataError
from django.urls import reverse
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail_localize.models import (
    LocaleSynchronization,
    StringTranslation,
    Translation,
)

from cities.models import MethodUse
from home.models import StandardPage
from network.core.models import Topic
from network.translation.verbs import follow, mirror, translate
from tests.factories import (
    CasePageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
    StandardPageFactory,
    TopicFactory,
)
from tests.screens import Screen

pytestmark = pytest.mark.django_db

STRINGS = {
    "À propos": "About",
    "Deux &amp; deux": "Two &amp; two",
    "Osez <b>tout</b>": "Dare <b>everything</b>",
    "a-propos": "about",
}


@pytest.fixture
def about(english):
    about = StandardPageFactory(
        title="À propos",
        summary="Deux & deux",
        slug="a-propos",
        body=[("text", "<p>Osez <b>tout</b></p><p>Reste en français</p>")],
    )
    mirror(about)
    return about


def body(page):
    return str(page.body[0].value.source)


def test_a_translation_is_public_at_once_and_in_the_words_given(about, english):
    page = translate(about, english, STRINGS)

    page.refresh_from_db()
    assert (page.title, page.summary, page.slug) == ("About", "Two & two", "about")
    assert (page.live, page.has_unpublished_changes) == (True, False)


def test_what_is_not_translated_stays_as_it_was_written(about, english):
    page = translate(about, english, STRINGS)

    assert body(page) == "<p>Dare <b>everything</b></p><p>Reste en français</p>"


def test_a_translation_can_be_read_at_its_own_address(about, english, client):
    page = translate(about, english, STRINGS)

    content = client.get("/en/about/").content.decode()

    assert page.url == "/en/about/"
    assert "Two &amp; two" in content


def test_the_source_stays_as_it_is(about, english):
    translate(about, english, STRINGS)

    about.refresh_from_db()
    assert (about.title, about.slug, about.alias_of_id) == (
        "À propos",
        "a-propos",
        None,
    )
    assert body(about) == "<p>Osez <b>tout</b></p><p>Reste en français</p>"


def test_the_copy_that_stood_for_a_translation_becomes_it(about, english):
    copy = about.get_translation(english)

    page = translate(about, english, STRINGS)

    assert (copy.alias_of_id, page.alias_of_id) == (about.pk, None)
    assert page.pk == copy.pk


def test_a_page_is_shown_in_the_other_language_until_it_is_translated(about, english):
    copy = about.get_translation(english)

    assert (copy.title, copy.content_language) == ("À propos", "fr")
    assert (copy.live, copy.url) == (True, "/en/a-propos/")


def test_the_copy_of_a_page_follows_it(about, english):
    about.title = "Qui sommes-nous ?"
    about.save_revision().publish()

    assert about.get_translation(english).title == "Qui sommes-nous ?"


def test_the_copy_of_a_page_leaves_with_it(about, english):
    about.unpublish()

    assert about.get_translation(english).live is False


def test_a_page_below_one_that_has_no_copy_gets_its_copy_with_it(english):
    method = MethodPageFactory()

    mirror(method)

    assert method.get_translation(english).get_parent().alias_of_id == (
        method.get_parent().pk
    )


def test_a_language_begins_with_a_copy_of_all_there_is(home, french):
    about = StandardPageFactory(title="À propos")

    english = french.__class__.objects.create(language_code="en")
    follow(english, french)

    copies = Page.objects.filter(locale=english, alias_of__in=[home, about])
    assert [page.title for page in copies] == ["Code Source", "À propos"]


def test_a_language_that_follows_another_is_told_so_once(about, english, french):
    before = Page.objects.count()

    follow(english, french)

    assert LocaleSynchronization.objects.count() == 1
    assert Page.objects.count() == before


def test_a_translation_can_be_made_again_with_other_words(about, english):
    first = translate(about, english, STRINGS)

    again = translate(about, english, STRINGS | {"À propos": "About us"})

    again.refresh_from_db()
    assert (again.pk, again.title, again.summary) == (first.pk, "About us", "Two & two")
    assert StringTranslation.objects.filter(locale=english).count() == len(STRINGS)


def test_a_translation_follows_what_was_added_to_its_source(about, english):
    translate(about, english, STRINGS)
    about.body[0].value = RichText("<p>Osez <b>tout</b></p><p>Et encore</p>")
    about.save_revision().publish()

    page = translate(about, english, {"Et encore": "And again"})

    assert body(page) == "<p>Dare <b>everything</b></p><p>And again</p>"
    assert page.title == "About"


def test_a_translation_made_by_code_can_be_brought_up_to_date_in_the_admin(
    about, english, client, ada
):
    page = translate(about, english, STRINGS)

    assert Screen(client, ada, page).texts == {
        "À propos": "About",
        "a-propos": "about",
        "Deux & deux": "Two & two",
        "Osez <b>tout</b>": "Dare <b>everything</b>",
        "Reste en français": "",
    }


def test_a_translation_can_be_worked_on_string_by_string(about, english):
    page = translate(about, english, STRINGS)
    translation = Translation.objects.get(target_locale=english)
    StringTranslation.objects.filter(data="About").update(data="Who we are")

    translation.save_target(publish=False)

    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Who we are"


def test_a_translation_has_the_links_of_its_source(english):
    topic, principle = TopicFactory(), PrinciplePageFactory(number=1)
    case = CasePageFactory()
    case.topics, case.principles = [topic], [principle]
    case.save_revision().publish()
    mirror(case)

    page = translate(case, english, {})

    page.refresh_from_db()
    assert (list(page.topics.all()), list(page.principles.all())) == (
        [topic],
        [principle],
    )


def test_a_translation_loses_the_links_that_its_source_loses(english):
    case = CasePageFactory()
    case.topics = [TopicFactory(name="Eau"), TopicFactory(name="Énergie")]
    case.save_revision().publish()
    mirror(case)
    translate(case, english, {})
    case.topics = case.topics.filter(name="Eau")
    case.save_revision().publish()

    page = translate(case, english, {})

    page.refresh_from_db()
    assert [topic.name for topic in page.topics.all()] == ["Eau"]


def test_what_is_said_of_a_link_is_translated_and_the_link_stays(english):
    method = MethodPageFactory()
    uses = [
        MethodUse(method=method, note=note, locale=method.locale, sort_order=place)
        for place, note in enumerate(["Deux fois", "Une fois"])
    ]
    case = CasePageFactory(method_uses=uses)
    mirror(case)

    page = translate(case, english, {"Deux fois": "Twice", "Une fois": "Once"})

    page.refresh_from_db()
    assert [(use.method, use.note) for use in page.method_uses.all()] == [
        (method, "Twice"),
        (method, "Once"),
    ]
    assert [use.note for use in case.method_uses.all()] == ["Deux fois", "Une fois"]


def test_facts_that_are_no_texts_are_those_of_the_source(english):
    case = CasePageFactory(start="2018-03", people_met=153, status="tested")
    mirror(case)

    page = translate(case, english, {})

    assert (page.start, page.people_met, page.status) == ("2018-03", 153, "tested")


def test_a_topic_is_translated_and_keeps_its_short_name(english):
    topic = TopicFactory(name="Eau", slug="eau")

    translate(topic, english, {"Eau": "Water"})

    (shown,) = Topic.objects.listed(english)
    assert (shown.name, shown.slug, shown.live) == ("Water", "eau", True)


def test_a_translation_is_written_whole_or_not_at_all(about, english):
    long = {"À propos": "x" * 300}

    with pytest.raises(DataError, match="too long"):
        translate(about, english, STRINGS | long)

    copy = about.get_translation(english)
    assert (copy.title, copy.alias_of_id) == ("À propos", about.pk)
    assert not Translation.objects.exists()


def test_the_history_says_who_translated_a_page(about, english, ada):
    page = translate(about, english, STRINGS, ada)

    assert page.latest_revision.user == ada
    assert set(
        StringTranslation.objects.values_list("last_translated_by", flat=True)
    ) == {ada.pk}


def test_a_page_made_in_the_admin_gets_its_copy_by_itself(home, english, as_ada):
    form = {"title": "À propos", "summary": "Deux", "slug": "a-propos"}
    stream = {"body-count": "0", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])

    as_ada.post(address, form | stream | {"action-publish": "action-publish"})

    about = StandardPage.objects.get(locale=home.locale)
    assert about.get_translation(english).alias_of_id == about.pk
