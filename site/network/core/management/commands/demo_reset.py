import shutil

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection


class Command(BaseCommand):
    help = "Throws away all that was written and uploaded, and loads the demonstration."
    requires_system_checks = []

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError(
                "This would empty a real site: it is for development only."
            )
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        ContentType.objects.clear_cache()
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        call_command("migrate", verbosity=0)
        call_command("load_demo")
