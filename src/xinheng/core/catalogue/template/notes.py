"""The sheets beside the one to fill in: notes on each field, the values of the drop-downs, and what the check digit needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.template.columns import GROUPED, REQUIRED, Column
from xinheng.core.catalogue.template.validation import ALPHABET, PLACES, WEIGHTS
from xinheng.core.catalogue.template.words import basis_of, example_of, form_of, need_of, values_of
from xinheng.core.catalogue.terms import RETENTION_FROM
from xinheng.core.catalogue.volume import bounds
from xinheng.core.standards import uscc

NOTES, LISTS, CHECKS = "填报说明", "代码集", "校验"
HEADS = ("字段代码", "名称", "是否必填", "格式", "可取的值", "含义", "依据", "示例（虚构）")
WIDTHS = (16, 30, 26, 30, 40, 40, 30, 28)


def write_notes(book: Any, version: ItemVersion, columns: Sequence[Column], *, today: dt.date) -> None:
    """Write the sheet of notes: what the item is, then each field in a row."""
    sheet = book.add_worksheet(NOTES)
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True, "num_format": "@"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    sheet.write_string(0, 0, f"{version.title}填报说明", title)
    lines = _lines(version)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line)
    top = len(lines) + 2
    for place, (name, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, name, head)
    for row, column in enumerate(columns, start=top + 1):
        for place, text in enumerate(_row(version, column, today)):
            sheet.write_string(row, place, text, cell)
    sheet.freeze_panes(top + 1, 2)


def write_lists(book: Any, columns: Sequence[Column]) -> dict[str, str]:
    """Write the values of the drop-downs, a column for each coded field; return their ranges by field code."""
    sheet, ranges = book.add_worksheet(LISTS), {}
    head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    coded = [column for column in columns if column.choices]
    for place, column in enumerate(coded):
        sheet.set_column(place, place, 30)
        sheet.write_string(0, place, column.field.title, head)
        for row, value in enumerate(column.choices, start=1):
            sheet.write_string(row, place, value, text)
        letter = Column(column.field, place, (), "").letter
        ranges[column.field.name] = f"='{LISTS}'!${letter}$2:${letter}${len(column.choices) + 1}"
    sheet.freeze_panes(1, 0)
    sheet.protect()
    return ranges


def write_checks(book: Any) -> None:
    """Write the hidden sheet that the check digit needs: alphabet, places and weights of GB 32100-2015, under defined names."""
    sheet = book.add_worksheet(CHECKS)
    sheet.write_string(0, 2, uscc.ALPHABET)
    for place in range(17):
        sheet.write_number(place, 0, place + 1)
        sheet.write_number(place, 1, pow(3, place, 31))
    book.define_name(PLACES, f"='{CHECKS}'!$A$1:$A$17")
    book.define_name(WEIGHTS, f"='{CHECKS}'!$B$1:$B$17")
    book.define_name(ALPHABET, f"='{CHECKS}'!$C$1")
    sheet.protect()
    sheet.hide()


def _lines(version: ItemVersion) -> list[str]:
    revision, kept = version.revision, f"{RETENTION_FROM[version.retention_from].zh} {version.retention_years} 年"
    lines = [
        f"目录项：{version.name}，{revision.version} 版（{revision.in_force} 起）。依据：{revision.basis.instrument}。",
        version.description,
        f"提供单位：{version.provider}。更新频次：{version.frequency}。公开属性：{version.openness.value}。保存期限：{kept}。",
        f"标 {REQUIRED} 的必填；标 {GROUPED} 的一组中至少填一项。必填而未填的单元格显示为红色。",
        "请在第一张工作表填报，一行一条；不要改动表头，不要增加目录以外的列，未纳入目录的信息不得归集。",
        "代码按文本填写，不会丢失数字；从别处复制时请选择“只粘贴数值”，否则格式和校验会被覆盖。",
        "不得填写自然人的身份证件号码、电话和住址；示例均为虚构，请勿照抄。",
    ]
    if version.volume:
        lines.append(f"数据量：{bounds(version.volume).zh}。")
    return lines


def _row(version: ItemVersion, column: Column, today: dt.date) -> tuple[str, ...]:
    field = column.field
    return (
        field.name,
        field.title,
        need_of(version, column),
        form_of(column),
        values_of(column),
        field.description,
        basis_of(version, field),
        example_of(column, today),
    )
