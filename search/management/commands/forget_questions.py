from django.core.management import BaseCommand

from search.counting import forget_questions


class Command(BaseCommand):
    help = (
        "Forgets what was looked for fewer than three times, a month later. Run it "
        "from cron, once a day."
    )

    def handle(self, **options):
        self.stdout.write(f"Forgotten: {forget_questions()}.")
