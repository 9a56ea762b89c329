import os
import shutil

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from wagtail.models import Site


class Command(BaseCommand):
    help = "Throws away all that was written and uploaded, and loads the demonstration."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--yes", action="store_true", help="Also on a server of your own."
        )

    def handle(self, *, yes: bool, **options):
        refuse_real_sites(yes)
        address = address_of_site()
        empty_database()
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        call_command("migrate", verbosity=0)
        call_command("load_demo")
        # A site that runs meanwhile is still where it was.
        Site.objects.filter(is_default_site=True).update(**address)


def refuse_real_sites(yes: bool) -> None:
    if not settings.DEBUG:
        raise CommandError("This would empty a real site: it is for development only.")
    if os.environ.get("DATABASE_URL") and not yes:
        database = connection.settings_dict
        where = f"“{database['NAME']}” on {database['HOST'] or 'this machine'}"
        raise CommandError(
            f"DATABASE_URL is set: this would empty the database {where}. "
            "If it may: make demo-reset CONFIRM=yes"
        )


def address_of_site() -> dict:
    """Where the site says it is; nothing if there is none yet."""
    if Site._meta.db_table not in connection.introspection.table_names():
        return {}
    sites = Site.objects.filter(is_default_site=True)
    return sites.values("hostname", "port").first() or {}


def empty_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    ContentType.objects.clear_cache()
