from django.core.management.base import BaseCommand, CommandError

from cities.opening import OpeningForm
from cities.provisioning import open_city


class Command(BaseCommand):
    help = "Opens a city: its pages, its people's groups and its media collection."

    def add_arguments(self, parser):
        parser.add_argument("title", help="the city's name, as its people write it")
        parser.add_argument("official_name", help="the authority's name in full")
        parser.add_argument("--kind", default="city", help="city, metropolis, region…")
        parser.add_argument("--region", default="", help="the region it is in")
        parser.add_argument("--slug", default="", help="its place in the address")
        parser.add_argument("--summary", default="", help="two sentences for lists")
        parser.add_argument("--manager", default="", help="an address to invite")

    def handle(self, **options):
        form = OpeningForm(options)
        if not form.is_valid():
            raise CommandError(form.errors.as_text())
        city = open_city(
            form.index, form.instance, manager=form.cleaned_data["manager"]
        )
        self.stdout.write(self.style.SUCCESS(f"{city.title} is open at {city.url}"))
