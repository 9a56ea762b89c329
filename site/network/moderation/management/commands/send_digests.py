from django.core.management import BaseCommand

from network.moderation.mails import write_digests


class Command(BaseCommand):
    help = "Writes the daily mails; run it from cron, once a day."

    def handle(self, **options):
        self.stdout.write(f"Daily mails written: {len(write_digests())}.")
