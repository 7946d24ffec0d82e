"""One row in full (单行结果): its outcome first, what stands behind it, on what it rests, whom it may mean, and what was done with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinheng.core.errors import Text, UnusableCall
from xinheng.core.screening import Standing
from xinheng.core.screening.assessment import Told
from xinheng.core.screening.feedback import LONGEST_WHY, Feedback
from xinheng.core.screening.workbook import STANDINGS
from xinheng.usecases.screening.feedback import give_feedback
from xinheng.usecases.screening.one_row import RowPage, view_row
from xinheng.usecases.screening.words import NO_FEEDBACK
from xinheng.web.desk.labels import item_title
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.desk.screening.words import KINDS, TONES, covered, reasons
from xinheng.web.fields import FormField
from xinheng.web.portal.labels import headed
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Show a row; take the feedback on it."""
    if request.method != "POST":
        return row_page(request, number, row)
    kind, why = request.POST.get("feedback", ""), request.POST.get("why", "").replace("\x00", "").strip()
    try:
        give_feedback(number, kind=kind, why=why, row=row, actor=actor_of(request), at=now())
    except UnusableCall as error:
        field = "feedback" if error.explanation is NO_FEEDBACK else "why"
        given = {"feedback": kind, "why": why[: 2 * LONGEST_WHY]}
        return row_page(request, number, row, given=given, errors={field: told(error)}, status=422)
    return redirect(f"{reverse('screening:row', args=[number, row])}?answered=1")


def row_page(
    request: HttpRequest, number: int, row: int | None, *, given: dict[str, str] | None = None, errors: dict[str, tuple[Text, ...]] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Return the page of a row, or of a check, which has no other."""
    found = view_row(number, row, actor=actor_of(request), at=now(), on=today())
    held, assessment, match = found.screening, found.row.line.assessment, found.row.line.match
    fields = _fields(given or {"feedback": "", "why": ""}, errors or {})
    facts = {
        "one": held, "kind": KINDS[held.kind], "line": found.row.line, "match": match, "changed": found.row.changed, "label": assessment.outcome.label,
        "tone": TONES[assessment.outcome], "reasons": reasons(assessment, found.feeds), "covered": covered(held.matter, found.feeds),
        "entries": [_told(one) for one in assessment.entries], "records": [_told(one) for one in assessment.records],
        "candidates": _candidates(found), "feedback": found.feedback, "fields": fields, "may_answer": found.may_answer,
        "fields_at_fault": [one for one in fields if one.errors], "address": request.build_absolute_uri(request.path),
        "findings": any(one.standing is Standing.FINDING for one in (*assessment.entries, *assessment.records)),
        "confirm": _again(found, match.code) if match.code and found.may_answer else "",
    }  # fmt: skip
    return shown(request, "screening/row", facts, status=status)


def _told(one: Told) -> dict[str, Any]:
    seen = one.seen
    return {
        "seen": seen, "title": seen.list_title or seen.title, "item": item_title(seen.item), "standing": headed(STANDINGS[one.standing]),
        "tone": "plain" if one.standing is Standing.BESIDE else "marked",
    }  # fmt: skip


def _candidates(found: RowPage) -> list[tuple[Any, str]]:
    """Return who may be meant, each with the address of a query by its code in the same matter, for those who may ask."""
    return [(one, _again(found, one.code) if found.may_answer else "") for one in found.row.line.match.candidates]


def _again(found: RowPage, code: str) -> str:
    held = found.screening
    asked = {"matter": held.matter.code, "number": held.business_number, "agency": held.agency, "code": code}
    return f"{reverse('screening:check')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _fields(given: dict[str, str], errors: dict[str, tuple[Text, ...]]) -> tuple[FormField, ...]:
    return (
        FormField(
            name="feedback", title=Text("办理结果", "What was done"), kind="radio", value=given["feedback"], required=True,
            choices=tuple((one.value, Text(one.label.zh, one.label.en.capitalize())) for one in Feedback), errors=errors.get("feedback", ()),
        ),
        FormField(
            name="why", title=Text("理由", "Why"), kind="area", value=given["why"], conditional=True, length=LONGEST_WHY, errors=errors.get("why", ()),
            hint=Text("未采取措施的必填，不超过 500 字。会保存，请勿写入个人信息。",
                      "Needed where nothing was done; 500 characters at the most. It is kept; no personal data, please."),
        ),
    )  # fmt: skip
