from django.core.management import BaseCommand

from network.moderation.mails import send_due
from network.moderation.models import Mail


class Command(BaseCommand):
    help = (
        "Sends the mails that are due, and forgets those sent a month ago. The worker "
        "does the first by itself; run this from cron too, every ten minutes or so."
    )

    def handle(self, **options):
        tried = send_due()
        failed = [mail for mail in tried if not mail.sent_at]
        Mail.objects.old().delete()
        self.stdout.write(f"Sent: {len(tried) - len(failed)}. Failed: {len(failed)}.")
