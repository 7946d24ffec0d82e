"""Views of the subject's own pages."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinheng.core.access import Role
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.usecases.me.choosing import subjects_of
from xinheng.usecases.me.file import view_looks, view_own_file
from xinheng.usecases.me.grants import end_agent, grant_agent, list_grants
from xinheng.usecases.notices.reading import unread_of_subject
from xinheng.web.me.entries import own_entries
from xinheng.web.me.person import own_records
from xinheng.web.portal.question import page_number
from xinheng.web.signed_in import actor_of, for_persons_too, for_signed_in, is_person
from xinheng.web.today import now, today


@require_safe
@for_persons_too
def home(request: HttpRequest) -> HttpResponse:
    """Show a person its own records; lead others to the file of the one subject for which they act, or let them choose among several."""
    if is_person(request):
        return own_records(request)
    subjects = subjects_of(actor_of(request), on=today())
    if len(subjects) == 1:
        return redirect("me:file", code=subjects[0].code)
    return render(request, "me/home.html", {"subjects": subjects, "representative": Role.REPRESENTATIVE})


@require_safe
@for_signed_in
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Show all records of a subject to the subject: where each stands, where it came from, how it ends."""
    shown = view_own_file(code, actor=actor_of(request), on=today(), at=now())
    facts = {"own": shown, "entries": own_entries(shown), **around(request, shown.subject.uscc)}
    return render(request, "me/file.html", facts)


@require_safe
@for_signed_in
def looks(request: HttpRequest, code: str) -> HttpResponse:
    """Show who looked at the file, when and on what basis."""
    shown = view_looks(code, page=page_number(request), actor=actor_of(request), on=today(), at=now())
    return render(request, "me/looks.html", {"shown": shown, **around(request, shown.subject.uscc)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
def agents(request: HttpRequest, code: str) -> HttpResponse:
    """Show who may act for the subject, and let the representative grant an agent."""
    actor, asked, problem = actor_of(request), request.POST, None
    if request.method == "POST":
        try:
            name = asked.get("username", "").strip()
            grant_agent(code, name, until=_day(asked.get("until", "")), actor=actor, at=now(), on=today())
        except UnusableCall as error:
            problem = error.explanation
        else:
            return redirect("me:agents", code=code)
    grants = list_grants(code, actor=actor, at=now(), on=today())
    facts = {"grants": grants, "asked": asked, "problem": problem, "agent": Role.AGENT, **around(request, code)}
    return render(request, "me/agents.html", facts, status=422 if problem else 200)


@require_POST
@for_signed_in
def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """End the grant of an agent."""
    end_agent(code, number, actor=actor_of(request), at=now())
    return redirect("me:agents", code=code)


def around(request: HttpRequest, code: str) -> dict[str, object]:
    """Return what all pages of a subject show: its code, whether the reader is its representative, and how many messages are unread.

    The count is for those only who may read the messages.
    """
    held = actor_of(request).assignments
    represents = any(one.role is Role.REPRESENTATIVE and one.subject == code for one in held)
    acts = any(one.subject == code for one in held)
    return {
        "code": code, "represents": represents, "several": len({one.subject for one in held if one.subject}) > 1,
        "unread": unread_of_subject(code) if acts else 0,
    }  # fmt: skip


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise UnusableCall(_NO_DAY) from error


_NO_DAY = Explanation(
    Text("日期无法识别", "The day cannot be read"),
    Text("日期的格式为 2026-12-31", "a day is written like 2026-12-31"),
    Text("请重新填写，或者留空表示不限期。", "Please write it again, or leave it empty for no end."),
)
