"""Messages to one's own account (消息), and where it is reached (联系方式)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinheng.core.access import Role
from xinheng.core.errors import Text, UnusableCall
from xinheng.usecases.notices.contacts import ContactView, keep_contact, view_contact
from xinheng.usecases.notices.reading import mark_read, own_box, view_message, view_messages
from xinheng.web.desk.page import around, desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.portal.question import page_number
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

_OF_SUBJECTS = frozenset({Role.REPRESENTATIVE, Role.AGENT})


@desk_page
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """List the messages to the account that is signed in; with ``?only=unread`` those that are not read yet."""
    actor, unread = actor_of(request), request.GET.get("only") == "unread"
    found = view_messages(own_box(actor), page=page_number(request), unread=unread, actor=actor, at=now())
    facts = {"found": found, "only_unread": unread, "all_url": reverse("desk:messages"), "route": "desk:message"}
    return shown(request, "messages", facts)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, number: int) -> HttpResponse:
    """Show one message; mark it as read."""
    actor = actor_of(request)
    if request.method == "POST":
        mark_read(own_box(actor), [number], actor=actor, at=now())
        return redirect("desk:messages")
    return shown(request, "message", {"one": view_message(own_box(actor), number, actor=actor, at=now())})


@desk_page
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark all messages to the account as read."""
    mark_read(own_box(actor_of(request)), actor=actor_of(request), at=now())
    return redirect("desk:messages")


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show where the account is reached, and change it."""
    actor = actor_of(request)
    if request.method != "POST":
        held = view_contact(actor.name, actor=actor, at=now(), on=today())
        return _account(request, {"mail": held.mail, "telephone": held.telephone})
    given = {name: request.POST.get(name, "").strip() for name in ("mail", "telephone")}
    try:
        keep_contact(actor.name, ContactView(**given), actor=actor, at=now(), on=today())
    except UnusableCall as error:
        return _account(request, given, faults=told(error), status=422)
    return redirect(f"{reverse('desk:account')}?done=1")


def _account(
    request: HttpRequest, given: Mapping[str, str], *, faults: tuple[Text, ...] = (), status: int = 200
) -> HttpResponse:
    """Render the form in the frame of the one who reads it: that of the desk, or of a subject's own pages."""
    fields = (
        FormField(name="mail", title=Text("办公邮箱", "Office mail"), value=given["mail"], hint=_MAIL, length=254),
        FormField(name="telephone", title=Text("办公手机", "Office mobile telephone"), value=given["telephone"], hint=_TELEPHONE, length=20),
    )  # fmt: skip
    held = actor_of(request).assignments
    outside = bool(held) and all(one.role in _OF_SUBJECTS for one in held)
    facts = {
        "fields": fields, "faults": faults, "done": "done" in request.GET and not faults,
        "frame": "frame.html" if outside else "desk/frame.html", **({} if outside else around(request)),
    }  # fmt: skip
    return render(request, "desk/account.html", facts, status=status)


_MAIL = Text(
    "如 name@example.gov.cn。提醒和待办通知发到这里，邮件不含具体内容。",
    "Such as name@example.gov.cn. Reminders go there; a mail holds no details.",
)
_TELEPHONE = Text(
    "11 位手机号，只用于任务逾期等短信提醒。", "11 digits; for text messages only, such as that a task is late."
)
