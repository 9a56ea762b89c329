"""What stands around every page: menu, foot, breadcrumb, and the other language."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from home.models import NetworkSettings
from network.translation.verbs import mirror, translate
from tests.factories import (
    CasePageFactory,
    CityIndexPageFactory,
    CityPageFactory,
    MethodIndexPageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db

SITE = "http://localhost"


def links(html):
    """The links within, each as (text, address)."""
    return [(a.get_text(strip=True), a["href"]) for a in html.find_all("a")]


def menu(page):
    return links(page.find(class_="menu-list"))


def switch(page):
    return dict(links(page.find(class_="language-switch")))


def heads(page, rel):
    return {
        link.get("hreflang"): link["href"] for link in page.find_all("link", rel=rel)
    }


@pytest.fixture
def about(english):
    """A page in both languages."""
    about = StandardPageFactory(title="À propos", slug="a-propos")
    mirror(about)
    translate(about, english, {"À propos": "About", "a-propos": "about"})
    return about


@pytest.fixture
def untranslated(english):
    """A page that is shown in English as it is in French."""
    page = StandardPageFactory(title="Mentions légales", slug="mentions")
    mirror(page)
    return page


# --- The menu --------------------------------------------------------------


def test_the_menu_has_the_parts_of_the_site_in_their_order_and_search(home, read):
    for title in ("Cities", "Methods"):
        MethodIndexPageFactory(title=title, show_in_menus=True)
    StandardPageFactory(title="About", show_in_menus=False)

    assert menu(read("/fr/")) == [
        ("Cities", "/fr/cities/"),
        ("Methods", "/fr/methods/"),
        ("Rechercher", "/fr/search/"),
    ]


def test_the_menu_does_not_show_a_draft_nor_a_page_for_some(home, read):
    MethodIndexPageFactory(title="Draft", show_in_menus=True, live=False)
    secret = MethodIndexPageFactory(title="Secret", show_in_menus=True)
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    assert menu(read("/fr/")) == [("Rechercher", "/fr/search/")]


def test_the_menu_is_the_same_on_every_page_and_where_there_is_none(home, read):
    case = CasePageFactory()
    Page.objects.child_of(home).update(show_in_menus=True)
    addresses = [case.url, case.get_parent().url, "/fr/search/", "/fr/missing/"]

    menus = [menu(read(address)) for address in addresses]

    assert menus == [menu(read("/fr/"))] * 4
    assert len(menus[0]) == 2


def test_the_menu_says_in_which_part_the_reader_is(home, read):
    case = CasePageFactory()
    MethodIndexPageFactory(show_in_menus=True)
    Page.objects.child_of(home).update(show_in_menus=True)

    marked = {
        address: [a.text for a in read(address).select(".menu-list [aria-current]")]
        for address in (case.url, "/fr/cities-and-regions/", "/fr/")
    }

    assert marked == {
        case.url: ["Cities and regions"],
        "/fr/cities-and-regions/": ["Cities and regions"],
        "/fr/": [],
    }


def test_a_part_that_is_not_translated_says_its_language_in_the_menu(
    home, english, read
):
    index = MethodIndexPageFactory(title="Méthodes", show_in_menus=True)
    mirror(index)

    entries = [
        read(f"/{code}/").find(class_="menu-list").a.get("lang")
        for code in ("fr", "en")
    ]

    assert entries == [None, "fr"]


def test_the_name_of_the_site_leads_home_in_the_same_language(english, read):
    brands = [links(read(f"/{code}/"))[1] for code in ("fr", "en")]

    assert brands == [("Code Source", "/fr/"), ("Code Source", "/en/")]


# --- The breadcrumb --------------------------------------------------------


def test_the_breadcrumb_leads_up_to_the_home_page(home, read):
    CasePageFactory(title="The reading room")

    page = read("/fr/cities-and-regions/lyon/cases/the-reading-room/")

    breadcrumb = page.find(class_="breadcrumb")
    assert links(breadcrumb) == [
        ("Code Source", "/fr/"),
        ("Cities and regions", "/fr/cities-and-regions/"),
        ("Lyon", "/fr/cities-and-regions/lyon/"),
        ("Cases", "/fr/cities-and-regions/lyon/cases/"),
    ]
    assert breadcrumb.find(attrs={"aria-current": "page"}).text == "The reading room"


def test_the_breadcrumb_does_not_lead_to_a_draft(home, read):
    case = CasePageFactory()
    case.get_parent().specific.unpublish()

    titles = [
        title for title, address in links(read(case.url).find(class_="breadcrumb"))
    ]
    assert titles == ["Code Source", "Cities and regions", "Lyon"]


def test_the_home_page_has_no_breadcrumb(home, read):
    assert read("/fr/").find(class_="breadcrumb") is None


# --- The other language ----------------------------------------------------


def test_the_switch_leads_to_the_same_page_and_back(about, read):
    expected = {"Français": "/fr/a-propos/", "English": "/en/about/"}

    assert [switch(read(address)) for address in expected.values()] == [expected] * 2


def test_the_switch_marks_the_language_being_read_and_says_each_in_itself(about, read):
    found = read("/en/about/").select(".language-switch a")

    assert [(a["lang"], a["hreflang"], a.get("aria-current")) for a in found] == [
        ("fr", "fr", None),
        ("en", "en", "true"),
    ]


def test_the_switch_leads_to_a_page_that_is_not_translated_too(untranslated, read):
    assert switch(read("/fr/mentions/"))["English"] == "/en/mentions/"


def test_the_switch_of_a_page_whose_translation_is_a_draft_leads_home(
    about, english, read
):
    # Not by `unpublish`, which takes all its versions offline.
    type(about).objects.filter(pk=about.get_translation(english).pk).update(live=False)

    assert switch(read("/fr/a-propos/")) == {
        "Français": "/fr/a-propos/",
        "English": "/en/",
    }


def test_the_switch_of_a_search_keeps_what_is_searched(english, read):
    assert switch(read("/fr/search/?q=caf%C3%A9&page=2")) == {
        "Français": "/fr/search/?q=caf%C3%A9&page=2",
        "English": "/en/search/?q=caf%C3%A9&page=2",
    }


def test_the_switch_of_a_long_list_leads_to_the_same_part_of_it(about, read):
    assert switch(read("/en/about/?page=2&kind=a%26b")) == {
        "Français": "/fr/a-propos/?page=2&kind=a%26b",
        "English": "/en/about/?page=2&kind=a%26b",
    }


@pytest.mark.parametrize("address", ["/fr/missing/", "/de/", "/en/missing/"])
def test_the_switch_of_a_missing_page_leads_home(english, read, address):
    assert switch(read(address)) == {"Français": "/fr/", "English": "/en/"}


def test_the_versions_of_a_page_name_each_other_and_themselves(about, read):
    expected = {"fr": f"{SITE}/fr/a-propos/", "en": f"{SITE}/en/about/"}
    expected["x-default"] = expected["fr"]

    assert heads(read("/fr/a-propos/"), "alternate") == expected
    assert heads(read("/en/about/"), "alternate") == expected


def test_each_version_of_a_page_belongs_to_its_own_address(about, read):
    canonical = [
        heads(read(address), "canonical")[None]
        for address in ("/fr/a-propos/", "/en/about/")
    ]

    assert canonical == [f"{SITE}/fr/a-propos/", f"{SITE}/en/about/"]


def test_a_page_that_is_not_translated_belongs_to_the_address_of_its_source(
    untranslated, read
):
    copy, source = read("/en/mentions/"), read("/fr/mentions/")

    assert [heads(page, "canonical")[None] for page in (copy, source)] == (
        [f"{SITE}/fr/mentions/"] * 2
    )
    assert [heads(page, "alternate") for page in (copy, source)] == [{}, {}]


def test_a_page_whose_translation_is_a_draft_has_no_other_version(about, english, read):
    # Not by `unpublish`, which takes all its versions offline.
    type(about).objects.filter(pk=about.get_translation(english).pk).update(live=False)

    assert heads(read("/fr/a-propos/"), "alternate") == {}


def test_a_page_shown_in_its_own_language_says_so_to_readers_and_machines(
    untranslated, read
):
    page = read("/en/mentions/")

    assert (page.html["lang"], page.article["lang"]) == ("en", "fr")
    assert page.find(class_="notice").p.text == (
        "This page is shown in French, its original language: it is not translated yet."
    )
    assert page.find(class_="breadcrumb").find(attrs={"aria-current": "page"})[
        "lang"
    ] == ("fr")


def test_a_translated_page_says_nothing_of_the_kind(about, read):
    page = read("/en/about/")

    assert page.find(class_="notice") is None
    assert "lang" not in page.article.attrs


# --- The foot and the banner -----------------------------------------------


def test_the_foot_has_the_plain_pages_and_who_publishes_the_site(home, read):
    StandardPageFactory(title="Legal notice", slug="legal")
    StandardPageFactory(title="Draft", live=False)
    MethodIndexPageFactory(title="Methods", show_in_menus=True)
    site = NetworkSettings.for_site(home.get_site())
    site.organisation, site.contact_email = "The lab", "lab@example.org"
    site.save()

    foot = read("/fr/").footer

    assert links(foot) == [
        ("Legal notice", "/fr/legal/"),
        ("lab@example.org", "mailto:lab@example.org"),
    ]
    organisation, licence = foot.select(".foot-small span")
    assert organisation.text == "The lab"
    assert "CC BY-SA 4.0" in licence.text


def test_a_foot_that_nobody_filled_in_is_short_and_not_broken(home, read):
    foot = read("/fr/").footer

    assert links(foot) == []
    assert len(foot.select(".foot-small span")) == 1


@pytest.mark.parametrize("demonstration", [True, False])
def test_a_demonstration_says_so_on_every_page_until_a_setting_says_otherwise(
    home, read, demonstration
):
    NetworkSettings.objects.create(site=home.get_site(), demonstration=demonstration)
    city = CityPageFactory()

    banners = [
        bool(read(address).find(class_="banner"))
        for address in ("/fr/", city.url, "/fr/search/", "/fr/missing/")
    ]

    assert banners == [demonstration] * 4


def test_the_setting_of_the_demonstration_is_in_the_admin(home, as_ada, read):
    setting = NetworkSettings.for_site(home.get_site())
    address = reverse(
        "wagtailsettings:edit", args=["home", "networksettings", setting.site_id]
    )

    as_ada.post(address, {"licence": "cc0-1.0", "demonstration": "on"})

    assert read("/fr/").find(class_="banner")


@pytest.mark.parametrize("count", [1, 3])
def test_what_stands_around_a_page_costs_the_same_however_much_it_is(
    english, client, count, django_assert_max_num_queries
):
    for number in range(count):
        page = CityIndexPageFactory(title=f"Part {number}", show_in_menus=True)
        mirror(page)
        mirror(StandardPageFactory(title=f"Page {number}"))

    with django_assert_max_num_queries(14):
        answer = client.get("/en/page-0/")

    assert answer.status_code == 200
