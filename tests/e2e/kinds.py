"""The kinds of page that a browser goes through."""

from wagtail.models import Page, get_page_models

KINDS = [
    *sorted({model.__name__ for model in get_page_models()} - {Page.__name__}),
    "search",
    "nothing",
]


def addresses_on(site: str) -> dict[str, dict[str, str]]:
    """Where the longest page of each kind is: by kind, then by language."""
    addresses = {
        model.__name__: {
            version.locale.language_code: f"{site}{version.url}"
            for version in longest(model).get_translations(inclusive=True)
        }
        for model in get_page_models()
        if model is not Page
    }
    return addresses | {
        "search": {code: f"{site}/{code}/search/?q=transfo" for code in ("fr", "en")},
        "nothing": {code: f"{site}/{code}/nowhere/" for code in ("fr", "en")},
    }


def longest(model: type[Page]) -> Page:
    pages = model.objects.live().filter(locale__language_code="fr")
    return max(pages, key=lambda page: len(page.to_json()))
