"""To index a thousand things once they are all there, not at each of their saves."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import post_save
from django_tasks import task
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import (
    post_save_signal_handler,
    register_signal_handlers,
)
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_afterwards() -> Iterator[None]:
    """Leave one job to the worker instead of the three thousand it would get."""
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        register_signal_handlers()
    rebuild_indexes.enqueue()


@task()
def rebuild_indexes() -> None:
    """Index everything for search, and who refers to what."""
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
