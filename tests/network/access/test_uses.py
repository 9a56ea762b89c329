"""How often something is used, as far as one city may know of it."""

import pytest
from django.urls import reverse

from cities.models import CaseIndexPage
from network.access.roles import city_collection
from tests.factories import (
    CasePageFactory,
    DocumentFactory,
    PictureFactory,
    ResourcePageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(metz):
    return PictureFactory(collection=city_collection(metz))


@pytest.fixture
def document(metz):
    return DocumentFactory(collection=city_collection(metz))


def shows(thing):
    """What a case has in it when it shows a picture, or offers a document."""
    if type(thing).__name__ == "Picture":
        figure = {"picture": thing, "alternative": "", "caption": ""}
        return {"figures": [("figure", figure)]}
    return {"results": f'<p><a linktype="document" id="{thing.pk}">x</a></p>'}


@pytest.fixture
def use(metz, lille):
    """Use a thing in Metz and, in a draft as well, in Lille."""

    def use(**fields):
        for city in (metz, lille):
            index = CaseIndexPage.objects.child_of(city).get()
            title = f"A draft of {city.title}"
            CasePageFactory(parent=index, title=title, live=False, **fields)

    return use


@pytest.fixture
def told(client, editor, moderator):
    """What an editor of Metz, and then a moderator, is told at an address."""

    def told(address):
        for person in (editor, moderator):
            client.force_login(person)
            yield numbers_in(client.get(address))

    return lambda *address: list(told(*address))


def numbers_in(answer):
    """All numbers of uses that a template was given."""
    names = ("usage_count", "usage_count_val")
    return {
        context[name]
        for context in answer.context
        for name in names
        if context.get(name) is not None
    }


@pytest.mark.parametrize("kind", ["picture", "document"])
@pytest.mark.parametrize("action", ["edit", "delete"])
def test_a_city_is_told_of_no_use_by_a_draft_of_another(
    request, told, use, kind, action
):
    thing = request.getfixturevalue(kind)
    use(**shows(thing))
    app = {"picture": "wagtailimages", "document": "wagtaildocs"}[kind]

    numbers = told(reverse(f"{app}:{action}", args=[thing.pk]))

    assert numbers == [{1}, {2}]


@pytest.mark.parametrize("kind", ["picture", "document"])
def test_nor_before_many_are_deleted(request, told, use, kind):
    thing = request.getfixturevalue(kind)
    use(**shows(thing))
    address = reverse("wagtail_bulk_action", args=["media", kind, "delete"])

    numbers = told(f"{address}?id={thing.pk}")

    assert numbers == [{1}, {2}]


def test_nor_beside_the_form_of_a_page(told, use, metz):
    case = CasePageFactory(parent=CaseIndexPage.objects.child_of(metz).get())
    use(results=f'<p><a linktype="page" id="{case.pk}">x</a></p>')

    numbers = told(reverse("wagtailadmin_pages:edit", args=[case.pk]))

    assert numbers == [{1}, {2}]


def test_nor_in_the_list_of_uses(client, editor, moderator, picture, use):
    use(**shows(picture))
    address = reverse("wagtailimages:image_usage", args=[picture.pk])

    lists = []
    for person in (editor, moderator):
        client.force_login(person)
        lists.append(len(client.get(address).context["page_obj"].object_list))

    assert lists == [1, 2]


LISTS = {
    "as a list": "layout=list",
    "in order": "layout=list&ordering=usage_count",
    "filtered": "layout=list&usage_count_min=1",
}


@pytest.mark.parametrize("query", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("kind", ["picture", "document"])
def test_nor_in_a_list_of_what_the_city_keeps(  # noqa: PLR0917
    request, client, editor, moderator, use, kind, query
):
    thing = request.getfixturevalue(kind)
    use(**shows(thing))
    address = {"picture": "wagtailimages:index", "document": "wagtaildocs:index"}[kind]

    counts = []
    for person in (editor, moderator):
        client.force_login(person)
        [row] = client.get(f"{reverse(address)}?{query}").context["object_list"]
        counts.append(row.usage_count)

    assert counts == [1, 2]


def test_nor_by_what_a_filter_leaves_out(client, editor, picture, use):
    use(**shows(picture))
    client.force_login(editor)

    answer = client.get(f"{reverse('wagtailimages:index')}?usage_count_min=2")

    assert list(answer.context["object_list"]) == []


def test_what_a_hidden_page_needs_is_not_offered_for_deletion(client, editor, document):
    ResourcePageFactory(file=document, web_address="", live=False)
    client.force_login(editor)

    address = reverse("wagtaildocs:delete", args=[document.pk])
    answer = client.get(address)
    sent = client.post(address)

    assert [answer.context["usage_count"], answer.context["is_protected"]] == [0, True]
    assert sent.status_code == 302
    assert type(document).objects.filter(pk=document.pk).exists()
