"""Withdrawals and corrections (撤回与更正): what waits for a second person, and each request with its outcome and who was told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xinheng.core.errors import Missing, Text, UnusableCall, UnusableFile
from xinheng.usecases.corrections.asking import take_back
from xinheng.usecases.corrections.deciding import approve, refuse
from xinheng.usecases.corrections.listing import list_corrections, view_correction
from xinheng.usecases.corrections.words import NONE
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.portal.question import page_number
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

ACTS = ("approve", "refuse", "take-back")


@desk_page
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List what waits, the oldest first; with ``?only=decided`` what was decided, the newest first."""
    decided = request.GET.get("only") == "decided"
    found = list_corrections(decided=decided, page=page_number(request), actor=actor_of(request), at=now())
    return shown(request, "withdrawals", {"requests": found, "decided": decided, "today": today()})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, number: int) -> HttpResponse:
    """Show one request; approve or refuse it as the second person, or take one's own back."""
    actor = actor_of(request)
    found = view_correction(number, actor=actor, at=now())
    if request.method != "POST":
        return shown(request, "withdrawal", {"found": found, "today": today(), "reason": ""})
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "").strip()
    try:
        if act not in ACTS:
            raise Missing(NONE)
        if act == "approve":
            approve(number, remark=reason, actor=actor, at=now(), on=today())
        elif act == "refuse":
            refuse(number, reason=reason, actor=actor, at=now())
        else:
            take_back(number, actor=actor, at=now())
    except (UnusableCall, UnusableFile) as error:
        facts: dict[str, object] = {
            "found": view_correction(number, actor=actor, at=now()),
            "today": today(),
            "reason": reason,
        }
        faults: tuple[Text, ...] = told(error)
        return shown(request, "withdrawal", {**facts, "faults": faults}, status=422)
    return redirect(f"{reverse('desk:withdrawal', args=[number])}?done={act}")
