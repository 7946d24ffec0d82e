"""How far matters are screened (审查覆盖面): each matter of the register and agency within reach in a period, those in which nobody asked first."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.usecases.screening.coverage import Covered
from xinheng.usecases.screening.coverage import coverage as covered_in
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import SIZE, Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now, today

_COLUMNS = (
    Column(Text("事项", "Matter")), Column(Text("必查", "Obligatory")), Column(Text("办理单位", "Agency")),
    Column(Text("审查次数", "Screenings"), number=True), Column(Text("业务数", "Business numbers"), number=True),
    Column(Text("主体行数", "Rows"), number=True), Column(Text("已反馈", "Answered"), number=True),
)  # fmt: skip
_KINDS = (("obligatory", Text("必查事项", "Obligatory")), ("others", Text("其他事项", "Others")))
_FILTERS = (
    Filter("first", Text("自（年-月-日）", "From (yyyy-mm-dd)")), Filter("last", Text("至（年-月-日）", "To (yyyy-mm-dd)")),
    Filter("matters", Text("事项", "Matters"), _KINDS),
)  # fmt: skip
_WHICH = {"": None, "obligatory": True, "others": False}


@desk_page
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Tell how far matters were screened between two days; of this year where the address says nothing."""
    question, on = question_of(request, _FILTERS), today()
    first, last = dt.date(on.year, 1, 1), on
    faults: tuple[Text, ...] = ()
    try:
        asked = (_day(question.filters["first"], first), _day(question.filters["last"], last))
        found = covered_in(*asked, actor=actor_of(request), at=now(), obligatory=_WHICH[question.filters["matters"]])
        first, last = asked
    except UnusableCall as error:
        found, faults = covered_in(first, last, actor=actor_of(request), at=now(), obligatory=None), told(error)
    rows = tuple(map(_row, sorted(found, key=lambda one: (one.screenings > 0, not one.matter.obligatory))))
    start = (question.page - 1) * SIZE
    part = rows if question.form else rows[start : start + SIZE]
    table = Table(_TITLE, _COLUMNS, part, len(rows), question, _FILTERS)
    if question.form:
        return file_of(request, table, name=f"screening-coverage-{first}-{last}")
    unasked = sum(map(_unasked, found))
    facts = {"table": table, "first": first, "last": last, "unasked": unasked, "faults": faults}
    return shown(request, "screening/coverage", facts, status=422 if faults else 200)


def _row(one: Covered) -> tuple[Cell, ...]:
    agency = one.agency_name or (_CENTRE if one.screenings else None)
    return (
        Cell(Text(f"{one.matter.number} {one.matter.title.zh}", f"{one.matter.number} {one.matter.title.en}")),
        Cell(_YES if one.matter.obligatory else None), Cell(agency), Cell(_NONE, tone="marked") if _unasked(one) else Cell(one.screenings),
        Cell(one.business_numbers), Cell(one.rows), Cell(one.answered),
    )  # fmt: skip


def _unasked(one: Covered) -> bool:
    return one.matter.obligatory and not one.screenings


def _day(written: str, other: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(written) if written else other
    except ValueError:
        raise UnusableCall(_NO_DAY) from None


_TITLE = Text("审查覆盖面", "Coverage of screening")
_CENTRE = Text("中心", "the centre")
_YES = Text("是", "yes")
_NONE = Text("未审查", "none")
_NO_DAY = Explanation(
    Text("日期无法识别", "The day cannot be read"),
    Text("日期写作 2026-01-31 的形式；下面列出的是本年度", "a day is written like 2026-01-31; below stands this year"),
    Text("请重新填写。", "Please write it again."),
)
