"""What every answer tells the browser about safety, and what a page that names a subject tells caches.

Nothing inline, nothing from elsewhere: a name that carries markup stays a name even if escaping once failed.
Whatever names a subject because of a record ends with it (design, principle 6), so such pages are never cached,
indexed or archived.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",  # the small icons inside Bootstrap's own style sheet
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

View = Callable[..., HttpResponse]


class SecurityHeaders:
    """Middleware: adds the headers above to every answer that does not set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the headers added."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def leave_no_copy(response: HttpResponse) -> HttpResponse:
    """Mark an answer that nobody may cache, index or archive, and return it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def names_a_subject(view: View) -> View:
    """Decorate a view whose page names subjects: its answers leave no copy."""

    @wraps(view)
    def without_copy(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return leave_no_copy(view(request, *args, **kwargs))

    return without_copy
