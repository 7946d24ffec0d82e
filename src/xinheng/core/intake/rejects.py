"""The workbook of rejected rows (退回表): the department's own rows, with the bad cells marked and explained.

Only rejected rows are in it, in the department's own columns and order; every cell is text, so that nothing in it can
run as a formula and no code loses digits. Two columns are appended (``APPENDED_HEADINGS``); whoever maps headings to
fields ignores them, so that the corrected workbook can be handed in as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xinheng.core.errors import Text

ROW_HEADING = "原文件行号"
NOTE_HEADING = "说明（重新报送前无需删除）"
APPENDED_HEADINGS = (ROW_HEADING, NOTE_HEADING)

REJECT, WARN = "reject", "warn"
ROWS_PER_SHEET = 1_048_575
MAX_COMMENTS = 20_000  # spreadsheet programs become unusable with more; the note column says it all
MAX_CELL = 32_767
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FILLS = {REJECT: "#F8CBAD", WARN: "#FFF2CC"}


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row to send back: its number in the file, and its cells in the order of the headings (empty: ``None``)."""

    row: int
    cells: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class CellIssue:
    """What is wrong with a cell (``column`` from 0) or with the row as a whole (``None``).

    ``code`` is the rule, ``found`` what stands there, ``expected`` and ``mend`` how it should be and how to mend it
    (one language or both), ``level`` ``reject``, ``wait`` or ``warn``.
    """

    column: int | None
    code: str
    found: str | None
    expected: str | Text
    mend: str | Text
    level: str = REJECT


Issues = Mapping[int, Sequence[CellIssue]] | Callable[[int], Sequence[CellIssue]]


def write_rejects(
    stream_out: BinaryIO,
    *,
    header: Sequence[str],
    rows: Iterable[RejectedRow],
    issues: Issues,
    language: str = "zh",
    scratch_folder: str | None = None,
) -> int:
    """Write the workbook and return how many rows are in it.

    ``issues`` gives the issues of a row by its number in the department's file. ``language`` (``zh`` or ``en``) is that
    of the explanations. Rows are written as they come, with flat memory; ``scratch_folder`` is where the parts of the
    workbook stand meanwhile, in clear (the system's folder for temporary files where ``None``).
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": scratch_folder}
    with xlsxwriter.Workbook(stream_out, options) as book:
        return _Rejects(book, header, issues, language).write(rows)


class _Rejects:
    def __init__(self, book: Any, header: Sequence[str], issues: Issues, language: str) -> None:
        self.book, self.header, self.language = book, list(header), language
        self.issues_of = issues if callable(issues) else lambda row: issues.get(row, ())
        self.head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "num_format": "@", "border": 1})
        self.plain = book.add_format({"num_format": "@"})
        self.note = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.marked = {
            level: book.add_format({"num_format": "@", "bg_color": color}) for level, color in _FILLS.items()
        }
        self.codes: Counter[tuple[str, str]] = Counter()
        self.comments = 0

    def say(self, text: str | Text) -> str:
        return text if isinstance(text, str) else str(getattr(text, self.language))

    def write(self, rows: Iterable[RejectedRow]) -> int:
        sheet = self._sheet(1)
        guide = self.book.add_worksheet("说明" if self.language == "zh" else "Guide")
        written, on_sheet, sheets = 0, 0, 1
        for rejected in rows:
            if on_sheet == ROWS_PER_SHEET:
                self._finish(sheet, on_sheet)
                on_sheet, sheets = 0, sheets + 1
                sheet = self._sheet(sheets)
            on_sheet, written = on_sheet + 1, written + 1
            self._row(sheet, on_sheet, rejected)
        self._finish(sheet, on_sheet)
        self._guide(guide, written, sheets)
        return written

    def _sheet(self, number: int) -> Worksheet:
        name = "退回" if self.language == "zh" else "Rejected"
        sheet = self.book.add_worksheet(name if number == 1 else f"{name}{number}")
        for place, heading in enumerate([*self.header, *APPENDED_HEADINGS]):
            wide = sum(2 if ord(sign) > 0x2E80 else 1 for sign in heading) + 4
            sheet.set_column(place, place, 60 if heading == NOTE_HEADING else min(max(wide, 12), 40), self.plain)
            sheet.write_string(0, place, writable(heading), self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def _finish(self, sheet: Worksheet, rows: int) -> None:
        sheet.autofilter(0, 0, rows, len(self.header) + 1)

    def _row(self, sheet: Worksheet, line: int, rejected: RejectedRow) -> None:
        issues = list(self.issues_of(rejected.row))
        self.codes.update((issue.code, issue.level) for issue in issues)
        by_column: dict[int, list[CellIssue]] = {}
        for issue in issues:
            if issue.column is not None and issue.column < len(self.header):
                by_column.setdefault(issue.column, []).append(issue)
        for place in range(len(self.header)):
            cell = rejected.cells[place] if place < len(rejected.cells) else None
            self._cell(sheet, line, place, cell, by_column.get(place, []))
        sheet.write_string(line, len(self.header), str(rejected.row), self.plain)
        note = "\n".join(self._notes(rejected, issues))
        sheet.write_string(line, len(self.header) + 1, writable(note), self.note)

    def _cell(self, sheet: Worksheet, line: int, place: int, cell: str | None, issues: list[CellIssue]) -> None:
        look = self.plain
        if issues:
            look = self.marked[WARN if all(issue.level == WARN for issue in issues) else REJECT]
        if cell:
            sheet.write_string(line, place, writable(cell), look)
        elif issues:
            sheet.write_blank(line, place, None, look)
        if issues and self.comments < MAX_COMMENTS:
            self.comments += 1
            text = "\n".join(self._sentence(issue) for issue in issues)
            sheet.write_comment(line, place, writable(text)[:2_000], {"x_scale": 2.5, "y_scale": 1.5})

    def _sentence(self, issue: CellIssue) -> str:
        parts = [self.say(issue.expected), self.say(issue.mend)]
        return f"{issue.code} " + ("" if self.language == "zh" else " ").join(part for part in parts if part)

    def _notes(self, rejected: RejectedRow, issues: list[CellIssue]) -> Iterator[str]:
        for issue in issues:
            named = issue.column is not None and issue.column < len(self.header)
            place = self.header[issue.column or 0] if named else self.say(Text("整行", "whole row"))
            warned = self.say(Text("（提示）", " (warning)")) if issue.level == WARN else ""
            yield f"【{place}】{warned}{self._sentence(issue)}"
        extra = [cell for cell in rejected.cells[len(self.header) :] if cell]
        if extra:
            yield self.say(Text("标题之外的单元格：", "Cells beyond the headings: ")) + " | ".join(extra)
        if any(len(cell or "") > MAX_CELL for cell in rejected.cells):
            yield self.say(
                Text(
                    "有单元格过长，只显示前 32,767 个字符，请以原文件为准。",
                    "A cell is cut to 32,767 characters.",
                )
            )

    def _guide(self, sheet: Worksheet, rows: int, sheets: int) -> None:
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 90)
        lines = [*self._guide_words(rows, sheets), ("", "")]
        lines += [(code, f"{count}{self._level(level)}") for (code, level), count in sorted(self.codes.items())]
        for line, (left, right) in enumerate(lines):
            look = {"■": self.marked[REJECT], "□": self.marked[WARN]}.get(left[:1], self.note)
            sheet.write_string(line, 0, writable(left), look)
            sheet.write_string(line, 1, writable(right), self.note)

    def _level(self, level: str) -> str:
        return (
            self.say(Text("（提示，不影响接收）", " (warning, does not prevent acceptance)")) if level == WARN else ""
        )

    def _guide_words(self, rows: int, sheets: int) -> Iterator[tuple[str, str]]:
        say = self.say
        yield say(Text("退回行数", "Rows sent back")), str(rows)
        yield (
            say(Text("■ 橙色", "■ orange")),
            say(Text("必须改正，改正后才能接收。", "Must be mended first.")),
        )
        yield (
            say(Text("□ 黄色", "□ yellow")),
            say(Text("提示，请核对；不影响接收。", "A warning to check.")),
        )
        yield (
            say(Text("下一步", "Next steps")),
            say(
                Text(
                    "按单元格批注或“说明”列改正后，直接报送本表；末尾两列无需删除。"
                    "未退回的行已按结果处理，请勿重复报送。",
                    "Mend the cells as their comments or the last column say and hand in this workbook; the last "
                    "two columns may stay. Do not hand in again the rows that are not in it.",
                )
            ),
        )
        if sheets > 1:
            yield (
                say(Text("多张工作表", "Several sheets")),
                say(
                    Text(
                        f"退回的行分在 {sheets} 张工作表中；报送时每次只读取第一张，请分别另存为文件报送。",
                        f"The rows are on {sheets} sheets; only the first one of a file is read: save each as a file.",
                    )
                ),
            )
        yield say(Text("规则代码", "Rule")), say(Text("问题数", "Issues"))


def writable(text: str) -> str:
    """Return the text as a spreadsheet can hold it: at most 32,767 characters, none that XML forbids."""
    return _UNWRITABLE.sub("\ufffd", text[:MAX_CELL])
