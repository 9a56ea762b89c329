"""To take a page offline everywhere, and to bring back exactly what was public."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished

from cities.models import CaseIndexPage, CasePage
from network.moderation.models import Retraction
from network.moderation.retraction import (
    CannotRestoreError,
    everywhere,
    restore,
    retract,
)
from tests import databases
from tests.factories import CasePageFactory
from tests.forms import edit
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db

REASON = "Somebody in the picture had not agreed."


@pytest.fixture
def cases(metz, network_roles):
    return CaseIndexPage.objects.child_of(metz).get()


@pytest.fixture(scope="module", autouse=True)
def made(opened_for_module, django_db_blocker):
    """Two public cases, made once for all tests."""
    with django_db_blocker.unblock(), databases.kept():
        cases = Page.objects.get(slug="cas", url_path__contains="/metz/")
        case = translated(CasePageFactory, "The hall", parent=cases, title="La salle")
        french_only = mirrored(CasePageFactory, parent=cases, title="Le square")
        for page in (case, french_only):
            page.save_revision().publish()
        return case.pk, french_only.pk


@pytest.fixture
def case(made, opened):
    """A case that is public in both languages, each in its own words."""
    return CasePage.objects.get(pk=made[0])


@pytest.fixture
def french_only(made, opened):
    """A case that is public in French, and shown as such in English."""
    return CasePage.objects.get(pk=made[1])


def public(page):
    """What anyone can read of the page and of what is below it: address and title."""
    return set(
        everywhere(page).live().values_list("url_path", "title", "live_revision")
    )


def answers(client, addresses):
    return [client.get(address).status_code for address in addresses]


def addresses_of(page):
    return [version.url for version in in_both_languages(page)]


# --- To retract ------------------------------------------------------------


def test_a_page_goes_offline_in_every_language(case, moderator, client):
    """D6: Wagtail leaves the translation online."""
    addresses = addresses_of(case)
    assert answers(client, addresses) == [200, 200]

    retract(case, moderator, REASON)

    assert answers(client, addresses) == [410, 410]


def test_any_version_of_a_page_takes_all_others_along(case, moderator, english):
    retract(case.get_translation(english), moderator, REASON)

    assert public(case) == set()


def test_a_page_goes_offline_with_its_alias(french_only, moderator, client):
    addresses = addresses_of(french_only)

    retract(french_only, moderator, REASON)

    assert answers(client, addresses) == [410, 410]


def test_a_page_goes_offline_with_all_that_is_below_it(
    metz, case, french_only, moderator, client
):
    addresses = [
        *addresses_of(metz),
        *addresses_of(case),
        *addresses_of(french_only),
    ]

    retract(metz, moderator, REASON)

    assert answers(client, addresses) == [410] * 6


def test_what_stands_beside_it_stays(case, french_only, moderator, client):
    retract(case, moderator, REASON)

    assert answers(client, addresses_of(french_only)) == [200, 200]


def test_what_is_retracted_is_not_found(case, moderator, client):
    retract(case, moderator, REASON)

    for address in ("/fr/search/?q=salle", "/en/search/?q=hall", "/api/v2/pages/"):
        content = client.get(address).content.decode()
        assert "La salle" not in content
        assert "The hall" not in content


def test_those_who_follow_wagtails_signals_are_told_of_each_page(case, moderator):
    told = []

    def note(sender, instance, **kwargs):
        told.append((sender, instance.pk, instance.live))

    page_unpublished.connect(note)
    page_published.connect(note)
    try:
        retraction = retract(case, moderator, REASON)
        restore(retraction, moderator, REASON)
    finally:
        page_unpublished.disconnect(note)
        page_published.disconnect(note)

    keys = [page.pk for page in in_both_languages(case)]
    expected = [
        *((CasePage, key, False) for key in keys),
        *((CasePage, key, True) for key in keys),
    ]
    assert sorted(told) == sorted(expected, key=lambda one: one[1:])


def test_what_was_planned_does_not_come_back_by_itself(case, moderator):
    new = CasePageFactory(parent=case.get_parent(), title="Neuf", live=False)
    case.refresh_from_db()
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    for page in (case, new):
        page.go_live_at = tomorrow
        page.save_revision().publish()
    planned = Revision.objects.exclude(approved_go_live_at=None)
    assert planned.count() == 2

    retract(case.get_parent(), moderator, REASON)

    assert planned.count() == 0


@pytest.mark.parametrize("person", ["editor", "manager", "translator"])
def test_who_may_not_publish_retracts_nothing(person, case, request):
    user = request.getfixturevalue(person)

    with pytest.raises(PermissionDenied), transaction.atomic():
        retract(case, user, REASON)

    assert len(public(case)) == 2


def test_a_subtree_of_two_hundred_pages_is_retracted_and_restored(
    cases, moderator, django_assert_max_num_queries
):
    for number in range(98):  # beside the two that are there
        mirrored(CasePageFactory, parent=cases, title=f"Case {number}")
    before = public(cases)
    assert len(before) == 202

    with django_assert_max_num_queries(2000):
        retraction = retract(cases, moderator, REASON)
    assert public(cases) == set()
    with django_assert_max_num_queries(1900):
        restore(retraction, moderator, REASON)

    assert public(cases) == before


# --- What readers find -----------------------------------------------------


def gone(client, address):
    answer = client.get(address)
    assert answer.status_code == 410
    return BeautifulSoup(answer.content, "html.parser")


def test_a_reader_is_told_kindly_in_her_language(case, moderator, client, english):
    french, translation = addresses_of(case)
    retract(case, moderator, REASON)

    assert gone(client, french).html["lang"] == "fr"
    assert gone(client, french).h1.text == "Cette fiche a été retirée"
    assert gone(client, translation).html["lang"] == "en"
    assert gone(client, translation).h1.text == "This sheet was taken back"


def test_a_reader_is_shown_the_way_on(case, cases, moderator, client):
    retract(case, moderator, REASON)

    page = gone(client, addresses_of(case)[0])

    links = [link["href"] for link in page.main.find_all("a")]
    assert links == [cases.url, "/"]
    assert page.main.find("form", role="search")["action"] == "/fr/search/"


def test_the_way_on_leads_to_what_is_still_public(case, metz, moderator, client):
    address = addresses_of(case)[0]
    retract(metz, moderator, REASON)

    page = gone(client, address)

    links = [link["href"] for link in page.main.find_all("a")]
    assert links == [metz.get_parent().url, "/"]


def test_the_reason_and_the_title_are_not_told_to_readers(case, moderator, client):
    address = addresses_of(case)[0]
    retract(case, moderator, REASON)

    content = client.get(address).content.decode()

    assert REASON not in content
    assert "La salle" not in content


def test_an_address_where_nothing_was_is_still_missing(case, moderator, client):
    retract(case, moderator, REASON)

    assert answers(client, ["/fr/nothing/", case.url + "nothing/"]) == [404, 404]


def test_a_page_that_was_never_public_is_missing_and_not_gone(cases, moderator, client):
    draft = CasePageFactory(parent=cases, title="Draft", live=False)
    address = draft.url
    retract(cases, moderator, REASON)

    assert answers(client, [address]) == [404]


def test_a_page_that_was_deleted_after_it_was_retracted_stays_gone(
    case, moderator, team_member, client
):
    address = case.url
    retract(case, moderator, REASON)
    Page.objects.get(pk=case.pk).delete()

    assert answers(client, [address]) == [410]


# --- To restore ------------------------------------------------------------


def test_what_was_public_comes_back_as_it_was(
    metz, case, french_only, moderator, client
):
    pages = [metz, case, french_only]
    addresses = [address for page in pages for address in addresses_of(page)]
    before, bodies = public(metz), [client.get(one).content for one in addresses]

    restore(retract(metz, moderator, REASON), moderator, REASON)

    assert public(metz) == before
    assert [client.get(one).content for one in addresses] == bodies


def test_what_was_offline_before_stays_offline(metz, case, french_only, moderator):
    french_only.unpublish()
    before = public(metz)

    restore(retract(metz, moderator, REASON), moderator, REASON)

    assert public(metz) == before


def test_what_was_edited_meanwhile_stays_a_draft(case, moderator, client, editor):
    before, body = public(case), client.get(case.url).content
    retraction = retract(case, moderator, REASON)

    client.force_login(editor)
    edit(client, Page.objects.get(pk=case.pk).specific, title="Nouveau", slug="neuf")
    client.logout()
    assert Page.objects.get(pk=case.pk).title == "Nouveau"
    restore(retraction, moderator, REASON)

    page = CasePage.objects.get(pk=case.pk)
    assert public(case) == before
    assert client.get(case.url).content == body
    assert page.has_unpublished_changes is True
    assert page.get_latest_revision_as_object().title == "Nouveau"


@pytest.mark.parametrize("factory", [mirrored, translated])
def test_a_version_that_followed_a_draft_to_another_address_comes_back_too(  # noqa: PLR0917
    factory, cases, moderator, client, editor, django_capture_on_commit_callbacks
):
    title = ["Square"] if factory is translated else []
    page = factory(CasePageFactory, *title, parent=cases, title="Square")
    page.save_revision().publish()
    before, addresses = public(page), addresses_of(page)
    retraction = retract(page, moderator, REASON)
    client.force_login(editor)

    with django_capture_on_commit_callbacks(execute=True):
        edit(client, Page.objects.get(pk=page.pk).specific, slug="neuf")
    slugs = {one.slug for one in in_both_languages(page)}
    with django_capture_on_commit_callbacks(execute=True):
        restore(retraction, moderator, REASON)

    client.logout()
    assert slugs == {"neuf"}
    assert public(page) == before
    assert answers(client, addresses) == [200, 200]
    # Where it never was nothing leads to it.
    assert not Redirect.objects.exists()


def refused_to_restore(retraction, moderator):
    """What is said to the moderator, once nothing came back."""
    with override("en"), pytest.raises(CannotRestoreError) as refusal:
        restore(retraction, moderator, REASON)
    assert not retraction.offline.filter(page__live=True).exists()
    assert Retraction.objects.get(pk=retraction.pk).is_open
    return str(refusal.value)


def test_nothing_comes_back_under_another_address_when_its_own_is_taken(
    case, cases, moderator, client, editor
):
    before, slug = public(case), case.slug
    retraction = retract(case, moderator, REASON)
    client.force_login(editor)
    edit(client, Page.objects.get(pk=case.pk).specific, slug="neuf")
    other = CasePageFactory(parent=cases, title="Une autre", slug=slug, live=False)

    assert refused_to_restore(retraction, moderator) == (
        f"Another page has taken the address {case.url}: “Une autre”. Give that one "
        "another address, or delete it, and restore then."
    )
    other.delete()
    restore(retraction, moderator, REASON)

    assert public(case) == before


def test_what_nobody_edited_does_not_come_back_to_an_address_that_is_taken_either(
    case, cases, moderator
):
    """Wagtail's forms refuse it; other doors may not."""
    retraction = retract(case, moderator, REASON)
    other = CasePageFactory(parent=cases, title="Une autre")
    Page.objects.filter(pk=other.pk).update(slug=case.slug, url_path=case.url_path)

    assert "“Une autre”" in refused_to_restore(retraction, moderator)


def test_what_is_below_a_page_that_got_another_address_waits_until_it_is_back(
    metz, case, moderator
):
    before, slug = public(case), metz.slug
    retraction = retract(case, moderator, REASON)
    metz.slug = "metz-metropole"
    metz.save()

    assert refused_to_restore(retraction, moderator) == (
        f"“La salle” was public at {case.url}. Since then it was moved, or a page "
        "above it was moved or has another address. Put that back, and restore then."
    )
    metz.slug = slug
    metz.save()
    restore(retraction, moderator, REASON)

    assert public(case) == before


def test_what_swapped_addresses_in_drafts_comes_back_as_it_was(
    case, cases, french_only, moderator
):
    before, slugs = public(cases), (french_only.slug, case.slug)
    retraction = retract(cases, moderator, REASON)
    for page, slug in zip((case, french_only), ("for-a-while", slugs[1]), strict=True):
        redraft(page, slug)
    redraft(case, slugs[0])

    restore(retraction, moderator, REASON)

    assert public(cases) == before


def redraft(page, slug):
    """Give a page that is offline another address, as its form does."""
    page = CasePage.objects.get(pk=page.pk)
    page.slug = slug
    page.save()
    page.save_revision()


def test_what_was_retracted_earlier_stays_so_when_what_is_above_comes_back(
    cases, case, moderator
):
    first = retract(case, moderator, REASON)
    restore(retract(cases, moderator, REASON), moderator, REASON)
    assert public(case) == set()

    restore(first, moderator, REASON)

    assert len(public(case)) == 2


def test_nothing_is_restored_below_what_is_retracted(cases, case, moderator):
    first = retract(case, moderator, REASON)
    retract(cases, moderator, REASON)

    with pytest.raises(CannotRestoreError), transaction.atomic():
        restore(first, moderator, REASON)

    assert public(cases) == set()


def test_nothing_is_restored_twice(case, moderator):
    retraction = retract(case, moderator, REASON)
    restore(retraction, moderator, REASON)

    with pytest.raises(CannotRestoreError):
        restore(retraction, moderator, REASON)


@pytest.mark.parametrize("person", ["editor", "manager", "translator"])
def test_who_may_not_publish_restores_nothing(person, case, moderator, request):
    retraction = retract(case, moderator, REASON)

    with pytest.raises(PermissionDenied), transaction.atomic():
        restore(retraction, request.getfixturevalue(person), REASON)

    assert public(case) == set()


# --- No other way back -----------------------------------------------------


def refused(act):
    with pytest.raises(PermissionDenied), transaction.atomic():
        act()
    return True


def test_a_retracted_page_cannot_be_published(case, moderator):
    retract(case, moderator, REASON)
    page = CasePage.objects.get(pk=case.pk)

    assert refused(page.save_revision(user=moderator).publish)
    assert public(case) == set()


def test_a_retracted_page_cannot_be_planned(case, moderator, client):
    retract(case, moderator, REASON)
    page = CasePage.objects.get(pk=case.pk)
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    revision = page.save_revision(user=moderator)
    revision.approved_go_live_at = page.go_live_at

    assert refused(revision.save)


def test_what_is_below_a_retracted_page_cannot_be_published(cases, moderator):
    draft = CasePageFactory(parent=cases, title="Draft", live=False)
    retract(cases, moderator, REASON)

    assert refused(draft.save_revision().publish)
    assert Page.objects.get(pk=draft.pk).live is False


def test_an_approval_does_not_bring_a_retracted_page_back(
    case, editor, moderator, client
):
    case.save_revision(user=editor)
    task = case.get_workflow().start(case, editor).current_task_state
    retract(case, moderator, REASON)
    client.force_login(moderator)

    address = "wagtailadmin_pages:workflow_action"
    answer = client.post(
        reverse(address, args=[case.pk, "approve", task.pk]), follow=True
    )

    assert public(case) == set()
    assert "retirée" in answer.content.decode()


def test_a_moderator_who_publishes_a_retracted_page_is_told_why_not(
    case, moderator, client
):
    retract(case, moderator, REASON)
    client.force_login(moderator)
    page = CasePage.objects.get(pk=case.pk)

    edit(client, page, **{"action-publish": "yes"})
    answer = client.get(reverse("wagtailadmin_home"))

    assert public(case) == set()
    assert "elle ne peut être que rétablie" in answer.content.decode()


# --- In the admin ----------------------------------------------------------


@pytest.fixture
def as_moderator(client, moderator):
    client.force_login(moderator)
    return client


def screen(client, name, *arguments):
    answer = client.get(
        reverse(name, args=arguments), headers={"accept-language": "fr"}
    )
    return BeautifulSoup(answer.content, "html.parser")


def test_a_moderator_reads_all_that_will_go_offline(
    cases, case, french_only, as_moderator
):
    page = screen(as_moderator, "retract", cases.pk)

    texts = {
        head.text: [" ".join(line.text.split()) for line in head.find_next("ul")("li")]
        for head in page.main.find_all("h3")
    }
    assert texts == {
        "Français · 3": ["Cas", "La salle", "Le square"],
        "Anglais · 3": [
            "Cases",
            "The hall",
            "Le square (montrée dans sa langue d’origine)",
        ],
    }


def test_a_moderator_retracts_with_a_reason(case, as_moderator, moderator):
    address = reverse("retract", args=[case.pk])

    answer = as_moderator.post(address, {"reason": REASON})

    retraction = Retraction.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("retractions"))
    assert (retraction.reason, retraction.retracted_by) == (REASON, moderator)
    assert public(case) == set()


def test_a_form_of_a_moderator_is_taken_from_her_own_screen_alone(case, moderator):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(moderator)

    def send(name, number):
        form = screen(browser, name, number).main.find("form", method="post")
        token = form.find("input", {"name": "csrfmiddlewaretoken"})["value"]
        sent = {"reason": REASON, "csrfmiddlewaretoken": token}
        return browser.post(reverse(name, args=[number]), sent).status_code

    assert send("retract", case.pk) == 302
    assert public(case) == set()
    assert send("restore", Retraction.objects.get().pk) == 302
    assert len(public(case)) == 2


def test_each_screen_says_in_its_head_what_it_is(case, as_moderator, moderator):
    heads = [screen(as_moderator, "retract", case.pk)]
    retraction = retract(case, moderator, REASON)
    heads += [screen(as_moderator, "retractions")]
    heads += [screen(as_moderator, "restore", retraction.pk)]

    titles = [" ".join(page.h1.get_text(" ").split()) for page in heads]
    assert titles == ["Retirer partout: La salle", "Retraits", "Rétablir: La salle"]


def test_a_moderator_who_gives_no_reason_is_asked_for_one(case, as_moderator):
    address = reverse("retract", args=[case.pk])

    answer = as_moderator.post(address, {"reason": " "})

    (message,) = answer.context["form"].errors["reason"]
    assert message.startswith("Dites pourquoi, s’il vous plaît\u00a0: ")
    assert len(public(case)) == 2


def test_a_moderator_restores_from_the_list(case, as_moderator, moderator):
    retraction = retract(case, moderator, REASON)
    links = screen(as_moderator, "retractions").main.select("table a")
    address = reverse("restore", args=[retraction.pk])
    assert [link["href"] for link in links] == [address]

    as_moderator.post(address, {"reason": "They agreed."})

    assert len(public(case)) == 2
    assert not screen(as_moderator, "retractions").main.select("table a")


@pytest.mark.parametrize("name", ["wagtailadmin_pages:edit", "wagtailadmin_explore"])
def test_the_button_stands_where_something_is_public(
    case, as_moderator, moderator, name
):
    address = reverse("retract", args=[case.pk])
    assert screen(as_moderator, name, case.pk).select(f'a[href="{address}"]')

    retract(case, moderator, REASON)

    assert not screen(as_moderator, name, case.pk).select(f'a[href="{address}"]')


def test_wagtails_unpublish_takes_all_languages_and_asks_why(case, as_moderator):
    """D6: so that nobody leaves a translation behind without knowing."""
    address = reverse("wagtailadmin_pages:unpublish", args=[case.pk])

    as_moderator.post(address, {"reason": ""})
    assert len(public(case)) == 2
    as_moderator.post(address, {"reason": REASON})

    assert public(case) == set()


def test_wagtails_bulk_unpublish_refers_to_it(case, as_moderator):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])

    as_moderator.post(f"{address}?id={case.pk}&next=/admin/")

    assert len(public(case)) == 2


@pytest.mark.parametrize("person", ["editor", "manager", "translator"])
def test_who_may_not_publish_sees_none_of_it(person, case, moderator, client, request):
    retraction = retract(case, moderator, REASON)
    client.force_login(request.getfixturevalue(person))
    addresses = [
        reverse("retract", args=[case.pk]),
        reverse("retractions"),
        reverse("restore", args=[retraction.pk]),
    ]

    assert answers(client, addresses) == [302, 302, 302]
    assert reverse("retractions") not in client.get("/admin/").content.decode()
    client.post(addresses[2], {"reason": REASON})
    assert public(case) == set()


# --- In the history --------------------------------------------------------


def test_both_are_in_the_history_of_each_page_with_who_and_why(
    case, moderator, english
):
    restore(retract(case, moderator, REASON), moderator, "They agreed.")

    for page in in_both_languages(case):
        entries = PageLogEntry.objects.filter(
            page=page, action__startswith="network.re"
        )
        assert [
            (one.action, one.user, one.comment, one.data["languages"])
            for one in entries.order_by("pk")
        ] == [
            ("network.retract", moderator, REASON, ["en", "fr"]),
            ("network.restore", moderator, "They agreed.", ["en", "fr"]),
        ]


# --- One language alone ----------------------------------------------------


def test_a_page_that_expires_takes_its_translation_along(case):
    """D6: expiry is Wagtail's own unpublishing, by its command."""
    Page.objects.filter(pk=case.pk).update(
        expire_at=timezone.now() - timezone.timedelta(hours=1)
    )

    call_command("publish_scheduled")

    assert public(case) == set()


def test_a_page_is_deleted_in_every_language(case, team_member, client):
    """D6: Wagtail leaves the translation online, and the alias orphaned."""
    client.force_login(team_member)

    client.post(reverse("wagtailadmin_pages:delete", args=[case.pk]))

    key = case.translation_key
    assert not Page.objects.filter(translation_key=key).exists()


def test_an_alias_is_deleted_with_its_source(french_only, team_member, client):
    client.force_login(team_member)

    client.post(reverse("wagtailadmin_pages:delete", args=[french_only.pk]))

    assert not Page.objects.filter(title="Le square").exists()


def test_pages_are_deleted_together_in_every_language(
    case, french_only, team_member, client
):
    client.force_login(team_member)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    client.post(f"{address}?id={case.pk}&id={french_only.pk}&next=/admin/")

    keys = [case.translation_key, french_only.translation_key]
    assert not Page.objects.filter(translation_key__in=keys).exists()


def test_an_editor_deletes_her_draft_with_its_alias(cases, editor, client):
    draft = mirrored(
        CasePageFactory, parent=cases, title="Draft", live=False, owner=editor
    )
    client.force_login(editor)

    client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))

    assert not Page.objects.filter(translation_key=draft.translation_key).exists()


def test_nobody_deletes_a_page_whose_translation_they_may_not_delete(
    case, editor, client
):
    """Its source is an own draft again, its translation is public."""
    Page.objects.filter(pk=case.pk).update(
        live=False, owner=editor, first_published_at=None
    )
    client.force_login(editor)

    answer = client.post(
        reverse("wagtailadmin_pages:delete", args=[case.pk]), follow=True
    )

    assert Page.objects.filter(translation_key=case.translation_key).count() == 2
    assert "reste dans chacune" in answer.content.decode()
