from django.template import Library

from network.media.models import Document
from search.models import FileText

register = Library()


@register.simple_tag
def text_of_file(document: Document) -> FileText | None:
    """What was read in the file of a document; nothing if nobody has read it yet."""
    return FileText.objects.current().filter(document=document).defer("text").first()
