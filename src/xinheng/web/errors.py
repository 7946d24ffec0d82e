"""Pages for what went wrong: what happened, why, and what to do now.

Errors of the platform (:class:`~xinheng.core.errors.XinhengError`) carry their own three sentences; for Django's own
(400, 403, 404, 500) the templates in ``templates/errors`` hold them.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinheng.core.errors import XinhengError
from xinheng.core.standards.resident_id import mask
from xinheng.usecases.sign_on.events import Event, note
from xinheng.web.language import language_of
from xinheng.web.security import leave_no_copy
from xinheng.web.today import now


class ExplainedErrors:
    """Middleware: turns an error that is written for a reader into its page, with the status of its class."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; errors come through :meth:`process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page that explains the error, or nothing where it is not one of ours."""
        if not isinstance(error, XinhengError):
            return None
        language = language_of(request)
        what, why, mend = error.explanation.in_language(language)
        facts = {
            "what": what.rstrip("。."),  # a heading
            "why": as_sentence(why, language=language),
            "mend": as_sentence(mend, language=language),
            "subject": error.facts.get("subject", ""),
        }
        return leave_no_copy(render(request, "errors/explained.html", facts, status=error.http_status))


def as_sentence(words: str, *, language: str) -> str:
    """Return words that stand alone on a page as a sentence: with its full stop, in English with a capital."""
    stop = "." if language == "en" else "。"
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "。", "？", "?", "！", "!")) else stop)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it
    """Return the page for a request that cannot be read (status 400)."""
    return leave_no_copy(render(request, "errors/400.html", status=400))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it
    """Return the page for what this reader may not see or do (status 403)."""
    return leave_no_copy(render(request, "errors/403.html", status=403))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form that did not come from a page of ours, or whose page was open too long (status 403); it is recorded."""
    actor = getattr(request, "actor", None)
    address = str(request.META.get("REMOTE_ADDR") or "unknown")
    about = f"{mask(request.path)}, address {address}"
    note(Event.FORGED_FORM, actor.name if actor else None, at=now(), about=about, allowed=False, why=reason)
    return leave_no_copy(render(request, "errors/forged.html", status=403))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it
    """Return the page for an address that leads nowhere (status 404)."""
    return leave_no_copy(render(request, "errors/404.html", status=404))


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours (status 500)."""
    return leave_no_copy(render(request, "errors/500.html", status=500))
