"""The site as production runs it, behind what stands in front of it there.

The web server of an installation says that readers came by https, and hands out
pictures itself; nothing else is different here.
"""

from django.conf import settings
from whitenoise import WhiteNoise

from network.wsgi import application as site


def as_by_https(environ, start_response):
    return site(environ | {"HTTP_X_FORWARDED_PROTO": "https"}, start_response)


application = WhiteNoise(
    as_by_https, root=settings.MEDIA_ROOT, prefix=settings.MEDIA_URL
)
