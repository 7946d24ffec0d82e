"""Mending (更正重报): the rejected rows of a submission come back with the bad cells marked, are mended, and handed in again.

They are a submission of their own, which names its parent; the file that was received stays as it is. Rows about natural persons, or with a
number of one, are not shown again on a page: they are mended in the agency's own file.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import NATURAL_PERSON
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.intake.layout import Layout
from xinheng.core.intake.read import Chunk, TableReader
from xinheng.core.intake.rejects import APPENDED_HEADINGS, ROW_HEADING
from xinheng.core.ledger.events import MENDED
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Submission
from xinheng.store.queries.issues import IssueQuestion, issues_of, rejected_rows
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.listing import issue_view
from xinheng.usecases.intake.receiving import Delivery, stream_of, version_of
from xinheng.usecases.intake.rows import Sheet, Tried, hand_in_rows, try_rows
from xinheng.usecases.intake.submit import Outcome, layout_of, opened
from xinheng.usecases.intake.views import IssueView, submission_of

MOST_ROWS, LARGEST = 1_000, 32 << 20
"""Rejected rows, and bytes of the file, up to which rows are mended on a page; beyond, the marked workbook is the better tool."""
ROWS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class BadRow:
    """A rejected row: its number in the file, its cells in the order of the headings (personal numbers masked), and its issues.

    ``issues`` go by the place of the cell in the row; those of the row as a whole stand under ``None``.
    """

    row: int
    cells: tuple[str, ...]
    issues: Mapping[int | None, tuple[IssueView, ...]]


@dataclass(frozen=True, slots=True)
class Mendable:
    """Some of the rejected rows of a submission, and how many are left in all; ``personal`` are those that cannot be mended here."""

    submission: Submission
    header: tuple[str, ...]
    rows: tuple[BadRow, ...]
    left: int
    personal: int


def view_mendable(number: int, *, page: int, actor: Actor, at: dt.datetime) -> Mendable:
    """Return a page of the rejected rows that were not mended yet; raises ``Missing``, ``Refused`` or ``UnusableCall``."""
    submission = submission_of(number)
    with deed(
        actor, Action.VIEW_ISSUES, _target(submission), about=f"submission {number}", asked={"mend": number}, at=at
    ) as done:
        _ensure_few(submission)
        rejected = rejected_rows(number)
        mended = mended_rows(submission)
        open_ = [row for row, personal in rejected if not personal and row not in mended]
        shown = open_[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
        header, rows = _rows(submission, shown)
        done.result = {"left": len(open_), "rows": shown}
    persons = sum(personal for _, personal in rejected) + len(shown) - len(rows)
    return Mendable(submission, header, rows, len(open_), persons)


def try_mended(
    number: int, cells: Mapping[int, Sequence[str]], *, actor: Actor, at: dt.datetime, on: dt.date
) -> tuple[Tried, Sheet]:
    """Check mended rows, given by their number in the file; nothing is taken. The sheet is what ``hand_in_mended`` would hand in."""
    submission = submission_of(number)
    target = _target(submission)
    with deed(actor, Action.VIEW_ISSUES, target, about=f"submission {number}", asked={"mend": number}, at=at) as done:
        sheet = _sheet(submission, cells, on)
        done.result = {"rows": len(sheet.rows)}
    return try_rows(sheet, actor=actor, at=at), sheet


def hand_in_mended(
    number: int, cells: Mapping[int, Sequence[str]], *, actor: Actor, at: dt.datetime, on: dt.date
) -> Outcome:
    """Hand mended rows in as a submission that names its parent; raises ``Refused``, ``UnusableCall`` or ``UnusableFile``."""
    return hand_in_rows(_sheet(submission_of(number), cells, on), actor=actor, at=at)


def mended_rows(submission: Submission) -> frozenset[int]:
    """Return which rejected rows of a submission were brought again, and taken, by those that mend it."""
    found: set[int] = set()
    for child in submission.mended_by.filter(committed_at__isnull=False).select_related("file", "agency"):
        back = {row for row, _ in rejected_rows(child.pk)}
        with _opened(child) as (reader, _):
            place = reader.header.index(ROW_HEADING)
            for raw in reader.chunks():
                chunk = raw.parse()
                numbers = zip(chunk.rows.tolist(), chunk.table.column(place).to_pylist(), strict=True)
                found |= {int(of) for row, of in numbers if row not in back and of}
    return frozenset(found)


def by_place(issues: Sequence[IssueView], layout: Layout) -> Mapping[int | None, tuple[IssueView, ...]]:
    """Return the issues of one row by the place of their cell."""
    found: dict[int | None, list[IssueView]] = defaultdict(list)
    for issue in issues:
        found[layout.place(issue.column) if issue.column else None].append(issue)
    return {place: tuple(held) for place, held in found.items()}


def _sheet(submission: Submission, cells: Mapping[int, Sequence[str]], on: dt.date) -> Sheet:
    """Return mended rows as a sheet; a cell that was shown masked and came back so has what the file says."""
    known = dict(rejected_rows(submission.pk))
    if not cells or any(known.get(row, True) for row in cells):
        raise UnusableCall(_NOT_REJECTED)
    header, originals = _cells(submission, sorted(cells))
    if any(map(_about_a_person, originals.values())):
        raise UnusableCall(_NOT_REJECTED)
    rows = []
    for row, original in sorted(originals.items()):
        given = [*cells[row], *[""] * len(header)][: len(header)]
        kept = [old if new == _shown(old) else new for old, new in zip(original, given, strict=True)]
        rows.append((*kept, str(row)))
    return Sheet(
        item=submission.item, agency=submission.agency.uscc, header=(*header, ROW_HEADING), rows=tuple(rows), channel=MENDED,
        received_on=on, file_name=f"更正-{submission.pk}.csv", profile=submission.profile, parent=submission.pk,
    )  # fmt: skip


def _rows(submission: Submission, wanted: Sequence[int]) -> tuple[tuple[str, ...], tuple[BadRow, ...]]:
    header, cells = _cells(submission, wanted)
    version = version_of(submission)
    issues: dict[int, list[IssueView]] = defaultdict(list)
    for one in issues_of(IssueQuestion(submission=submission.pk, rows=wanted), limit=None):
        issues[one.row].append(issue_view(one, version))
    with _opened(submission) as (_, layout):
        rows = tuple(
            BadRow(row, tuple(map(_shown, texts)), by_place(issues[row], layout))
            for row, texts in sorted(cells.items())
            if not _about_a_person(texts)
        )
    return header, rows


def _about_a_person(texts: Sequence[str]) -> bool:
    """Tell whether a row says that it is about a natural person: no page shows it again, whatever was wrong with it."""
    return any(text.strip() == NATURAL_PERSON for text in texts)


def _cells(submission: Submission, wanted: Sequence[int]) -> tuple[tuple[str, ...], dict[int, list[str]]]:
    """Return the headings of the file, without those that a workbook of rejected rows adds, and the cells of some of its rows by number."""
    left, found = set(wanted), dict[int, list[str]]()
    with _opened(submission) as (reader, _):
        width = next(
            (place for place, name in enumerate(reader.header) if name in APPENDED_HEADINGS), len(reader.header)
        )
        for raw in reader.chunks() if left else ():
            found |= _cells_in(raw.parse(), left, width)
            left -= found.keys()
            if not left:
                break
        return reader.header[:width], found


def _cells_in(chunk: Chunk, wanted: Set[int], width: int) -> dict[int, list[str]]:
    numbers = chunk.rows.tolist()
    found = {
        row: [chunk.table.column(column)[place].as_py() or "" for column in range(width)]
        for place, row in enumerate(numbers)
        if row in wanted
    }
    bad = {
        one.row: [cell or "" for cell in [*one.cells, *[""] * width][:width]] for one in chunk.bad if one.row in wanted
    }
    return found | bad


@contextmanager
def _opened(submission: Submission) -> Iterator[tuple[TableReader, Layout]]:
    delivery = Delivery(
        agency=submission.agency, version=version_of(submission), file_name=submission.file_name,
        received_on=submission.received_on, profile=submission.profile, channel=submission.channel,
    )  # fmt: skip
    with stream_of(submission) as stream:
        reader = opened(stream, delivery, submission.file.size)
        yield reader, layout_of(reader, delivery)


def _shown(cell: str) -> str:
    return mask(cell).replace("\r\n", "\n")


def _target(submission: Submission) -> Target:
    return Target(agency=submission.agency.uscc, region=submission.agency.region_code)


def _ensure_few(submission: Submission) -> None:
    if submission.rejected > MOST_ROWS or submission.file.size > LARGEST:
        raise UnusableCall(_TOO_MANY, submission=submission.pk)


_TOO_MANY = Explanation(
    Text("退回的行太多，不能在网页上逐行更正", "There are too many rejected rows to mend on a page"),
    Text(f"网页更正最多 {MOST_ROWS} 行", f"a page mends {MOST_ROWS} rows at the most"),
    Text("请下载退回表，改正后作为文件报送。", "Please download the workbook, mend it, and hand it in as a file."),
)
_NOT_REJECTED = Explanation(
    Text("没有可以更正的行", "There is no such row to mend"),
    Text(
        "只有该次报送中退回的行可以更正，涉及自然人的除外",
        "only rejected rows of the submission, and none about natural persons, are mended here",
    ),
    Text("请回到更正页面，重新选择。", "Please go back to the page of rejected rows."),
)
