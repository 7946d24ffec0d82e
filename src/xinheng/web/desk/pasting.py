"""Rows pasted from a spreadsheet: taken apart at tabs, shown as a grid with the bad cells marked, and handed in when they are right."""

from __future__ import annotations

import csv
import io
from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from xinheng.core.catalogue.headings import field_by_heading
from xinheng.core.errors import Explanation, Text, UnusableCall, UnusableFile
from xinheng.core.ledger.events import PASTED
from xinheng.usecases.intake.overview import Granted
from xinheng.usecases.intake.rows import FIRST_ROW, Sheet, Tried, hand_in_rows, try_rows
from xinheng.usecases.intake.views import IssueView
from xinheng.web.desk.granting import granted_or_missing
from xinheng.web.desk.grid import Grid, GridCell, GridRow
from xinheng.web.desk.labels import counts_of
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

MOST = 500
"""Rows that are pasted at once; more are a file."""


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def rows(request: HttpRequest, agency: str, item: str) -> HttpResponse:
    """Show the box to paste into; show what is pasted as a grid with what would become of it; hand it in where that is asked."""
    granted = granted_or_missing(request, agency, item)
    if request.method != "POST":
        return _page(request, granted, "")
    text = request.POST.get("rows", "")
    try:
        sheet = _sheet(granted, text)
        if request.POST.get("act") == "submit":
            return redirect("desk:submission", number=hand_in_rows(sheet, actor=actor_of(request), at=now()).submission)
        tried = try_rows(sheet, actor=actor_of(request), at=now())
    except (UnusableFile, UnusableCall) as error:
        return _page(request, granted, text, errors=told(error), status=422)
    return _page(
        request,
        granted,
        text,
        grid=_grid(granted, sheet, tried),
        counts=counts_of(tried.outcome.counts),
        outcome=tried.outcome,
    )


def _page(
    request: HttpRequest,
    granted: Granted,
    text: str,
    *,
    errors: tuple[Text, ...] = (),
    status: int = 200,
    **facts: object,
) -> HttpResponse:
    hint = Text(
        f"在表格软件中选中表头和数据，复制，再粘贴到这里。一次最多 {MOST} 行。",
        f"Select the headings and the rows in your spreadsheet, copy them, and paste them here. {MOST} rows at most.",
    )
    field = FormField(
        name="rows",
        title=Text("表头和数据", "Headings and rows"),
        kind="area",
        value=text,
        required=True,
        hint=hint,
        errors=errors,
    )
    shows = {"granted": granted, "field": field, "fields_at_fault": [field] if errors else [], **facts}
    return shown(request, "rows", shows, status=status)


def _sheet(granted: Granted, text: str) -> Sheet:
    """Return what was pasted as a sheet; raises ``UnusableCall`` where it is none."""
    lines = [
        line
        for line in csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter="\t")
        if any(map(str.strip, line))
    ]
    if len(lines) < FIRST_ROW:
        raise UnusableCall(_NO_ROWS)
    if len(lines) - 1 > MOST:
        raise UnusableCall(_TOO_MANY)
    header, *found = lines
    return Sheet(
        item=granted.version.name, agency=granted.agency.uscc, header=tuple(cell.strip() for cell in header),
        rows=tuple(tuple(cell.strip() for cell in row) for row in found), channel=PASTED, received_on=today(), file_name="粘贴.csv",
    )  # fmt: skip


def _grid(granted: Granted, sheet: Sheet, tried: Tried) -> Grid:
    fields = [field_by_heading(granted.version, heading) for heading in sheet.header]
    places = {field.name: place for place, field in enumerate(fields) if field}
    said: dict[tuple[int, int | None], list[IssueView]] = defaultdict(list)
    for issue in tried.issues:
        said[issue.row, places.get(issue.column)].append(issue)
    lines = tuple(
        GridRow(
            number,
            tuple(
                GridCell("", text, tuple(said[number, place]))
                for place, text in enumerate([*row, *[""] * len(sheet.header)][: len(sheet.header)])
            ),
            tuple(said[number, None]),
        )
        for number, row in enumerate(sheet.rows, start=FIRST_ROW)
    )
    return Grid(sheet.header, lines)


_NO_ROWS = Explanation(
    Text("没有可以读取的行", "There are no rows to read"),
    Text("第一行应当是表头，第二行起是数据", "the first line must hold the headings, the rows follow"),
    Text("请连同表头一起复制后重新粘贴。", "Please copy the rows with their headings and paste again."),
)
_TOO_MANY = Explanation(
    Text("粘贴的行太多", "Too many rows were pasted"),
    Text(f"一次最多 {MOST} 行", f"{MOST} rows at most are pasted at once"),
    Text("请存为文件后报送。", "Please save them as a file and hand that in."),
)
