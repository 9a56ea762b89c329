"""Where a visitor goes, and what she fills in there."""

from collections.abc import Iterator
from itertools import product

from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
)

from network.core.models import Topic
from network.media.models import Document, Picture
from network.users.models import User
from tests.addresses import Address
from tests.arguments import ARGUMENTS, KEYS, WORDS
from tests.canaries import CLUE
from tests.factories import locale


def bulk_actions() -> list[dict]:
    bulk_action_registry._scan_for_bulk_actions()
    return [
        {"app_label": app, "model_name": model, "action": action}
        for app, kinds in bulk_action_registry.actions.items()
        for model, actions in kinds.items()
        for action in actions
    ]


MANY = 5


class Itinerary:
    """Each way to fill in an address with what belongs to somebody else.

    `theirs` and `ours` are the keys of what two cities own, by the kind of thing; with
    two arguments, one of them may be ours.
    """

    def __init__(
        self, theirs: dict[type, list], ours: dict[type, list], most: int = MANY
    ):
        self.is_thorough = most > 1
        self.private_documents = documents_in_private(theirs[Document])
        self.public_address = public_address(theirs[Page])
        self.theirs = {kind: keys[:most] for kind, keys in theirs.items()}
        self.ours = {kind: keys[:most] for kind, keys in ours.items()}
        self.places = {
            "wagtail_serve": [{"_0": place} for place in self.paths()],
            "wagtaildocs_serve": [
                {"_0": document.pk, "_1": document.filename}
                for document in self.private_documents
            ],
        }

    def paths(self) -> list[str]:
        pages = Page.objects.filter(pk__in=self.theirs[Page])
        return [page.url_path.split("/", 2)[2] for page in pages]

    def fillings(self, address: Address) -> Iterator[dict]:
        """All of theirs as the first argument, with it what hangs on it."""
        things = self.kinds(address)
        for words in self.words(address):
            for filling in self.choices(things):
                yield filling | words

    def own_fillings(self, address: Address) -> Iterator[dict]:
        """Two of ours: what we may see must not tell of theirs."""
        things = self.kinds(address)
        if not things or not self.is_thorough:
            return
        (first, kind), *others = things.items()
        for words in self.words(address):
            for key in self.some(self.ours, kind):
                hanging = {name: hanging_on(kind, key, other) for name, other in others}
                yield {first: key} | hanging | words

    def forms(self, address: Address) -> Iterator[str]:
        """Forms of ours, and those about nothing, in which any number can be sent."""
        if not self.is_thorough:
            return
        about = self.own_fillings if self.kinds(address) else self.fillings
        for values in about(address):
            yield address.filled(values) + self.ticked(address, values)

    def ticked(self, address: Address, values: dict) -> str:
        """What of ours a bulk action is about."""
        if address.name != "wagtail_bulk_action":
            return ""
        kind = apps.get_model(values["app_label"], values["model_name"])
        return f"?id={self.all(self.ours, kind)[0]}"

    def pairs(self, address: Address, nobody_s: int) -> Iterator[tuple]:
        """A number that is hidden, its address, and that of a number nobody has."""
        things = self.kinds(address)
        if not things or not self.hidden(next(iter(things.values()))):
            return
        (first, kind), *others = things.items()
        words = self.words(address)[0]
        for key in self.hidden(kind)[:2]:
            hanging = {name: hanging_on(kind, key, other) for name, other in others}
            filled = {first: key} | hanging | words
            elsewhere = address.filled(filled | {first: nobody_s})
            yield key, address.filled(filled), elsewhere

    def hidden(self, kind: type) -> list:
        """Things whose very number tells nothing to others."""
        if kind is Page:
            drafts = kind.objects.filter(pk__in=self.theirs[kind], live=False)
            return list(drafts.values_list("pk", flat=True))
        return self.theirs[kind]

    def choices(self, things: dict[str, type]) -> Iterator[dict]:
        if not things:
            yield {}
            return
        (first, kind), *others = things.items()
        for key in self.all(self.theirs, kind):
            hanging = {name: hanging_on(kind, key, other) for name, other in others}
            yield {first: key} | hanging
            if others:
                yield {first: self.all(self.ours, kind)[0]} | hanging
        for key in self.some(self.theirs, kind)[:1] if others else []:
            mine = self.all(self.ours, kind)[0]
            hanging = {name: hanging_on(kind, mine, other) for name, other in others}
            yield {first: key} | hanging

    def all(self, owned, kind: type) -> list:
        # What the network shares, a workflow or a locale, belongs to nobody.
        return owned[kind] or list(kind.objects.values_list("pk", flat=True)[:1])

    def some(self, owned, kind: type) -> list:
        return self.all(owned, kind)[:2]

    def words(self, address: Address) -> list[dict]:
        if address.name == "wagtail_bulk_action":
            return bulk_actions()
        if address.name in self.places:
            return self.places[address.name]
        if address.name in WORDS:
            return WORDS[address.name]
        found = [WORDS[name] for name in address.arguments if name in WORDS]
        return [
            {name: word for said in each for name, word in said.items()}
            for each in product(*found)
        ]

    def unclear(self, address: Address) -> str:
        """What this does not know about an address that has to be filled in."""
        try:
            self.kinds(address)
        except LookupError as error:
            return str(error)
        return ""

    def kinds(self, address: Address) -> dict[str, type]:
        said = {name for words in self.words(address) for name in words}
        return {
            name: self.kind(address, name)
            for name in address.arguments
            if name not in said
        }

    def kind(self, address: Address, name: str) -> type:
        found = ARGUMENTS.get(name)
        if name == "pk":
            found = KEYS.get(address.name, address.model)
        if isinstance(found, str):
            return apps.get_model(found)
        if not isinstance(found, type):
            raise LookupError(
                f"What is “{name}” in {address.form} ({address.name})? Say so in "
                "ARGUMENTS, KEYS or WORDS of tests/arguments.py."
            )
        return found

    def visits(self, address: Address) -> Iterator[tuple[dict, dict]]:
        """Each way to fill in the address, and what to ask beside it."""
        for values in self.fillings(address):
            for query in self.queries(address, values):
                yield values, query
        for values in self.own_fillings(address):
            yield values, {}

    def queries(self, address: Address, values: dict) -> list[dict]:
        if address.name == "wagtail_bulk_action":
            kind = apps.get_model(values["app_label"], values["model_name"])
            everything = {"id": "all", "childOf": self.theirs[Page][0]}
            return [{"id": self.some(self.theirs, kind)}, everything]
        if address.arguments:
            return [{}]
        if "/api/" in f"/{address.form}":
            page = self.theirs[Page][0]
            return [{}, {"search": CLUE}, *({name: page} for name in API_FILTERS)]
        exported = [{"export": "xlsx"}, {"export": "csv"}] if address.exports else []
        searched = {"q": CLUE, "term": CLUE, "search": CLUE}
        if self.is_thorough:
            return [{}, self.choice, searched, *exported]
        return [{}, *exported[:1]]

    @property
    def choice(self) -> dict:
        """Their things by the names that forms and filters give them."""
        first = {kind: keys[0] for kind, keys in self.theirs.items() if keys}
        page, person, group = first[Page], first[User], first[Group]
        return {
            "id": [page, first[Picture], first[Document], first[Topic]],
            "collection_id": first[Collection],
            **dict.fromkeys(["user", "owner", "edited_by", "requested_by"], person),
            **dict.fromkeys(["group", "groups"], group),
            "tag": CLUE,
            **dict.fromkeys(["parent_page_id", "target_pages[]", "root_page"], page),
        }

    @property
    def hidden_choice(self) -> dict:
        """What nobody of ours may know of, by the names that forms give such things."""
        page = self.hidden(Page)[0]
        names = ["parent_page", "new_parent_page", "destination_page_id", "chooser"]
        return {
            **self.harm,
            **dict.fromkeys([*names, "parent_page_id", "page"], page),
            **dict.fromkeys(["picture", "image"], self.theirs[Picture][0]),
            "document": self.theirs[Document][0],
        }

    @property
    def harm(self) -> dict:
        """What to send to a form, whichever it is, to harm them or to help oneself."""
        words = ["title", "name", "summary", "comment", "text", "value", "tags"]
        ticks = [
            *("action-publish", "action-submit", "publish_translations", "alias"),
            *("copy_subpages", "publish_copies", "include_descendants", "is_active"),
            *("include_subtree", "is_superuser", "confirm"),
        ]
        page, collection = self.theirs[Page][0], self.theirs[Collection][0]
        return {
            **self.choice,
            **dict.fromkeys(words, "Harmed"),
            **dict.fromkeys(["slug", "new_slug"], "harmed"),
            **dict.fromkeys(ticks, "on"),
            **dict.fromkeys(
                ["new_parent_page", "destination_page_id", "chooser"], page
            ),
            **dict.fromkeys(["collection", "parent"], collection),
            "new_title": "Harmed",
            "email": "harm@example.org",
            "restriction_type": "none",
            "locales": [locale("en").pk],
            "locale": locale("en").pk,
            "external-link-chooser-url": self.public_address,
        }


def documents_in_private(keys: list) -> list[Document]:
    """Those of a collection that not everybody may read."""
    closed = CollectionViewRestriction.objects.values("collection")
    return list(Document.objects.filter(pk__in=keys, collection__in=closed))


def public_address(keys: list) -> str:
    """Where a page of theirs can be read, of which they write another draft."""
    return Page.objects.get(
        pk__in=keys, live=True, locale=locale("fr"), has_unpublished_changes=True
    ).full_url


def hanging_on(kind: type, key, other: type):
    """A thing of the other kind that belongs to this one, or any of that kind."""
    found = other.objects.order_by("-pk")
    if other in (Revision, WorkflowState):
        belonging = found.filter(object_id=str(key))
    elif other is TaskState:
        belonging = found.filter(workflow_state__object_id=str(key))
    elif other in (StringSegment, OverridableSegment):
        belonging = found.filter(source__translations=key)
    elif other is Page:
        # Where it might go.
        belonging = found.filter(depth=5).exclude(pk=key)
    else:
        belonging = found.none()
    return (belonging.first() or found.first() or other(pk=1)).pk


API_FILTERS = ["child_of", "descendant_of", "ancestor_of", "translation_of"]
