"""Who is at the door: every request carries the one who acts, and a page that is not public says whom it is for.

``request.actor`` is :data:`~xinheng.core.access.roles.ANYONE` until somebody signs in. A guard only asks whether somebody has; what they may see
or do is decided in ``core.access``, by the use case that the page calls.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers

from xinheng.core.access import Actor
from xinheng.core.access.roles import ANYONE
from xinheng.core.errors import UnusableCall
from xinheng.usecases.users import actor_named
from xinheng.web.today import today

USER = "user"
"""The key of the session under which the name of the user stands."""

View = Callable[..., HttpResponse]


class SignedIn:
    """Middleware: puts the one who acts on the request, with the roles in force today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session only where the browser brought one: a public page asks the database nothing for it."""
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        request.actor = _actor_of(request) if has_session else ANYONE  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts; anyone, where the request failed before that was known."""
    actor: Actor = getattr(request, "actor", ANYONE)
    return actor


def for_signed_in(view: View) -> View:
    """Decorate a page for those who signed in; others are led to the sign-in page and back. No cache keeps its answers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if actor_of(request) is ANYONE:
            asked = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?{asked}")
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    guarded.guard = for_signed_in  # type: ignore[attr-defined]
    return guarded


def _actor_of(request: HttpRequest) -> Actor:
    name = request.session.get(USER, "")
    try:
        return actor_named(name, on=today()) if name else ANYONE
    except UnusableCall:  # an account that was closed meanwhile
        request.session.flush()
        return ANYONE
