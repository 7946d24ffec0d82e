"""The workbook that a department fills in: our own reader takes it, and the item's rules stand inside."""

from __future__ import annotations

import datetime as dt
import io
import re
from random import Random
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from tests.spec.rules.desk import PUBLIC_BODY, SHOP_CODE, STEEL_CODE, TODAY, UNKNOWN_CODE, VERDICTS, Desk
from tests.spec.rules.good_rows import desk_of

from xinheng.core.catalogue.headings import field_by_heading
from xinheng.core.catalogue.item import Field, ItemVersion, Status
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.catalogue.template import write_template
from xinheng.core.catalogue.template.validation import code_formula
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import UnusableFile
from xinheng.core.intake.check import check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.layout import layout_by_headings
from xinheng.core.intake.read import open_table
from xinheng.core.intake.timeliness import late_before
from xinheng.core.standards import uscc

TAKEN = [name for name in item_names() if load(name).at(TODAY).status is Status.REPORTABLE]
LONGEST_FORMULA, LONGEST_TITLE, LONGEST_MESSAGE = 255, 32, 255  # what a spreadsheet admits


def written(version: ItemVersion) -> bytes:
    stream = io.BytesIO()
    write_template(stream, version, today=TODAY)
    return stream.getvalue()


def book_of(item: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(load(item).at(TODAY))))


def validations(sheet: Any) -> dict[str, DataValidation]:
    """Return the validation of each column of the first sheet, by field code."""
    rules = {str(rule.sqref).split(":", maxsplit=1)[0]: rule for rule in sheet.data_validations.dataValidation}
    return {_code(cell.value): rules[f"{cell.column_letter}2"] for cell in sheet[1]}


def _code(heading: str) -> str:
    return re.findall(r"（([A-Za-z0-9_]+)）[★◆]?$", heading)[0]


@pytest.mark.parametrize("item", TAKEN)
def test_every_heading_is_understood_and_an_empty_workbook_is_told_to_be_empty(item: str) -> None:
    version, data = load(item).at(TODAY), written(load(item).at(TODAY))
    header = tuple(cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0][1])
    layout = layout_by_headings(version, header)
    assert [field_by_heading(version, heading).name for heading in header] == list(layout.places)  # type: ignore[union-attr]
    assert {field.name for field in version.fields if field.required} <= layout.present
    with pytest.raises(UnusableFile) as told:
        open_table(io.BytesIO(data), name="空.xlsx", size=len(data))
    assert "表头" in told.value.explanation.what.zh or "标题" in told.value.explanation.what.zh


@pytest.mark.parametrize("item", TAKEN)
def test_filled_with_good_rows_it_is_read_back_and_nothing_is_said(item: str) -> None:
    desk = desk_of(item)
    data = filled(desk, [desk.good, desk.good])
    reader = open_table(io.BytesIO(data), name="填报.xlsx", size=len(data))
    layout = layout_by_headings(desk.version, reader.header)
    [raw] = reader.chunks()
    chunk = raw.parse()
    checked = check_rows(
        compile_item(desk.version, layout.allowances, layout.absent),
        layout.columns(chunk, CALCULATOR),
        rows=chunk.rows,
        calculator=CALCULATOR,
        register=desk.register,
        circumstances=Circumstances(TODAY, late_before(TODAY), PUBLIC_BODY),
        lossy=layout.lossy(chunk),
    )
    assert [batch.code for batch in checked.issues] == []
    assert [VERDICTS[verdict] for verdict in checked.verdict] == ["accepted", "accepted"]
    code = desk.version.by_role("uscc")
    assert code is not None
    assert checked.table.column(code.name).to_pylist() == [STEEL_CODE, STEEL_CODE]


CALCULATOR = Calculator()


def filled(desk: Desk, rows: list[dict[str, str | None]]) -> bytes:
    """Fill the workbook in as a spreadsheet program keeps it: days as days, amounts as numbers, codes as text."""
    book = openpyxl.load_workbook(io.BytesIO(written(desk.version)))
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=2):
        for cell in sheet[1]:
            name = _code(cell.value)
            sheet.cell(number, cell.column).value = _typed(desk.version.field(name), row.get(name))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _typed(field: Field, text: str | None) -> object:
    if text is None or field.type == "string":
        return text
    return dt.date.fromisoformat(text) if field.type == "date" else float(text)


@pytest.mark.parametrize("item", TAKEN)
def test_what_a_spreadsheet_admits_is_kept_to(item: str) -> None:
    sheet = book_of(item).worksheets[0]
    for name, rule in validations(sheet).items():
        assert len(rule.formula1 or "") <= LONGEST_FORMULA, name
        assert len(rule.promptTitle) <= LONGEST_TITLE
        assert len(rule.errorTitle) <= LONGEST_TITLE
        assert 0 < len(rule.prompt) <= LONGEST_MESSAGE, name
        assert 0 < len(rule.error) <= LONGEST_MESSAGE
        assert "{" not in (rule.formula1 or "")  # no array of its own


def test_the_rules_of_a_field_stand_in_its_column() -> None:
    book = book_of("administrative-penalty")
    sheet, version = book.worksheets[0], load("administrative-penalty").at(TODAY)
    rules = validations(sheet)
    assert (rules["CF_WSH"].type, rules["CF_WSH"].formula1) == ("textLength", "128")
    assert (rules["CF_JDRQ"].type, rules["CF_JDRQ"].formula2) == ("date", "TODAY()")
    decided = next(cell.column_letter for cell in sheet[1] if _code(cell.value) == "CF_JDRQ")
    assert rules["CF_YXQ"].formula1 == f"MAX(${decided}2,18172)"
    assert rules["CF_NR_FK"].formula1.endswith(",6)=$P2)")
    assert rules["XH_LY"].type == rules["CF_CFLB"].type == "list"
    assert (rules["XH_LY"].showErrorMessage, rules["CF_CFLB"].showErrorMessage) == (
        True,
        False,
    )  # several kinds may stand
    lists = book["代码集"]
    assert [cell.value for cell in lists["A"] if cell.value] == [
        "行政相对人类别",
        "法人及非法人组织",
        "自然人",
        "个体工商户",
    ]
    assert {cell.value for cell in lists["B"] if cell.value} - {"处罚类别"} == set(version.field("CF_CFLB").codes)
    assert "简易程序" not in {cell.value for row in lists.iter_rows() for cell in row}


@pytest.mark.parametrize("item", TAKEN)
def test_code_columns_are_text_so_that_no_digit_is_lost(item: str) -> None:
    sheet, version = book_of(item).worksheets[0], load(item).at(TODAY)
    formats = {"string": "@", "date": "yyyy-mm-dd", "number": "#,##0.00####", "integer": "0"}
    for cell in sheet[1]:
        [held] = [each for each in sheet.column_dimensions.values() if each.min <= cell.column <= each.max]
        assert held.number_format == formats[version.field(_code(cell.value)).type]


@pytest.mark.parametrize("item", TAKEN)
def test_headings_are_frozen_and_marked_and_missing_cells_are_coloured(item: str) -> None:
    sheet, version = book_of(item).worksheets[0], load(item).at(TODAY)
    assert sheet.freeze_panes == "B2"
    coloured = {str(ranges.sqref).split(":", maxsplit=1)[0] for ranges in sheet.conditional_formatting}
    for cell in sheet[1]:
        field = version.field(_code(cell.value))
        grouped = any(field.name in group for group in version.groups)
        must = field.required and not field.allowance
        assert cell.value[-1] == ("★" if must else "◆" if grouped else "）")
        assert not (must or grouped) or f"{cell.column_letter}2" in coloured


@pytest.mark.parametrize("item", TAKEN)
def test_no_number_of_a_person_is_asked_for(item: str) -> None:
    sheet = book_of(item).worksheets[0]
    roles = {load(item).at(TODAY).field(_code(cell.value)).role for cell in sheet[1]}
    assert not roles & {"legal_representative_id", "legal_representative_id_kind", "person_id", "person_id_kind"}


@pytest.mark.parametrize("item", TAKEN)
def test_the_notes_explain_every_column_with_an_example_of_nobody(item: str) -> None:
    book, version = book_of(item), load(item).at(TODAY)
    rows = {row[0]: row for row in book["填报说明"].iter_rows(values_only=True)}
    for cell in book.worksheets[0][1]:
        code, title, need, form, _, _, basis, example = rows[_code(cell.value)]
        assert title == version.field(code).title
        assert need
        assert form
        assert basis
        assert example
        if version.field(code).role in ("uscc", "deciding_authority_code", "source_agency_code"):
            assert uscc.is_valid(example)
            assert "TE5T" in example


def test_the_same_version_is_the_same_file() -> None:
    version = load("honours").at(TODAY)
    assert written(version) == written(version)


# The formula of the check digit, computed as a spreadsheet does --------------------------------------------------------


def computed(formula: str, cell: str, book: Any) -> bool:
    """Compute a formula of the workbook; an error in it is no, as a validation takes it."""
    sheet = book["校验"]
    names: dict[str, Any] = {
        "XH_ALPHABET": sheet["C1"].value,
        "XH_PLACES": np.array([row[0].value for row in sheet["A1:A17"]]),
        "XH_WEIGHTS": np.array([row[0].value for row in sheet["B1:B17"]]),
        "LEN": len,
        "UPPER": str.upper,
        "LEFT": lambda text, count: text[:count],
        "RIGHT": lambda text: text[-1:],
        "MOD": lambda number, by: number % by,
        "SUMPRODUCT": np.sum,
        "MID": _mid,
        "FIND": lambda signs, text: np.array([text.index(sign) + 1 for sign in signs]),
        "AND": lambda *parts: all(parts),
        "OR": lambda *parts: any(parts),
        "CELL": cell,
    }
    python = re.sub(r"(?<![<>=])=(?!=)", "==", formula.removeprefix("=").replace("$A2", "CELL")).replace("<>", "!=")
    try:
        return bool(eval(python, {"__builtins__": {}}, names))
    except (ValueError, IndexError):
        return False


def _mid(text: str, places: Any, count: int) -> Any:
    if isinstance(places, np.ndarray):
        return [text[place - 1 : place - 1 + count] for place in places]
    return text[places - 1 : places - 1 + count]


def test_the_check_digit_formula_agrees_with_the_standard() -> None:
    book, formula, random = book_of("honours"), code_formula("$A2"), Random(7)
    for _ in range(300):
        body = "91320100MA" + "".join(random.choice(uscc.ALPHABET) for _ in range(7))
        right = uscc.complete(body)
        wrong = body + random.choice([sign for sign in uscc.ALPHABET if sign != right[-1]])
        assert computed(formula, right, book)
        assert computed(formula, right.lower(), book)
        assert not computed(formula, wrong, book)
        assert not computed(formula, right[:9] + right[10:], book)
    for bad in ("", "I" * 18, "9.13201E+17", STEEL_CODE + "0", uscc.PLACEHOLDER):
        assert not computed(formula, bad, book)


def test_the_formula_knows_the_placeholder_and_the_codes_of_shops() -> None:
    book = book_of("honours")
    assert computed(code_formula("$A2", placeholder=True), uscc.PLACEHOLDER, book)
    assert computed(code_formula("$A2", placeholder=True), UNKNOWN_CODE, book)
    assert computed(code_formula("$A2"), SHOP_CODE, book)
    assert not computed(code_formula("$A2", shops=False), SHOP_CODE, book)
    assert computed(code_formula("$A2", shops=False), STEEL_CODE, book)
    assert "92" in validations(book_of("national-evaluation").worksheets[0])["GJ_SHXYM"].formula1
