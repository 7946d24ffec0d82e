"""The list of screenings (审查记录) within the reader's reach, and the reader's own watches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xinheng.core.errors import Text
from xinheng.core.screening import matters
from xinheng.usecases.screening.asked_for import may_screen
from xinheng.usecases.screening.viewing import page_of_screenings
from xinheng.usecases.screening.watching import own_watches, unwatch
from xinheng.web.desk.page import desk_page, shown
from xinheng.web.desk.screening.words import KINDS, NO_TABLE
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now

_COLUMNS = (
    Column(Text("编号", "Number"), number=True), Column(Text("事项", "Matter")), Column(Text("业务编号", "Business number")),
    Column(Text("办理单位", "Agency")), Column(Text("方式", "How")), Column(Text("行数", "Rows"), number=True), Column(Text("审查日期", "Day")),
    Column(Text("办理人", "By")),
)  # fmt: skip


@desk_page
@require_safe
def screenings(request: HttpRequest) -> HttpResponse:
    """List the screenings that the reader may see, newest first."""
    titles = {one.code: one.title for one in matters()}
    filters = (
        Filter("q", Text("业务编号", "Business number")),
        Filter("matter", Text("事项", "Matter"), tuple(titles.items())),
        Filter("kind", Text("方式", "How"), tuple(KINDS.items())),
    )
    question = question_of(request, filters)
    listed = page_of_screenings(question.wanted(), actor=actor_of(request), at=now())
    rows = tuple(
        (
            Cell(one.number, url=reverse("screening:screening", args=[one.number])), Cell(one.matter.title), Cell(one.business_number),
            Cell(one.agency_name or _CENTRE), Cell(KINDS[one.kind]), Cell(one.rows), Cell(one.on), Cell(one.made_by, code=True),
        )
        for one in listed.rows
    )  # fmt: skip
    table = Table(Text("审查记录", "Screenings"), _COLUMNS, rows, listed.total, question, filters, NO_TABLE)
    if question.form:
        return file_of(request, table, name="screenings")
    nothing_yet = not listed.total and not table.filtered
    facts = {"table": table, "may_screen": may_screen(actor_of(request)), "nothing_yet": nothing_yet}
    return shown(request, "screening/screenings", facts)


@desk_page
@require_safe
def watches(request: HttpRequest) -> HttpResponse:
    """List whom the reader watches, in which matter."""
    titles = {one.code: one.title for one in matters()}
    found = own_watches(actor=actor_of(request), at=now())
    lines = [(one, titles.get(one.matter, Text(one.matter, one.matter))) for one in found]
    return shown(request, "screening/watches", {"lines": lines})


@desk_page
@require_POST
def end_watch(request: HttpRequest, watch: int) -> HttpResponse:
    """End a watch of the reader's own."""
    unwatch(watch, actor=actor_of(request), at=now())
    return redirect(f"{reverse('screening:watches')}?done=ended")


_CENTRE = Text("中心", "the centre")
