from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path


class PrefixLocaleMiddleware(LocaleMiddleware):
    """Speaks the language of the address, and never sends a lost reader elsewhere.

    Django's own answers any unknown address without a language with a redirect to
    the same address under one: `/de/` became `/fr/de/`, a missing file a page.
    """

    def process_request(self, request):
        # We set none, but another site of this host may: caches know of no cookie.
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request, response):
        if response.status_code == 404 and not get_language_from_path(
            request.path_info
        ):
            patch_vary_headers(response, ["Accept-Language"])
            response.headers.setdefault("Content-Language", get_language())
            return response
        return super().process_response(request, response)
