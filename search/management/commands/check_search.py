from django.core.management import BaseCommand, CommandError

from search.rebuilding import differences


class Command(BaseCommand):
    help = (
        "Says where the search and the site differ: what is missing, out of date, or "
        "found though it is not public. Run it from cron, at night."
    )

    def handle(self, **options):
        found = 0
        for difference in differences():
            found += 1
            self.stdout.write(difference)
        if found:
            raise CommandError(f"The search and the site differ: {found}.")
        self.stdout.write("The search says what the site says.")
