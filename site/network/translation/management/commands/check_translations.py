from django.core.management import BaseCommand, CommandError

from network.translation.drift import find, mend


class Command(BaseCommand):
    help = (
        "Says where the languages went apart: what is missing, stands elsewhere, has "
        "another order or name, is public alone. Run it from cron, at night."
    )

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="put it right as well")

    def handle(self, **options):
        found = list(mend() if options["mend"] else find())
        left = find() if options["mend"] else found
        for drift in found:
            self.stdout.write(str(drift))
        self.stdout.write(f"Found: {len(found)}. Left: {len(left)}.")
        if left:
            raise CommandError("The languages went apart.")
