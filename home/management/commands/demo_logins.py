from django.core.management.base import BaseCommand

from home.demo import PASSWORD, logins


class Command(BaseCommand):
    help = "Says who can sign in to the demonstration."

    def handle(self, **options):
        for login in logins():
            self.stdout.write(f"  {login.email:<35} {login}")
        self.stdout.write(f"  password for all: {PASSWORD}")
