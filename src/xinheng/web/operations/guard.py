"""Who may read the metrics: this machine, or whoever shows the token of the settings.

A request that a proxy passed on is not of this machine, though it comes from it: it says whose it is, and then the token is asked for.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")

View = Callable[[HttpRequest], HttpResponse]


def for_monitors(view: View) -> View:
    """Decorate a view that only monitors may open; others get 403 and nothing else."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if is_of_this_machine(request) or shows_the_token(request):
            return view(request)
        return JsonResponse({"error": "refused"}, status=403, headers={"Cache-Control": "no-store"})

    guarded.guard = for_monitors  # type: ignore[attr-defined]
    return guarded


def is_of_this_machine(request: HttpRequest) -> bool:
    """Tell whether a program of this machine asks, with no proxy between."""
    if any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False


def shows_the_token(request: HttpRequest) -> bool:
    """Tell whether the request carries the token (``Authorization: Bearer …``); where none is set, nobody does."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and kind.lower() == "bearer" and hmac.compare_digest(token.strip().encode(), wanted.encode())
