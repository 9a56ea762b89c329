from django.core.management.base import BaseCommand, CommandError

from cities.models import CityPage
from cities.provisioning import close_city


class Command(BaseCommand):
    help = "Closes a city: its people can no longer write, its pages stay public."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the city's place in the address")

    def handle(self, slug, **options):
        city = CityPage.objects.filter(slug=slug, alias_of=None).first()
        if city is None:
            raise CommandError(f"There is no city at “{slug}”.")
        close_city(city)
        self.stdout.write(self.style.SUCCESS(f"{city.title} is closed"))
