"""Severity of penalties (失信程度): what the tables propose for the records of a submission; a person confirms, or undoes that."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinheng.core.errors import Missing, Text, UnusableCall
from xinheng.core.law.severity import Severity
from xinheng.usecases.ledger.severity import Proposals, confirm, propose
from xinheng.web.desk.page import page_of_submission, shown, told
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

LISTED = 50


@page_of_submission
@require_http_methods(["GET", "HEAD", "POST"])
def severity(request: HttpRequest, number: int) -> HttpResponse:
    """Show what is proposed for the records of a submission; confirm one of them."""
    found = propose(number, actor=actor_of(request), at=now(), on=today(), limit=LISTED)
    if request.method != "POST":
        return _page(request, number, found)
    name, chosen, reason = (request.POST.get(key, "").strip() for key in ("record", "severity", "reason"))
    if name not in {one.name for one in found.listed} or chosen not in {one.value for one in Severity}:
        return _page(request, number, found, faults=(_CHOOSE,), status=422)
    try:
        confirm(name, Severity(chosen), reason=reason, actor=actor_of(request), at=now(), on=today())
    except (UnusableCall, Missing) as error:
        return _page(request, number, found, faults=told(error), status=422, kept=(name, reason))
    return redirect(f"{reverse('desk:severity', args=[number])}?done=1")


def _page(request: HttpRequest, number: int, found: Proposals, *, status: int = 200, **facts: object) -> HttpResponse:
    shows = {
        "number": number, "proposals": found, "severities": tuple((one.value, Text(one.label, one.label_en)) for one in Severity),
        "done": request.method != "POST" and "done" in request.GET, **facts,
    }  # fmt: skip
    return shown(request, "severity", shows, status=status)


_CHOOSE = Text("请选择一条记录和它的失信程度。", "Choose a record and its severity.")
