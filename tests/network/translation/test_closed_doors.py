"""wagtail-localize's own ways to change a translation are open to nobody (D11)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from network.access.roles import city_collection
from network.moderation import review
from network.translation.drafts import begin, translation_of
from tests.factories import PictureFactory, TopicFactory
from tests.networks import mirrored
from tests.screens import Screen, translate_rest
from tests.walled import CasePageFactory, cases_of

pytestmark = pytest.mark.django_db

MACHINE = {
    "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator",
    "OPTIONS": {},
}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def case(metz, moderator):
    page = mirrored(
        CasePageFactory, parent=cases_of(metz), title="La salle", picture=picture(metz)
    )
    page.save_revision(user=moderator).publish(user=moderator)
    return page


def picture(city):
    return PictureFactory(collection=city_collection(city), title=f"Of {city}")


@pytest.fixture
def version(case, english, translator):
    begin(case, english, translator)
    return case.get_translation(english)


@pytest.fixture
def waiting(version, client, translator):
    screen = translate_rest(Screen(client, translator, version))
    screen.press("submit")
    assert review.waiting_state(Page.objects.get(pk=version.pk))
    return version


def address(door, translation):
    arguments = [translation.pk]
    if door == "edit_string_translation":
        segments = StringSegment.objects.filter(source=translation.source)
        arguments += [segments.first().pk]
    if door == "edit_override":
        segments = OverridableSegment.objects.filter(source=translation.source)
        arguments += [segments.get(context__path="picture").pk]
    return reverse(f"wagtail_localize:{door}", args=arguments)


def knock(client, door, translation, value):
    """Send what wagtail-localize's editor would."""
    place = address(door, translation)
    if door == "edit_string_translation":
        return client.put(place, "value=Sneaked+in", FORM)
    if door == "edit_override":
        return client.put(place, f"value={value}", FORM)
    if door == "upload_pofile":
        po = str(translation.export_po()).replace('msgstr ""', 'msgstr "Sneaked in"')
        file = SimpleUploadedFile("strings.po", po.encode(), "text/x-gettext")
        return client.post(place, {"file": file})
    return client.post(place)


def kept():
    """All that these doors could write."""
    models = (StringTranslation, SegmentOverride, Translation)
    return [list(model.objects.order_by("pk").values()) for model in models]


DOORS = [
    *("edit_string_translation", "edit_override", "upload_pofile"),
    *("machine_translate", "stop_translation"),
]


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=MACHINE)
@pytest.mark.parametrize("person", ["editor", "translator", "moderator", "team_member"])
@pytest.mark.parametrize("door", DOORS)
def test_a_door_of_wagtail_localize_is_closed(door, person, version, client, request):
    client.force_login(request.getfixturevalue(person))
    secret, before = picture(request.getfixturevalue("lille")), kept()

    answer = knock(client, door, translation_of(version), secret.pk)

    assert answer.status_code in (302, 404)
    assert "Lille" not in answer.content.decode()
    assert kept() == before


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=MACHINE)
@pytest.mark.parametrize("door", DOORS)
def test_nor_is_what_is_locked_or_waits_changed_by_one(
    door, waiting, case, client, moderator
):
    client.force_login(moderator)
    Page.objects.filter(pk=waiting.pk).update(locked=True)
    before, revisions = kept(), list(waiting.revisions.values_list("pk", "content"))

    knock(client, door, translation_of(waiting), case.picture_id)

    assert kept() == before
    assert list(waiting.revisions.values_list("pk", "content")) == revisions


def test_words_open_our_screen_whatever_is_asked_of_them(
    home, english, client, moderator
):
    """That button is for pages; by it words came to wagtail-localize's editor."""
    word = TopicFactory()
    begin(word, english, moderator)
    version = word.get_translation(english)
    client.force_login(moderator)
    name = f"wagtailsnippets_{word._meta.app_label}_{word._meta.model_name}:edit"

    answer = client.post(
        reverse(name, args=[version.pk]), {"localize-convert-to-alias": "1"}
    )

    assert answer.headers["Location"] == reverse(name, args=[version.pk])


# --- Our own screen --------------------------------------------------------


def test_our_screen_keeps_nothing_chosen_for_what_is_locked(
    version, metz, client, translator, moderator
):
    screen = Screen(client, translator, version)
    [name] = [name for name in screen.data if is_choice(name)]
    row = Page.objects.get(pk=version.pk)
    row.locked, row.locked_by = True, moderator
    row.save(clean=False)
    screen.data[name] = str(picture(metz).pk)

    screen.press_and_read("save")

    assert not SegmentOverride.objects.exists()


def test_our_screen_keeps_no_picture_of_another_city_whatever_it_says_was_seen(
    version, lille, client, translator
):
    screen = Screen(client, translator, version)
    [name] = [name for name in screen.data if is_choice(name)]
    theirs = str(picture(lille).pk)
    screen.data[name] = theirs

    for seen in ("", theirs):
        screen.data[name.replace("own-", "own-seen-")] = seen
        screen.press_and_read("save")

    assert not SegmentOverride.objects.exists()
    assert "Lille" not in screen.answer.content.decode()


def is_choice(name):
    return name.startswith("own-") and not name.startswith("own-seen-")
