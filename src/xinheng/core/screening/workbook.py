"""The result workbook of a screening (审查结果表): a sheet of rows, a sheet of list entries and records, and a sheet that says on what it rests.

Every cell is text, so that nothing in it runs as a formula and no code loses digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter

from xinheng.core.errors import Text
from xinheng.core.intake.rejects import writable
from xinheng.core.screening.assessment import Assessment, Told, covering
from xinheng.core.screening.matching import Given, Match
from xinheng.core.screening.seen import Feed, Standing

MOST = 1_048_575
"""Rows of a sheet under its headings."""
_CELL = 32_000
_SHEETS = (Text("审查结果", "Results"), Text("名单和记录", "Lists and records"), Text("说明", "Notes"))
_ROWS = (
    Text("行号", "row"), Text("报送名称", "name given"), Text("报送代码", "code given"), Text("主体名称", "subject"), Text("主体代码", "code"),
    Text("结果", "outcome"), Text("理由", "reasons"), Text("可能的主体", "candidates"), Text("与审查时不同", "changed since"),
)  # fmt: skip
_RECORDS = (
    Text("行号", "row"), Text("主体名称", "subject"), Text("主体代码", "code"), Text("名单或者信息项", "list or item"), Text("内容", "says"),
    Text("文书号", "number"), Text("决定机关", "authority"), Text("起", "since"), Text("止", "until"), Text("依据", "basis"), Text("状况", "standing"),
    Text("措施", "measures"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """On what the workbook rests: lines of the notes (a title and its words), and the feeds."""

    notes: tuple[tuple[Text, str], ...]
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row of the result."""

    number: int
    given: Given
    match: Match
    assessment: Assessment
    changed: bool = False


def write_result(out: BinaryIO, head: Head, rows: Iterable[ResultRow], *, language: str = "zh") -> int:
    """Write the workbook (``language`` is ``zh`` or ``en``), row by row with flat memory; returns how many rows of the screening are in it."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        return _Result(book, language).write(head, rows)


class _Result:
    def __init__(self, book: Any, language: str) -> None:
        self.language = language
        self.head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "num_format": "@", "border": 1})
        self.plain = book.add_format({"num_format": "@"})
        self.results, self.records, self.notes = (book.add_worksheet(self.say(title)) for title in _SHEETS)

    def say(self, text: Text) -> str:
        return str(getattr(text, self.language))

    def write(self, head: Head, rows: Iterable[ResultRow]) -> int:
        for sheet, headings in ((self.results, _ROWS), (self.records, _RECORDS)):
            self._put(sheet, 0, [self.say(one) for one in headings], self.head)
            sheet.freeze_panes(1, 0)
        written = told = 0
        for row in rows:
            if written < MOST:
                written += 1
                self._put(self.results, written, self._row(row))
            for one in (*row.assessment.entries, *row.assessment.records):
                if told < MOST:
                    told += 1
                    self._put(self.records, told, self._record(row, one))
        for place, (title, words) in enumerate(
            (*head.notes, *((_COVERED, self.say(one)) for one in covering(head.feeds)))
        ):
            self._put(self.notes, place, [self.say(title), words])
        return written

    def _row(self, row: ResultRow) -> Sequence[str]:
        reasons = "；" if self.language == "zh" else "; "
        candidates = "、".join(f"{one.name}（{one.code}）" for one in row.match.candidates)
        return (
            str(row.number), row.given.name, row.given.code, row.match.name, row.match.code, self.say(row.assessment.outcome.label),
            reasons.join(self.say(one) for one in row.assessment.reasons), candidates, self.say(_CHANGED) if row.changed else "",
        )  # fmt: skip

    def _record(self, row: ResultRow, told: Told) -> Sequence[str]:
        seen = told.seen
        return (
            str(row.number), row.match.name, row.match.code, self.say(seen.list_title or seen.title), self.say(seen.says) if seen.says else "",
            seen.number, seen.authority, seen.since.isoformat(), seen.until.isoformat() if seen.until else "", seen.basis,
            self.say(STANDINGS[told.standing]), "",
        )  # fmt: skip

    def _put(self, sheet: Any, place: int, cells: Sequence[str], form: Any = None) -> None:
        for column, cell in enumerate(cells):
            if cell:
                sheet.write_string(place, column, writable(cell)[:_CELL], form or self.plain)


_COVERED = Text("范围", "coverage")
_CHANGED = Text("是", "yes")
STANDINGS = {
    Standing.FINDING: Text("不良记录", "adverse"),
    Standing.BESIDE: Text("供参考", "for information"),
    Standing.SUSPENDED: Text("暂停公示，请核实", "suspended: ask"),
    Standing.UNCONFIRMED: Text("超过 30 天未确认，请核实", "not confirmed for 30 days: ask"),
}
"""What a record that is told is in its matter, in words."""
