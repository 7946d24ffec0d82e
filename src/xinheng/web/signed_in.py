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
from xinheng.core.access.sessions import Ended
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.usecases.accounts.acting_for import cover_is_over
from xinheng.usecases.persons.sign_on import person_of
from xinheng.usecases.sign_on.sessions import Acting, acting_with
from xinheng.usecases.users import actor_named
from xinheng.web.today import now, today

USER = "user"
"""The key of the session under which the name of the user stands."""
PERSON = "person"
"""The key of the session that marks a natural person's: who it is stands in the table of persons who are signed in, by keyed digests."""

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


def is_person(request: HttpRequest) -> bool:
    """Tell whether a natural person is signed in, who looks at its own records and has no account."""
    return getattr(request, "is_person", False)


def for_signed_in(view: View) -> View:
    """Decorate a page for those who signed in with an account; others are led to the sign-in page and back. No cache keeps its answers.

    A natural person has no account: to it there is no such page.
    """
    return _guarded(view, persons=False)


def for_persons_too(view: View) -> View:
    """Decorate a page for everybody who signed in, natural persons as well."""
    return _guarded(view, persons=True)


def _guarded(view: View, *, persons: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if actor_of(request) is ANYONE:
            return _to_sign_in(request)
        if is_person(request) and not persons:
            raise Missing(_NOT_FOR_PERSONS)
        if getattr(request, "cover_ended", ""):  # what was asked was meant in another's name
            return HttpResponseRedirect("/desk/standing-in/?ended=1")
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    guarded.guard = for_signed_in  # type: ignore[attr-defined]
    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    asked = {"next": request.get_full_path()} if request.method in ("GET", "HEAD") else {}
    why = getattr(request, "session_ended", "")
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({**asked, **({'ended': why} if why else {})})}")


def _actor_of(request: HttpRequest) -> Actor:
    """Return who is signed in with the session, while its sign-in lasts (see ``usecases.sign_on.sessions``)."""
    address = str(request.META.get("REMOTE_ADDR") or "unknown")
    acting = acting_with(request.COOKIES[settings.SESSION_COOKIE_NAME], address=address, at=now(), on=today())
    if acting.ended is not None:
        request.session.flush()
        request.session_ended = acting.ended  # type: ignore[attr-defined]
    request.shown_name = acting.shown_name  # type: ignore[attr-defined]
    if acting.actor is ANYONE:
        return _person_of(request) if acting.unknown and request.session.get(PERSON) else ANYONE
    return _standing_in(request, acting) or acting.actor


def _standing_in(request: HttpRequest, acting: Acting) -> Actor | None:
    """Return the user as the colleague for whom they chose to act, as long as that holds; asked on every request."""
    if not acting.acts_for:
        return None
    try:
        return actor_named(acting.actor.name, on=today(), on_behalf_of=acting.acts_for)
    except UnusableCall:
        cover_is_over(request.COOKIES[settings.SESSION_COOKIE_NAME])
        request.cover_ended = acting.acts_for  # type: ignore[attr-defined]
        return None


def _person_of(request: HttpRequest) -> Actor:
    found = person_of(request.session.session_key or "", at=now(), on=today())
    if isinstance(found, Ended):
        request.session.flush()
        request.session_ended = found.value  # type: ignore[attr-defined]
        return ANYONE
    request.is_person, request.shown_name = True, "本人"  # type: ignore[attr-defined]
    return found


_NOT_FOR_PERSONS = Explanation(
    Text("没有这个页面", "There is no such page"),
    Text("您以个人身份登录，只能查看本人的记录", "you signed in as an individual, who sees records of its own"),
    Text("请回到“我的信用”。", "Go back to your own file."),
)
