"""Things to test with, and nothing in them to surprise.

Pages are live. Without a parent, each makes the tree above it; `title` and all
other fields can be given.
"""

import factory
import wagtail_factories
from wagtail.models import Locale, Page, Site

from cities.models import (
    CaseIndexPage,
    CasePage,
    CityIndexPage,
    CityPage,
    FeedbackIndexPage,
    FeedbackPage,
    JourneyIndexPage,
    JourneyPage,
)
from home.models import (
    GlossaryPage,
    HomePage,
    ObservatoryPage,
    StandardPage,
    Term,
)
from methods.models import (
    MethodIndexPage,
    MethodPage,
    Phase,
    PrincipleIndexPage,
    PrinciplePage,
)
from network.core.models import Topic
from network.media.models import Document, Picture
from network.users.models import User
from resources.models import ResourceIndexPage, ResourcePage


def locale(code: str) -> Locale:
    """One of the two languages of the site."""
    return Locale.objects.get_or_create(language_code=code)[0]


class PageFactory(wagtail_factories.PageFactory):
    """A page in French, whose summary repeats its title."""

    locale = factory.LazyFunction(lambda: locale("fr"))
    summary = factory.LazyAttribute(lambda page: f"Summary of {page.title}")

    class Meta:
        abstract = True
        model = Page


def only(factory_class: type) -> factory.LazyFunction:
    """The parent of a page when the test names none: the first, or a new one."""

    def find():
        model = factory_class._meta.model
        found = model.objects.filter(locale=locale("fr")).first()
        return found or factory_class()

    return factory.LazyFunction(find)


class HomePageFactory(PageFactory):
    title = "Code Source"
    slug = "accueil"
    parent = factory.LazyFunction(Page.get_first_root_node)

    class Meta:
        model = HomePage
        skip_postgeneration_save = True

    @factory.post_generation
    def site(self, create, extracted, **options):
        """The home page of the default site, which it takes from Wagtail's own."""
        site, _ = Site.objects.get_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "root_page": self},
        )
        site.root_page = self
        site.save()


class StandardPageFactory(PageFactory):
    title = "About"
    parent = only(HomePageFactory)

    class Meta:
        model = StandardPage


class ObservatoryPageFactory(PageFactory):
    title = "Observatory"
    parent = only(HomePageFactory)

    class Meta:
        model = ObservatoryPage


class GlossaryPageFactory(PageFactory):
    title = "Glossary"
    parent = only(HomePageFactory)

    class Meta:
        model = GlossaryPage


class CityIndexPageFactory(PageFactory):
    title = "Cities and regions"
    parent = only(HomePageFactory)

    class Meta:
        model = CityIndexPage


class CityPageFactory(PageFactory):
    title = "Lyon"
    official_name = factory.LazyAttribute(lambda city: f"Metropolis of {city.title}")
    parent = only(CityIndexPageFactory)

    class Meta:
        model = CityPage


class CaseIndexPageFactory(PageFactory):
    title = "Cases"
    parent = only(CityPageFactory)

    class Meta:
        model = CaseIndexPage


class CasePageFactory(PageFactory):
    title = "The reading room"
    question = "How can people feel at home here?"
    parent = only(CaseIndexPageFactory)

    class Meta:
        model = CasePage


class JourneyIndexPageFactory(PageFactory):
    title = "User journeys"
    parent = only(CityPageFactory)

    class Meta:
        model = JourneyIndexPage


class JourneyPageFactory(PageFactory):
    title = "To borrow a book"
    stages = factory.LazyFunction(lambda: [("stage", stage())])
    parent = only(JourneyIndexPageFactory)

    class Meta:
        model = JourneyPage


class FeedbackIndexPageFactory(PageFactory):
    title = "Lessons learned"
    parent = only(CityPageFactory)

    class Meta:
        model = FeedbackIndexPage


class FeedbackPageFactory(PageFactory):
    title = "What we would tell others"
    parent = only(FeedbackIndexPageFactory)

    class Meta:
        model = FeedbackPage


class PrincipleIndexPageFactory(PageFactory):
    title = "Principles"
    parent = only(HomePageFactory)

    class Meta:
        model = PrincipleIndexPage


class PrinciplePageFactory(PageFactory):
    title = factory.LazyAttribute(lambda sheet: f"Principle {sheet.number}")
    number = factory.LazyFunction(lambda: PrinciplePage.objects.count() + 1)
    parent = only(PrincipleIndexPageFactory)

    class Meta:
        model = PrinciplePage


class MethodIndexPageFactory(PageFactory):
    title = "Methods"
    parent = only(HomePageFactory)

    class Meta:
        model = MethodIndexPage


class MethodPageFactory(PageFactory):
    title = "The moving debate"
    phase = Phase.FRAME
    parent = only(MethodIndexPageFactory)

    class Meta:
        model = MethodPage


class ResourceIndexPageFactory(PageFactory):
    title = "Resources"
    parent = only(HomePageFactory)

    class Meta:
        model = ResourceIndexPage


class ResourcePageFactory(PageFactory):
    title = "The street test log"
    kind = ResourcePage.Kind.TEMPLATE
    web_address = "https://example.org/log"
    parent = only(ResourceIndexPageFactory)

    class Meta:
        model = ResourcePage


class TopicFactory(factory.django.DjangoModelFactory):
    name = "Libraries"
    slug = factory.LazyAttribute(lambda topic: topic.name.lower().replace(" ", "-"))
    locale = factory.LazyFunction(lambda: locale("fr"))

    class Meta:
        model = Topic


class TermFactory(factory.django.DjangoModelFactory):
    word_fr = "usager"
    word_en = "user"
    definition_fr = "Une personne."
    definition_en = "A person."

    class Meta:
        model = Term


class UserFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence(lambda number: f"person{number}@example.org")

    class Meta:
        model = User


class PictureFactory(wagtail_factories.ImageFactory):
    title = "A street"
    description = "Une rue"

    class Meta:
        model = Picture


class DocumentFactory(wagtail_factories.DocumentFactory):
    title = "A template"

    class Meta:
        model = Document


def stage(**lanes) -> dict:
    """A stage of a journey; all its lanes can be given."""
    empty = ("touchpoints", "thinks", "pain_points", "opportunities", "backstage")
    return {
        "name": "Ask",
        "does": "Asks at the desk",
        **dict.fromkeys(empty, ""),
        "emotion": 0,
        "picture": None,
        **lanes,
    }
