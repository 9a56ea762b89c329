"""The nightly check finds each way in which the languages can go apart, and mends it.

Each test breaks something as a script or a killed worker would, past all that follows.
"""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from treebeard.mp_tree import MP_MoveHandler
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from cities.models import CaseIndexPage, CasePage
from network.core.following import following
from network.moderation.retraction import retract
from network.translation.drafts import begin, publish
from network.translation.sources import source_of
from tests.factories import CaseIndexPageFactory, CasePageFactory, TopicFactory
from tests.networks import mirrored, translated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cases(metz, network_roles):
    return CaseIndexPage.objects.child_of(metz).get()


@pytest.fixture
def case(cases):
    return translated(CasePageFactory, "The hall", parent=cases, title="La salle")


@pytest.fixture
def french_only(cases):
    page = mirrored(CasePageFactory, parent=cases, title="Le square")
    page.save_revision().publish()
    return page


@pytest.fixture
def alias(french_only, english):
    return french_only.get_translation(english)


def check(*arguments):
    """Run it: whether all is well at the end, and what it says, without the sums."""
    said = StringIO()
    try:
        call_command("check_translations", *arguments, stdout=said)
    except CommandError:
        return False, said.getvalue().splitlines()[:-1]
    return True, said.getvalue().splitlines()[:-1]


def found_and_mended(*expected):
    """That the check says this and nothing else, and that `--mend` puts it right."""
    assert check() == (False, list(expected))
    assert check("--mend") == (True, list(expected))
    assert check() == (True, [])


def at(page, more=""):
    page = Page.objects.get(pk=page.pk)
    return f"[{page.locale.language_code}] {page.url_path} ({page.pk}): {more}"


def alter(page, **values):
    Page.objects.filter(pk=page.pk).update(**values)


def test_nothing_is_found_where_nothing_happened(case, french_only):
    assert check() == (True, [])
    assert check("--mend") == (True, [])


def test_it_says_how_much_it_found(french_only, alias, capsys):
    alter(alias, slug="other")

    with pytest.raises(CommandError, match="The languages went apart"):
        call_command("check_translations")
    assert capsys.readouterr().out.splitlines()[-1] == "Found: 1. Left: 1."
    call_command("check_translations", "--mend")
    assert capsys.readouterr().out.splitlines()[-1] == "Found: 1. Left: 0."


def test_a_page_without_a_version(cases, english):
    page = CasePageFactory(parent=cases, title="Neuf")

    found_and_mended(at(page, "has no version in “en”"))

    assert page.get_translation(english).alias_of_id == page.pk


def test_a_page_that_was_written_in_english_first(cases, french, english):
    there = cases.get_translation(english)
    page = CasePageFactory(parent=there, locale=english, title="New")

    found_and_mended(at(page, "has no version in “fr”"))

    assert page.get_translation(french).specific.content_language == "en"


def test_a_tree_without_versions_is_mirrored_whole(metz, case, french_only, english):
    with following():
        metz.get_translation(english).delete()

    assert check("--mend")[0] is True

    copy = metz.get_translation(english)
    assert copy.get_descendant_count() == metz.get_descendant_count() == 5


def test_a_version_that_stands_elsewhere(metz, case, french_only, alias, english):
    other = mirrored(CaseIndexPageFactory, parent=metz, title="Autres")
    version = case.get_translation(english)
    with following():
        for page in (alias, version):
            page.move(other.get_translation(english), pos="last-child")

    found_and_mended(
        at(alias, f"stands elsewhere than {at(french_only)[:-2]}"),
        at(version, f"stands elsewhere than {at(case)[:-2]}"),
    )


def test_a_version_among_the_pages_of_another_language(cases, alias, french_only):
    misplace(alias, cases)

    found_and_mended(at(alias, "stands among the pages of another language"))


def misplace(page, parent):
    """Treebeard's own move, which asks and tells nobody."""
    parent = Page.objects.get(pk=parent.pk)
    MP_MoveHandler(Page.objects.get(pk=page.pk), parent, "last-child").process()


def test_an_original_among_the_pages_of_another_language(cases, french_only, english):
    there = cases.get_translation(english)
    misplace(french_only, there)

    found_and_mended(at(french_only, "stands among the pages of another language"))

    assert Page.objects.get(pk=french_only.pk).get_parent().pk == cases.pk


def test_versions_in_another_order(cases, case, french_only, alias, english):
    third = mirrored(CasePageFactory, parent=cases, title="La halle")
    with following():
        Page.objects.get(pk=third.pk).move(case, pos="left")

    found_and_mended(
        at(cases.get_translation(english), "has its pages in another order")
    )


def test_an_alias_of_another_name(french_only, alias):
    alter(alias, slug="other", url_path=alias.url_path.replace("le-square", "other"))

    found_and_mended(at(alias, "should be called “le-square” in its address"))

    assert Page.objects.get(pk=alias.pk).url_path == alias.url_path


def test_an_alias_whose_name_was_taken_gets_it_when_it_is_free(cases, case, english):
    """As long as it is taken, a number behind it is no drift."""
    rival = case.get_translation(english)
    alter(rival, slug="salle", url_path=rival.url_path.replace("la-salle", "salle"))
    page = CasePageFactory(parent=cases, slug="salle")
    page.save_revision().publish()
    version = page.get_translation(english)
    assert (version.slug, check()) == ("salle-1", (True, []))

    alter(rival, slug="room", url_path=rival.url_path.replace("la-salle", "room"))

    found_and_mended(at(version, "should be called “salle” in its address"))
    assert Page.objects.get(pk=version.pk).slug == "salle"


def test_what_is_left_of_an_alias_whose_original_is_gone(french_only, alias):
    """D6: Wagtail makes a page of it, which says that its French is English."""
    with following():
        french_only.delete()
    assert Page.objects.get(pk=alias.pk).alias_of_id is None

    found_and_mended(at(alias, "is left of an alias whose original was deleted"))

    assert not Page.objects.filter(pk=alias.pk).exists()


def test_an_alias_that_shows_another_page(case, french_only, alias):
    alter(alias, alias_of=case.pk)

    found_and_mended(at(alias, f"shows {at(case)[:-2]}, which is another page"))

    assert Page.objects.get(pk=alias.pk).alias_of_id == french_only.pk


def test_an_alias_that_is_offline(french_only, alias):
    alter(alias, live=False)

    found_and_mended(at(alias, "is offline, unlike its original"))


def test_an_alias_that_is_public_alone(french_only, alias):
    alter(french_only, live=False)

    found_and_mended(at(alias, "is public, unlike its original"))

    assert Page.objects.get(pk=alias.pk).live is False


def test_a_translation_that_is_public_alone(case, english):
    """D6"""
    alter(case, live=False)
    version = case.get_translation(english)

    found_and_mended(at(version, "is public, and its original is not"))

    assert Page.objects.get(pk=version.pk).live is False


def test_an_alias_that_says_what_was_said_before(french_only, alias):
    alter(alias, title="Le vieux square")

    found_and_mended(at(alias, "does not say what its original says now"))

    assert Page.objects.get(pk=alias.pk).title == "Le square"


def test_a_translation_that_became_a_source(case, english):
    """D21: the original was taken for its translation, and could not be edited."""
    version = case.get_translation(english)
    source = TranslationSource.objects.get(object_id=case.translation_key)
    other = TranslationSource.objects.get(pk=source.pk)
    other.pk, other.locale, other.object_repr = None, english, "The hall"
    other.save()
    Translation.objects.create(source=other, target_locale=case.locale)

    found_and_mended(
        f"[en] The hall ({case.translation_key}): is kept as a source, and is "
        "translated from another language"
    )

    assert list(TranslationSource.objects.filter(object_id=case.translation_key)) == [
        source
    ]
    assert version.get_parent().locale == english


def test_a_source_of_what_is_gone(case, english):
    """D21: words that were deleted, and made again, had two sources."""
    topic = TopicFactory(name="Eau")
    source_of(topic)
    type(topic).objects.filter(pk=topic.pk)._raw_delete("default")

    found_and_mended(
        f"[fr] Eau ({topic.translation_key}): is kept as a source, and is not there "
        "any more"
    )


def test_words_that_are_made_again_can_be_translated_again(moderator, english):
    """D21"""
    for _ in range(2):
        topic = TopicFactory(name="Eau", slug="eau")
        publish(begin(topic, english, moderator), moderator)
        assert topic.get_translation(english).live
        for version in topic.get_translations(inclusive=True):
            version.delete()

    assert check() == (True, [])


def test_an_alias_below_an_alias_can_be_translated(cases, moderator, english):
    """D21: wagtail-localize converts no alias whose parent is one."""
    index = mirrored(CaseIndexPageFactory, parent=cases.get_parent(), title="Autres")
    page = mirrored(CasePageFactory, parent=index, title="La halle")
    assert page.get_translation(english).get_parent().alias_of_id == index.pk

    publish(begin(page, english, moderator), moderator)

    version = CasePage.objects.get(pk=page.get_translation(english).pk)
    assert (version.alias_of_id, version.live) == (None, True)
    assert check() == (True, [])


def test_what_somebody_wrote_below_what_is_left_of_an_alias_stays(
    french_only, cases, english, french
):
    index = mirrored(CaseIndexPageFactory, parent=cases.get_parent(), title="Autres")
    there = index.get_translation(english)
    below = CasePageFactory(parent=there, locale=english, title="Kept")
    with following():
        index.delete()

    well, said = check("--mend")

    assert (well, said) == (
        True,
        [
            at(there, "is left of an alias whose original was deleted"),
            at(below, "has no version in “fr”"),
        ],
    )
    assert below.get_translation(french).get_parent().alias_of_id == there.pk


def test_what_cannot_be_mended_is_said_again(french_only, alias, moderator):
    """What was retracted comes back by being restored, and in no other way."""
    retract(french_only, moderator, "Because")
    alter(french_only, live=True)
    said = [at(alias, "is offline, unlike its original")]

    assert check("--mend") == (False, said)
    assert check() == (False, said)


@pytest.mark.parametrize("count", [1, 3])
def test_to_check_costs_the_same_for_any_number_of_pages(
    count, cases, django_assert_max_num_queries
):
    for number in range(count):
        translated(CasePageFactory, f"Hall {number}", parent=cases, title=f"N{number}")

    with django_assert_max_num_queries(8):
        assert check() == (True, [])
