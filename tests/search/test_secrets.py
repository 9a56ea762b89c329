"""Search tells what anybody may read at this very moment, and nothing beyond.

Each secret holds the word “quetzal”. Most were public, and in the index, until a moment
ago: nothing was indexed since, and nothing may tell of them all the same.
"""

import datetime as dt
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from cities.models import MethodUse
from network.access.roles import collection_named
from network.moderation.retraction import retract
from network.translation.verbs import translate
from search.models import FileText, Promotion
from search.urls import urlpatterns
from tests.factories import (
    CasePageFactory,
    DocumentFactory,
    GlossaryPageFactory,
    MethodPageFactory,
    TermFactory,
    TopicFactory,
    locale,
)
from tests.networks import mirrored
from tests.submissions import fresh

from .indexed import agrees, index, index_all, publish, published

pytestmark = pytest.mark.django_db

SECRET = re.compile("quetzal", re.IGNORECASE)
# As somebody may ask who does not know the word: it is never in an answer by itself.
QUESTIONS = ["", "toucan", "quetzl", "quetzl OR toucn", "toucan quetzl"]
SAYS = {
    "title": "Quetzal toucan",
    "summary": "Quetzal toucan",
    "question": "Quetzal toucan?",
    "fieldwork": "<p>Quetzal</p>",
}


@pytest.fixture(autouse=True)
def public(home, english, settings):
    """A case that all may read, which has nothing to hide."""
    settings.SEARCHES_AT_MOST = (10_000, 60)
    page = published(CasePageFactory, title="Toucan", summary="…", question="?")
    index()
    return page


# --- What readers are told ---------------------------------------------------


def answers(client, words):
    """All that the search has to say, in each language and shape."""
    for code in ("fr", "en"):
        for pattern in urlpatterns:
            with override(code):
                address = reverse(pattern.name)
            yield client.get(address, {"q": words})


def text_of(answer):
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def told(client):
    """What the search says of the secret, whatever it is asked."""
    return {
        (words, answer.request["PATH_INFO"])
        for words in QUESTIONS
        for answer in answers(client, words)
        if SECRET.search(text_of(answer))
    }


def counted(client):
    """How much is found by the secret word itself."""
    contexts = [
        client.get(f"/{code}/search/", {"q": "quetzal"}).context
        for code in ("fr", "en")
    ]
    return sum(context["answer"].found.total for context in contexts)


def keeps_it(client):
    return not told(client) and not counted(client)


# --- What is secret ----------------------------------------------------------


def case(**fields):
    """A case that is public, in the index, and promoted."""
    page = published(CasePageFactory, **SAYS | {"slug": "quetzal"} | fields)
    Promotion.objects.create(words="toucan", page=page)
    index()
    return page


def draft(public, ada):
    page = CasePageFactory(live=False, slug="quetzal", **SAYS)
    page.save_revision()
    Promotion.objects.create(words="toucan", page=page)


def unpublished_changes(public, ada):
    page = fresh(public)
    for name, value in SAYS.items():
        setattr(page, name, value)
    page.save_revision()
    Promotion.objects.create(words="toucan", page=page)


def planned(public, ada):
    tomorrow = timezone.now() + dt.timedelta(days=1)
    page = CasePageFactory(live=False, slug="quetzal", go_live_at=tomorrow, **SAYS)
    page.save_revision().publish()


def private(public, ada):
    PageViewRestriction.objects.create(page=case(), restriction_type="groups")


def private_below(public, ada):
    """The section is private, and its case was published there afterwards."""
    other = MethodPageFactory(title="Elsewhere", slug="elsewhere")
    section = other.get_parent()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    published(MethodPageFactory, parent=section, title="Quetzal toucan", slug="q")


def private_above(public, ada):
    city = case().get_parent().get_parent()
    PageViewRestriction.objects.create(page=city, restriction_type="groups")
    # It is in the same city.
    assert public.path.startswith(city.path)


def private_alias_above(public, ada):
    """The English case has nothing above it that is English itself."""
    page = case(title="Ara", summary="…", question="…", fieldwork="", slug="ara")
    translate(page, locale("en"), {"Ara": "Quetzal toucan"})
    index()
    PageViewRestriction.objects.create(
        page=page.get_parent().get_parent(), restriction_type="groups"
    )


def retracted(public, ada):
    retract(case(), ada, "Because")


def expired(public, ada):
    page = case()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled", stdout=StringIO())


def offline(public, ada):
    case().unpublish()


def deleted(public, ada):
    case().delete()


def moved_out_of_sight(public, ada):
    page = case()
    hidden = published(CasePageFactory, title="Elsewhere", slug="elsewhere")
    section = hidden.get_parent()
    PageViewRestriction.objects.create(page=section, restriction_type="groups")
    page.move(section, pos="last-child")


def a_title_in_another_language():
    """The English page of a case, which says nothing of it in French."""
    page = case(title="Ara", summary="…", question="…", fieldwork="", slug="ara")
    english = translate(page, locale("en"), {"Ara": "Quetzal toucan"})
    index()
    return fresh(english)


def a_private_title(public, ada):
    PageViewRestriction.objects.create(
        page=a_title_in_another_language(), restriction_type="groups"
    )


def a_title_offline(public, ada):
    a_title_in_another_language().unpublish()


def a_deleted_title(public, ada):
    a_title_in_another_language().delete()


def a_term(public, ada):
    GlossaryPageFactory(title="Words")
    term = TermFactory(word_fr="quetzal", word_en="toucan", definition_fr="Quetzal")
    index()
    term.unpublish()


def a_term_never_published(public, ada):
    GlossaryPageFactory(title="Words")
    TermFactory(word_fr="quetzal", word_en="toucan", live=False).save_revision()


def a_term_whose_glossary_is_offline(public, ada):
    glossary = the_glossary()
    glossary.unpublish()


def a_term_whose_glossary_is_private(public, ada):
    restriction = {"restriction_type": "groups"}
    PageViewRestriction.objects.create(page=the_glossary(), **restriction)


def a_term_below_a_private_page(public, ada):
    restriction = {"restriction_type": "groups"}
    glossary = the_glossary()
    case(title="Elsewhere", summary="…", question="…", fieldwork="", slug="else")
    home = glossary.get_parent()
    PageViewRestriction.objects.create(page=home, **restriction)


def the_glossary():
    """The page on which the secret stands as a term, in both languages."""
    glossary = mirrored(GlossaryPageFactory, title="Words")
    TermFactory(word_fr="quetzal", word_en="toucan", definition_fr="Quetzal")
    index()
    return glossary


def a_topic(public, ada):
    topic = TopicFactory(name="Quetzal", slug="quetzal")
    publish(public, topics=[topic])
    index()
    topic.unpublish()


@pytest.fixture
def method(public):
    method = published(MethodPageFactory, title="Quetzal", summary="…", slug="quetzal")
    publish(public, method_uses=[MethodUse(locale=locale("fr"), method=method)])
    index()
    return method


def a_file(public, ada):
    collection = collection_named("Open")
    document = DocumentFactory(collection=collection, title="File")
    offered = [("download", {"document": document, "label": ""})]
    published(MethodPageFactory, title="Toucans", downloads=offered)
    FileText.objects.create(document=document, state="read", text="A quetzal, toucan.")
    index()
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="groups"
    )


def a_file_put_away(public, ada):
    a_file(public, ada)
    CollectionViewRestriction.objects.all().delete()
    index()
    closed = collection_named("Closed")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type="groups"
    )
    document = FileText.objects.get().document
    document.collection = closed
    document.save()


def a_file_deleted(public, ada):
    a_file(public, ada)
    CollectionViewRestriction.objects.all().delete()
    index()
    FileText.objects.get().document.delete()


KEPT = [
    *(draft, unpublished_changes, planned, private, private_below, private_above),
    *(private_alias_above, retracted, expired, offline, deleted, moved_out_of_sight),
    *(a_private_title, a_title_offline, a_deleted_title),
    *(a_term, a_term_never_published, a_term_whose_glossary_is_offline),
    *(a_term_whose_glossary_is_private, a_term_below_a_private_page, a_topic),
    *(a_file, a_file_put_away, a_file_deleted),
]


@pytest.mark.parametrize("hide", KEPT, ids=lambda hide: hide.__name__)
def test_the_search_keeps_a_secret_before_and_after_the_index_has_heard_of_it(
    client, public, ada, hide
):
    hide(public, ada)

    told_at_once, counted_at_once = told(client), counted(client)
    index()

    assert [told_at_once, counted_at_once] == [set(), 0]
    assert keeps_it(client)


@pytest.mark.parametrize("how", ["unpublished", "private", "below", "deleted"])
def test_the_name_of_a_method_is_kept_too_by_the_cases_that_used_it(
    client, method, how
):
    known = told(client), counted(client)
    if how == "unpublished":
        method.unpublish()
    elif how == "deleted":
        method.delete()
    else:
        page = method if how == "private" else method.get_parent()
        PageViewRestriction.objects.create(page=page, restriction_type="groups")

    told_at_once, counted_at_once = told(client), counted(client)
    index()

    assert all(known)
    assert [told_at_once, counted_at_once] == [set(), 0]
    assert keeps_it(client)


def test_what_the_secret_is_hidden_from_is_there_as_long_as_it_is_public(client):
    case()

    asked = {words for words, _address in told(client)}

    assert asked >= {"", "toucan", "quetzl"}
    assert counted(client) == 2


def test_what_all_may_read_again_is_found_again(client, method):
    restriction = PageViewRestriction.objects.create(
        page=method.get_parent(), restriction_type="groups"
    )
    index()
    restriction.delete()
    index()
    index_all()

    assert [counted(client), agrees()] == [4, True]
