from django.core.management.base import BaseCommand

from home.demo.loading import load


class Command(BaseCommand):
    help = "Loads the demonstration network, or adds what is missing from it."

    def handle(self, **options):
        load(say=self.stdout.write)
