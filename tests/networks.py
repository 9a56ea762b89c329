"""A network with something in every field, and as many links as one likes."""

from django.utils.html import escape
from wagtail.models import Page

from cities.models import (
    CaseResource,
    CityPage,
    FeedbackCase,
    FeedbackMethod,
    MethodUse,
)
from cities.provisioning import open_city
from home.models import NetworkSettings
from network.translation.verbs import translate
from resources.models import ResourceCity

from .factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityIndexPageFactory,
    CityPageFactory,
    DocumentFactory,
    FeedbackIndexPageFactory,
    FeedbackPageFactory,
    GlossaryPageFactory,
    HomePageFactory,
    JourneyIndexPageFactory,
    JourneyPageFactory,
    MethodIndexPageFactory,
    MethodPageFactory,
    ObservatoryPageFactory,
    PictureFactory,
    PrincipleIndexPageFactory,
    PrinciplePageFactory,
    ResourceIndexPageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    TermFactory,
    TopicFactory,
    locale,
    stage,
)

PARAGRAPH = "<p>Nobody had asked them before.</p>"
LINK = {"title": "An account", "url": "https://example.org/account"}
PERIOD = {"start": "2017-03-07", "end": "2017-04"}


def network(count: int) -> dict[str, Page]:
    """A page of each kind, by the kind's name, linked to `count` of all others."""
    return Network(count).pages


def mirrored(factory: type, **fields) -> Page:
    """A page that is published in French, and shown as such in English."""
    page = factory(**fields)
    page.copy_for_translation(locale("en"), copy_parents=True, alias=True)
    return page


def translated(factory: type, english: str, **fields) -> Page:
    """A page that is published in French, and in English under the title `english`."""
    page = mirrored(factory, **fields)
    translate(page, locale("en"), {escape(page.title): escape(english)})
    return page


def city_of(index: Page, title: str, slug: str | None = None) -> CityPage:
    """A city that was just opened, with its lists and its people's groups."""
    city = CityPage(
        locale=locale("fr"),
        title=title,
        slug=slug or title.lower(),
        summary=f"Summary of {title}",
        official_name=f"Ville de {title}",
    )
    return open_city(index, city)


def in_both_languages(page: Page) -> list[Page]:
    """This page in French, then in English."""
    versions = page.get_translations(inclusive=True)
    return [versions.get(locale__language_code=code).specific for code in ("fr", "en")]


class Network:
    """Pages of every kind, each linked to `count` of whatever it may be linked to."""

    def __init__(self, count: int):
        self.numbers = range(1, count + 1)
        self.pictures = self.some(PictureFactory)
        self.documents = self.some(DocumentFactory)
        self.topics = [TopicFactory(name=f"Topic {number}") for number in self.numbers]
        for number in self.numbers:
            TermFactory(word_fr=f"usager {number}")
        self.pages = {}
        self.add_front_door()
        self.add_shared_pages()
        self.add_cities()
        self.add_work()

    def some(self, factory, **fields) -> list:
        return [factory(**fields) for _ in self.numbers]

    def add(self, factory, **fields) -> Page:
        """A page, and the first of its kind."""
        page = factory(picture=self.pictures[0], **fields)
        self.pages.setdefault(type(page).__name__, page)
        return page

    def add_each(self, factory, **fields) -> list[Page]:
        kind = factory._meta.model._meta.verbose_name
        return [
            self.add(factory, title=f"{kind} {number}", **fields)
            for number in self.numbers
        ]

    def blocks(self, kind: str, /, **value) -> list[tuple[str, dict]]:
        return [(kind, value) for _ in self.numbers]

    @property
    def sources(self) -> list:
        return self.blocks("source", **LINK)

    @property
    def story(self) -> list:
        """A body with every kind of block in it."""
        document = {"document": self.documents[0], "label": ""}
        return [
            *(("text", PARAGRAPH) for _ in self.numbers),
            *self.figures,
            *self.blocks("quote", text="At last.", author="a reader"),
            *self.blocks("callout", title="To keep", text=PARAGRAPH),
            *self.blocks("table", caption="Who was met", cells="Place|People\nHall|2"),
            *(("download", document | {"document": one}) for one in self.documents),
            *self.blocks("video", **LINK, transcript=PARAGRAPH),
            *self.blocks("links", title="To go further", links=[LINK]),
        ]

    @property
    def figures(self) -> list:
        return [
            ("figure", {"picture": picture, "alternative": "", "caption": "Here"})
            for picture in self.pictures
        ]

    def add_front_door(self) -> None:
        home = self.add(HomePageFactory, introduction=PARAGRAPH, take_part=self.story)
        NetworkSettings.objects.create(
            site=home.get_site(), organisation="The network", demonstration=True
        )
        self.add(GlossaryPageFactory, introduction=PARAGRAPH)
        self.add(ObservatoryPageFactory, introduction=PARAGRAPH, show_in_menus=True)
        for number in self.numbers:
            self.add(StandardPageFactory, title=f"About {number}", body=self.story)
        for factory in (
            CityIndexPageFactory,
            MethodIndexPageFactory,
            PrincipleIndexPageFactory,
            ResourceIndexPageFactory,
        ):
            self.add(factory, introduction=PARAGRAPH, show_in_menus=True)

    def add_shared_pages(self) -> None:
        self.principles = [
            self.add(
                PrinciplePageFactory,
                number=number,
                hypothesis=PARAGRAPH,
                observations=PARAGRAPH,
                lessons=PARAGRAPH,
                sources=self.sources,
            )
            for number in self.numbers
        ]
        self.methods = self.add_each(
            MethodPageFactory,
            purpose=PARAGRAPH,
            description=PARAGRAPH,
            when_to_use=PARAGRAPH,
            when_not_to_use=PARAGRAPH,
            duration_min=45,
            duration_max=90,
            group_min=4,
            group_max=12,
            material=PARAGRAPH,
            preparation=PARAGRAPH,
            steps=self.blocks("step", title="Read", text="Read aloud", minutes=15),
            tips=PARAGRAPH,
            variants=PARAGRAPH,
            downloads=[
                ("download", {"document": document, "label": ""})
                for document in self.documents
            ],
            sources=self.sources,
        )
        for method in self.methods:
            method.principles = self.principles
            method.save()

    def add_cities(self) -> None:
        self.cities = self.add_each(
            CityPageFactory,
            region="Grand Est",
            lab_name="The lab",
            lab_opening_year=2018,
            lab_note=PARAGRAPH,
            programme_start="2017-03",
            programme_end="2018",
            session_count=12,
            ambassadors=20,
            relays=40,
            residents=self.blocks("resident", discipline="sociologist", number=1),
            partners=self.blocks(
                "partner", name="A school", position="outside", url=LINK["url"]
            ),
            latitude="48.5812",
            longitude="7.7509",
            presentation=self.story,
            sessions=self.blocks(
                "session",
                **PERIOD,
                kind="working",
                title="In the field",
                text=PARAGRAPH,
                url=LINK["url"],
                reconstructed=True,
            ),
            sources=self.sources,
        )
        self.resources = self.add_each(
            ResourcePageFactory,
            authors="The lab",
            year=2019,
            licence="cc0-1.0",
            file=self.documents[0],
            web_address="",
        )
        for resource in self.resources:
            resource.topics = self.topics
            resource.principles = self.principles
            resource.city_links = [ResourceCity(city=city) for city in self.cities]
            resource.save()

    def add_work(self) -> None:
        city = self.cities[0]
        cases = self.add(CaseIndexPageFactory, parent=city, introduction=PARAGRAPH)
        journeys = self.add(
            JourneyIndexPageFactory, parent=city, introduction=PARAGRAPH
        )
        lessons = self.add(
            FeedbackIndexPageFactory, parent=city, introduction=PARAGRAPH
        )
        self.add_cases(cases)
        self.add_journeys(journeys)
        self.add_feedback(lessons)

    def add_cases(self, parent: Page) -> None:
        self.cases = self.add_each(
            CasePageFactory,
            parent=parent,
            brief=PARAGRAPH,
            context=PARAGRAPH,
            sponsor="Housing department",
            **PERIOD,
            status="tested",
            participants=PARAGRAPH,
            fieldwork=PARAGRAPH,
            people_met=153,
            lessons=PARAGRAPH,
            scenarios=PARAGRAPH,
            prototypes=PARAGRAPH,
            tests=self.blocks(
                "test",
                **PERIOD,
                what="Fifteen ashtrays",
                place="A square",
                duration="seven weeks",
                result=PARAGRAPH,
            ),
            results=PARAGRAPH,
            handover=PARAGRAPH,
            limits=PARAGRAPH,
            differently=PARAGRAPH,
            follow_ups=self.blocks(
                "follow_up", moment="six_months", date="2019", text=PARAGRAPH
            ),
            key_figures=self.blocks("key_figure", value="153", label="people met"),
            figures=self.figures,
            contact="The lab",
            sources=self.sources,
            illustrative=True,
        )
        for case in self.cases:
            case.topics = self.topics
            case.principles = self.principles
            case.method_uses = [
                MethodUse(locale=locale("fr"), method=method, note="In pairs")
                for method in self.methods
            ]
            case.resource_links = [
                CaseResource(resource=resource) for resource in self.resources
            ]
            case.save()

    def add_journeys(self, parent: Page) -> None:
        journeys = self.add_each(
            JourneyPageFactory,
            parent=parent,
            persona="Nadia, two children",
            persona_role="a parent",
            persona_context=PARAGRAPH,
            persona_needs=PARAGRAPH,
            case=self.cases[0],
            stages=[
                ("stage", stage(emotion=-1, picture=picture))
                for picture in self.pictures
            ],
            sources=self.sources,
            illustrative=True,
        )
        imagined = self.add(JourneyPageFactory, parent=parent, kind="imagined")
        for journey in journeys:
            journey.counterpart = imagined
            journey.save()

    def add_feedback(self, parent: Page) -> None:
        pages = self.add_each(
            FeedbackPageFactory,
            parent=parent,
            moment="first_case",
            tried=PARAGRAPH,
            worked=PARAGRAPH,
            did_not_work=PARAGRAPH,
            advice=PARAGRAPH,
            sources=self.sources,
            illustrative=True,
        )
        for page in pages:
            page.principles = self.principles
            page.case_links = [FeedbackCase(case=case) for case in self.cases]
            page.method_links = [FeedbackMethod(method=one) for one in self.methods]
            page.save()
