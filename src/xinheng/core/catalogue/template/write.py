"""Write the workbook: the sheet to fill in first, then the notes, the lists, and what the check digit needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, BinaryIO

import xlsxwriter

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.template.columns import FIRST_ROW, LAST_ROW, Column, columns_of
from xinheng.core.catalogue.template.notes import write_checks, write_lists, write_notes
from xinheng.core.catalogue.template.validation import fine_formula, group_formula, missing_formula, validation_of

_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a property of the file, the same for every writing)
_HEADS = {"★": "#1F4E79", "◆": "#7F6000", "": "#595959"}
_ALERT = {"bg_color": "#F8CBAD"}


def write_template(stream: BinaryIO, version: ItemVersion, *, today: dt.date) -> None:
    """Write the workbook that a department fills in for an item version; ``today`` is used for examples only.

    The same version and day give the same bytes.
    """
    columns = columns_of(version)
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "in_memory": True}) as book:
        book.set_properties({"title": f"{version.title} {version.revision.version}", "created": _MADE})
        sheet = book.add_worksheet("填报")
        write_notes(book, version, columns, today=today)
        lists = write_lists(book, columns)
        write_checks(book)
        _headings(book, sheet, columns)
        for column in columns:
            rule = validation_of(version, column, columns, lists)
            sheet.data_validation(FIRST_ROW - 1, column.place, LAST_ROW - 1, column.place, rule)
        _alerts(book, sheet, version, columns)
        sheet.activate()


def _headings(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    """Write the headings, frozen, and give each column its format: text, a date, a number."""
    heads = {
        mark: book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": color, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
        )
        for mark, color in _HEADS.items()
    }  # fmt: skip
    formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    sheet.set_row(0, 48)
    for column in columns:
        wide = sum(2 if ord(sign) > 0x2E80 else 1 for sign in column.field.title) + 4
        form = formats.get(column.field.type, formats["string"])
        sheet.set_column(column.place, column.place, min(max(wide, 14), 32), form)
        sheet.write_string(0, column.place, column.heading, heads[column.mark])
    sheet.freeze_panes(1, 1)


def _alerts(book: Any, sheet: Any, version: ItemVersion, columns: Sequence[Column]) -> None:
    """Colour what a validation cannot see: cells that are still empty in a row that was begun."""
    alert = book.add_format(_ALERT)
    by_name = {column.field.name: column for column in columns}
    for column in columns:
        if column.mark == "★":
            _colour(sheet, column, missing_formula(column, columns), alert)
    for group in version.groups:
        members = [by_name[name] for name in group]
        for member in members:
            _colour(sheet, member, group_formula(members, columns), alert)
    by_role = {column.field.role: column for column in columns}
    if {"penalty_kinds", "fine"} <= by_role.keys():
        _colour(sheet, by_role["fine"], fine_formula(by_role["penalty_kinds"], by_role["fine"]), alert)


def _colour(sheet: Any, column: Column, formula: str, form: Any) -> None:
    rule = {"type": "formula", "criteria": formula, "format": form}
    sheet.conditional_format(FIRST_ROW - 1, column.place, LAST_ROW - 1, column.place, rule)


_FORMATS = {"string": "@", "date": "yyyy-mm-dd", "number": "#,##0.00####", "integer": "0"}
