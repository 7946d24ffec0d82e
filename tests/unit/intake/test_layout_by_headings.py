"""Which column is which field: by code, Chinese name or alias; what is outside the catalogue makes the file unusable."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest
from tests.spec.rules.desk import PERSON

from xinheng.core.catalogue.load import load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import UnusableFile
from xinheng.core.intake.layout import layout_by_headings
from xinheng.core.intake.read import open_table
from xinheng.core.intake.rejects import APPENDED_HEADINGS

PENALTY = load("administrative-penalty").latest
REGISTRATION = load("legal-entity-registration").latest
MANDATORY = tuple(field.name for field in PENALTY.fields if field.required)


def test_headings_are_codes_names_or_aliases_in_any_order_and_width() -> None:
    header = ("统一社会信用代码", "fr_mc", "注册资本(万元)", "法定代表人 ")
    layout = layout_by_headings(REGISTRATION, header)
    assert layout.places == {"FR_SHXYM": 0, "FR_MC": 1, "FR_ZCZB": 2, "FR_FRDB": 3}
    assert (layout.place("FR_MC"), layout.place("FR_ZS")) == (1, None)
    assert layout.present == frozenset(layout.places)
    assert "FR_ZS" in layout.absent
    assert not layout.present & layout.absent


def test_the_columns_that_we_appended_to_a_rejects_workbook_are_passed_over() -> None:
    layout = layout_by_headings(PENALTY, (*APPENDED_HEADINGS[:1], *MANDATORY, *APPENDED_HEADINGS[1:]))
    assert layout.places == {name: place for place, name in enumerate(MANDATORY, start=1)}


def test_a_column_outside_the_catalogue_is_refused_by_name() -> None:
    with pytest.raises(UnusableFile) as caught:
        layout_by_headings(PENALTY, (*MANDATORY, "血型", "", "信访次数"))
    what = caught.value.explanation.what
    assert what.zh == "文件中有目录以外的列：「血型」、「」、「信访次数」"
    assert what.en == "The file has columns outside the catalogue: 「血型」, 「」, 「信访次数」"
    assert caught.value.facts == {"columns": ["血型", "", "信访次数"]}


def test_a_first_row_that_is_no_header_is_not_repeated_with_a_persons_number() -> None:
    with pytest.raises(UnusableFile) as caught:
        layout_by_headings(PENALTY, ("样某某", PERSON))
    assert PERSON not in str(caught.value.explanation) + str(caught.value.facts)
    assert "样某某" in caught.value.explanation.what.zh


def test_two_columns_for_one_field_are_refused() -> None:
    with pytest.raises(UnusableFile) as caught:
        layout_by_headings(PENALTY, (*MANDATORY, "行政处罚决定书文号"))
    assert caught.value.explanation.what.zh == "两列对应同一项：「CF_WSH」与「行政处罚决定书文号」"
    assert "「行政处罚决定书文号」" in caught.value.explanation.why.zh


@pytest.mark.parametrize("name", MANDATORY)
def test_a_mandatory_field_without_a_column_is_refused(name: str) -> None:
    with pytest.raises(UnusableFile) as caught:
        layout_by_headings(PENALTY, tuple(other for other in MANDATORY if other != name))
    assert caught.value.facts == {"columns": [PENALTY.field(name).title]}


def test_what_is_outside_is_told_before_what_is_missing() -> None:
    with pytest.raises(UnusableFile, match="outside the catalogue"):
        layout_by_headings(PENALTY, ("血型",))


def test_the_cells_of_a_chunk_are_handed_on_by_field() -> None:
    content = "名称,注册号,行业代码\n样例公司,3.20106E+14,A01\n样例商行,,\n样例厂,3.20107E+14,\n".encode()
    reader = open_table(io.BytesIO(content), name="r.csv", size=len(content))
    layout = layout_by_headings(REGISTRATION, reader.header)
    [chunk] = [raw.parse() for raw in reader.chunks()]
    columns = layout.columns(chunk, Calculator())
    assert {name: column.to_pylist() for name, column in columns.items()} == {
        "FR_MC": ["样例公司", "样例商行", "样例厂"],
        "FR_GSZC": ["3.20106E+14", None, "3.20107E+14"],
        "FR_HY": ["A01", None, None],
    }
    assert {name: flags.to_pylist() for name, flags in layout.lossy(chunk).items()} == {"FR_GSZC": [True, False, True]}
    assert all(isinstance(column, pa.Array) for column in columns.values())
