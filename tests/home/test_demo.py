"""The demonstration network: all there, in both languages, and nothing else."""

import re
from collections import Counter
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db.models import Exists, OuterRef
from pypdf import PdfReader
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cities.models import CasePage, CityPage, FeedbackPage, JourneyPage
from home.demo import PASSWORD, loading, logins
from home.demo.texts import FOLDER, html, read, segments
from home.models import HomePage, NetworkSettings, Term
from methods.models import MethodPage, PrinciplePage
from network.core.models import Topic
from network.media.models import Document, Picture
from network.users.models import User
from resources.models import ResourcePage

ROOT = Path(__file__).parents[2]
FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
each_file = pytest.mark.parametrize("name", FILES)

# People named in the sources of these texts. They are not named here either: these
# are the first digits of the SHA-256 of their names in small letters.
PEOPLE = {
    *("e0828041b1fe3bfa", "9a2fc200980dbf33", "99e2f701eb134b6b", "eae8e3404182477f"),
}


def in_french(model):
    return model.objects.filter(locale__language_code="fr")


def in_english(model):
    return model.objects.filter(locale__language_code="en")


# --- The texts, before anything is loaded -----------------------------------


def entries(node, where=""):
    """Every entry of a file that has fields, and where it stands."""
    if isinstance(node, dict):
        yield where, node
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for name, child in children:
        if isinstance(child, dict | list):
            yield from entries(child, f"{where}/{name}")


def pairs(name):
    """Every text of a file in French and English: where it stands, and both."""
    for where, entry in entries(read(name)):
        for field in entry:
            if field in ("fr", "en"):
                yield f"{where}/{field}", entry.get("fr"), entry.get("en")
            elif str(field).endswith(("_fr", "_en")):
                base = field[:-3]
                french = entry.get(f"{base}_fr", entry.get(base))
                yield f"{where}/{base}", french, entry.get(f"{base}_en")


def texts(name, language):
    """Every text of a file in one language, with where it stands."""
    for where, french, english in pairs(name):
        value = french if language == "fr" else english
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield where, text


@each_file
def test_every_text_is_there_in_both_languages(name):
    alone = {
        where
        for where, french, english in pairs(name)
        if bool(french) is not bool(english)
    }

    assert alone == set()


@each_file
def test_a_text_has_as_many_paragraphs_in_both_languages(name):
    uneven = {
        where
        for where, french, english in pairs(name)
        if french and english and shape(french) != shape(english)
    }

    assert uneven == set()


def shape(text):
    """How many parts there are to pair with those of the other language."""
    return len(text) if isinstance(text, list) else len(segments(html(str(text))))


@each_file
@pytest.mark.parametrize("language", ["fr", "en"])
def test_texts_have_the_apostrophes_and_quotation_marks_of_print(name, language):
    typed = {where for where, text in texts(name, language) if re.search("['\"]", text)}

    assert typed == set()


# A mark without its no-break space, or with an ordinary one.
BADLY_SPACED = re.compile(
    "(?<![\u00a0\u202f])[;?!»]| :|(?<![\u00a0\u202f\\d]):(?=\\s|$)|«(?![\u00a0\u202f])"
)


@each_file
def test_french_texts_have_their_no_break_spaces(name):
    addresses = re.compile(r"https?://\S+")
    loose = {
        where: text
        for where, text in texts(name, "fr")
        if BADLY_SPACED.search(addresses.sub("", text))
    }

    assert loose == {}


def test_the_accessibility_statement_counts_what_its_record_counts():
    record = (ROOT / "docs/accessibility.md").read_text()
    results = dict(
        re.findall(r"^\| (\d+\.\d+) \|.*?\| ([a-z ]+) \|", record, re.MULTILINE)
    )
    count = Counter(results.values())
    applying = count["met"] + count["not met"]
    rate = 1000 * count["met"] // applying / 10

    said = {
        "fr": f"{applying} s’appliquent\u00a0; {count['met']} sont respectés, "
        f"{count['not met']} ne l’est pas, soit {rate}\u00a0%".replace(".", ","),
        "en": f"{applying} apply; {count['met']} are met, {count['not met']} is not, "
        f"that is {rate}%",
    }
    assert (len(results), applying + count["does not apply"]) == (106, 106)
    for language, counts in said.items():
        assert any(counts in text for _, text in texts("pages", language))


@each_file
def test_no_real_person_is_named(name):
    words = re.findall(r"\w+", (FOLDER / f"{name}.yaml").read_text("utf-8").lower())
    names = [*words, *map(" ".join, pairwise(words))]

    named = {name for name in names if sha256(name.encode()).hexdigest()[:16] in PEOPLE}
    assert named == set()


def test_everybody_in_the_demonstration_has_an_address_that_leads_nowhere():
    assert {email.partition("@")[2] for email, *role in logins()} == {"example.org"}


# --- What is there once it is loaded ----------------------------------------


def test_the_whole_network_is_there(demo):
    kinds = [CityPage, CasePage, MethodPage, PrinciplePage, Topic, JourneyPage]
    kinds += [FeedbackPage, ResourcePage]

    counts = {kind.__name__: in_french(kind).count() for kind in kinds}

    assert counts | {"Term": Term.objects.count()} == {
        "CityPage": 7,
        "CasePage": 29,
        "MethodPage": 32,
        "PrinciplePage": 7,
        "Topic": 13,
        "Term": 93,
        "JourneyPage": len(read("journeys")),
        "FeedbackPage": len(read("feedback")),
        "ResourcePage": len(read("resources")),
    }


def test_every_page_is_public_in_both_languages(demo):
    pages = Page.objects.filter(depth__gt=1)
    french, english = (
        set(pages.filter(locale__language_code=code).values_list("translation_key"))
        for code in ("fr", "en")
    )

    assert french == english
    assert list(pages.not_live()) == []
    assert list(pages.filter(has_unpublished_changes=True)) == []


def test_about_one_page_in_six_is_left_in_its_own_language(demo):
    english = in_english(Page).filter(depth__gt=1)

    share = english.filter(alias_of__isnull=False).count() / english.count()

    assert 1 / 7 < share < 1 / 5


@pytest.mark.parametrize("kind", [CasePage, MethodPage, JourneyPage, FeedbackPage])
def test_each_kind_of_page_is_seen_translated_and_not(demo, kind):
    sources = in_english(kind).values_list("alias_of", flat=True)

    assert {source is None for source in sources} == {True, False}


def test_what_is_translated_is_translated_whole(demo):
    english = Locale.objects.get(language_code="en")
    translations = StringTranslation.objects.filter(
        locale=english,
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
    )
    segments = StringSegment.objects.filter(source__translations__isnull=False)

    left = segments.exclude(Exists(translations)).values_list(
        "context__field_path", "string__data"
    )

    assert set(left) == set()


def test_a_translation_can_be_worked_on_in_the_admin_like_any_other(demo):
    translated = in_english(Page).filter(depth__gt=1, alias_of__isnull=True)

    worked_on = Translation.objects.filter(enabled=True)
    assert set(worked_on.values_list("source__object", flat=True)) == {
        *translated.values_list("translation_key", flat=True),
        *Topic.objects.values_list("translation_key", flat=True),
    }


def test_nobody_is_led_from_an_address_where_nothing_ever_was(demo):
    assert list(Redirect.objects.values_list("old_path", flat=True)) == []


def test_every_city_has_a_timeline_a_journey_and_lessons_learned(demo):
    cities = CityPage.objects.all()

    poor = [
        (city.title, city.locale.language_code)
        for city in cities
        if not (city.sessions and city.journeys.exists() and city.feedback.exists())
    ]

    assert (cities.count(), poor) == (14, [])


def test_a_session_says_whether_it_was_reconstructed(demo):
    marks = {
        block.value["reconstructed"]
        for city in in_french(CityPage)
        for block in city.sessions
    }

    assert marks == {True, False}


def test_a_city_has_as_many_sessions_as_it_says_besides_meetings_elsewhere(demo):
    said = {
        city.title: city.session_count
        for city in in_french(CityPage)
        if city.session_count
    }

    shown = {
        city.title: len(city.sessions) - city.meetings_elsewhere
        for city in in_french(CityPage)
        if city.session_count
    }
    assert shown == said == {"Paris": 15, "Lille": 15, "Strasbourg": 14, "Metz": 12}


def test_the_labs_own_journey_is_there(demo):
    assert in_french(JourneyPage).filter(kind="lab").count() == 1


def test_an_invented_page_says_so(demo):
    invented = {
        entry["slug"]
        for entry in [*read("journeys"), *read("feedback")]
        if entry["illustrative"]
    } | {
        case["slug"]
        for city in read("network")["cities"]
        for case in city["cases"]
        if case["illustrative"]
    }

    marked = {
        page.slug
        for kind in (CasePage, JourneyPage, FeedbackPage)
        for page in in_french(kind).filter(illustrative=True)
    }
    assert marked == invented


def test_methods_are_in_the_order_in_which_a_case_used_them(demo):
    used = {
        case["slug"]: case["methods_used"]
        for city in read("network")["cities"]
        for case in city["cases"]
    }

    shown = {
        case.slug: [method.slug for method in case.methods]
        for case in in_french(CasePage)
    }
    assert shown == used
    assert max(map(len, used.values())) > 3


def test_an_english_case_names_the_same_methods_in_the_same_order(demo):
    for case in in_french(CasePage):
        english = case.get_translation(Locale.objects.get(language_code="en"))

        assert [method.translation_key for method in english.methods] == [
            method.translation_key for method in case.methods
        ]


def test_every_picture_says_what_it_shows_in_both_languages(demo):
    pictures = Picture.objects.values_list("description", "description_en")

    assert pictures.count() == 10
    assert [pair for pair in pictures if not all(pair)] == []


def test_a_picture_has_a_title_for_people(demo):
    assert set(Picture.objects.values_list("title", flat=True)) == {
        "La rue du labo de Paris (dessin)",
        "La rue du labo de Lille (dessin)",
        "La rue du labo de Dunkerque (dessin)",
        "La rue du labo de Strasbourg (dessin)",
        "La rue du labo de Metz (dessin)",
        "La rue du labo de Mulhouse (dessin)",
        "La rue du labo d’Occitanie (dessin)",
        "Le stand mobile au marché (dessin)",
        "Une note à moitié remplie (dessin)",
        "Une question au guichet (dessin)",
    }


def test_a_city_a_case_a_journey_and_a_resource_each_show_a_picture(demo):
    figures = [block for case in in_french(CasePage) for block in case.figures]
    stages = [block for journey in in_french(JourneyPage) for block in journey.stages]

    shown = {
        "city": in_french(CityPage).filter(picture__isnull=False).count(),
        "case": len(figures),
        "journey": len([block for block in stages if block.value["picture"]]),
        "resource": in_french(ResourcePage).filter(picture__isnull=False).count(),
    }
    assert shown == {"city": 7, "case": 1, "journey": 1, "resource": 1}


@pytest.mark.parametrize(
    ("address", "alternative", "caption"),
    [
        (
            "/fr/collectivites/dunkerque/cas/guichet-itinerant/",
            (
                "Dessin\u00a0: un stand sur roues sous un auvent rayé, une personne de "
                "chaque côté"
            ),
            "Le stand tel qu’il tenait sur une place de marché, auvent compris.",
        ),
        (
            "/en/cities/dunkirk/cases/a-travelling-service-desk-in-coastal-towns/",
            (
                "Drawing: a stand on wheels under a striped awning, "
                "somebody on either side of it"
            ),
            "The stand as it fitted on a market pitch, awning included.",
        ),
    ],
)
def test_a_figure_of_a_case_speaks_the_language_of_its_page(
    demo, read, address, alternative, caption
):
    figure = read(address).find("figure")

    assert figure.img["alt"] == alternative
    assert caption in figure.figcaption.get_text()


def test_a_few_resources_have_a_file_and_each_is_a_pdf(demo):
    documents = Document.objects.all()

    heads = set()
    for document in documents:
        with document.open_file() as file:
            heads.add(file.read(5))
    assert heads == {b"%PDF-"}
    assert in_french(ResourcePage).filter(file__isnull=False).count() == len(documents)


def test_a_file_says_what_each_of_its_texts_is_and_in_which_language(demo):
    told = {read_aloud(document) for document in Document.objects.all()}

    # A title in French and one in English; no text without a kind or a language.
    assert told == {("fr", 2, ("/H1", "/H2", "/P"), 0)}


def read_aloud(document):
    """The language of a PDF, its titles, its kinds of text, and those without one."""
    with document.open_file() as file:
        pdf = PdfReader(BytesIO(file.read()))
    root = pdf.trailer["/Root"]
    parts = root["/StructTreeRoot"]["/K"][0]["/K"]
    kinds = [part.get_object()["/S"] for part in parts]
    written = b"".join(page.get_contents().get_data() for page in pdf.pages)
    spoken = re.findall(rb"/Span <</Lang \((?:fr|en)\)>> BDC", written)
    untold = len(kinds) - len(spoken)
    return root["/Lang"], kinds.count("/H1"), tuple(sorted(set(kinds))), untold


def test_readers_are_told_that_this_is_a_demonstration(demo, read):
    shown = [bool(read("/en/").find(class_="banner"))]
    NetworkSettings.objects.update(demonstration=False)
    shown.append(bool(read("/en/").find(class_="banner")))

    assert shown == [True, False]


def test_addresses_say_what_they_lead_to_in_their_language(demo):
    slugs = {
        code: sorted(
            Page.objects.filter(depth=5, locale__language_code=code)
            .order_by()
            .distinct("slug")
            .values_list("slug", flat=True)
        )
        for code in ("fr", "en")
    }

    assert slugs == {
        "fr": ["cas", "parcours-usagers", "retours-dexperience"],
        "en": ["cases", "lessons-learned", "user-journeys"],
    }


# --- To load it again, or not to the end -------------------------------------


def everything():
    """How many there are of everything."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in ("django_tasks_db", "wagtailsearch")
    }


def edit(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_loading_twice_adds_nothing_and_keeps_what_was_edited(demo, capsys):
    case, city = in_french(CasePage).first(), in_english(CityPage).first()
    term, home = Term.objects.first(), in_french(HomePage).get()
    for page in (case, city, home):
        edit(page, title="Edited")
    edit(term, definition_fr="Edited")
    NetworkSettings.objects.update(demonstration=False)
    before = everything()

    call_command("load_demo")

    assert everything() == before
    assert capsys.readouterr().out.splitlines()[-1] == (
        "The demonstration network is ready"
    )
    for thing in (case, city, home, term):
        thing.refresh_from_db()
    assert [page.title for page in (case, city, home)] == ["Edited"] * 3
    assert term.definition_fr == "Edited"
    assert NetworkSettings.objects.get().demonstration is False


def test_loading_adds_what_is_missing(demo):
    case, said = in_french(CasePage).first(), []
    slug = case.slug
    case.delete()

    loading.load(said.append)

    assert in_french(CasePage).filter(slug=slug, live=True).exists()
    assert in_french(CasePage).count() == 29
    assert said[0] == "13 topics"
    assert {"32 methods", "29 cases", "Metz is open"} < set(said)


@pytest.mark.django_db
def test_a_load_that_fails_half_way_leaves_nothing():
    before, said = everything(), []

    def say(line):
        said.append(line)
        if line == "7 principles":
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        loading.load(say)

    assert said[-1] == "7 principles"
    assert everything() == before


# --- The people --------------------------------------------------------------


def test_nobody_of_the_demonstration_has_rights_outside_her_groups(demo):
    people = User.objects.filter(email__in=[email for email, *role in logins()])

    assert people.count() == User.objects.count() == 17
    assert {person.check_password(PASSWORD) for person in people} == {True}
    assert not people.filter(is_superuser=True).exists()
    assert not people.filter(user_permissions__isnull=False).exists()
    assert {person.groups.count() for person in people} == {1}
    peopled = {"editor", "manager", "moderator", "team"}
    assert not Group.objects.filter(user=None, role__kind__in=peopled).exists()


def test_the_logins_that_are_announced_are_those_that_there_are(demo, capsys):
    call_command("demo_logins")

    *people, password = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in people} == set(
        User.objects.values_list("email", flat=True)
    )
    assert password.endswith(f" {PASSWORD}")


def test_nothing_is_left_to_be_done_in_its_trees(demo, capsys):
    """As wagtail-localize sees it, and as we do."""
    before = list(Page.objects.order_by("path").values())

    call_command("sync_locale_trees")
    call_command("check_translations", "--mend")

    assert list(Page.objects.order_by("path").values()) == before
    assert capsys.readouterr().out == "Found: 0. Left: 0.\n"
