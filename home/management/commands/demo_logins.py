from django.core.management.base import BaseCommand

from home.demo import PASSWORD, logins


class Command(BaseCommand):
    help = "Says who can sign in to the demonstration."

    def handle(self, **options):
        for email, role in logins():
            self.stdout.write(f"  {email:<26} {role}")
        self.stdout.write(f"  password for all: {PASSWORD}")
