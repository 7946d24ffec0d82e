"""The page that stands for every public page while the whole portal is stopped (紧急停止公示): what, why, and what now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinheng.core.errors import UnusableCall
from xinheng.usecases.portal import PortalStopped, ensure_open
from xinheng.web.errors import as_sentence
from xinheng.web.language import language_of
from xinheng.web.security import leave_no_copy

RETRY_AFTER = 900  # seconds; what a program that reads the portal is told

View = Callable[..., HttpResponse]


def while_open(view: View) -> View:
    """Decorate a public page: while the portal is stopped it answers 503, whatever was asked, and is kept by no cache.

    The use cases ask whether it is; a view that calls none of them asks itself (``ensure_open``).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return _answer(view, request, *args, **kwargs)
        except PortalStopped as stopped:
            return _page(request, stopped)

    return guarded


def _answer(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except UnusableCall:  # found before any use case was asked
        ensure_open()
        raise


def _page(request: HttpRequest, stopped: PortalStopped) -> HttpResponse:
    language = language_of(request)
    what, why, mend = stopped.explanation.in_language(language)
    facts = {"what": what, "why": as_sentence(why, language=language), "mend": as_sentence(mend, language=language)}
    response = leave_no_copy(render(request, "portal/stopped.html", facts, status=503))
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
