from django.http import Http404, HttpRequest, HttpResponse


def not_offered(request: HttpRequest, **restriction) -> HttpResponse:
    """In place of Wagtail's forms for shared passwords, which tell what is private."""
    raise Http404
