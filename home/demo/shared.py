"""What all cities share: words, methods, principles, resources, plain pages."""

import re

from wagtail.models import Collection, Page

from cities.models import CityIndexPage, CityPage
from home.models import GlossaryPage, HomePage, ObservatoryPage, StandardPage, Term
from methods.models import (
    MethodIndexPage,
    MethodPage,
    Phase,
    PrincipleIndexPage,
    PrinciplePage,
)
from network.core.models import Topic
from network.media.models import Licence
from resources.models import ResourceCity, ResourceIndexPage, ResourcePage

from .builder import Builder, blocks, in_order, sources
from .pdfs import add_pdf
from .pictures import add_picture
from .texts import Texts, read

PHASES = dict(
    zip(
        [
            *("animer", "cadrer", "immerger", "synthetiser", "imaginer"),
            *("prototyper", "tester", "restituer"),
        ],
        Phase,
        strict=True,
    )
)

LICENCES = {"": "", **{licence.label: licence.value for licence in Licence}}


def add_topics(builder: Builder) -> None:
    for entry in read("network")["topics"]:
        if Topic.objects.filter(slug=entry["slug"]).exists():
            continue
        texts = Texts({"name_fr": entry["fr"], "name_en": entry["en"]})
        topic = Topic(
            locale=builder.french, slug=entry["slug"], name=texts.line("name")
        )
        topic.save()
        builder.translate(topic, texts)
    builder.say(f"{Topic.objects.filter(locale=builder.french).count()} topics")


def add_terms(builder: Builder) -> None:
    for entry in read("network")["glossary"]:
        Term.objects.get_or_create(
            word_fr=entry["fr"],
            word_en=entry["en"],
            defaults={
                "definition_fr": entry["definition_fr"],
                "definition_en": entry["definition_en"],
                "explained_fr": "fr" not in entry.get("everyday", []),
                "explained_en": "en" not in entry.get("everyday", []),
                "note": entry.get("translation_note") or "",
            },
        )
    builder.say(f"{Term.objects.count()} glossary terms")


def add_index(builder: Builder, home: HomePage, kind: type, name: str) -> Page:
    """One of the parts of the site, which its menu shows."""
    texts = Texts(read("pages")["index"][name])
    introduced = {"introduction": texts.prose("introduction")}
    page = kind(
        title=texts.line("title"),
        summary=texts.line("summary") or texts.line("title"),
        slug=texts.entry["slug_fr"],
        show_in_menus=True,
        **introduced,
    )
    return builder.put(home, page, texts)


def add_indexes(builder: Builder, home: HomePage) -> dict[str, Page]:
    kinds = {
        "cities": CityIndexPage,
        "methods": MethodIndexPage,
        "principles": PrincipleIndexPage,
        "resources": ResourceIndexPage,
        "observatory": ObservatoryPage,
        "glossary": GlossaryPage,
    }
    return {name: add_index(builder, home, kind, name) for name, kind in kinds.items()}


def add_standard_pages(builder: Builder, home: HomePage) -> None:
    for entry in read("pages")["standard"].values():
        texts = Texts(entry)
        body = [
            ("text", f"<h2>{part.line('heading')}</h2>{part.prose('text')}")
            for part in texts.each("body")
        ]
        page = StandardPage(
            title=texts.line("title"),
            summary=texts.line("summary"),
            slug=entry["slug_fr"],
            body=body,
        )
        builder.put(home, page, texts)
    builder.say("plain pages")


def add_principles(builder: Builder, index: Page) -> None:
    for entry in read("network")["programme"]["building_blocks"]:
        texts = Texts(entry | read("principles")[entry["number"]])
        page = PrinciplePage(
            number=entry["number"],
            slug=entry["slug"],
            title=texts.line("title"),
            summary=texts.line("summary"),
            hypothesis=texts.prose("hypothesis"),
            observations=texts.prose("observations"),
            lessons=texts.prose("lessons"),
            sources=sources(texts),
        )
        builder.put(index, page, texts)
    builder.say("7 principles")


def principles_numbered(numbers: list[int]) -> list[PrinciplePage]:
    return list(
        PrinciplePage.objects.filter(number__in=numbers, locale__language_code="fr")
    )


def add_methods(builder: Builder, index: Page) -> None:
    for facts in read("network")["methods"]:
        entry = facts | read("methods")[facts["slug"]]
        texts = Texts(entry | {"material_fr": entry["material"]})
        page = MethodPage(
            slug=entry["slug"],
            title=texts.line("title"),
            summary=texts.line("purpose"),  # which says what it is for
            phase=PHASES[entry["phase"]],
            duration_min=entry["duration_min_minutes"],
            duration_max=entry["duration_max_minutes"],
            group_min=entry["participants_min"],
            group_max=entry["participants_max"],
            steps=steps(texts),
            sources=sources(texts),
            **{
                name: texts.prose(name)
                for name in (
                    *("description", "when_to_use", "when_not_to_use"),
                    *("material", "preparation", "tips", "variants"),
                )
            },
        )
        page.principles = principles_numbered(entry["principles"])
        builder.put(index, page, texts, leaf=True)
    builder.say("32 methods")


def steps(texts: Texts) -> list[tuple[str, dict]]:
    pairs = zip(texts.entry["steps_fr"], texts.entry["steps_en"], strict=True)
    return blocks("step", [{"title": "", "text": texts.pair(*pair)} for pair in pairs])


def add_resources(
    builder: Builder, index: Page, shared: Collection, cities: dict[str, CityPage]
) -> None:
    for entry in read("resources"):
        texts = Texts(entry)
        page = ResourcePage(
            slug=entry["slug"],
            title=texts.line("title"),
            summary=texts.line("summary"),
            kind=entry["kind"],
            file=add_pdf(entry["slug"], entry["pdf"], shared) if entry["pdf"] else None,
            web_address=entry["url"] or "",
            authors=texts.pair(
                entry["authors"], entry.get("authors_en", entry["authors"])
            ),
            year=entry["year"],
            language=entry["language"],
            licence=LICENCES[entry["licence"]],
        )
        if "cover" in entry:
            page.picture = add_picture(entry["cover"], shared)
        page.topics = Topic.objects.filter(
            slug__in=entry["topics"], locale=builder.french
        )
        page.principles = principles_numbered(entry["principles"])
        page.city_links.set(
            in_order([ResourceCity(city=cities[slug]) for slug in entry["cities"]])
        )
        builder.put(index, page, texts, leaf=True)
    builder.say(f"{len(read('resources'))} resources")


def add_home(builder: Builder, home: HomePage) -> None:
    """The texts of the front door, in both languages."""
    publish_home(builder, home, front_texts(home))


def add_take_part(builder: Builder, home: HomePage) -> None:
    """How to take part: once the pages are there that it leads to."""
    texts, slugs = front_texts(home), re.compile(r'linktype="page" id="([\w-]+)"')
    ids = dict(home.get_descendants().values_list("slug", "pk"))
    prose = slugs.sub(
        lambda found: f'linktype="page" id="{ids[found[1]]}"', texts.prose("take_part")
    )
    home.take_part = [("text", prose)]
    publish_home(builder, home, texts)


def front_texts(home: HomePage) -> Texts:
    """What the front door says, written on it."""
    texts = Texts(read("pages")["home"])
    for name in ("title", "headline", "summary"):
        setattr(home, name, texts.line(name))
    return texts


def publish_home(builder: Builder, home: HomePage, texts: Texts) -> None:
    home.save_revision(user=builder.user).publish(user=builder.user)
    texts.strings[home.slug] = "home-en"
    builder.translate(home, texts)
