"""Headers that Django 5.2 does not send by itself: content policy and permissions policy."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def content_policy(richtlinie: Mapping[str, Sequence[str]]) -> str:
    """{"img-src": ("'self'",), …} → "img-src 'self'; …", in the given order."""
    return "; ".join(" ".join((name, *quellen)) for name, quellen in richtlinie.items())


def sicherheitskopf(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Middleware: what no view has set itself is set here, for static files too."""
    csp = content_policy(settings.SECURE_CSP)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", csp)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware
