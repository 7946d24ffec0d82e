"""Messages to a subject (消息): read by its representative and its agents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinheng.usecases.notices.reading import mark_read, subject_box, view_message, view_messages
from xinheng.web.me.views import around
from xinheng.web.portal.question import page_number
from xinheng.web.security import leave_no_copy
from xinheng.web.signed_in import actor_of, for_signed_in
from xinheng.web.today import now


@require_safe
@for_signed_in
def messages(request: HttpRequest, code: str) -> HttpResponse:
    """List the messages to a subject; with ``?only=unread`` those that are not read yet."""
    actor, unread = actor_of(request), request.GET.get("only") == "unread"
    found = view_messages(subject_box(code), page=page_number(request), unread=unread, actor=actor, at=now())
    facts = {
        "found": found,
        "only_unread": unread,
        "all_url": reverse("me:messages", args=[code]),
        **around(request, code),
    }
    return leave_no_copy(render(request, "me/messages.html", facts))


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
def message(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one message to a subject; mark it as read."""
    actor, box = actor_of(request), subject_box(code)
    if request.method == "POST":
        mark_read(box, [number], actor=actor, at=now())
        return redirect("me:messages", code=code)
    one = view_message(box, number, actor=actor, at=now())
    return leave_no_copy(render(request, "me/message.html", {"one": one, **around(request, code)}))


@require_POST
@for_signed_in
def all_read(request: HttpRequest, code: str) -> HttpResponse:
    """Mark all messages to a subject as read."""
    mark_read(subject_box(code), actor=actor_of(request), at=now())
    return redirect("me:messages", code=code)


@require_safe
@for_signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to the messages of the one subject for which the reader acts, or to the choice between several."""
    codes = {held.subject for held in actor_of(request).assignments if held.subject}
    return redirect("me:messages", code=codes.pop()) if len(codes) == 1 else redirect("me:home")
