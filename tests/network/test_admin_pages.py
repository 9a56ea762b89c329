"""The admin as people of the network meet it: in French, and with words that help."""

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page, get_page_models
from wagtail.users.models import UserProfile

from home.models import GlossaryPage
from tests.factories import DocumentFactory, TopicFactory, locale
from tests.forms import form_of, sent
from tests.networks import network

pytestmark = pytest.mark.django_db

MODELS = {model.__name__: model for model in get_page_models() if model is not Page}
each_kind = pytest.mark.parametrize("kind", sorted(MODELS))


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def words(html):
    return " ".join(html.get_text(" ").replace("\u00a0", " ").split())


@pytest.fixture
def in_french(as_ada, ada):
    """Ada's browser, for Ada asked for French."""
    UserProfile.objects.create(user=ada, preferred_language="fr")
    return as_ada


def test_the_button_that_publishes_a_translation_has_a_space_in_it(in_french):
    answer = in_french.get(
        reverse("wagtail_localize:javascript_catalog"),
        headers={"Accept-Language": "fr"},
    )

    assert '"Publish in ": "Publier en "' in answer.content.decode()


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """One page of each kind, with everything in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield network(1)
        transaction.set_rollback(True)


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def tabs(answer):
    found = soup(answer).select("[role=tab]")
    return [tab.find(string=True).strip() for tab in found]


# --- Where one is ----------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_explore_root"]
)
def test_a_window_of_the_admin_carries_the_name_and_the_sign_of_the_site(as_ada, name):
    head = soup(as_ada.get(reverse(name))).head

    assert words(head.title).endswith(" - Code Source")
    assert [link["href"] for link in head.find_all("link", rel="icon")] == [
        "/static/icons/favicon.svg"
    ]


def test_the_door_of_the_admin_carries_the_name_of_the_site(client, home):
    page = soup(client.get(reverse("account_login")))

    assert words(page.title) == "Se connecter · Code Source"


# --- What a form says ------------------------------------------------------

TABS = {
    "CityPage": ["La collectivité", "Le labo", "Le programme", "Sources"],
    "CasePage": [
        *("La question", "Ce que nous avons fait", "Ce qui en est sorti"),
        "Pour aller plus loin",
    ],
    "JourneyPage": ["La personne", "Les étapes", "Pour aller plus loin"],
    "FeedbackPage": ["Le récit", "Pour aller plus loin"],
    "MethodPage": ["Ce que c’est", "Comment l’animer", "Pour aller plus loin"],
    "PrinciplePage": ["La feuille", "Sources"],
    "ResourcePage": ["La ressource", "Pour la trouver"],
}


@each_kind
def test_the_form_of_a_page_is_in_french_and_follows_the_editor_s_story(
    in_french, pages, kind
):
    answer = in_french.get(edit(pages[kind]))

    assert tabs(answer) == [*TABS.get(kind, ["Contenu"]), "Référencement"]


@pytest.mark.parametrize("kind", sorted(set(MODELS) - {"HomePage"}))
def test_the_form_of_a_new_page_opens_with_the_same_tabs(in_french, pages, kind):
    page = pages[kind]
    parent = page.get_parent()
    if page.max_count_per_parent:
        page.delete()

    answer = in_french.get(add(MODELS[kind], parent))

    assert tabs(answer) == [*TABS.get(kind, ["Contenu"]), "Référencement"]


def add(model, parent):
    place = [model._meta.app_label, model._meta.model_name, parent.pk]
    return reverse("wagtailadmin_pages:add", args=place)


@each_kind
def test_each_field_that_an_editor_fills_says_what_to_write(pages, kind):
    form = form_of(pages[kind])
    ours = {name for name in form.fields if name in own_fields(MODELS[kind])}

    silent = {name for name in ours if not form.fields[name].help_text}

    assert silent == set()


def own_fields(model):
    """The fields that are ours and not those of every page of Wagtail."""
    return {field.name for field in model._meta.get_fields()} - {
        field.name for field in Page._meta.get_fields()
    }


# --- What is refused, and how it is said ----------------------------------


def refusals(browser, page, **typed):
    """What the form of the page answers when this was typed into it."""
    data = sent(form_of(page)) | typed | {"action-publish": "yes"}
    answer = browser.post(edit(page), data)
    errors = answer.context["form"].errors.as_data()
    return {name: " ".join(map(message, found)) for name, found in errors.items()}


def message(error):
    if isinstance(error, StreamBlockValidationError):
        said = error.as_json_data()["messages"]
    else:
        said = error.messages
    return " ".join(map(str, said)).replace("\u00a0", " ")


NOT_A_DATE = (
    "« mars » n’est pas une date. Écrivez une année (2018), un mois (03/2018) ou un "
    "jour (07/03/2018)."
)
ENDS_TOO_EARLY = "La fin est avant le début. Vérifiez les deux dates."
TOO_SMALL = "Ce nombre est plus petit que le précédent. Vérifiez les deux."
NO_CONSENT = (
    "Le parcours d’une personne réelle demande son accord écrit. Demandez-le-lui, ou "
    "changez le récit pour que personne ne puisse être reconnu."
)
NO_STAGE = "Un parcours compte au moins une étape. Ajoutez-en une."
NEITHER = "Choisissez un fichier, ou écrivez l’adresse où se trouve la ressource."
BOTH = "Donnez soit un fichier, soit une adresse : retirez l’un des deux."
TOO_LONG = (
    "Assurez-vous que cette valeur comporte au plus 400 caractères (actuellement "
)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("CasePage", {"start": "mars"}, {"start": NOT_A_DATE}),
        ("CasePage", {"start": "2018", "end": "2017"}, {"end": ENDS_TOO_EARLY}),
        (
            "CityPage",
            {"programme_start": "03/2018", "programme_end": "02/2018"},
            {"programme_end": ENDS_TOO_EARLY},
        ),
        (
            "CityPage",
            {"latitude": "91"},
            {"latitude": "Assurez-vous que cette valeur est inférieure ou égale à 90."},
        ),
        ("JourneyPage", {"real_person": "on"}, {"consent_given": NO_CONSENT}),
        ("JourneyPage", {"stages-count": "0"}, {"stages": NO_STAGE}),
        (
            "MethodPage",
            {"duration_min": "90", "duration_max": "45"},
            {"duration_max": TOO_SMALL},
        ),
        ("MethodPage", {"group_min": "12", "group_max": "4"}, {"group_max": TOO_SMALL}),
        (
            "ResourcePage",
            {"file": "", "web_address": ""},
            {"file": NEITHER, "web_address": NEITHER},
        ),
        ("CasePage", {"summary": "x" * 401}, {"summary": f"{TOO_LONG}401)."}),
        ("CasePage", {"title": ""}, {"title": "Champ requis."}),
        ("CasePage", {"question": ""}, {"question": "Champ requis."}),
    ],
)
def test_bad_input_is_refused_beside_its_field_in_words_that_help(
    in_french, pages, kind, typed, said
):
    assert refusals(in_french, pages[kind], **typed) == said


def test_a_resource_is_a_file_or_an_address_and_not_both(in_french, pages):
    both = {"file": DocumentFactory().pk, "web_address": "https://example.org/"}

    said = refusals(in_french, pages["ResourcePage"], **both)

    assert said == dict.fromkeys(both, BOTH)


@pytest.mark.parametrize("kind", TABS)
def test_good_input_is_not_refused(in_french, pages, kind):
    data = sent(form_of(pages[kind])) | {"title": "New", "action-publish": "yes"}

    answer = in_french.post(edit(pages[kind]), data)

    assert answer.status_code == 302
    assert Page.objects.get(pk=pages[kind].pk).title == "New"


def test_two_principles_cannot_have_one_number(in_french, pages):
    principle = pages["PrinciplePage"]
    data = sent(form_of(principle)) | {"slug": "twin", "title": "Twin"}

    answer = in_french.post(add(type(principle), principle.get_parent()), data)

    assert list(answer.context["form"].errors) == ["number"]


def test_a_page_that_may_be_there_once_cannot_be_added_twice(in_french, pages):
    answer = in_french.get(add(GlossaryPage, pages["HomePage"]))

    assert answer.status_code == 302


def test_a_form_offers_topics_of_its_own_language_and_no_drafts(in_french, pages):
    TopicFactory(name="Eau")
    TopicFactory(name="Water", locale=locale("en"))
    TopicFactory(name="Brouillon", live=False)

    form = in_french.get(edit(pages["CasePage"])).context["form"]

    offered = {topic.name for topic in form.fields["topics"].queryset}
    assert offered == {"Eau", "Topic 1"}


def test_the_admin_speaks_the_language_that_somebody_asked_for(as_ada, ada):
    profile, menus = UserProfile.objects.create(user=ada), []
    for language in ("fr", "en"):
        profile.preferred_language = language
        profile.save()
        props = as_ada.get(reverse("wagtailadmin_home")).content.decode()
        menus.append([word for word in ("Glossaire", "Glossary") if word in props])

    assert menus == [["Glossaire"], ["Glossary"]]
