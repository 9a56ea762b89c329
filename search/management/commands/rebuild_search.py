from django.core.management import BaseCommand

from search.rebuilding import rebuild

# So many lines tell how far it is, however much there is.
LINES = 20


class Command(BaseCommand):
    help = (
        "Writes the whole index of the search again. People search meanwhile: what is "
        "there is found until something else is in its place."
    )

    def handle(self, **options):
        done = said = 0
        for done, total in rebuild():
            if done * LINES // total > said and done < total:
                said = done * LINES // total
                self.stdout.write(f"{done} of {total}")
        self.stdout.write(f"Indexed: {done}.")
