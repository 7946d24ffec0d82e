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
from xinheng.usecases.sign_on.sessions import acting_with
from xinheng.web.today import now, today

USER = "user"
"""The key of the session under which the name of the user stands."""

View = Callable[..., HttpResponse]


def name_in_session(key: str, *, address: str) -> str:
    """Return the name of who is signed in with the session of this key; empty where nobody is."""
    acting = acting_with(key, address=address, at=now(), on=today()) if key else None
    return acting.actor.name if acting and acting.actor is not ANYONE else ""


class SignedIn:
    """Middleware: puts the one who acts on the request, with the roles in force today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session only where the browser brought one: a public page asks the database nothing for it."""
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        request.actor = _actor_of(request) if has_session else ANYONE  # type: ignore[attr-defined]
        return self.get_response(request)


def shown_name_of(request: HttpRequest) -> str:
    """Return the name under which the one who is signed in is shown; empty where nobody is."""
    return getattr(request, "shown_name", "")


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts; anyone, where the request failed before that was known."""
    actor: Actor = getattr(request, "actor", ANYONE)
    return actor


def for_signed_in(view: View) -> View:
    """Decorate a page for those who signed in; others are led to the sign-in page and back. No cache keeps its answers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if actor_of(request) is ANYONE:
            asked = {"next": request.get_full_path()} if request.method in ("GET", "HEAD") else {}
            why = getattr(request, "session_ended", "")
            return HttpResponseRedirect(
                f"{settings.LOGIN_URL}?{urlencode({**asked, **({'ended': why} if why else {})})}"
            )
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    guarded.guard = for_signed_in  # type: ignore[attr-defined]
    return guarded


def _actor_of(request: HttpRequest) -> Actor:
    """Return who is signed in with the session, while its sign-in lasts (see ``usecases.sign_on.sessions``)."""
    address = str(request.META.get("REMOTE_ADDR") or "unknown")
    acting = acting_with(request.COOKIES[settings.SESSION_COOKIE_NAME], address=address, at=now(), on=today())
    if acting.ended is not None:
        request.session.flush()
        request.session_ended = acting.ended  # type: ignore[attr-defined]
    request.shown_name = acting.shown_name  # type: ignore[attr-defined]
    return acting.actor
