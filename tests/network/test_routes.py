"""No role but moderators and team makes anything public, by any route that we know.

Each role tries each route on a page in each state, in both languages, or once where
both would be sent the same. What is public is compared after each attempt as the
database has it, and at the end, when all attempts that wrote something were made one
after the other, as visitors read it: byte by byte.
"""

from datetime import timedelta
from itertools import product
from pprint import pformat

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page

from cities.models import FeedbackIndexPage, FeedbackPage
from home.models import NetworkSettings
from network.access.models import Role
from network.access.roles import allow_media, city_collection
from network.moderation.retraction import retract
from network.moderation.workflow import set_up_approval
from network.translation.verbs import follow, translate
from network.users.models import User
from tests.factories import (
    CityIndexPageFactory,
    DocumentFactory,
    FeedbackIndexPageFactory,
    FeedbackPageFactory,
    HomePageFactory,
    PictureFactory,
    TermFactory,
    TopicFactory,
    UserFactory,
    locale,
)
from tests.forms import form_of, sent
from tests.networks import city_of, in_both_languages, mirrored
from tests.public_site import changes, crawl, public_rows
from tests.routes import ROUTES, SHARED, Attempt
from tests.visitors import Visitor

pytestmark = pytest.mark.django_db

ROLES = [Role.Kind.EDITOR, Role.Kind.MANAGER, Role.Kind.TRANSLATOR, None]
MODERATOR = Role.Kind.MODERATOR
STATES = [
    *("draft", "live", "live with draft", "alias"),
    *("in workflow", "scheduled", "retracted"),
]


# What moderators cannot do either, or not so, or what does not show.
WITHOUT_EFFECT = {
    *("save_a_draft", "submit_for_moderation", "submit_again", "withdraw_what_waits"),
    *("rewrite_what_was_saved_before", "cancel_the_approval", "lock_and_unlock"),
    *("translate_and_save", "translate_and_submit", "import_a_translation"),
    *("stop_and_start_a_translation", "submit_for_translation"),
    *("write_to_the_interfaces", "redirect_an_address", "change_the_settings"),
    *("take_the_approval_away", "translate_topics", "plan_it_for_yesterday"),
    *("unpublish_in_bulk", "approve_in_the_editor"),
}


# --- The network on which it is tried --------------------------------------


class Network:
    """One city, and in it a page in each state, in French and in English."""

    def __init__(self):
        home = HomePageFactory()
        follow(locale("en"), locale("fr"))
        set_up_approval(home)
        NetworkSettings.objects.create(site=home.get_site(), organisation="The network")
        TopicFactory(name="Libraries")
        TermFactory()
        self.city = city_of(mirrored(CityIndexPageFactory), "Metz")
        self.lists = FeedbackIndexPage.objects.child_of(self.city).get()
        # Somewhere to move a page to. It is not public: a city shows one list.
        other = mirrored(
            FeedbackIndexPageFactory, parent=self.city, title="Others", live=False
        )
        self.elsewhere = {page.locale_id: page for page in in_both_languages(other)}
        self.people = {kind: self.person(kind) for kind in [*ROLES, MODERATOR]}
        self.moderator = self.people[MODERATOR]
        # Or she could delete only what she brought along herself.
        everything = Collection.get_first_root_node()
        allow_media(self.moderator.groups.get(), everything, ["delete"])
        # Where what is public could be hidden from readers.
        closed = city_collection(self.city).add_child(name="For some")
        CollectionViewRestriction.objects.create(
            collection=closed, restriction_type="groups"
        )
        self.pages = {state: self.page(state) for state in STATES}
        self.forms = {
            page.pk: sent(form_of(page.get_latest_revision_as_object()))
            for versions in self.pages.values()
            for page in versions
        }

    def person(self, kind) -> User:
        """Somebody with this role, who may also ask for translations, as some may."""
        person = UserFactory()
        if kind:
            roles = Role.objects.filter(kind=kind).exclude(language__language_code="fr")
            person.groups.add(*Group.objects.filter(role__in=roles))
            rights = Permission.objects.filter(codename="submit_translation")
            person.user_permissions.set(rights)
        return person

    def page(self, state: str) -> list[Page]:
        public = state not in ("draft", "scheduled")
        page = mirrored(
            FeedbackPageFactory,
            parent=self.lists,
            title=f"What is {state}",
            live=public,
            owner=self.people[Role.Kind.EDITOR],
            **self.media(f"On what is {state}"),
        )
        if public:
            page.save_revision(user=self.moderator).publish()
        if public and state != "alias":
            translate(page, locale("en"), {page.title: f"In English: {state}"})
        versions = in_both_languages(page)
        for version in versions:
            if not version.alias_of_id:
                self.bring_into(state, version)
        if state == "retracted":
            retract(page, self.moderator, "Because")
        return [FeedbackPage.objects.get(pk=version.pk) for version in versions]

    def media(self, title: str) -> dict:
        """What a page shows and offers, which its editor has brought along."""
        owned = {
            "title": title,
            "collection": city_collection(self.city),
            "uploaded_by_user": self.people[Role.Kind.EDITOR],
        }
        document = DocumentFactory(file__filename="form.txt", **owned)
        link = f'<a linktype="document" id="{document.pk}">A form</a>'
        return {"picture": PictureFactory(**owned), "tried": f"<p>{link}</p>"}

    def bring_into(self, state: str, page: Page) -> None:
        editor = self.people[Role.Kind.EDITOR]
        page.summary = "Not approved yet"
        if state == "scheduled":
            page.go_live_at = timezone.now() + timedelta(days=30)
            page.save_revision(user=editor).publish(user=self.moderator)
        elif state not in ("live", "alias"):
            page.save_revision(user=editor)
        if state == "in workflow":
            page.get_workflow().start(page, editor)

    @property
    def addresses(self) -> list[str]:
        """What visitors may know from before, whether it is public or not."""
        pages = [page for versions in self.pages.values() for page in versions]
        words = ["alias", "sneaked", "approved"]
        searches = [f"/{code}/search/?q={q}" for code in ("fr", "en") for q in words]
        return [*(page.url for page in pages), *searches]


@pytest.fixture(scope="module")
def network(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        network = Network()
        network.before = crawl(network.addresses)
        network.rows = public_rows()
        yield network
        transaction.set_rollback(True)


# --- To try ----------------------------------------------------------------


class Writes:
    """Notices whether anything was written but sessions and dates of last visits."""

    def __init__(self):
        self.any = False

    def __call__(self, execute, sql, params, many, context):
        verb = sql.split(maxsplit=1)[0]
        if verb in ("INSERT", "UPDATE", "DELETE") and "django_session" not in sql:
            self.any = True
        return execute(sql, params, many, context)


def attempts(network, kind, state):
    """All that one role tries on the pages of one state: (name, what to do)."""
    client = Visitor()
    client.force_login(network.people[kind])
    first = network.pages[state][0]
    for page, route in product(network.pages[state], ROUTES):
        if page is first or route not in SHARED:
            elsewhere = network.elsewhere[page.locale_id]
            name = (kind, state, page.locale.language_code, route.__name__)
            form, media = network.forms[page.pk], f"On what is {state}"
            yield name, route, Attempt(client, page, form, elsewhere, media)


def do(route, attempt) -> bool:
    """Try it, as in a transaction of its own; whether it wrote anything."""
    attempt.page = FeedbackPage.objects.filter(pk=attempt.page.pk).first()
    if attempt.page is None:
        return False
    writes = Writes()
    with (
        transaction.atomic(),
        TestCase.captureOnCommitCallbacks(execute=True),
        connection.execute_wrapper(writes),
    ):
        route(attempt)
    return writes.any


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ROLES)
def test_what_is_public_stays_as_it_is_whatever_they_try(
    network, kind, state, record_property
):
    """D1, D2, D3, D7, D8 and D20 are among the routes."""
    wrote, leaks, count = [], [], 0
    for name, route, attempt in attempts(network, kind, state):
        page = attempt.page
        with transaction.atomic():
            # Where nothing was written, nothing is public that was not before.
            if do(route, attempt):
                wrote.append((route, attempt))
                if changed := public_rows() ^ network.rows:
                    leaks.append((*name, sorted(row[:80] for row in changed)))
            transaction.set_rollback(True)
        attempt.page = page
        count += 1

    assert leaks == []
    for route, attempt in wrote:
        do(route, attempt)
    # Where nothing was written, nothing can read differently.
    changed = wrote and changes(network.before, crawl(network.addresses))
    assert not changed, pformat(changed, width=200)
    record_property("tried: ways to make something public", count)
    record_property("tried: of them, that wrote something", len(wrote))


def test_the_same_routes_work_for_who_may_publish(network):
    """Or a route would prove nothing: what is sent would be refused to anybody."""
    left = {route.__name__ for route in ROUTES} - WITHOUT_EFFECT
    for state in ("live with draft", "in workflow", "alias", "scheduled", "retracted"):
        for name, route, attempt in attempts(network, MODERATOR, state):
            if name[-1] in left:
                with transaction.atomic():
                    if do(route, attempt) and public_rows() != network.rows:
                        left.remove(name[-1])
                    transaction.set_rollback(True)

    assert sorted(left) == []


def test_what_a_visitor_reads_is_compared_in_full(network):
    """A crawl that finds nothing, or finds it anyway, would prove nothing."""
    found = network.before
    live = [
        page.url
        for state in ("live", "live with draft", "alias", "in workflow")
        for page in network.pages[state]
    ]
    gone = [page.url for page in network.pages["retracted"]]

    assert {found[address][0] for address in live} == {200}
    assert {found[address][0] for address in gone} == {410}
    assert not [text for _, text in found.values() if "Not approved" in text]
    page = network.pages["live"][0]
    page.title = "Approved"
    page.save_revision().publish(user=network.moderator)
    assert page.url in changes(found, crawl(network.addresses))
    assert public_rows() != network.rows
