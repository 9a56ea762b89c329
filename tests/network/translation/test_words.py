"""The words that the network shares: translated for all, and by nobody of a city."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from home.models import Term
from network.access.models import Role
from network.core.localized import counterparts
from network.core.models import Topic
from network.translation.drafts import begin
from network.translation.sources import source_of
from network.translation.verbs import translate
from tests.factories import (
    CasePageFactory,
    StandardPageFactory,
    TermFactory,
    TopicFactory,
    UserFactory,
)
from tests.networks import mirrored
from tests.opened import person

pytestmark = pytest.mark.django_db

HOME = "/admin/"


@pytest.fixture
def topic(opened):
    return TopicFactory(name="Bibliothèques", slug="bibliotheques")


@pytest.fixture
def network_translator(english):
    """Somebody who puts into English what the whole network shares."""
    return person(Role.Kind.TRANSLATOR, language=english)


def submit(client, user, topic, locale):
    client.force_login(user)
    arguments = ["core", "topic", topic.pk]
    address = reverse("wagtail_localize:submit_snippet_translation", args=arguments)
    return client.post(address, {"locales": [locale.pk]})


def edit_address(thing):
    kind = f"{thing._meta.app_label}_{thing._meta.model_name}"
    return reverse(f"wagtailsnippets_{kind}:edit", args=[thing.pk])


def test_d20_who_translates_for_the_network_translates_topics(
    topic, network_translator, english, client
):
    submit(client, network_translator, topic, english)

    version = topic.get_translation(english)
    assert (version.name, version.live) == ("Bibliothèques", False)
    assert client.get(edit_address(version)).status_code == 200


@pytest.mark.parametrize("who", ["editor", "manager", "translator"])
def test_d20_nobody_of_a_city_does_whatever_rights_of_wagtail_localize_they_have(
    topic, english, client, request, who
):
    user = request.getfixturevalue(who)
    user.user_permissions.add(Permission.objects.get(codename="submit_translation"))

    submit(client, user, topic, english)

    assert list(Topic.objects.all()) == [topic]


def test_d20_who_translates_into_one_language_translates_into_no_other(
    english, french, network_translator, client
):
    """A topic that was written in English is not hers to put into French."""
    topic = TopicFactory(name="Libraries", locale=english)

    submit(client, network_translator, topic, french)

    assert list(Topic.objects.all()) == [topic]


def test_a_translator_changes_no_source_and_makes_no_word(
    topic, network_translator, client
):
    client.force_login(network_translator)
    data = {"name": "Autre", "slug": "autre"}
    add = reverse("wagtailsnippets_core_topic:add")

    changed = client.post(edit_address(topic), data)
    made = client.post(add, data)

    topic.refresh_from_db()
    assert [changed.url, made.url] == [HOME, HOME]
    assert [one.name for one in Topic.objects.all()] == ["Bibliothèques"]
    assert topic.revisions.count() == 0


def test_a_translator_publishes_no_word(topic, network_translator, english, client):
    submit(client, network_translator, topic, english)
    version = topic.get_translation(english)

    client.post(edit_address(version), {"action": "publish"})

    version.refresh_from_db()
    assert version.live is False


def test_a_translator_drafts_a_term_and_does_not_publish_it(
    network_translator, client, opened
):
    term = TermFactory(word_en="user")
    client.force_login(network_translator)
    data = {
        name: getattr(term, name)
        for name in ("word_fr", "word_en", "definition_fr", "definition_en")
    }

    client.post(edit_address(term), data | {"word_en": "person"})

    term.refresh_from_db()
    assert (term.word_en, term.live) == ("user", True)
    assert term.get_latest_revision_as_object().word_en == "person"


@pytest.mark.parametrize("who", ["editor", "manager", "translator"])
def test_nobody_of_a_city_opens_a_term(client, request, who, opened):
    term = TermFactory()
    client.force_login(request.getfixturevalue(who))

    assert client.get(edit_address(term)).url == HOME
    assert Term.objects.get().word_en == "user"


def test_who_keeps_words_keeps_them_in_every_language(
    topic, moderator, english, client
):
    submit(client, moderator, topic, english)

    addresses = [edit_address(one) for one in Topic.objects.all()]
    answers = [client.get(address).status_code for address in addresses]

    assert answers == [200, 200]


# --- Traps -----------------------------------------------------------------


def test_d19_what_a_copy_in_french_is_about_is_said_in_english(topic, metz, english):
    """An alias keeps the topics of its source; readers find the translated ones."""
    translate(topic, english, {"Bibliothèques": "Libraries"})
    case = CasePageFactory(
        parent=metz.get_children().get(slug="cas"), title="La salle", topics=[topic]
    )
    case.copy_for_translation(english, alias=True)

    found = counterparts(case.topics.all(), Topic.objects.listed(english))

    assert [one.name for one in found] == ["Libraries"]


def test_d21_a_topic_that_is_deleted_and_made_again_has_one_source(topic, english):
    translate(topic, english, {"Bibliothèques": "Libraries"})
    key = topic.translation_key
    for one in Topic.objects.all():
        one.delete()
    again = TopicFactory(name="Lecture", translation_key=key)

    source = source_of(again)
    version = translate(again, english, {"Lecture": "Reading"})

    assert TranslationSource.objects.get(object_id=key) == source
    assert Translation.objects.get(source=source).target_locale == english
    assert version.name == "Reading"


def test_d21_strings_of_nested_blocks_stay_translated_when_the_source_changes(
    home, english, moderator
):
    link = {"title": "Le compte rendu", "url": "https://example.org/5"}
    links = ("links", {"title": "Plus loin", "links": [link, link]})
    page = mirrored(StandardPageFactory, title="À propos", body=[links])
    page.save_revision().publish()
    translation = begin(page, english, moderator)
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            data=f"EN {segment.string.data}",
        )
    before = set(StringSegment.objects.values_list("pk", "context", "string"))

    page = type(page).objects.get(pk=page.pk)
    page.title = "Autre"
    page.save_revision().publish()

    segments = StringSegment.objects.annotate_translation(english)
    left = segments.filter(source=translation.source, translation=None)
    after = set(StringSegment.objects.values_list("pk", "context", "string"))
    assert [one.string.data for one in left.select_related("string")] == ["Autre"]
    assert len(before - after) == len(after - before) == 1


def test_d21_an_alias_below_another_becomes_a_page_of_its_own(metz, english, moderator):
    """wagtail-localize could not turn the copy of a page below a copy into a page."""
    cases = metz.get_children().get(slug="cas")
    case = CasePageFactory(parent=cases, title="La salle")
    case.copy_for_translation(english, alias=True)

    version = translate(case, english, {"La salle": "The room"}, moderator)

    version.refresh_from_db()
    assert (version.title, version.alias_of_id, version.live) == (
        "The room",
        None,
        True,
    )


def test_a_stranger_translates_nothing(topic, english, client):
    submit(client, UserFactory(), topic, english)

    assert list(Topic.objects.all()) == [topic]
