"""Production's cache: a table, so that limits on attempts hold for all processes.

For each address that it writes Wagtail asks the cache where the sites begin, which in a
table would be one query for each link. Here it is one for each request.
"""

from asgiref.local import Local
from django.core.cache.backends.db import DatabaseCache
from django.core.signals import request_finished, request_started
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY

# What was read while this request lasts; nothing between requests, nor in a job.
current = Local()


def begin(**kwargs) -> None:
    current.known = {}


def end(**kwargs) -> None:
    current.known = None


def forget() -> None:
    if known := getattr(current, "known", None):
        known.clear()


request_started.connect(begin)
request_finished.connect(end)


class TableCache(DatabaseCache):
    def get(self, key, default=None, version=None):
        known = getattr(current, "known", None)
        if known is None or key != SITE_ROOT_PATHS_CACHE_KEY:
            return super().get(key, default, version)
        if version not in known:
            known[version] = super().get(key, None, version)
        return default if known[version] is None else known[version]

    def set(self, *args, **kwargs):
        forget()
        super().set(*args, **kwargs)

    def delete(self, *args, **kwargs):
        forget()
        return super().delete(*args, **kwargs)

    def clear(self):
        forget()
        super().clear()
