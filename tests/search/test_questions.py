"""What people look for is counted, and nobody knows who they are."""

import csv
import datetime as dt
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from network.access.roles import make_network_roles
from network.moderation.workflow import require_approval
from search.models import Question
from tests.factories import CasePageFactory, UserFactory

from .indexed import index, index_all, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def front_door(home, english):
    """There is always one, in both languages."""
    index_all()


@pytest.fixture
def case():
    case = published(CasePageFactory, title="Quetzal", summary="…", question="?")
    index()
    return case


def ask(client, words, language="fr", headers=None, **options):
    asked = {"q": words, **options}
    answer = client.get(f"/{language}/search/", asked, headers=headers)
    assert answer.status_code == 200


def counted():
    rows = Question.objects.order_by("language", "words")
    return [(row.language, row.words, row.times, row.results) for row in rows]


# --- What is counted ---------------------------------------------------------


def test_a_question_is_counted_for_each_language_however_it_is_typed(client, case):
    for words in ("quetzal", "  QUETZAL ", "Quetzal"):
        ask(client, words)
    ask(client, "quetzal", "en")
    ask(client, "l’unicorne")
    ask(client, "l'unicorne")

    assert counted() == [
        ("en", "quetzal", 1, 1),
        ("fr", "l'unicorne", 2, 0),
        ("fr", "quetzal", 3, 1),
    ]
    assert {row.day for row in Question.objects.all()} == {timezone.localdate()}


@pytest.mark.parametrize(
    "options",
    [{"kind": "case"}, {"since": "2018"}, {"page": "2"}, {"order": "date"}],
    ids=str,
)
def test_whoever_goes_on_with_a_search_is_not_counted_again(client, case, options):
    ask(client, "quetzal", **options)

    assert counted() == []


@pytest.mark.parametrize("words", ["", "!!!", "de la", '""', "-quetzal"])
def test_what_says_nothing_is_not_counted(client, case, words):
    ask(client, words)

    assert counted() == []


@pytest.mark.parametrize(
    "words",
    [
        "ada@example.org",
        "écrire à ada@example.org",
        "06 12 34 56 78",
        "+33.6.12.34.56.78",
        "dossier 1234567",
        "07/03/1984",
    ],
)
def test_what_may_say_who_somebody_is_is_not_kept(client, words):
    ask(client, words)

    assert counted() == []


def test_years_are_kept(client, case):
    ask(client, "quetzal 2018-2019"[:12])

    assert [words for _language, words, *_ in counted()] == ["quetzal 2018"]


@pytest.mark.parametrize("words", ["ß" * 300, "ﬃ" * 250, "mot " * 2000, "İ" * 199])
def test_a_question_is_never_longer_than_its_place(client, words):
    ask(client, words)

    [question] = Question.objects.all()
    assert len(question.words) <= 200


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"},
        {"User-Agent": "Mozilla/5.0 AppleWebKit/537.36 HeadlessChrome/140.0 Safari"},
        {"User-Agent": "SomeCrawler"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": "python-requests/2.32"},
        {"User-Agent": FIREFOX, "Sec-Purpose": "prefetch"},
        {"User-Agent": FIREFOX, "Sec-Purpose": "prefetch;prerender"},
        {"User-Agent": FIREFOX, "Purpose": "prefetch"},
    ],
    ids=str,
)
def test_no_robot_is_counted_and_no_look_ahead(client, case, headers):
    ask(client, "quetzal", headers=headers)

    assert counted() == []


@pytest.mark.parametrize(
    "agent",
    [
        FIREFOX,
        "Mozilla/5.0 (Linux; Android 10; Cubot X30) Chrome/140.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Safari",
    ],
)
def test_whoever_uses_a_browser_is_counted(client, case, agent):
    ask(client, "quetzal", headers={"User-Agent": agent})

    assert counted() == [("fr", "quetzal", 1, 1)]


def test_nothing_is_kept_of_whoever_asked():
    assert {field.name for field in Question._meta.get_fields()} == {
        *("id", "day", "language", "words", "times", "results"),
    }


def test_no_form_and_no_data_are_counted(client, case):
    for name in ("search_feed", "search_csv", "search_json"):
        client.get(reverse(name), {"q": "quetzal"})

    assert counted() == []


@pytest.mark.django_db(transaction=True)
def test_a_reader_finds_what_there_is_though_nothing_can_be_counted(client, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_question RENAME TO away")
    try:
        ask(client, "quetzal")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO search_question")

    assert [record.getMessage() for record in caplog.records] == ["Not counted"]


# --- What is forgotten -------------------------------------------------------


def asked(words, days_ago=0, times=1, results=0, language="fr"):
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    return Question.objects.create(
        day=day, words=words, times=times, results=results, language=language
    )


def test_what_few_people_asked_is_forgotten_after_a_month():
    for days in (0, 30, 31, 400):
        asked(f"once, {days} days ago", days, times=2)
    for days in (31, 62, 93):
        asked("now and then", days)
    asked("now and then", 40, times=2, language="en")
    asked("often", 400, times=3)
    said = StringIO()

    call_command("forget_questions", stdout=said)

    kept = {(row.words, row.language) for row in Question.objects.all()}
    assert kept == {
        ("once, 0 days ago", "fr"),
        ("once, 30 days ago", "fr"),
        ("now and then", "fr"),
        ("often", "fr"),
    }
    assert said.getvalue() == "Forgotten: 3.\n"


# --- The report --------------------------------------------------------------


@pytest.fixture
def as_team(client, home):
    groups = make_network_roles(home)
    require_approval(groups, home)
    member = UserFactory()
    member.groups.add(groups[1])
    client.force_login(member)
    return client


@pytest.fixture
def questions():
    asked("métro", 3, times=9, results=4)
    asked("tramway", 5, times=2, results=0)
    asked("tramway", 2, times=3, results=0)
    asked("vélo", 9, times=8, results=0)
    # Somebody wrote about it since.
    asked("vélo", 1, times=1, results=2)
    asked("bike", 40, times=5, results=0, language="en")


def report(client, **options):
    address = reverse("search_questions")
    return client.get(address, options, headers={"Accept-Language": "en"})


def rows(answer):
    return [
        (row["words"], row["asked"], row["found"])
        for row in answer.context["object_list"]
    ]


ALL = [("bike", 5, 0), ("tramway", 5, 0), ("métro", 9, 4), ("vélo", 9, 2)]


def test_what_found_nothing_comes_first_then_what_is_asked_most(as_team, questions):
    assert rows(report(as_team)) == ALL


def test_the_report_says_on_which_day_something_was_asked(as_team):
    Question.objects.create(
        day=dt.date(2026, 3, 1), words="métro", times=1, results=0, language="fr"
    )

    assert "1 March 2026" in report(as_team).content.decode()


def days_ago(days):
    return str(timezone.localdate() - dt.timedelta(days=days))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"language": "en"}, ALL[:1]),
        ({"found": "nothing"}, ALL[:2]),
        ({"found": "something"}, ALL[2:]),
        ({"words": "MÉT"}, [ALL[2]]),
        (
            {"day_from": days_ago(6), "day_to": days_ago(2)},
            [("tramway", 5, 0), ("métro", 9, 4)],
        ),
        # In that time it had found nothing yet.
        ({"day_from": days_ago(10), "day_to": days_ago(9)}, [("vélo", 8, 0)]),
    ],
    ids=str,
)
def test_the_report_can_be_narrowed(as_team, questions, options, expected):
    assert rows(report(as_team, **options)) == expected


def test_each_question_leads_to_what_it_finds(as_team, questions):
    page = report(as_team).content.decode()

    assert 'href="/en/search/?q=bike"' in page
    assert 'href="/fr/search/?q=v%C3%A9lo"' in page


def test_the_report_goes_into_a_spreadsheet_where_no_question_is_a_formula(as_team):
    asked('=HYPERLINK("http://example.org")', 2, times=4)
    asked("métro", 3, times=9, results=4)

    lines = report(as_team, export="csv").getvalue().decode().splitlines()
    sheet = load_workbook(BytesIO(report(as_team, export="xlsx").getvalue())).active

    in_csv = list(csv.reader(lines))
    assert in_csv == [
        ["Words", "Language", "Times", "Results", "Last asked"],
        ['\'=HYPERLINK("http://example.org")', "fr", "4", "0", days_ago(2)],
        ["métro", "fr", "9", "4", days_ago(3)],
    ]
    assert [[cell.value for cell in row][:4] for row in sheet.iter_rows()] == [
        in_csv[0][:4],
        [in_csv[1][0], "fr", 4, 0],
        ["métro", "fr", 9, 4],
    ]


def test_the_report_costs_the_same_with_many_questions(
    as_team, questions, django_assert_max_num_queries
):
    report(as_team)
    with django_assert_max_num_queries(15):
        report(as_team)
