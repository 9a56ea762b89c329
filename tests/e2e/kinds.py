"""The kinds of page that a browser goes through."""

from wagtail.models import Page, get_page_models

KINDS = [
    *sorted({model.__name__ for model in get_page_models()} - {Page.__name__}),
    "search",
    "nothing",
]
