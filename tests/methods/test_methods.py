import pytest
from wagtail.models import PageViewRestriction

from cities.models import MethodUse
from methods.models import LATEST_CASES, Phase
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
    locale,
)
from tests.forms import edit, form_of, latest, refusal
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db

TOO_SMALL = {
    "fr": "Ce nombre est plus petit que le précédent. Vérifiez les deux.",
    "en": "This is less than the number before it. Check both.",
}


@pytest.fixture
def debate(home):
    return MethodPageFactory(title="Le débat mouvant")


def use(*methods):
    return [MethodUse(locale=locale("fr"), method=method) for method in methods]


def titles(pages):
    return [page.title for page in pages]


def test_methods_are_listed_phase_by_phase_each_like_a_dictionary(client, home):
    for title, phase in [
        ("Zoom", Phase.FRAME),
        ("Éclair", Phase.FRAME),
        ("atlas", Phase.SHARE),
        ("Fête", Phase.FRAME),
        ("Mural", Phase.TEAM_UP),
    ]:
        method = MethodPageFactory(title=title, phase=phase)
    MethodPageFactory(title="Draft", live=False)

    entries = client.get(method.get_parent().url).context["entries"]

    assert titles(entries) == ["Mural", "Éclair", "Fête", "Zoom", "atlas"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("what", ["duration", "group"])
def test_the_longest_is_not_below_the_shortest(as_ada, debate, language, what):
    changes = {f"{what}_min": "60", f"{what}_max": "59"}

    refused = refusal(as_ada, debate, language, **changes)

    assert refused == {f"{what}_max": [TOO_SMALL[language]]}


@pytest.mark.parametrize(
    ("shortest", "longest"),
    [("60", "60"), ("60", ""), ("", "60"), ("", ""), ("0", "1")],
)
@pytest.mark.parametrize("what", ["duration", "group"])
def test_one_number_may_be_unknown_or_both_the_same(
    as_ada, debate, what, shortest, longest
):
    edit(as_ada, debate, **{f"{what}_min": shortest, f"{what}_max": longest})

    draft = latest(debate)
    kept = [getattr(draft, f"{what}_{end}") for end in ("min", "max")]
    assert kept == [int(number) if number else None for number in (shortest, longest)]


def test_a_phase_is_one_of_the_eight(as_ada, debate):
    refused = refusal(as_ada, debate, "en", phase="rest")

    message = "Select a valid choice. rest is not one of the available choices."
    assert refused == {"phase": [message]}


def test_a_step_lasts_a_minute_at_least(as_ada, debate):
    debate.steps = [("step", {"title": "", "text": "Read aloud", "minutes": 15})]

    refused = refusal(as_ada, debate, "en", **{"steps-0-value-minutes": "0"})

    message = "Ensure this value is greater than or equal to 1."
    assert refused == {"steps-0-value-minutes": [message]}


def test_a_method_may_be_saved_as_a_draft_before_it_is_complete(as_ada, debate):
    answer = edit(as_ada, debate, summary="", phase="")

    assert answer.status_code == 302
    assert (latest(debate).summary, latest(debate).phase) == ("", "")


def test_a_method_shows_the_cases_of_all_cities_that_used_it(debate):
    other = MethodPageFactory(title="Another")
    lists = [
        CaseIndexPageFactory(parent=CityPageFactory(title=city), title="Cases")
        for city in ("Lyon", "Lille")
    ]
    cases = [
        CasePageFactory(
            parent=parent,
            title=f"Case {year}",
            method_uses=use(debate),
            first_published_at=f"{year}-01-01T00:00Z",
        )
        for year, parent in zip([2018, 2019], lists, strict=True)
    ]
    CasePageFactory(parent=lists[0], title="Unrelated", method_uses=use(other))

    shown = [(case, case.city_title) for case in debate.cases_listed]

    assert shown == [(cases[1], "Lille"), (cases[0], "Lyon")]


def test_a_case_that_used_a_method_twice_is_shown_once(debate):
    case = CasePageFactory(method_uses=use(debate, debate))

    assert list(debate.cases_listed) == [case]


def test_a_method_leads_to_all_the_cases_that_used_it(client, debate):
    address = f"/fr/search/?method={debate.slug}&amp;kind=case"
    before = client.get(debate.url).content.decode()

    CasePageFactory(method_uses=use(debate))

    assert address not in before
    assert address in client.get(debate.url).content.decode()


def test_a_method_shows_its_latest_twelve_cases(debate):
    for number in range(LATEST_CASES + 1):
        CasePageFactory(
            title=f"Case {number}",
            first_published_at=f"20{number + 10}-01-01T00:00Z",
            method_uses=use(debate),
        )

    assert titles(debate.cases_listed) == [f"Case {n}" for n in range(12, 0, -1)]


def test_a_method_shows_no_case_that_is_a_draft_or_not_for_everybody(debate):
    CasePageFactory(title="Draft", method_uses=use(debate), live=False)
    hidden = CasePageFactory(title="Hidden", method_uses=use(debate))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert list(debate.cases_listed) == []


@pytest.mark.parametrize("kind", ["alias", "translation"])
def test_a_method_shows_its_cases_in_the_reader_s_language(home, kind):
    if kind == "alias":
        method = mirrored(MethodPageFactory, title="Le débat")
    else:
        method = translated(MethodPageFactory, "The debate", title="Le débat")
    mirrored(CasePageFactory, title="Un", slug="un", method_uses=use(method))
    translated(
        CasePageFactory, "Two", title="Deux", slug="deux", method_uses=use(method)
    )

    shown = [
        sorted(titles(version.cases_listed)) for version in in_both_languages(method)
    ]

    assert shown == [["Deux", "Un"], ["Two", "Un"]]


def test_a_case_that_was_written_in_english_first_is_shown_too(home):
    method = translated(MethodPageFactory, "The debate", title="Le débat")
    parent = mirrored(CaseIndexPageFactory)
    french, english = in_both_languages(method)
    CasePageFactory(
        parent=in_both_languages(parent)[1],
        locale=locale("en"),
        title="Written in English",
        method_uses=[MethodUse(locale=locale("en"), method=english)],
    )

    shown = [titles(version.cases_listed) for version in (french, english)]

    assert shown == [[], ["Written in English"]]


def test_a_method_shows_its_principles_in_their_order_without_drafts(home):
    three, draft, one = (
        PrinciplePageFactory(number=number, live=number != 2) for number in (3, 2, 1)
    )

    method = MethodPageFactory(principles=[three, draft, one])

    assert list(method.principles_listed) == [one, three]


def test_an_editor_is_offered_the_public_principles_of_the_page_s_language(
    as_ada, home
):
    principle = translated(PrinciplePageFactory, "To trust", title="Faire confiance")
    PrinciplePageFactory(title="Draft", number=2, live=False)
    method = translated(
        MethodPageFactory, "A debate", title="Débat", principles=[principle]
    )

    forms = [form_of(version) for version in in_both_languages(method)]

    offered = [titles(form.fields["principles"].queryset) for form in forms]
    chosen = [titles(form.initial["principles"]) for form in forms]
    assert [offered, chosen] == [[["Faire confiance"], ["To trust"]]] * 2
