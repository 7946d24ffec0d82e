"""Rejected rows mended in place: shown as a grid with inputs, checked again, and handed in as a submission of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from xinheng.core.catalogue.headings import field_by_heading
from xinheng.core.errors import Text, UnusableCall, UnusableFile
from xinheng.usecases.intake.mending import ROWS_A_PAGE, Mendable, hand_in_mended, try_mended, view_mendable
from xinheng.usecases.intake.profiles import profile_of
from xinheng.usecases.intake.receiving import version_of
from xinheng.usecases.intake.rows import FIRST_ROW, Tried
from xinheng.usecases.intake.views import IssueView
from xinheng.web.desk.grid import Grid, GridCell, GridRow
from xinheng.web.desk.labels import item_title
from xinheng.web.desk.page import page_of_submission, shown, told
from xinheng.web.portal.question import page_number
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

_NAME = re.compile(r"cell-(\d{1,12})-(\d{1,4})", re.ASCII)


@page_of_submission
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """Show a page of rejected rows; hand in those that come back right, and show again those that do not."""
    actor, page = actor_of(request), page_number(request)
    found = view_mendable(number, page=page, actor=actor, at=now())
    if request.method != "POST":
        return _page(request, found, page, _grid(found, {}))
    cells = _cells(request, len(found.header))
    try:
        tried, _ = try_mended(number, cells, actor=actor, at=now(), on=today())
        back = {issue.row for issue in tried.issues if issue.level == "reject"}
        sound = {
            row: texts for place, (row, texts) in enumerate(sorted(cells.items()), start=FIRST_ROW) if place not in back
        }
        if request.POST.get("act") != "check" and sound:
            outcome = hand_in_mended(number, sound, actor=actor, at=now(), on=today())
            return redirect("desk:submission", number=outcome.submission)
    except (UnusableFile, UnusableCall) as error:
        return _page(request, found, page, _grid(found, cells), faults=told(error), status=422)
    grid = _grid(found, cells, _by_row(found, cells, tried))
    faults = (_STILL_BAD,) if back else ()
    return _page(request, found, page, grid, faults=faults, sound=len(sound), status=422 if back else 200)


def _page(
    request: HttpRequest, found: Mendable, page: int, grid: Grid, *, status: int = 200, **facts: object
) -> HttpResponse:
    shows = {
        "found": found, "grid": grid, "item": item_title(found.submission.item), "page": page, "pages": max(1, -(-found.left // ROWS_A_PAGE)),
        **facts,
    }  # fmt: skip
    return shown(request, "mend", shows, status=status)


def _cells(request: HttpRequest, width: int) -> dict[int, list[str]]:
    """Return the cells that came back, by row and place."""
    found: dict[int, list[str]] = {}
    for name, value in request.POST.items():
        if (named := _NAME.fullmatch(name)) and int(named[2]) < width:
            found.setdefault(int(named[1]), [""] * width)[int(named[2])] = (
                str(value).replace("\r\n", "\n").replace("\x00", "")
            )
    return found


Issues = Mapping[tuple[int, int | None], tuple[IssueView, ...]]


def _grid(found: Mendable, cells: Mapping[int, list[str]], again: Issues | None = None) -> Grid:
    """Return the rows with what was typed, and with what is wrong now: by the new check where there was one."""
    rows = []
    for bad in found.rows:
        said = {(bad.row, place): issues for place, issues in bad.issues.items()} if again is None else again
        texts = cells.get(bad.row, bad.cells)
        line = tuple(
            GridCell(f"cell-{bad.row}-{place}", text, said.get((bad.row, place), ()))
            for place, text in enumerate(texts)
        )
        rows.append(GridRow(bad.row, line, said.get((bad.row, None), ())))
    places = _places(found)
    version = version_of(found.submission)
    named = [version.by_role("counterpart_name"), version.by_role("decision_number")]
    leading = [places[field.name] for field in named if field and field.name in places]
    return Grid(found.header, tuple(rows)).bad_first(leading=leading)


def _by_row(found: Mendable, cells: Mapping[int, list[str]], tried: Tried) -> Issues:
    """Return the issues of a new check by row of the file and place of the cell."""
    rows, places = sorted(cells), _places(found)
    said: dict[tuple[int, int | None], list[IssueView]] = defaultdict(list)
    for issue in tried.issues:
        said[rows[issue.row - FIRST_ROW], places.get(issue.column)].append(issue)
    return {place: tuple(issues) for place, issues in said.items()}


def _places(found: Mendable) -> dict[str, int]:
    """Return in which column of the file each field stands."""
    version, profile = version_of(found.submission), profile_of(found.submission.agency, found.submission.profile)
    if profile is not None:
        named = profile.named(found.header)
        sources = {field.name: profile.source_column(field.name) for field in version.fields}
        return {field: named.index(source) for field, source in sources.items() if source in named}
    fields = [field_by_heading(version, heading) for heading in found.header]
    return {field.name: place for place, field in enumerate(fields) if field}


_STILL_BAD = Text("还有行没有改好，已在下面标出。", "Some rows are not right yet; they are marked below.")
