"""Pictures cut and compressed before a reader asks for them."""

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.images.models import Filter

from .models import Picture

# As `components/figure.html` asks for them: a test holds the two against each other.
FIGURE = "format-{avif,webp,jpeg}|width-{480,960,1440}"


def watch() -> None:
    post_save.connect(prepare, sender=Picture)


def prepare(instance: Picture, raw: bool = False, **kwargs) -> None:
    """Have the renditions of a picture made, once it is saved."""
    if not raw:
        # To compress as AVIF takes half a second: no reader should wait for it.
        transaction.on_commit(lambda: make_renditions.enqueue(instance.pk))


@task()
def make_renditions(pk: int) -> None:
    """Make all that a figure shows of this picture, if it is still there."""
    picture = Picture.objects.filter(pk=pk).first()
    if picture:
        picture.get_renditions(*Filter.expand_spec(FIGURE))
