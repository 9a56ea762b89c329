"""The translation screen: what it shows and keeps, and what it never writes over."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, Page
from wagtail.rich_text import RichText
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from cities.models import CaseIndexPage, CasePage
from network.access.models import Role
from network.moderation import review
from network.translation.drafts import begin, translation_of
from network.translation.states import State, state_of
from tests import databases
from tests.factories import CasePageFactory, PictureFactory, TermFactory, UserFactory
from tests.networks import mirrored
from tests.opened import person
from tests.screens import Screen, address_of, translate_rest

pytestmark = pytest.mark.django_db

BRIEF = (
    '<p>Le <b>hall</b> et <a href="https://example.org/">la salle</a>.</p><p>Un an.</p>'
)
HALL = "Le <b>hall</b> et <a1>la salle</a1>."
DUMMY = "wagtail_localize.machine_translators.dummy.DummyTranslator"
# Where the site indexes what was saved; tests do at once.
IN_A_JOB = "django_tasks.backends.dummy.DummyBackend"
MACHINE = {"CLASS": DUMMY, "OPTIONS": {}}


@pytest.fixture(scope="module", autouse=True)
def made(opened_for_module, django_db_blocker):
    """A public case, made once for all tests."""
    figure = {"value": "153", "label": "agents rencontrés"}
    with django_db_blocker.unblock(), databases.kept():
        page = mirrored(
            CasePageFactory,
            parent=Page.objects.get(slug="cas", url_path__contains="/metz/"),
            title="La salle & le hall",
            summary="Deux usagers",
            brief=BRIEF,
            key_figures=[("key_figure", figure)],
        )
        moderator = person(Role.Kind.MODERATOR)
        page.save_revision(user=moderator).publish(user=moderator)
        return page.pk


@pytest.fixture
def case(made, opened):
    """A case that is public in French, with something to translate in each shape."""
    return CasePage.objects.get(pk=made)


@pytest.fixture
def version(case, english, translator):
    """The same in English, where its translation has just begun."""
    begin(case, english, translator)
    return case.get_translation(english)


@pytest.fixture
def open_screen(client, translator, version):
    def open_screen(user=translator):
        return Screen(client, user, version)

    return open_screen


@pytest.fixture
def public(open_screen, version, moderator, committed):
    """The same, once it was translated, submitted and approved."""
    translate_rest(open_screen()).press("submit")
    approve(version, moderator, committed)
    return CasePage.objects.get(pk=version.pk)


@pytest.fixture
def changed(case, public, moderator):
    """The same, once its source says something else."""
    change(case, moderator, summary="Trois usagers")
    return public


def approve(version, moderator, committed):
    state = review.waiting_state(Page.objects.get(pk=version.pk))
    committed(review.approve, state, moderator, "", [])


def change(case, moderator, **fields):
    draft = CasePage.objects.get(pk=case.pk)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=moderator).publish(user=moderator)


def draft_of(version):
    return CasePage.objects.get(pk=version.pk).get_latest_revision_as_object()


# --- How one gets there ----------------------------------------------------


@pytest.mark.parametrize("person", ["translator", "editor", "manager", "moderator"])
def test_what_nobody_has_translated_can_be_with_one_click(
    case, client, person, english, request
):
    translator = request.getfixturevalue(person)
    client.force_login(translator)
    alias = case.get_translation(english)
    page = BeautifulSoup(client.get(address_of(alias)).content, "html.parser")
    [form] = page.main.select("form[method=post]")

    typed = {one["name"]: one["value"] for one in form.select("input")}
    answer = client.post(form["action"], typed)

    assert (answer.status_code, answer.url) == (302, address_of(alias))
    assert translation_of(alias)
    assert Screen(client, translator, alias).stands


def test_the_people_of_another_city_begin_nothing(case, client, lille, english):
    stranger = UserFactory()
    role = Role.objects.get(branch=lille.translation_key, kind=Role.Kind.EDITOR)
    stranger.groups.add(role.group)
    client.force_login(stranger)
    address = reverse("wagtail_localize:submit_page_translation", args=[case.pk])

    client.post(address, {"locales": [english.pk]})

    assert translation_of(case.get_translation(english)) is None


# --- What it shows ---------------------------------------------------------


def test_all_that_is_to_translate_stands_in_the_order_of_the_form(open_screen):
    screen = open_screen()

    assert list(screen.stands.items()) == [
        ("La salle & le hall", "missing"),
        ("Deux usagers", "missing"),
        ("How can people feel at home here?", "missing"),
        (HALL, "missing"),
        ("Un an.", "missing"),
        ("153", "missing"),
        ("agents rencontrés", "missing"),
        # A page has an address before somebody gives it one.
        ("la-salle-le-hall", "done"),
    ]


def test_words_of_the_network_come_with_their_agreed_translation(open_screen):
    TermFactory(word_fr="usager", word_en="user", note="never “client”")

    screen = open_screen()

    assert screen.text(".translate-terms li") == ["usager → user (never “client”)"]
    assert screen.text(".translate-term") == ["usagers"]


def test_what_is_left_to_do_is_counted(open_screen):
    screen = open_screen()
    total = len(screen.stands)

    screen.fill({"Un an.": "A year."}).press("save")

    progress = open_screen().page.select_one("progress")
    assert [int(progress["max"]), int(progress["value"])] == [total, 2]


# --- What it keeps ---------------------------------------------------------


def test_what_is_typed_is_in_the_draft_and_readers_see_nothing_of_it(
    open_screen, version, case
):
    """D3"""
    screen = open_screen()

    screen.fill(
        {
            "La salle & le hall": "The room & the hall",
            HALL: "The <b>hall</b> and <a1>the room</a1>.",
        }
    ).press("save")

    draft = draft_of(version)
    assert draft.title == "The room & the hall"
    assert 'The <b>hall</b> and <a href="https://example.org/">the room</a>.' in str(
        draft.brief
    )
    row = CasePage.objects.get(pk=version.pk)
    assert (row.title, row.alias_of_id) == ("La salle & le hall", case.pk)


def test_what_was_typed_stands_there_again(open_screen):
    said = {"La salle & le hall": "Room & hall", HALL: "A <b>b</b> <a1>c</a1> & d"}

    open_screen().fill(said).press("save")

    texts = open_screen().texts
    assert {one: texts[one] for one in said} == said


def test_a_page_gets_an_address_from_its_title(open_screen, version):
    open_screen().fill({"La salle & le hall": "The room"}).press("save")

    assert draft_of(version).slug == "the-room"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("The hall and the room.", "<a1>…</a1>"),
        ("The <b>hall <a1>the room</a1>.", "<b>"),
        ("The <i>hall</i> and <a1>the room</a1>.", "<i>"),
        ("The hall <script>x</script> <a1>the room</a1>.", "<script>"),
        ("The hall <a1>the</a1> <a1>room</a1>.", "<a1>…</a1>"),
    ],
)
def test_marks_that_are_not_those_of_the_source_are_said_and_kept(
    open_screen, version, typed, wrong
):
    open_screen().fill({HALL: typed}).press("save")

    screen = open_screen()
    assert screen.texts[HALL] == typed
    assert screen.stands[HALL] == "wrong"
    [error] = screen.text(".translate-error")
    assert wrong in error
    assert "Le <b>hall</b>" in str(draft_of(version).brief)


def test_what_is_wrong_is_said_in_the_language_of_whoever_looks(
    open_screen, version, moderator
):
    long = "x" * 300
    UserProfile.objects.create(user=moderator, preferred_language="en")
    open_screen().fill({"La salle & le hall": long}).press("save")

    said = [open_screen(*user).text(".translate-error") for user in ([], [moderator])]

    french, english = said
    assert english == ["This is too long: 300 characters, where 255 fit."]
    assert french != english


def test_a_title_that_is_too_long_is_said_and_kept(open_screen, version):
    typed = "x" * 300

    open_screen().fill({"La salle & le hall": typed}).press("save")

    screen = open_screen()
    assert screen.texts["La salle & le hall"] == typed
    assert screen.stands["La salle & le hall"] == "wrong"


def test_a_plain_text_may_hold_what_looks_like_a_mark(open_screen, version):
    open_screen().fill({"Deux usagers": "a < b & <b>c</b>"}).press("save")

    assert draft_of(version).summary == "a < b & <b>c</b>"


# --- What changed in the source --------------------------------------------


def test_a_changed_sentence_stands_on_top_with_what_changed(
    open_screen, case, public, moderator
):
    """D10: nothing said that a source was changed."""
    change(case, moderator, summary="Trois usagers")

    screen = open_screen()

    assert screen.text(".translate-changed .translate-source label") == [
        "Trois usagers"
    ]
    assert screen.texts["Trois usagers"] == "Deux usagers (EN)"
    assert screen.text(".translate-changed del, .translate-changed ins") == [
        "[retiré : Deux]",
        "[ajouté : Trois]",
    ]
    assert state_of(public) == State.OUTDATED


def test_an_old_translation_is_not_taken_for_a_new_one(
    open_screen, case, public, moderator
):
    change(case, moderator, summary="Trois usagers")

    screen = open_screen().press_and_read("submit")

    assert screen.stands["Trois usagers"] == "outdated"
    assert review.waiting_state(Page.objects.get(pk=public.pk)) is None


@pytest.mark.parametrize("how", ["typed", "kept"])
def test_a_changed_sentence_is_done_once_typed_anew_or_said_to_be_right(
    open_screen, changed, moderator, committed, how
):
    screen = open_screen()

    if how == "typed":
        screen.fill({"Trois usagers": "Three users"})
    else:
        screen.keep("Trois usagers")
    screen.press("submit")
    approve(changed, moderator, committed)

    expected = {"typed": "Three users", "kept": "Deux usagers (EN)"}
    page = CasePage.objects.get(pk=changed.pk)
    assert page.summary == expected[how]
    assert state_of(page) == State.UP_TO_DATE


def test_a_page_keeps_its_address_when_that_of_its_source_changes(
    open_screen, case, public, moderator
):
    before = public.slug
    change(case, moderator, slug="ailleurs")

    open_screen().press("save")

    assert draft_of(public).slug == before


# --- To submit -------------------------------------------------------------


def test_what_is_left_keeps_a_translation_from_being_submitted(open_screen, version):
    screen = translate_rest(open_screen()).fill({"Deux usagers": ""})

    screen.press_and_read("submit")

    [message] = screen.text(".messages li, .messages .error")[:1]
    assert "Résumé" in message
    assert review.waiting_state(Page.objects.get(pk=version.pk)) is None
    assert screen.texts["Un an."] == "Un an. (EN)"


def test_what_is_the_same_in_both_languages_is_said_to_be(open_screen, version):
    screen = translate_rest(open_screen()).fill({"Deux usagers": ""})

    screen.keep("Deux usagers").press("submit")

    assert review.waiting_state(Page.objects.get(pk=version.pk))
    assert draft_of(version).summary == "Deux usagers"


def test_a_translation_is_changed_under_review_sent_back_and_approved(
    open_screen, version, moderator, committed, client
):
    """D4"""
    translate_rest(open_screen()).press("submit")
    locked = open_screen()
    assert locked.buttons == []
    assert "attend" in " ".join(locked.text(".help-warning"))

    seen = open_screen(moderator)
    seen.fill({"Un an.": "One year."}).press("save")
    form = {"state": review.waiting_state(Page.objects.get(pk=version.pk)).pk}
    place = reverse("moderation_review", args=[version.pk])
    assert seen.page.select_one(".translate-decide")["action"] == place
    client.post(place, {**form, "comment": "One month.", "send_back": "yes"})

    screen = open_screen()
    assert screen.text(".desk-comment") == ["One month."]
    assert screen.texts["Un an."] == "One year."
    screen.fill({"Un an.": "One month."}).press("submit")
    approve(version, moderator, committed)

    page = CasePage.objects.get(pk=version.pk)
    assert "One month." in str(page.brief)
    assert (page.live, page.alias_of_id) == (True, None)
    assert state_of(page) == State.UP_TO_DATE


def test_no_other_way_submits_what_is_not_finished(open_screen, version, translator):
    open_screen().fill({"Un an.": "A year."}).press("save")
    page = Page.objects.get(pk=version.pk).specific
    Page.objects.filter(pk=page.pk).update(alias_of=None)

    with pytest.raises(review.NotReady) as refused:
        review.submit(Page.objects.get(pk=page.pk).specific, translator)

    assert "Résumé" in str(refused.value) or "Summary" in str(refused.value)


# --- Two at once -----------------------------------------------------------


def test_two_who_translate_different_passages_lose_nothing(
    open_screen, version, editor
):
    ada, bea = open_screen(), open_screen(editor)

    ada.fill({"Un an.": "A year."}).press("save")
    bea.fill({"Deux usagers": "Two users"}).press("save")

    draft = draft_of(version)
    assert draft.summary == "Two users"
    assert "A year." in str(draft.brief)


def test_two_who_translate_the_same_passage_see_both_texts(open_screen, editor):
    ada, bea = open_screen(), open_screen(editor)
    ada.fill({"Un an.": "A year."}).press("save")

    bea.fill({"Un an.": "One year.", "Deux usagers": "Two users"})
    bea.press_and_read("save")

    assert bea.text(".translate-theirs") == ["A year."]
    assert bea.texts["Un an."] == "One year."
    fresh = open_screen()
    assert (fresh.texts["Un an."], fresh.texts["Deux usagers"]) == (
        "A year.",
        "Two users",
    )
    bea.press("save")
    assert open_screen().texts["Un an."] == "One year."


def test_what_was_typed_while_the_source_changed_is_offered_again(
    open_screen, case, moderator
):
    screen = open_screen()
    change(case, moderator, summary="Trois usagers")

    screen.fill({"Deux usagers": "Two users"}).press_and_read("save")

    assert screen.texts["Trois usagers"] == "Two users"
    assert screen.stands["Trois usagers"] == "outdated"


def test_what_was_typed_before_a_page_was_locked_is_not_lost(
    open_screen, version, moderator
):
    screen = open_screen()
    row = Page.objects.get(pk=version.pk)
    row.locked, row.locked_by = True, moderator
    row.save(clean=False)

    screen.fill({"Un an.": "A year."}).press_and_read("save")

    assert screen.texts["Un an."] == "A year."
    assert not StringTranslation.objects.filter(data="A year.").exists()


# --- PO files --------------------------------------------------------------


def download(client, version):
    name = "wagtail_localize:download_pofile"
    return client.get(reverse(name, args=[translation_of(version).pk])).content


def upload(screen, content):
    file = SimpleUploadedFile("case.po", content, content_type="text/plain")
    return screen.press_and_read("upload", file=file)


def test_a_file_is_taken_away_filled_in_and_brought_back(open_screen, version, client):
    screen = open_screen()
    file = download(client, version).decode()
    filled = file.replace(
        'msgid "Un an."\nmsgstr ""', 'msgid "Un an."\nmsgstr "A year."'
    )

    upload(screen, filled.encode())

    assert screen.texts["Un an."] == "A year."


def test_a_file_writes_over_nothing_that_was_typed_since(open_screen, version, client):
    screen = open_screen()
    file = download(client, version).decode()
    filled = file.replace(
        'msgid "Un an."\nmsgstr ""', 'msgid "Un an."\nmsgstr "A year."'
    )
    open_screen().fill({"Un an.": "One year."}).press("save")

    upload(screen, filled.encode())

    assert screen.text(".translate-theirs") == ["One year."]
    assert screen.texts["Un an."] == "A year."
    assert open_screen().texts["Un an."] == "One year."


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"/etc/passwd", b'msgid "x', b'msgid ""\nmsgstr ""']
)
def test_what_is_no_file_of_this_translation_changes_nothing(open_screen, content):
    screen = open_screen()
    before = screen.texts

    upload(screen, content)

    assert screen.texts == before
    assert screen.text(".messages .error")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_in_another_encoding_is_told_from_what_is_no_po_file(
    open_screen, version, client, encoding
):
    screen = open_screen()
    file = download(client, version).decode()
    filled = file.replace(
        'msgid "Un an."\nmsgstr ""', 'msgid "Un an."\nmsgstr "Déjà un an."'
    )

    upload(screen, filled.encode(encoding, "replace"))

    assert screen.texts["Un an."] == ""
    assert "UTF-8" in " ".join(screen.text(".messages .error"))


def test_a_character_that_no_database_keeps_is_left_out(open_screen, version, client):
    open_screen().fill({"Deux usagers": "Two\0 users"}).press("save")
    screen = open_screen()
    file = download(client, version).replace(
        b'msgid "Un an."\nmsgstr ""', b'msgid "Un an."\nmsgstr "A\0 year."'
    )
    upload(screen, file)

    assert screen.texts["Deux usagers"] == "Two users"
    assert screen.texts["Un an."] == "A year."


# --- Machines --------------------------------------------------------------


def test_no_machine_is_offered_unless_one_is_set_up(open_screen):
    assert "machine" not in open_screen().buttons


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=MACHINE)
def test_what_a_machine_says_is_read_one_by_one_before_it_is_submitted(
    open_screen, version
):
    screen = open_screen().fill({"Deux usagers": "Two users"})

    screen.press_and_read("machine")
    assert screen.texts["Un an."] == "an. Un"
    assert screen.stands["Un an."] == "machine"
    assert screen.stands["Deux usagers"] == "done"
    screen.press_and_read("submit")
    assert review.waiting_state(Page.objects.get(pk=version.pk)) is None

    for said, stand in screen.stands.items():
        if stand == "machine":
            screen.keep(said)
    translate_rest(screen).press("submit")

    assert review.waiting_state(Page.objects.get(pk=version.pk))


# --- From English ----------------------------------------------------------


def test_a_page_that_was_written_in_english_is_translated_into_french(
    metz, english, french, manager, client
):
    section = CaseIndexPage.objects.child_of(metz).get().get_translation(english)
    page = CasePageFactory(parent=section, locale=english, title="The square")
    begin(page, french, manager)
    version = page.get_translation(french)

    screen = Screen(client, manager, version)
    screen.fill({"The square": "Le square"}).press("save")

    assert draft_of(version).title == "Le square"
    assert version.live is False


# --- Who may ---------------------------------------------------------------


def test_nobody_opens_or_takes_away_what_they_may_not_change(version, client):
    client.force_login(stranger := UserFactory())
    name = "wagtail_localize:download_pofile"
    file = client.get(reverse(name, args=[translation_of(version).pk]))

    assert file.status_code in (302, 403)
    assert not stranger.groups.exists()


# --- How much it asks for --------------------------------------------------


@pytest.fixture(params=[10, 50])
def long_case(request, metz, english, translator, moderator):
    """A case with so many blocks, each with its own words."""
    blocks = [
        ("test", trial(f"Essai {number}", f"<p>Le <b>hall</b> {number}</p><p>Et</p>"))
        if number % 2
        else (
            "test",
            trial(
                f"Essai {number}",
                f'<p><a href="https://example.org/{number}">x</a></p>',
            ),
        )
        for number in range(request.param)
    ]
    case = mirrored(
        CasePageFactory,
        parent=CaseIndexPage.objects.child_of(metz).get(),
        title="Long",
        tests=blocks,
        figures=[
            ("figure", {"picture": PictureFactory(), "alternative": "", "caption": "F"})
            for _number in range(3)
        ],
    )
    case.save_revision(user=moderator).publish(user=moderator)
    begin(case, english, translator)
    return case.get_translation(english)


def trial(what, result):
    return {
        **dict.fromkeys(["place", "start", "end", "duration"], ""),
        "what": what,
        "result": RichText(result),
    }


def cost(act, *arguments) -> int:
    """How many queries Django counts, with those that begin and end transactions."""
    with CaptureQueriesContext(connection) as queries:
        act(*arguments)
        # At once: the next request begins the log anew.
        return len(queries)


@override_settings(TASKS={"default": {"BACKEND": IN_A_JOB}})
def test_to_open_and_to_save_a_page_of_50_blocks_each_takes_less_than_60_queries(
    client, translator, long_case, record_property
):
    Screen(client, translator, long_case)
    client.force_login(translator)

    opened = cost(client.get, address_of(long_case))
    screen = translate_rest(Screen(client, translator, long_case))
    client.force_login(translator)
    saved = cost(client.post, screen.action, {**screen.data, "action": "save"})
    opened_again = cost(client.get, address_of(long_case))

    for name, count in [
        ("open", opened),
        ("save", saved),
        ("open once translated", opened_again),
    ]:
        passages = len(screen.names)
        record_property(f"tried: queries to {name}, {passages} passages", count)
    assert max(opened, saved, opened_again) < 60
    assert set(Screen(client, translator, long_case).stands.values()) == {"done"}


# --- Links, pictures and documents -----------------------------------------


def own(screen, place):
    """The field of what may be another in a translation, by where it stands."""
    rows = screen.page.select(".translate-overrides .translate-row")
    [row] = [one for one in rows if place in one.get_text()]
    return row.select_one("input[name^=own-]:not([type=hidden][name^=own-seen])")[
        "name"
    ]


def test_a_link_leads_elsewhere_in_a_translation_if_somebody_says_so(
    open_screen, version
):
    screen = open_screen()
    translate_rest(screen).fill({HALL: "The <b>hall</b>, <a1>there</a1>."})
    screen.data[own(screen, "https://example.org/")] = "https://example.org/en/"

    screen.press("save")

    assert '<a href="https://example.org/en/">there</a>' in str(draft_of(version).brief)


def test_what_is_no_address_is_said_and_not_kept(open_screen, version):
    screen = open_screen()
    screen.data[own(screen, "https://example.org/")] = "javascript:alert(1)"

    screen.press_and_read("save")

    assert "javascript:alert(1)" in " ".join(screen.text(".messages"))
    assert "https://example.org/" in str(draft_of(version).brief)


def test_nobody_chooses_a_picture_of_another_city(open_screen, version, case, lille):
    case.picture = PictureFactory()
    theirs = PictureFactory(title="Secret", collection=collection_of(lille))
    case.save_revision().publish()
    screen = open_screen()
    screen.data[own(screen, str(case.picture))] = str(theirs.pk)

    screen.press_and_read("save")

    assert draft_of(version).picture_id == case.picture_id
    assert "Secret" not in screen.answer.content.decode()


def collection_of(city):
    return Collection.objects.get(name=city.title)
