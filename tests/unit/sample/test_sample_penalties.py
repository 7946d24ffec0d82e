from __future__ import annotations

import csv
import datetime as dt
import io
import re
from decimal import Decimal

import numpy as np
import pytest

from xinheng.core.catalogue.load import field_by_heading, load
from xinheng.core.law.kinds import read_kinds
from xinheng.core.sample.agencies import AGENCIES, CREDIT_CENTRE
from xinheng.core.sample.amounts import capitals, field_text
from xinheng.core.sample.files import csv_line
from xinheng.core.sample.layouts import HEADINGS, Layout
from xinheng.core.sample.organisations import Population
from xinheng.core.sample.penalties import Block, Delivery, PenaltyMaker
from xinheng.core.sample.texts import chinese_number
from xinheng.core.standards.resident_id import find_personal

TODAY = dt.date(2026, 5, 6)
ROWS = 5000


def make(layout: Layout = Layout.FULL, sector: int | None = None) -> Block:
    maker = PenaltyMaker(Population.of(4, size=2000, today=TODAY), TODAY)
    rows = np.arange(ROWS)
    return maker.block(rows, maker.subjects(rows), Delivery(CREDIT_CENTRE, sector, layout))


@pytest.fixture(scope="module")
def block() -> Block:
    return make()


@pytest.fixture(scope="module")
def rows(block: Block) -> list[dict[str, str]]:
    return [dict(zip(block.columns, cells, strict=True)) for cells in zip(*block.columns.values(), strict=True)]


def test_a_clean_row_needs_no_quoting(block: Block) -> None:
    for column in block.columns.values():
        assert not any(re.search('[,"\r\n\0]', cell) for cell in column)


def test_columns_are_those_of_the_layout(block: Block) -> None:
    assert list(block.columns) == list(HEADINGS)
    assert len(Layout.NARROW.fields) == 18
    assert set(Layout.NARROW.fields) <= set(HEADINGS)


def test_no_two_rows_share_a_decision_number_or_facts(block: Block) -> None:
    for field in ("CF_WSH", "CF_SY", "CF_YJ"):
        assert len(set(block.columns[field])) > ROWS * 0.99
    assert len(set(block.columns["CF_WSH"])) == ROWS


def test_decisions_spread_from_august_2017_to_yesterday(block: Block) -> None:
    days = [dt.date.fromisoformat(cell.replace("/", "-")) for cell in block.columns["CF_JDRQ"]]
    assert dt.date(2017, 8, 1) <= min(days) < dt.date(2017, 9, 1)
    assert dt.date(2026, 4, 1) < max(days) < TODAY
    assert {day.year for day in days} == set(range(2017, 2027))


def test_validity_never_ends_before_the_decision(rows: list[dict[str, str]]) -> None:
    for row in rows:
        decided, ends = row["CF_JDRQ"].replace("/", "-"), row["CF_YXQ"].replace("/", "-")
        assert ends > decided
        assert not row["CF_GSJZQ"] or row["CF_GSJZQ"].replace("/", "-") > decided


def test_the_law_knows_every_kind(rows: list[dict[str, str]]) -> None:
    for cell in {row["CF_CFLB"] for row in rows}:
        reading = read_kinds(cell)
        assert reading.kinds, cell
        assert not reading.unknown, cell


def test_kinds_are_those_of_the_law_in_force_on_the_day(rows: list[dict[str, str]]) -> None:
    old = {row["CF_CFLB"] for row in rows if row["CF_JDRQ"].replace("/", "-") < "2021-07-15"}
    new = {row["CF_CFLB"] for row in rows if row["CF_JDRQ"].replace("/", "-") >= "2021-07-15"}
    assert any("暂扣或者吊销" in cell for cell in old)
    assert not any("暂扣或者吊销" in cell or "没收违法所得、" in cell for cell in new)
    assert not any("通报批评" in cell or "限制开展" in cell for cell in old)


def test_a_fine_is_in_the_field_exactly_where_it_is_among_the_kinds(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert bool(row["CF_NR_FK"]) == ("罚款" in row["CF_CFLB"])
        assert bool(row["CF_NR_WFFF"]) == ("没收" in row["CF_CFLB"])
        assert bool(row["CF_NR_ZKDX"]) == ("暂扣" in row["CF_CFLB"] or "吊销" in row["CF_CFLB"])


def test_the_field_s_amount_is_the_text_s_amount(rows: list[dict[str, str]]) -> None:
    for row in rows:
        if row["CF_NR_FK"]:
            yuan = Decimal(row["CF_NR_FK"]) * 10_000
            in_yuan, in_ten_thousands = f"{int(yuan)}元", f"{row['CF_NR_FK']}万元"
            assert yuan == int(yuan)
            assert yuan > 0
            assert in_yuan in row["CF_NR"] or in_ten_thousands in row["CF_NR"]


def test_the_kind_of_counterpart_follows_its_code(rows: list[dict[str, str]]) -> None:
    assert all((row["CF_XDR_LB"] == "个体工商户") == row["CF_XDR_SHXYM"].startswith("92") for row in rows)


def test_the_deciding_authority_is_of_the_subject_s_city_or_the_province(rows: list[dict[str, str]]) -> None:
    names = {agency.uscc: agency.name for agency in AGENCIES}
    assert all(names[row["CF_CFJGDM"]] == row["CF_CFJG"] for row in rows)


def test_no_text_holds_a_personal_number(rows: list[dict[str, str]]) -> None:
    for row in rows[:1500]:
        assert not any(
            find_personal(row[field]) for field in ("CF_WFXW", "CF_SY", "CF_YJ", "CF_NR", "CF_NR_ZKDX", "BZ")
        )


def test_a_layout_without_a_licence_column_has_no_licence_penalties() -> None:
    assert not any("暂扣" in cell or "吊销" in cell for cell in make(Layout.NARROW).columns["CF_CFLB"])


def test_a_department_s_file_holds_its_sector_only() -> None:
    assert set(make(sector=1).columns["XH_LY"]) == {"生态环境"}
    assert len(set(make().columns["XH_LY"])) > 6


def test_headings_are_understood_by_the_catalogue_item() -> None:
    version = load("administrative-penalty").versions[-1]
    for code, heading in HEADINGS.items():
        found = field_by_heading(version, heading)
        assert found is not None
        assert found.name == code


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (15_150, "壹万伍仟壹佰伍拾元整"),
        (200, "贰佰元整"),
        (5_030, "伍仟零叁拾元整"),
        (3_562, "叁仟伍佰陆拾贰元整"),
        (100_500, "壹拾万零伍佰元整"),
        (300_000, "叁拾万元整"),
        (1_010_010, "壹佰零壹万零壹拾元整"),
    ],
)
def test_amounts_are_written_in_capitals(yuan: int, words: str) -> None:
    assert capitals(yuan) == words


@pytest.mark.parametrize(("yuan", "field"), [(15_150, "1.515"), (200, "0.02"), (30_000, "3"), (10, "0.001")])
def test_amounts_are_written_in_ten_thousands(yuan: int, field: str) -> None:
    assert field_text(yuan) == field


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (74, "七十四"), (105, "一百零五")]
)
def test_articles_are_counted_in_chinese(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_csv_lines_read_back_as_their_cells() -> None:
    cells = ["甲", "", 'a"b', "1,5", "x\ny", "=1+1"]
    assert next(csv.reader(io.StringIO(csv_line(cells), newline=""))) == cells
