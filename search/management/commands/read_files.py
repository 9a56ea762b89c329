from collections import Counter

from django.core.management import BaseCommand

from network.media.models import Document
from search.models import FileText
from search.reading import read, unread


class Command(BaseCommand):
    help = (
        "Reads the files that were not read yet, so that search finds what they say. "
        "Run it from cron, at night: it makes up for jobs that failed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="read all of them")

    def handle(self, *, again: bool, **options):
        documents = Document.objects.all() if again else unread()
        counts: Counter[str] = Counter()
        for document in documents.order_by("pk"):
            if text := read(document, again=again):
                counts[text.state] += 1
                if text.advice:
                    self.stdout.write(f"{document.filename}: {text.state}")
        states = [f"{counts[state]} {state}" for state in FileText.State.values]
        self.stdout.write(f"Files: {counts.total()} ({', '.join(states)}).")
