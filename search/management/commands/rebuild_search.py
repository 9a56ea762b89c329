from django.core.management import BaseCommand

from search.indexing import rebuild

# So many lines tell how far it is, however much there is.
LINES = 20


class Command(BaseCommand):
    help = (
        "Writes the whole index of the search again. People search meanwhile: what is "
        "there is found until something else is in its place."
    )

    def handle(self, **options):
        done = total = 0
        for done, total in rebuild():
            if done % max(total // LINES, 1) == 0 and done < total:
                self.stdout.write(f"{done} of {total}")
        self.stdout.write(f"Indexed: {done}.")
