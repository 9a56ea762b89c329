import pytest

from search.finding import Search
from search.meaning import CloserLook
from search.queries import Query
from search.spelling import MOST_MENDED
from tests.factories import StandardPageFactory
from tests.search.indexed import index_all

pytestmark = pytest.mark.django_db

FRENCH = [
    *("médiathèque", "bibliothèque", "musée", "mégotiers", "inscriptions"),
    *("scolaires", "débuggage", "prototypage", "accueil", "subvention", "mairie"),
]
ENGLISH = ["museum", "library", "ashtrays", "reception", "mayor"]


@pytest.fixture(autouse=True)
def known_words(home, english):
    """What two pages say that all may read."""
    say(" ".join(FRENCH), home)
    say(" ".join(ENGLISH), home.get_translation(english))


def say(title, home):
    StandardPageFactory(parent=home, title=title, summary="…", locale=home.locale)
    index_all()


def meant(text, language="fr"):
    search = Search(Query.of(text), language)
    look = CloserLook(search, search.run().total, pairs=[])
    return look.other.query.text if look.mistyped else None


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("mediatéque", "médiathèque"),
        ("mediateque", "médiathèque"),
        ("bibliotéque", "bibliothèque"),
        ("megottiers", "mégotiers"),
        ("inscritpions", "inscriptions"),
        ("acueil", "accueil"),
        ("ccueil", "accueil"),
        ("prototipage", "prototypage"),
        ("subvantions", "subvention"),
    ],
)
def test_a_mistyped_word_is_put_right(typed, right):
    assert meant(typed) == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [("libary", "library"), ("musuem", "museum"), ("ashtreys", "ashtrays")],
)
def test_a_mistyped_english_word_is_put_right(typed, right):
    assert meant(typed, "en") == right


@pytest.mark.parametrize(
    "text",
    [
        "",
        "accueil",
        "ACCUEIL",
        "mediatheque",
        # Like nothing that is known.
        "girafe",
        # Like a word that is known, “mairie”, but for how it begins.
        "prairie",
        # An acronym is what it is, and these are forms of words that are known.
        "ACEUI",
        "inscription",
        "scolaire",
        # Too short to tell, and not words.
        "mus",
        "12345",
        "et pour",
    ],
)
def test_what_is_known_or_like_nothing_is_left_alone(text):
    assert meant(text) is None


def test_only_what_is_mistyped_is_put_right():
    assert meant('acueil "mairie" -girafe') == 'accueil "mairie" -girafe'


def test_what_is_excluded_is_left_alone():
    assert meant("mairie -acueil") is None


def test_every_mistyped_word_is_put_right():
    assert meant("inscritpions scolaire acueil") == "inscriptions scolaire accueil"


def test_a_reader_s_own_language_is_preferred(home, english):
    for title in ("musees", "two musees"):
        say(title, home.get_translation(english))
    say("musées", home)

    assert meant("museees", "fr") == "musées"
    assert meant("museees", "en") == "musees"


def test_of_endless_mistakes_a_few_are_put_right():
    text = "acueil mairrie museee bibliotéque subvantion"

    assert len(set(meant(text).split()) & set(text.split())) == 5 - MOST_MENDED
