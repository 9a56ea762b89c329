"""Which methods fit, without a method; then with some."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from methods.finder import GROUPS, TIMES, Asked, Facts, Finder, Way, whole_number
from methods.models import MethodIndexPage, Phase
from tests.factories import MethodPageFactory, PrinciplePageFactory
from tests.networks import in_both_languages, mirrored, translated

UNKNOWN = Facts(1, Phase.FRAME, None, None, None, None, [])
DEBATE = Facts(2, Phase.TEAM_UP, 30, 60, 8, 60, [1, 3])
SHADOW = Facts(3, Phase.IMMERSE, 210, None, None, 2, [3])
MAP = Facts(4, Phase.FRAME, None, 120, 3, None, [2])
ALL = [UNKNOWN, DEBATE, SHADOW, MAP]


def found(**asked):
    return Finder(Asked(**asked), ALL).found


def asked_by(query):
    return Asked.of(QueryDict(query), Phase.values, [1, 2, 3])


@pytest.mark.parametrize(
    ("minutes", "keys"),
    [(29, []), (30, [2]), (119, [2]), (120, [2, 4]), (210, [2, 3, 4])],
)
def test_a_method_fits_a_time_in_which_its_shortest_form_is_led(minutes, keys):
    assert found(time=minutes) == keys


@pytest.mark.parametrize(
    ("people", "keys"),
    [(1, [3]), (2, [3]), (3, [4]), (8, [2, 4]), (60, [2, 4]), (61, [4])],
)
def test_a_method_fits_a_group_within_its_bounds_of_which_one_may_be_unknown(
    people, keys
):
    assert found(group=people) == keys


def test_all_that_is_asked_for_narrows_together():
    assert found(time=60, group=8, phase=Phase.TEAM_UP, principle=3) == [2]
    assert found(time=60, group=8, phase=Phase.TEAM_UP, principle=2) == []


def test_nothing_asked_for_finds_everything():
    assert found() == [1, 2, 3, 4]


@pytest.mark.parametrize("name", ["time", "group", "phase", "principle"])
@pytest.mark.parametrize("others", [{}, {"time": 60}, {"group": 8, "principle": 3}])
def test_each_count_is_what_the_choice_then_finds(name, others):
    choices = {
        "time": TIMES,
        "group": GROUPS,
        "phase": Phase.values,
        "principle": [1, 2, 3],
    }
    finder = Finder(Asked(**others), ALL)

    for value in finder.values(name, choices[name]):
        there = Asked(**others | {name: value.value})
        assert value.left == len(Finder(there, ALL).found)


def test_what_is_chosen_leads_back_and_the_rest_leads_on():
    finder = Finder(Asked(phase="frame", time=45), ALL)

    frame, test = finder.values("phase", ["frame", "test"])
    assert (frame.chosen, frame.address) == (True, "?time=45")
    assert (test.chosen, test.address) == (False, "?phase=test&time=45")


def test_a_number_that_is_not_usual_is_offered_once_it_is_asked_for():
    times = [time.value for time in Finder(Asked(time=50), ALL).times]
    groups = [group.value for group in Finder(Asked(group=8), ALL).groups]

    assert (times, groups) == (sorted([*TIMES, 50]), GROUPS)


def test_from_nothing_one_choice_less_leads_out():
    finder = Finder(Asked(phase="frame", time=60, principle=2), ALL)

    assert finder.ways_out == [Way("time", 60, 1, "?phase=frame&principle=2")]
    assert not finder.nothing_without_one


def test_from_nothing_a_choice_alone_leads_out_if_one_less_does_not():
    finder = Finder(Asked(phase="immerse", time=60, principle=2), ALL)

    assert finder.ways_out == [
        Way("phase", "immerse", 1, "?phase=immerse"),
        Way("time", 60, 1, "?time=60"),
        Way("principle", 2, 1, "?principle=2"),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[("45", 45), ("007", 7), ("99999", 99999)],
        *[("0", None), ("-1", None), ("1.5", None), ("", None), (None, None)],
        *[("100000", None), ("٣", None), ("²", None), ("4\x00", None), ("1e3", None)],
    ],
)
def test_a_number_is_a_few_plain_digits_and_not_nothing(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("query", ["phase=rest", "principle=8", "time=x", "colour=red"])
def test_what_an_address_cannot_mean_is_as_if_it_were_not_there(query):
    assert asked_by(query) == Asked()


@given(
    st.dictionaries(st.sampled_from(["phase", "time", "group", "principle"]), st.text())
)
def test_whatever_is_asked_is_asked_again_by_its_own_address(query):
    asked = asked_by(urlencode(query))

    assert asked_by(asked.address[1:]) == asked


@pytest.fixture
def methods(home):
    """Two methods, of which one takes half an hour and the other a day."""
    one, two = (PrinciplePageFactory(number=number) for number in (1, 2))
    short = MethodPageFactory(
        title="Short", phase=Phase.FRAME, duration_min=30, group_max=8, principles=[one]
    )
    long = MethodPageFactory(
        title="Long", phase=Phase.TEST, duration_min=420, principles=[one, two]
    )
    return [short, long]


def titles(pages):
    return [page.title for page in pages]


def list_asked(client, query):
    answer = client.get(f"{MethodIndexPage.objects.get().url}?{query}")
    return answer, BeautifulSoup(answer.content, "html.parser")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Short", "Long"]),
        ("time=45&group=8", ["Short"]),
        ("principle=2", ["Long"]),
        ("phase=test", ["Long"]),
        ("phase=test&time=45", []),
        ("phase=%00&time=%FF&group[]=1&principle=1;drop&page=x", ["Short", "Long"]),
    ],
)
def test_the_list_shows_what_fits(client, methods, query, names):
    answer, _ = list_asked(client, query)

    assert titles(answer.context["entries"]) == names


@pytest.mark.django_db
def test_nothing_found_says_what_to_give_up(client, methods):
    _, page = list_asked(client, "phase=test&time=45&principle=2")

    (way,) = page.select(".empty li a")
    assert way["href"] == "?phase=test&principle=2#results"
    assert "45\u00a0min" in way.get_text()


@pytest.mark.django_db
def test_a_choice_that_would_leave_nothing_is_no_link(client, methods):
    _, page = list_asked(client, "time=45")

    links = [a["href"] for a in page.select(".facet a")]
    assert links == ["?phase=frame&time=45#results", "?time=45&principle=1#results"]


@pytest.mark.django_db
def test_the_form_keeps_what_was_chosen_beside_it(client, methods):
    _, page = list_asked(client, "time=45&phase=frame&principle=1")

    form = page.select_one("form.finder")
    hidden = {field["name"]: field["value"] for field in form.select("[type=hidden]")}
    chosen = [option["value"] for option in form.select("[selected]")]
    assert (hidden, chosen) == ({"phase": "frame", "principle": "1"}, ["45"])


@pytest.mark.django_db
def test_the_name_of_each_field_says_more_than_the_beginning_of_a_sentence(
    client, methods
):
    _, page = list_asked(client, "")

    labels = page.select("form.finder label")
    assert [label["for"] for label in labels if label.select(".visually-hidden")] == [
        *("finder-time", "finder-group")
    ]


@pytest.mark.django_db
def test_the_parts_of_a_long_list_keep_what_was_asked(client, home, monkeypatch):
    monkeypatch.setattr("network.core.models.ENTRIES_PER_PAGE", 2)
    for number in range(3):
        MethodPageFactory(title=f"Method {number}", duration_min=30)

    answer, page = list_asked(client, "time=45")

    assert page.select_one("a[rel=next]")["href"] == "?time=45&page=2"
    assert titles(answer.context["entries"]) == ["Method 0", "Method 1"]


@pytest.mark.django_db
def test_a_principle_narrows_in_both_languages(client, home):
    sheet = translated(PrinciplePageFactory, "To trust", title="Faire confiance")
    mirrored(MethodPageFactory, title="Débat", principles=[sheet])
    MethodPageFactory(title="Autre")

    index = MethodIndexPage.objects.get(locale__language_code="fr")
    found = [
        titles(client.get(version.url, {"principle": 1}).context["entries"])
        for version in in_both_languages(index)
    ]

    assert found == [["Débat"], ["Débat"]]


@pytest.mark.django_db
def test_a_method_says_in_words_where_it_stands_among_the_phases(client, methods):
    page = BeautifulSoup(client.get(methods[1].url).content, "html.parser")

    steps = page.select(".phases li")
    here = [step.a.get_text() for step in steps if step.a.get("aria-current") == "step"]
    index = MethodIndexPage.objects.get().url
    assert (len(steps), here, steps[6].small is not None) == (8, ["Tester"], True)
    assert steps[0].a["href"] == f"{index}?phase=team_up"
