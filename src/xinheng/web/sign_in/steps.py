"""The steps of signing in, remembered in the session: nobody is signed in before the last one; each session key is used for one state only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from xinheng.core.access.sign_on import needs_second_factor, terms_on
from xinheng.core.errors import XinhengError
from xinheng.gateways.identity.tokens import ShownIdentity
from xinheng.usecases.persons.sign_on import sign_person_in, sign_person_out
from xinheng.usecases.sign_on.passwords import password_is_due
from xinheng.usecases.sign_on.second_factor import has_second_factor
from xinheng.usecases.sign_on.sessions import open_session, sign_out
from xinheng.usecases.users import actor_named
from xinheng.web.security import leave_no_copy
from xinheng.web.sign_in.browser import address_of, browser_of, way_back
from xinheng.web.signed_in import PERSON, USER, actor_of, is_person
from xinheng.web.today import now, today

_STEP = "sign_in_step"
View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Entering:
    """Somebody on the way in: who, by which method, since when, where to, and whether a second factor was shown."""

    username: str
    method: str
    since: str
    way_back: str
    second_factor: bool = False


def take_first_step(
    request: HttpRequest, username: str, *, method: str, asked: str, second_factor: bool = False
) -> HttpResponse:
    """Remember that somebody showed who they are, in a session of its own, and lead them to the next step."""
    request.session.flush()
    entering = Entering(username, method, now().isoformat(), way_back(asked), second_factor)
    return take_next_step(request, entering)


def take_next_step(request: HttpRequest, entering: Entering) -> HttpResponse:
    """Lead somebody to what is still to be shown, or sign them in."""
    request.session[_STEP] = asdict(entering)
    username = entering.username
    enrolled = has_second_factor(username)
    if not entering.second_factor and (enrolled or needs_second_factor(actor_named(username, on=today()))):
        return redirect("sign_in:second_factor" if enrolled else "sign_in:enrol")
    if entering.method == "password" and password_is_due(username, at=now()):
        return redirect("sign_in:new_password")
    return _signed_in(request, entering)


def with_second_factor(entering: Entering) -> Entering:
    """Return the same with the second factor shown."""
    return replace(entering, second_factor=True)


def entering_of(request: HttpRequest) -> Entering | None:
    """Return who is on the way in with this session; nobody where the first step is too long ago."""
    held = request.session.get(_STEP)
    if not held:
        return None
    entering = Entering(**held)
    since = dt.datetime.fromisoformat(entering.since)
    return entering if now() - since < terms_on(today()).steps else None


def for_entering(view: Callable[[HttpRequest, Entering], HttpResponse]) -> View:
    """Decorate a step for those who took the first one; others begin anew. No cache keeps its answers."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        entering = entering_of(request)
        if entering is None:
            return redirect("sign_in:sign_in")
        return leave_no_copy(view(request, entering))

    guarded.guard = for_entering  # type: ignore[attr-defined]
    return guarded


def leave(request: HttpRequest, username: str) -> None:
    """Sign out: the session ends in the table, in the store and in the browser."""
    key = request.session.session_key or ""
    if is_person(request):
        sign_person_out(actor_of(request), session_key=key, at=now())
    else:
        sign_out(username, session_key=key, at=now())
    request.session.flush()


def enter_as_person(request: HttpRequest, shown: ShownIdentity, *, asked: str) -> HttpResponse:
    """Sign a natural person in, for whose document the provider vouches: the session holds a mark, and nothing about who it is."""
    request.session.flush()
    request.session[PERSON] = True
    request.session.save()
    try:
        sign_person_in(
            shown, session_key=request.session.session_key or "", address=address_of(request), at=now(), on=today()
        )
    except XinhengError:
        request.session.flush()
        raise
    rotate_token(request)
    return redirect(way_back(asked) if asked else "me:home")


def _signed_in(request: HttpRequest, entering: Entering) -> HttpResponse:
    """Sign somebody in: a new session key, written down as a device."""
    request.session.flush()
    request.session[USER] = entering.username
    request.session.save()
    rotate_token(request)
    open_session(
        entering.username,
        session_key=request.session.session_key or "",
        method=f"{entering.method}+second-factor" if entering.second_factor else entering.method,
        address=address_of(request),
        browser=browser_of(request),
        at=now(),
    )
    return redirect(entering.way_back)
