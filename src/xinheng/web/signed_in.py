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
from xinheng.usecases.persons.sign_on import person_of
from xinheng.usecases.sign_on.sessions import standing_of
from xinheng.usecases.users import actor_named
from xinheng.web.today import now, today

USER = "user"
"""The key of the session under which the name of the user stands."""
PERSON = "person"
"""The key of the session that marks a natural person's: who it is stands in the table of persons who are signed in, by keyed digests."""
ACTS_FOR = "acts_for"
"""The key of the session under which the colleague stands for whom the user chose to act."""

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
    if request.session.get(PERSON):
        return _person_of(request)
    name = request.session.get(USER, "")
    if not name:
        return ANYONE
    standing = standing_of(request.session.session_key or "", at=now())
    if standing.username != name:
        request.session.flush()
        request.session_ended = standing.ended or ""  # type: ignore[attr-defined]
        return ANYONE
    request.shown_name = standing.shown_name  # type: ignore[attr-defined]
    try:
        return _standing_in(request, name) or actor_named(name, on=today())
    except UnusableCall:  # an account that was closed this moment
        request.session.flush()
        return ANYONE


def _standing_in(request: HttpRequest, name: str) -> Actor | None:
    """Return the user as the colleague for whom they chose to act, as long as that holds; asked on every request."""
    principal = request.session.get(ACTS_FOR, "")
    if not principal:
        return None
    try:
        return actor_named(name, on=today(), on_behalf_of=principal)
    except UnusableCall:
        del request.session[ACTS_FOR]
        request.cover_ended = principal  # type: ignore[attr-defined]
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
