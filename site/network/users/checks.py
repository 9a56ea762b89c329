from django.conf import settings
from django.core.checks import Error, register

NOT_SHARED = {"dummy.DummyCache", "locmem.LocMemCache"}


@register("security", deploy=True)
def attempts_are_counted_once(app_configs, **kwargs) -> list[Error]:
    """Each process would count the attempts to sign in for itself, or none would."""
    backend = settings.CACHES["default"]["BACKEND"]
    if not backend.endswith(tuple(NOT_SHARED)):
        return []
    hint = "Use django.core.cache.backends.db.DatabaseCache, or a cache server."
    return [Error("The cache is not shared.", hint=hint, id="network.E001")]
