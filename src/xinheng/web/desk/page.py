"""What every page of the desk has: the frame, the navigation with the place marked, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinheng.core.access import Action, Target, decide
from xinheng.core.errors import Refused, Text, XinhengError
from xinheng.usecases.collecting.work import work_of
from xinheng.usecases.intake.views import ensure_known
from xinheng.usecases.notices.reading import unread_of
from xinheng.usecases.reach import me
from xinheng.web.desk.places import sections_for
from xinheng.web.errors import as_sentence
from xinheng.web.security import leave_no_copy
from xinheng.web.signed_in import actor_of, for_signed_in, shown_name_of
from xinheng.web.today import now, today

View = Callable[..., HttpResponse]


def desk_page(view: View) -> View:
    """Decorate a view of the desk: for those who signed in, and no copy of it is left anywhere."""

    @wraps(view)
    def private(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return leave_no_copy(view(request, *args, **kwargs))

    return for_signed_in(private)


def page_of_submission(view: View) -> View:
    """Decorate a page of one submission: to whom it is refused, because it is another's, it answers as if there were none.

    The refusal stays in the log; who may see the submission, and not do this with it, is told so.
    """

    @wraps(view)
    def answered(request: HttpRequest, number: int) -> HttpResponse:
        try:
            return view(request, number)
        except Refused:
            ensure_known(number, actor=actor_of(request))
            raise

    return desk_page(answered)


def shown(request: HttpRequest, template: str, facts: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page of the desk."""
    return render(request, f"desk/{template}.html", {**around(request), **facts}, status=status)


def sent(request: HttpRequest) -> dict[str, str]:
    """Return what a form sent, field by field, trimmed and cut to what a field may hold."""
    return {name: request.POST.get(name, "").replace("\x00", "").strip()[:300] for name in request.POST}


def around(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of the desk shows: the sections, with the place where the reader is, and who is signed in."""
    actor, here = actor_of(request), request.resolver_match.view_name if request.resolver_match else ""
    unread = unread_of(actor.name)
    waits = {"desk:messages": unread, "work:queue": work_of(actor, at=now(), on=today())}
    return {
        "sections": sections_for(actor, here, waits),
        "me": me(actor, shown_name_of(request)),
        "unread": unread,
        "may_search": decide(actor, Action.SEARCH, Target()).allowed,
    }


def told(error: XinhengError) -> tuple[Text, ...]:
    """Return what an error tells its reader, as the sentences on top of a form: what and why in one, and what to do now."""
    said = error.explanation
    return (
        Text(
            as_sentence(f"{said.what.zh.rstrip('。')}：{said.why.zh}", language="zh"),
            as_sentence(f"{said.what.en.rstrip('.')}: {said.why.en}", language="en"),
        ),
        Text(as_sentence(said.mend.zh, language="zh"), as_sentence(said.mend.en, language="en")),
    )
