"""Tables (表格): one part for every list of the desk: ordered, filtered, paged, and exported exactly as shown.

A view says which columns and filters there are; :func:`question_of` reads what the address asks, the use case returns the part that is wanted,
and :func:`answered` shows it as a page, or as a CSV or XLSX file where the address asks for one (``?format=``).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from xinheng.core.errors import Text
from xinheng.core.intake.rejects import writable
from xinheng.usecases.intake.listing import LONGEST, Wanted
from xinheng.web.language import language_of
from xinheng.web.portal.question import page_number

SIZE = 25
"""Rows of a page."""
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_RUNS = ("=", "+", "-", "@", "\t", "\r")  # how a text begins that a spreadsheet may run as a formula


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a value of any kind, where it leads to, the tone of a state, and whether it is text of a record."""

    value: str | int | dt.date | Text | None
    url: str = ""
    tone: str = ""
    code: bool = False

    @property
    def number(self) -> bool:
        """Tell whether it is a number, which stands at the right."""
        return isinstance(self.value, int)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``order`` is the name by which rows can be ordered, empty where they cannot."""

    title: Text
    order: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A question above the table: a choice, or a text where there are no ``choices``."""

    name: str
    title: Text
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks of a list."""

    filters: dict[str, str]
    order: str
    descending: bool
    page: int
    form: str

    def wanted(self) -> Wanted:
        """Return the part that the use case is asked for: a page, or all of it for a file."""
        offset, limit = (0, LONGEST) if self.form else ((self.page - 1) * SIZE, SIZE)
        return Wanted(filters=self.filters, order=self.order, descending=self.descending, offset=offset, limit=limit)

    def address(self, **changes: str) -> str:
        """Return the address of the same list with something changed, from its first page."""
        order = f"-{self.order}" if self.descending and self.order else self.order
        named = {**self.filters, "sort": order, **changes}
        return "?" + urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True, slots=True)
class Table:
    """A part of a list as it is shown."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    question: Question
    filters: tuple[Filter, ...] = ()
    empty: Text = field(default_factory=lambda: Text("没有符合条件的内容", "Nothing here matches"))

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // SIZE))

    @property
    def page(self) -> int:
        """Return which page this is."""
        return self.question.page

    @property
    def filtered(self) -> bool:
        """Tell whether anything was asked."""
        return any(self.question.filters.values())

    @property
    def heads(self) -> tuple[tuple[Column, str, str], ...]:
        """Return each column, the address that orders by it, and how it is ordered now (``ascending``, ``descending`` or nothing)."""
        heads = []
        for column in self.columns:
            now = self.question.order == column.order and bool(column.order)
            state = ("descending" if self.question.descending else "ascending") if now else ""
            turned = f"-{column.order}" if state != "descending" else column.order
            heads.append((column, self.question.address(sort=turned) if column.order else "", state))
        return tuple(heads)

    @property
    def asked(self) -> tuple[tuple[Filter, str], ...]:
        """Return each filter with what is asked of it."""
        return tuple((one, self.question.filters.get(one.name, "")) for one in self.filters)

    @property
    def csv_url(self) -> str:
        """Return the address of the same as a CSV file."""
        return self.question.address(format="csv")

    @property
    def xlsx_url(self) -> str:
        """Return the address of the same as a workbook."""
        return self.question.address(format="xlsx")


def question_of(request: HttpRequest, filters: Iterable[Filter], orders: Iterable[str] = ()) -> Question:
    """Return what the address asks; a filter, an order or a form that there is not is passed over. Raises ``UnusableCall`` for no page."""
    kept = {}
    for one in filters:
        value = request.GET.get(one.name, "").replace("\x00", "").strip()[:200]
        known = not one.choices or value in {choice for choice, _ in one.choices}
        kept[one.name] = value if known else ""
    sort, form = request.GET.get("sort", ""), request.GET.get("format", "")
    order = sort.removeprefix("-") if sort.removeprefix("-") in set(orders) else ""
    return Question(
        kept, order, sort.startswith("-") and bool(order), page_number(request), form if form in FORMATS else ""
    )


def file_of(request: HttpRequest, table: Table, *, name: str) -> HttpResponse:
    """Return the table as the file that was asked for; every cell is text, a number or a day, none can run."""
    language = language_of(request)
    heads = [_said(column.title, language) for column in table.columns]
    rows = [[_plain(cell, language) for cell in row] for row in table.rows]
    form = table.question.form
    content = _as_workbook(heads, rows) if form == "xlsx" else _as_csv(heads, rows)
    header = content_disposition_header(as_attachment=True, filename=f"{name}.{form}")
    return HttpResponse(content, content_type=FORMATS[form], headers={"Content-Disposition": header or "attachment"})


def _as_csv(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNS) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def _as_workbook(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
            sheet.set_column(place, place, 18)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, place, cell)
                else:
                    sheet.write_string(line, place, writable(cell))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _plain(cell: Cell, language: str) -> str | int:
    value = cell.value
    if isinstance(value, int):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else _said(value, language)


def _said(value: str | Text, language: str) -> str:
    return str(getattr(value, language)) if isinstance(value, Text) else value
