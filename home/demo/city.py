"""The seven cities, and what each of them tried, drew and learnt."""

from decimal import Decimal

from wagtail.models import Collection, Page

from cities.models import (
    CaseIndexPage,
    CasePage,
    CaseResource,
    CityPage,
    FeedbackCase,
    FeedbackIndexPage,
    FeedbackMethod,
    FeedbackPage,
    JourneyIndexPage,
    JourneyPage,
    MethodUse,
)
from cities.provisioning import open_city
from methods.models import MethodPage
from network.access.roles import collection_named
from network.core.models import Topic
from resources.models import ResourcePage

from .builder import Builder, blocks, in_order, sources
from .pictures import add_picture, figures, street
from .shared import principles_numbered
from .texts import Texts, read

CASE_PROSE = (
    *("brief", "context", "participants", "fieldwork", "lessons", "scenarios"),
    *("prototypes", "results", "handover", "limits", "differently"),
)
STAGE_LANES = (
    *("name", "does", "touchpoints", "thinks", "pain_points", "opportunities"),
    "backstage",
)


def section(city: Page, kind: type[Page]) -> Page:
    """The list of one kind of work of a city."""
    return kind.objects.child_of(city).get()


def french(model: type[Page]) -> dict:
    """The pages of a kind in French, by their address."""
    pages = model.objects.filter(locale__language_code="fr", alias_of=None)
    return {page.slug: page for page in pages}


def add_cities(builder: Builder, index: Page) -> dict[str, CityPage]:
    cities = {}
    for entry in read("network")["cities"]:
        known = CityPage.objects.child_of(index).filter(slug=entry["slug"]).first()
        cities[entry["slug"]] = known or add_city(builder, index, entry)
        builder.say(f"{cities[entry['slug']].title} is open")
    return cities


def add_city(builder: Builder, index: Page, entry: dict) -> CityPage:
    entry = entry | read("cities")[entry["slug"]]
    texts = Texts(
        entry
        | {"title_fr": short(entry["name_fr"]), "title_en": short(entry["name_en"])}
    )
    city = CityPage(
        locale=builder.french,
        owner=builder.user,
        slug=entry["slug"],
        title=texts.line("title"),
        summary=texts.line("summary"),
        official_name=texts.line("administration"),
        region=entry["region"],
        lab_name=texts.line("lab_name"),
        lab_note=texts.prose("lab_note"),
        presentation=[("text", texts.prose("presentation"))],
        residents=blocks(
            "resident", [resident(person) for person in texts.each("residents")]
        ),
        partners=blocks(
            "partner", [partner(other) for other in texts.each("partners")]
        ),
        sessions=sessions(
            Texts({"list": read("sessions")[entry["slug"]]}, texts.strings)
        ),
        sources=sources(Texts({"source": entry["dates"]["source"]}, texts.strings)),
        latitude=Decimal(str(entry["latitude"])),
        longitude=Decimal(str(entry["longitude"])),
        picture=street(entry["slug"], short(entry["name_fr"]), short(entry["name_en"])),
        **{
            name: entry[name]
            for name in (
                *("kind", "lab_status", "lab_opening_year", "programme_start"),
                *("programme_end", "session_count", "ambassadors", "relays"),
            )
        },
    )
    open_city(index, city, builder.user)
    builder.translate(city, texts)
    return city


def short(name: str) -> str:
    """The name of a place, without what kind of authority it is."""
    return name.partition(" (")[0].removesuffix(" Region")


def resident(texts: Texts) -> dict:
    return {"discipline": texts.line("discipline"), "number": texts.entry["number"]}


def partner(texts: Texts) -> dict:
    return {
        "name": texts.line("name"),
        "position": texts.entry["position"],
        "url": texts.entry.get("url") or "",
    }


def sessions(texts: Texts) -> list:
    return blocks(
        "session",
        [
            {
                "start": one.entry["start"],
                "end": one.entry.get("end") or "",
                "kind": one.entry["kind"],
                "title": one.line("title"),
                "text": one.prose("text"),
                "url": one.entry.get("url") or "",
                "reconstructed": one.entry["reconstructed"],
            }
            for one in texts.each("list")
        ],
    )


def add_cases(builder: Builder, cities: dict[str, CityPage]) -> None:
    details = {entry["slug"]: entry for entry in read("cases")}
    methods, resources = french(MethodPage), french(ResourcePage)
    for city in read("network")["cities"]:
        parent = section(cities[city["slug"]], CaseIndexPage)
        for facts in city["cases"]:
            texts = Texts(facts | details[facts["slug"]])
            page = case(texts, builder, methods, resources)
            page.figures = figures(texts, cities[city["slug"]])
            builder.put(parent, page, texts, leaf=True)
    builder.say(f"{len(details)} cases")


def case(texts: Texts, builder: Builder, methods: dict, resources: dict) -> CasePage:
    entry = texts.entry
    page = CasePage(
        slug=entry["slug"],
        title=texts.line("title"),
        summary=texts.line("summary"),
        question=texts.line("question"),
        sponsor=texts.line("sponsor"),
        start=entry.get("start", ""),
        end=entry.get("end", ""),
        status=entry.get("status", ""),
        people_met=entry.get("people_met"),
        tests=blocks("test", [test(one) for one in texts.each("tests")]),
        follow_ups=blocks(
            "follow_up", [follow_up(one) for one in texts.each("follow_ups")]
        ),
        key_figures=blocks(
            "key_figure", [key_figure(one) for one in texts.each("key_figures")]
        ),
        sources=sources(texts),
        illustrative=entry["illustrative"],
        **{name: texts.prose(name) for name in CASE_PROSE},
    )
    if not page.results:
        page.results = texts.prose("outcome")
    page.topics = Topic.objects.filter(slug=entry["topic_slug"], locale=builder.french)
    page.principles = principles_numbered(entry.get("principles", []))
    page.method_uses.set(in_order(method_uses(texts, builder, methods)))
    used = entry.get("resources", [])
    links = [CaseResource(resource=resources[slug]) for slug in used]
    page.resource_links.set(in_order(links))
    return page


def method_uses(texts: Texts, builder: Builder, methods: dict) -> list[MethodUse]:
    notes = texts.entry.get("method_notes", {})
    return [
        MethodUse(
            locale=builder.french,
            method=methods[slug],
            note=texts.pair(notes[slug]["fr"], notes[slug]["en"])
            if slug in notes
            else "",
        )
        for slug in texts.entry["methods_used"]
    ]


def test(texts: Texts) -> dict:
    return {
        "what": texts.line("what"),
        "place": texts.line("place"),
        "start": texts.entry.get("start", ""),
        "end": texts.entry.get("end", ""),
        "duration": texts.line("duration"),
        "result": texts.prose("result"),
    }


def follow_up(texts: Texts) -> dict:
    return {
        "moment": texts.entry["moment"],
        "date": texts.entry.get("date", ""),
        "text": texts.prose("text"),
    }


def key_figure(texts: Texts) -> dict:
    return {"value": texts.line("value"), "label": texts.line("label")}


def add_journeys(builder: Builder, cities: dict[str, CityPage]) -> None:
    cases, made = french(CasePage), {}
    for entry in read("journeys"):
        texts = Texts(entry)
        page = JourneyPage(
            slug=entry["slug"],
            title=texts.line("title"),
            summary=texts.line("summary"),
            kind=entry["kind"],
            persona=texts.line("persona"),
            persona_role=texts.line("persona_role"),
            persona_context=texts.prose("persona_context"),
            persona_needs=texts.prose("persona_needs"),
            case=cases.get(entry.get("case")),
            counterpart=made.get(entry.get("counterpart")),
            stages=stages(texts, cities[entry["city"]]),
            sources=sources(texts),
            illustrative=entry["illustrative"],
        )
        parent = section(cities[entry["city"]], JourneyIndexPage)
        made[entry["slug"]] = builder.put(parent, page, texts, leaf=True)
    builder.say(f"{len(made)} user journeys")


def stages(texts: Texts, city: CityPage) -> list[tuple[str, dict]]:
    collection = collection_named(city.title)
    return blocks("stage", [stage(one, collection) for one in texts.each("stages")])


def stage(texts: Texts, collection: Collection) -> dict:
    lanes = {name: texts.line(name) for name in STAGE_LANES}
    drawn = texts.entry.get("picture")
    picture = add_picture(drawn, collection) if drawn else None
    return lanes | {"emotion": texts.entry["emotion"], "picture": picture}


def add_feedback(builder: Builder, cities: dict[str, CityPage]) -> None:
    cases, methods = french(CasePage), french(MethodPage)
    for entry in read("feedback"):
        texts = Texts(entry)
        page = FeedbackPage(
            slug=entry["slug"],
            title=texts.line("title"),
            summary=texts.line("summary"),
            point_of_view=entry["point_of_view"],
            moment=entry["moment"],
            sources=sources(texts),
            illustrative=entry["illustrative"],
            **{
                name: texts.prose(name)
                for name in ("tried", "worked", "did_not_work", "advice")
            },
        )
        page.principles = principles_numbered(entry["principles"])
        page.case_links.set(
            in_order([FeedbackCase(case=cases[slug]) for slug in entry["cases"]])
        )
        page.method_links.set(
            in_order(
                [FeedbackMethod(method=methods[slug]) for slug in entry["methods"]]
            )
        )
        parent = section(cities[entry["city"]], FeedbackIndexPage)
        builder.put(parent, page, texts, leaf=True)
    builder.say(f"{len(read('feedback'))} lessons learned")
