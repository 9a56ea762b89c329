"""wagtail-localize's own screens, for those who may use them, on what is theirs."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cities.models import CaseIndexPage, CasePage
from network.access.models import Role
from network.core.models import Topic
from network.translation.drafts import begin, publish, translation_of
from tests import databases
from tests.factories import CaseIndexPageFactory, CasePageFactory, TopicFactory
from tests.networks import mirrored, translated
from tests.opened import person
from tests.screens import Screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(metz, network_roles):
    return CaseIndexPage.objects.child_of(metz).get()


@pytest.fixture(scope="module", autouse=True)
def made(opened_for_module, django_db_blocker):
    """Two public cases, made once for all tests."""
    with django_db_blocker.unblock(), databases.kept():
        here = {"parent": Page.objects.get(slug="cas", url_path__contains="/metz/")}
        case = mirrored(CasePageFactory, title="La salle", **here)
        both = translated(CasePageFactory, "The square", title="Le square", **here)
        moderator = person(Role.Kind.MODERATOR)
        for page in (case, both):
            page.save_revision(user=moderator).publish(user=moderator)
        return case.pk, both.pk


@pytest.fixture
def case(made, opened):
    """A case that is public in French, and shown as such in English."""
    return CasePage.objects.get(pk=made[0])


@pytest.fixture
def both(made, opened):
    """A case that is public in both languages, each in its own words."""
    return CasePage.objects.get(pk=made[1])


def may_ask(user):
    """Give somebody the only right that wagtail-localize asks for."""
    user.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    return user


def send(client, user, name, *arguments, **data):
    """Post as this person; what waits for the end of the transaction happens too."""
    client.force_login(user)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(reverse(name, args=arguments), data)


def ask(client, user, page, locale):
    name = "wagtail_localize:submit_page_translation"
    return send(client, user, name, page.pk, locales=[locale.pk])


def edit(client, user, page, **data):
    """Press a button of the translation screen, with nothing typed."""
    return send(client, user, "translation_answer", translation_of(page).pk, **data)


def read(client, page):
    client.logout()
    return client.get(page.url).content


def translate_all(page, locale, title):
    """Translate a page, in the words of its source but for its title."""
    source = TranslationSource.objects.get(object_id=page.translation_key)
    for segment in source.stringsegment_set.exclude(context__path="slug"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": segment.string.data, "translation_type": "manual"},
        )
    type_in(page, locale, title)


def type_in(page, locale, text):
    """Translate the title of a page, as its screen does at each string."""
    source = TranslationSource.objects.get(object_id=page.translation_key)
    segment = source.stringsegment_set.get(context__path="title")
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=locale,
        context=segment.context,
        defaults={"data": text},
    )


# --- To begin a translation ------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_no_translation_is_left_to_begin_it_says_so(
    method, both, editor, english, client
):
    client.force_login(editor)
    address = reverse("wagtail_localize:submit_page_translation", args=[both.pk])
    send = getattr(client, method)

    answer = send(address, {"locales": [english.pk]}, headers={"Accept-Language": "en"})

    version = both.get_translation(english)
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        "“Le square” has all the translations that you may begin."
    ]
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[version.pk])


def test_to_begin_a_translation_makes_nothing_public(
    case, editor, moderator, english, client
):
    """D1: whoever asks, wagtail-localize published it, or took its alias offline."""
    version = case.get_translation(english)
    before = read(client, version)

    for user in (editor, moderator):
        assert ask(client, may_ask(user), case, english).status_code == 302

    version.refresh_from_db()
    assert Translation.objects.filter(source__object_id=case.translation_key).exists()
    assert (version.live, version.alias_of_id) == (True, case.pk)
    assert read(client, version) == before


def test_a_draft_and_its_alias_stay_what_they_are(cases, editor, english, client):
    draft = mirrored(CasePageFactory, parent=cases, title="Draft", live=False)

    ask(client, may_ask(editor), draft, english)

    version = draft.get_translation(english)
    assert (version.live, version.alias_of_id) == (False, draft.pk)


def test_nobody_begins_a_translation_in_another_city(
    case, lille, english, client, request
):
    """D2: wagtail-localize asks for one right, whatever the page."""
    other = CasePageFactory(parent=CaseIndexPage.objects.child_of(lille).get())
    editor = may_ask(request.getfixturevalue("editor"))

    answer = ask(client, editor, other, english)

    assert answer.url == reverse("wagtailadmin_home")
    assert not TranslationSource.objects.filter(object_id=other.translation_key)


def test_a_translator_begins_translations_into_her_language_alone(
    case, translator, english, client
):
    assert ask(client, may_ask(translator), case, english).status_code == 302
    assert Translation.objects.filter(source__object_id=case.translation_key).exists()


def test_nobody_translates_words_that_they_do_not_keep(
    editor, moderator, english, client
):
    """D20: anyone with the right to translate could translate any topic."""
    topic = TopicFactory(name="Libraries")
    name, key = "wagtail_localize:submit_snippet_translation", ("core", "topic")

    send(client, may_ask(editor), name, *key, topic.pk, locales=[english.pk])
    assert not Topic.objects.filter(locale=english).exists()
    send(client, moderator, name, *key, topic.pk, locales=[english.pk])

    assert Topic.objects.get(locale=english).live is False


# --- To work on a translation ----------------------------------------------


def test_a_translation_is_worked_on_while_its_alias_is_public(
    case, translator, english, client
):
    """D3: to save a draft wrote the public row."""
    version = case.get_translation(english)
    before = read(client, version)
    begin(case, english, translator)
    type_in(case, english, "The hall")

    edit(client, translator, version, action="save")

    page = CasePage.objects.get(pk=version.pk)
    assert page.get_latest_revision().as_object().title == "The hall"
    assert (page.title, page.alias_of_id) == ("La salle", case.pk)
    assert read(client, version) == before


def test_a_draft_of_a_public_translation_does_not_show(
    both, translator, english, client
):
    """D3"""
    version = both.get_translation(english)
    before = read(client, version)
    translate_all(both, english, "The park")

    edit(client, translator, version, action="submit")

    assert read(client, version) == before


def test_a_translation_is_public_once_a_moderator_approves_it(
    case, translator, moderator, english, client
):
    """D4: what is submitted on the translation screen is approved like all else."""
    version = case.get_translation(english)
    begin(case, english, translator)
    translate_all(case, english, "The hall")
    edit(client, translator, version, action="submit")
    state = Page.objects.get(pk=version.pk).current_workflow_task_state

    name = "wagtailadmin_pages:workflow_action"
    send(client, moderator, name, version.pk, "approve", state.pk)

    page = CasePage.objects.get(pk=version.pk)
    assert (page.title, page.live, page.alias_of_id) == ("The hall", True, None)
    assert page.content_language == "en"
    assert b"The hall" in read(client, version)


def test_a_source_is_still_shown_while_its_translation_waits(
    case, translator, english, moderator
):
    begin(case, english, translator)
    case.title = "La grande salle"
    case.save_revision(user=moderator).publish(user=moderator)

    assert case.get_translation(english).title == "La grande salle"


def test_a_translator_finds_the_way_to_submit_and_a_moderator_to_approve(
    case, translator, moderator, english, client
):
    """D4"""
    version = case.get_translation(english)
    begin(case, english, translator)
    translate_all(case, english, "The hall")

    assert Screen(client, translator, version).buttons == ["save", "preview", "submit"]
    edit(client, translator, version, action="submit")
    assert Screen(client, translator, version).buttons == []
    decisions = Screen(client, moderator, version).page.select(
        ".translate-decide button"
    )
    assert [button["name"] for button in decisions] == ["approve", "send_back"]


def test_a_translation_is_published_by_whoever_publishes_it(
    case, moderator, english, client
):
    """D1: the history had no name."""
    version = case.get_translation(english)
    begin(case, english, moderator)
    translate_all(case, english, "The hall")

    edit(client, moderator, version, action="publish")

    entries = PageLogEntry.objects.filter(page=version, action="wagtail.publish")
    assert [entry.user for entry in entries] == [moderator]
    assert CasePage.objects.get(pk=version.pk).title == "The hall"


@pytest.mark.parametrize("person", ["editor", "manager", "translator"])
def test_who_may_not_publish_publishes_no_translation(
    person, both, english, client, request
):
    version = both.get_translation(english)
    before = read(client, version)
    translate_all(both, english, "The park")

    edit(client, request.getfixturevalue(person), version, action="publish")

    assert read(client, version) == before


def test_a_translation_of_what_is_private_is_private(case, moderator, english, client):
    kind = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=case, restriction_type=kind)

    publish(begin(case, english, moderator), moderator)

    assert client.get(case.get_translation(english).url).status_code == 302


# --- To follow a source that changed ---------------------------------------


def update(client, user, page, **data):
    source = TranslationSource.objects.get(object_id=page.translation_key)
    name = "wagtail_localize:update_translations"
    return send(client, user, name, source.pk, **data)


@pytest.mark.parametrize("person", ["editor", "manager", "translator"])
def test_who_may_not_publish_takes_changes_over_and_publishes_none(
    person, both, english, client, request
):
    """D2: “Publish immediately” asked nobody."""
    user = may_ask(request.getfixturevalue(person))
    version = both.get_translation(english)
    before = read(client, version)

    update(client, user, both, publish_translations="on")
    update(client, user, both)

    assert read(client, version) == before


def test_nobody_takes_changes_over_in_another_city(both, lille, client, request):
    other = request.getfixturevalue("translator")
    member = may_ask(other)
    member.groups.clear()

    assert update(client, member, both).status_code == 302
    assert not PageLogEntry.objects.filter(user=member)


def test_a_moderator_publishes_what_changed(both, moderator, english, client):
    version = both.get_translation(english)
    type_in(both, english, "The park")

    update(client, moderator, both, publish_translations="on")

    assert CasePage.objects.get(pk=version.pk).title == "The park"
    log = PageLogEntry.objects.filter(page=version, action="wagtail.publish")
    assert moderator in {entry.user for entry in log}


@pytest.mark.parametrize("person", ["editor", "manager", "translator"])
def test_who_may_not_publish_makes_no_alias_of_a_public_translation(
    person, both, english, client, request
):
    version = both.get_translation(english)
    user = request.getfixturevalue(person)

    send(client, user, "wagtail_localize:convert_to_alias", version.pk)
    send(client, user, "wagtailadmin_pages:convert_alias", version.pk)

    assert Page.objects.get(pk=version.pk).alias_of_id is None


# --- What moves together ---------------------------------------------------


def test_a_page_that_is_moved_moves_in_every_language(
    both, case, team_member, english, client
):
    """D7: Wagtail leaves the alias and the translation where they were."""
    city = case.get_parent().get_parent()
    other = mirrored(CaseIndexPageFactory, parent=city, title="Others")

    name = "wagtailadmin_pages:move_confirm"
    for page in (both, case):
        send(client, team_member, name, page.pk, other.pk)

    moved = CasePage.objects.descendant_of(other.get_translation(english))
    assert {page.translation_key for page in moved} == {
        both.translation_key,
        case.translation_key,
    }
