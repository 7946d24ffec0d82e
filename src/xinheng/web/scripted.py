"""Pages that may run a script: our own files only, and only where a page says so. Every such page works without it as well."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from xinheng.web.security import CONTENT_SECURITY_POLICY

POLICY = f"{CONTENT_SECURITY_POLICY}; script-src 'self'; connect-src 'self'"

View = Callable[..., HttpResponse]


def scripted(view: View) -> View:
    """Decorate a view whose page loads a script of ours."""

    @wraps(view)
    def allowed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return allowed
