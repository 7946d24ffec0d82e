"""What came out (审查结果): a list with its counts and rows, what changed since the last time, and the result workbook."""

from __future__ import annotations

import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from xinheng.core.access import Action, decide
from xinheng.core.errors import Text
from xinheng.core.screening import Outcome
from xinheng.core.screening.feedback import Feedback
from xinheng.usecases.screening.again import screen_again, view_changes
from xinheng.usecases.screening.viewing import (
    MOST_FILTERED,
    RowView,
    ScreeningPage,
    outcomes_of,
    screening_within,
    target_of,
    view_screening,
)
from xinheng.usecases.screening.watching import watch_screening
from xinheng.usecases.screening.workbook import write_workbook
from xinheng.web.desk.page import desk_page, shown
from xinheng.web.desk.screening.rows import row_page
from xinheng.web.desk.screening.words import KINDS, TONES, covered
from xinheng.web.language import language_of
from xinheng.web.portal.labels import headed
from xinheng.web.portal.question import page_number
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import FORMATS, SIZE
from xinheng.web.today import now, today


@desk_page
@require_safe
def screening(request: HttpRequest, number: int) -> HttpResponse:
    """Show a check with all that stands behind it, or a list with its counts and a page of its rows, of one ``?outcome=`` where asked."""
    actor, page = actor_of(request), page_number(request)
    held = screening_within(number, actor, at=now())
    if held.kind == "check":
        return row_page(request, number, None)
    asked = request.GET.get("outcome", "")
    outcome = Outcome(asked) if asked in set(Outcome) else None
    found = view_screening(
        number, actor=actor, at=now(), on=today(), offset=(page - 1) * SIZE, limit=SIZE, outcome=outcome
    )
    facts = {
        "one": found.screening, "kind": KINDS[found.screening.kind], "covered": covered(found.screening.matter, found.feeds),
        "lines": [line(row) for row in found.rows], "parts": _parts(request, found, outcome), "outcome": outcome, "total": found.total,
        "page": page, "pages": max(1, -(-found.total // SIZE)), "may_screen": decide(actor, Action.SCREEN, target_of(held)).allowed,
        "address": request.build_absolute_uri(request.path),
    }  # fmt: skip
    return shown(request, "screening/screening", facts)


def _parts(request: HttpRequest, found: ScreeningPage, chosen: Outcome | None) -> list[dict[str, Any]]:
    """Return the outcomes with how many rows each has.

    Of a long list they are known on the day itself, or once an outcome is chosen; else each is offered without its number, and none where the list is too
    long to be filtered on a page.
    """
    counts = dict(found.counts)
    if not counts:
        held = outcomes_of(found.screening.number, actor=actor_of(request), at=now())
        counts = {Outcome(name): number for name, number in held.items()}
    if found.screening.rows > MOST_FILTERED and not counts:
        return []
    offered = [one for one in Outcome if counts.get(one) or not counts]
    return [
        {
            "outcome": one, "label": one.label, "tone": TONES[one], "number": counts.get(one), "chosen": one is chosen,
            "url": f"?outcome={one.value}#rows" if found.screening.rows <= MOST_FILTERED else "",
        }
        for one in offered
    ]  # fmt: skip


def line(row: RowView) -> dict[str, Any]:
    """Return what a row of a table shows."""
    told = row.line.assessment
    return {
        "row": row, "given": row.line.given, "match": row.line.match, "label": headed(told.outcome.label), "tone": TONES[told.outcome],
        "entries": len(told.entries), "records": len(told.records),
        "reason": told.reasons[0] if told.outcome in _SAID else None, "feedback": Feedback(row.feedback).label if row.feedback else None,
    }  # fmt: skip


@desk_page
@require_safe
def changes(request: HttpRequest, number: int) -> HttpResponse:
    """Show which rows of a repeated screening changed since the one before it."""
    page = page_number(request)
    found = view_changes(number, actor=actor_of(request), at=now(), on=today(), offset=(page - 1) * SIZE, limit=SIZE)
    facts = {
        "one": found.screening, "lines": [(line(one.row), _differs(one.difference)) for one in found.rows], "total": found.total, "page": page,
        "pages": max(1, -(-found.total // SIZE)),
    }  # fmt: skip
    return shown(request, "screening/changes", facts)


def _differs(difference: Any) -> list[Text]:
    said = (
        (len(difference.new), "新增 {n} 条", "{n} new"),
        (len(difference.altered), "有变 {n} 条", "{n} altered"),
        (difference.ended, "结束 {n} 条", "{n} ended"),
    )
    return [Text(zh.format(n=n), en.format(n=n)) for n, zh, en in said if n]


@desk_page
@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """Return the result workbook."""
    out = io.BytesIO()
    write_workbook(number, out, actor=actor_of(request), at=now(), on=today(), language=language_of(request))
    header = content_disposition_header(as_attachment=True, filename=f"screening-{number}.xlsx")
    return HttpResponse(out.getvalue(), content_type=FORMATS["xlsx"], headers={"Content-Disposition": header or ""})


@desk_page
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Screen the same rows again, and lead to what changed."""
    made = screen_again(number, actor=actor_of(request), at=now(), on=today())
    return redirect("screening:changes", number=made.number)


@desk_page
@require_POST
def watch(request: HttpRequest, number: int) -> HttpResponse:
    """Watch the subjects of a screening that were found by their code."""
    watch_screening(number, actor=actor_of(request), at=now(), on=today())
    return redirect(f"{reverse('screening:watches')}?done=watched")


_SAID = frozenset({Outcome.TO_BE_JUDGED, Outcome.NOT_FOUND, Outcome.REFUSED})
