"""Every address that the site knows, as its own resolver tells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize
from django.utils.translation import override
from wagtail.admin.views.mixins import SpreadsheetExportMixin


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: what to fill in, and what answers."""

    form: str
    arguments: tuple[str, ...]
    name: str
    view: Callable

    def filled(self, values: dict[str, object]) -> str:
        return "/" + self.form % values

    @property
    def exports(self) -> bool:
        """Whether it may answer with a spreadsheet; some views hide what they are."""
        view = getattr(self.view, "view_class", None)
        return view is None or issubclass(view, SpreadsheetExportMixin)

    @property
    def model(self) -> type | None:
        """What the view is about, when it says so."""
        options = getattr(self.view, "view_initkwargs", {})
        view = getattr(self.view, "view_class", getattr(self.view, "cls", None))
        return options.get("model") or getattr(view, "model", None)


def addresses() -> list[Address]:
    """Each as it is answered: of two that are written alike, the first is."""
    found: dict[str, Address] = {}
    for language in ("fr", "en"):
        with override(language):
            for one in walk(get_resolver()):
                first = found.setdefault(one.form, one)
                found[one.form] = replace(first, name=first.name or one.name)
    return list(found.values())


def walk(resolver: URLResolver, before: str = "", names: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        for form, _arguments in forms(pattern):
            whole = before + form
            if isinstance(pattern, URLResolver):
                inside = f"{names}{pattern.namespace}:" if pattern.namespace else names
                yield from walk(pattern, whole, inside)
            else:
                named = tuple(dict.fromkeys(arguments_of(whole)))
                name = f"{names}{pattern.name}" if pattern.name else ""
                yield Address(whole, named, name, pattern.callback)


def forms(pattern: URLPattern | URLResolver) -> list[tuple[str, list[str]]]:
    """How an address of this pattern is written; an optional part gives two forms."""
    prefix = getattr(pattern.pattern, "language_prefix", None)
    return normalize(prefix or pattern.pattern.regex.pattern)


def arguments_of(form: str) -> list[str]:
    return [part.split(")s")[0] for part in form.split("%(")[1:]]
