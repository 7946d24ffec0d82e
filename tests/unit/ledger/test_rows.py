"""From checked rows to lines of the ledger: which decision it is, what it says, and a line that the database reads back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.spec.rules.desk import GOOD_PENALTY, OTHER_BODY, PUBLIC_BODY, STEEL_REG_NO, Desk, penalty_desk
from tests.spec.rules.good_rows import desk_of

from xinheng.core.intake.check import ACCEPTED
from xinheng.core.ledger.rows import COLUMNS, Origin, identities, json_sql, ledger_rows, record_keys
from xinheng.core.standards.decision_numbers import decision_number_key

DESK = penalty_desk()
ORIGIN = Origin(7, PUBLIC_BODY, "2026-05-06")
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


def absent_of(desk: Desk, rows: Sequence[Mapping[str, str | None]]) -> frozenset[str]:
    return frozenset(one.name for one in desk.version.fields if all(row.get(one.name) is None for row in rows))


def written(rows: Sequence[Mapping[str, str | None]], *, origin: Origin = ORIGIN) -> list[dict[str, Any]]:
    """Return what the ledger is given for rows that are all accepted, each line read as COPY reads it."""
    checked = DESK.check(rows)
    taken = pa.array((checked.verdict == ACCEPTED).tolist(), pa.bool_())
    found = ledger_rows(
        DESK.version, checked.table, pa.array(checked.rows), taken=taken, absent=absent_of(DESK, rows), origin=origin,
        calculator=DESK.calculator,
    )  # fmt: skip
    return [{**row, **as_copied(row["line"])} for row in found.to_pylist()]


def as_copied(line: str) -> dict[str, Any]:
    assert line.endswith("\n")
    assert line.count("\n") == 1
    cells = [unescaped(cell) for cell in line[:-1].split("\t")]
    row = dict(zip(COLUMNS, cells, strict=True))
    return {**row, "fields": json.loads(row["fields"] or "")}


def unescaped(cell: str) -> str | None:
    if cell == "\\N":
        return None
    signs = iter(cell)
    return "".join(ESCAPES[next(signs)] if sign == "\\" else sign for sign in signs)


def changed(**cells: str | None) -> dict[str, str | None]:
    return {**GOOD_PENALTY, **cells}


def test_a_row_becomes_a_line_with_every_column_in_its_place() -> None:
    [row] = written([GOOD_PENALTY])
    assert row["source_agency"] == row["deciding_authority"] == PUBLIC_BODY
    assert (row["item"], row["version"], row["submission_id"], row["row_number"]) == (
        "administrative-penalty",
        "2021",
        "7",
        "2",
    )
    assert (row["decision_number"], row["decided_on"], row["revision"]) == ("宁样罚〔2026〕7号", "2026-04-30", "0")
    assert (row["published"], row["first_day"], row["shortest_last_day"], row["last_day"]) == (
        "true", "2026-04-30", "2026-07-29", "2027-04-29",
    )  # fmt: skip
    assert row["fields"] == {name: cell for name, cell in GOOD_PENALTY.items() if name != "CF_NR_FK"} | {
        "CF_NR_FK": 1_200_000
    }


def test_dates_are_iso_amounts_are_in_fen_and_empty_cells_are_left_out() -> None:
    [row] = written([changed(CF_JDRQ="2026年4月30日", CF_NR_FK="1.20", BZ=" ", CF_GSJZQ="20261231")])
    assert (row["fields"]["CF_JDRQ"], row["fields"]["CF_NR_FK"], row["fields"]["CF_GSJZQ"]) == (
        "2026-04-30",
        1_200_000,
        "2026-12-31",
    )
    assert "BZ" not in row["fields"]
    assert row["last_day"] == "2026-12-31"


def test_what_is_not_for_publication_is_written_without_days() -> None:
    [unpublished] = written([GOOD_PENALTY], origin=Origin(7, PUBLIC_BODY, "2026-05-06", publish=False))
    [warning] = written([changed(CF_CFLB="警告", CF_NR="警告", CF_NR_FK=None)])
    for row in (unpublished, warning):
        assert row["published"] == "false"
        assert (row["first_day"], row["shortest_last_day"], row["last_day"]) == (None, None, None)


SAME_NUMBER = [
    "宁样罚〔2026〕7号",
    "宁样罚[2026]7号",
    "宁样罚（2026）第7号",
    " 宁样罚【2026】7 号 ",
    "宁样罚〔2026〕7",
    "宁样罚〔２０２６〕７号。",
]


def test_a_decision_is_known_however_its_number_is_written() -> None:
    assert len({row["record_key"] for row in written([changed(CF_WSH=number) for number in SAME_NUMBER])}) == 1


@pytest.mark.parametrize(
    "cells",
    [{"CF_WSH": "宁样罚〔2026〕07号"}, {"CF_WSH": "宁样罚〔2025〕7号"}, {"CF_CFJGDM": OTHER_BODY}],
    ids=lambda cells: str(cells),
)
def test_another_number_or_another_authority_is_another_decision(cells: dict[str, str]) -> None:
    one, other = written([GOOD_PENALTY, changed(**cells)])
    assert one["record_key"] != other["record_key"]


def test_what_a_row_says_is_the_same_whoever_passes_it_on() -> None:
    rows = written(
        [
            GOOD_PENALTY,
            changed(CF_SJLY="样例市信用中心", CF_SJLYDM=OTHER_BODY),
            changed(CF_JDRQ="2026/4/30", CF_NR_FK="1.200"),
        ]
    )
    assert len({row["content_digest"] for row in rows}) == 1


@pytest.mark.parametrize(
    "cells",
    [{"CF_NR_FK": "1.3"}, {"CF_SY": "别的事实"}, {"BZ": "备注"}, {"CF_JDRQ": "2026-04-29"}, {"CF_YXQ": "2027-01-01"}],
    ids=str,
)
def test_what_is_said_otherwise_has_another_digest(cells: dict[str, str]) -> None:
    one, other = written([GOOD_PENALTY, changed(**cells)])
    assert one["content_digest"] != other["content_digest"]
    assert one["record_key"] == other["record_key"]


def test_a_digest_does_not_depend_on_the_columns_of_the_file() -> None:
    [alone] = written([GOOD_PENALTY])
    among = written([GOOD_PENALTY, changed(BZ="备注", XH_LY="食品", CF_SY='说"好"\\')])[0]
    assert alone["content_digest"] == among["content_digest"]
    assert alone["line"] == among["line"]


def test_only_rows_that_are_taken_become_lines() -> None:
    rows = [GOOD_PENALTY, changed(CF_WSH=None), changed(CF_WSH="宁样罚〔2026〕8号")]
    assert [row["row_number"] for row in written(rows)] == ["2", "4"]
    assert written([changed(CF_WSH=None)]) == []


def test_an_authority_without_a_code_is_known_by_its_name() -> None:
    lenient = Desk("administrative-penalty", GOOD_PENALTY, allowances=frozenset({"CF_CFJGDM"}))
    rows = [changed(CF_CFJGDM=None), changed(CF_CFJGDM=None, CF_CFJG="样例区\\生态环境局")]
    checked = lenient.check(rows)
    taken = pa.array([True, True])
    found = ledger_rows(
        lenient.version, checked.table, pa.array(checked.rows), taken=taken, absent=absent_of(lenient, rows), origin=ORIGIN,
        calculator=lenient.calculator,
    )  # fmt: skip
    assert [as_copied(line)["deciding_authority"] for line in found.column("line").to_pylist()] == [
        "样例市生态环境局",
        "样例区\\生态环境局",
    ]
    assert len(set(found.column("record_key").to_pylist())) == 2


NASTY = [
    'he said "yes"', "back\\slash", "\\N", "\\n", "\\.", "tab\there", "line\nbreak\r\nand more", "emoji 🧾👨‍👩‍👧", "'; DROP TABLE record; --", "{}", '{"a":1}',
    "\u2028\u2029", "%s $1 {0}", "null", "𠮷野家", "\x85\u00a0x",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30),
    st.text(alphabet='"\\\t\n\r,:{}[]Nn.x样', min_size=1, max_size=20),
)  # fmt: skip


@settings(max_examples=120)
@given(
    st.lists(
        st.fixed_dictionaries({"CF_SY": TEXTS, "BZ": st.one_of(st.none(), TEXTS), "CF_WSH": TEXTS}),
        min_size=1,
        max_size=12,
    )
)
@example([{"CF_SY": text, "BZ": text, "CF_WSH": text} for text in NASTY])
def test_a_line_is_read_back_as_it_was_meant(cells: list[dict[str, str | None]]) -> None:
    rows = [changed(**one) for one in cells]
    checked = DESK.check(rows)
    kept = {int(row): table for row, table in zip(checked.rows, checked.table.to_pylist(), strict=True)}
    found = written(rows)
    assert len(found) == int((checked.verdict == ACCEPTED).sum())
    for row in found:
        table = kept[int(row["row_number"])]
        for name in ("CF_SY", "BZ", "CF_WSH"):
            assert row["fields"].get(name) == table[name]
        assert row["decision_number"] == table["CF_WSH"]
        spelt = "\x1f".join(("administrative-penalty", PUBLIC_BODY, decision_number_key(table["CF_WSH"])))
        assert row["record_key"] == hashlib.md5(spelt.encode()).hexdigest()


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_a_waiting_rows_cells_are_json_as_the_department_wrote_them(texts: list[str]) -> None:
    rows = [changed(BZ=text, CF_JDRQ="2026年4月30日", CF_FR_ZJHM="E00000001") for text in texts]
    table = DESK.check(rows).table
    cells = DESK.calculator.query(f"SELECT {json_sql(DESK.version)} AS fields FROM waiting", waiting=table).column(0)
    for line, row in zip(cells.to_pylist(), table.to_pylist(), strict=True):
        read = json.loads(line)
        assert (read.get("BZ"), read["CF_JDRQ"], read["CF_NR_FK"]) == (row["BZ"], "2026年4月30日", "1.2")
        assert "CF_FR_ZJHM" not in read


def test_identities_tell_rows_apart_as_keys_and_digests_do() -> None:
    rows = [
        GOOD_PENALTY, changed(CF_WSH="宁样罚[2026]7号"), changed(CF_NR_FK="1.3"), changed(CF_WSH="宁样罚〔2026〕8号"),
        changed(CF_XDR_SHXYM=None, CF_XDR_GSZC=STEEL_REG_NO), GOOD_PENALTY,
    ]  # fmt: skip
    checked = DESK.check(rows)
    found = identities(
        DESK.version, checked.table, pa.array(checked.rows), taken=pa.array([True] * 5 + [False]), absent=absent_of(DESK, rows),
        calculator=DESK.calculator,
    )  # fmt: skip
    assert found.column("row_number").to_pylist() == [2, 3, 4, 5, 6]
    identity = found.column("identity").to_pylist()
    assert identity[0] == identity[1] == identity[2] == identity[4] != identity[3]
    assert found.column("content").to_pylist()[0] != found.column("content").to_pylist()[2]
    assert pc.count_distinct(found.column("identity")).as_py() == 2


def test_a_row_that_goes_back_tells_its_decision_as_one_that_is_taken_does() -> None:
    rows = [
        GOOD_PENALTY, changed(CF_JDRQ="2026-02-30"), changed(CF_WSH="宁样罚[2026]7号", CF_CFLB=""), changed(CF_CFJGDM=""),
        changed(CF_XDR_SHXYM=None, CF_JDRQ="x"),
    ]  # fmt: skip
    checked = DESK.check(rows)
    assert checked.verdict.tolist()[0] == ACCEPTED
    which = pa.array((checked.verdict != ACCEPTED).tolist(), pa.bool_())
    found = record_keys(DESK.version, checked.table, pa.array(checked.rows), which=which, calculator=DESK.calculator)
    (taken,) = {row["record_key"] for row in written([GOOD_PENALTY])}
    told = {row["row_number"]: row["record_key"] == taken for row in found.to_pylist()}
    assert told == {3: True, 4: True, 5: False}  # row 6 has no subject


def keys_of(item: str, *changes: dict[str, str | None]) -> tuple[list[str], list[int]]:
    """Return the record keys and the in-process identities of good rows of an item, each with some cells changed."""
    desk = desk_of(item)
    rows = [{**desk.good, **cells} for cells in changes]
    checked = desk.check(rows)
    assert set(checked.verdict) == {ACCEPTED}
    taken, numbers = pa.repeat(pa.scalar(True), len(rows)), pa.array(checked.rows)
    around: Any = {"taken": taken, "absent": absent_of(desk, rows), "calculator": desk.calculator}
    lines = ledger_rows(desk.version, checked.table, numbers, origin=ORIGIN, **around)
    same = identities(desk.version, checked.table, numbers, **around)
    return lines.column("record_key").to_pylist(), same.column("identity").to_pylist()


def test_the_same_month_is_one_record_and_another_month_or_insurance_is_another() -> None:
    april, may = {"SB_QSRQ": "2026-04-01"}, {"SB_QSRQ": "2026-05-01", "SB_JZRQ": "2026-05-31"}
    written_otherwise, other_kind = {"SB_QSRQ": "2026年4月1日", "SB_ZT": "欠费"}, {"SB_XZ": "医疗保险"}
    for keys in keys_of("social-insurance-payment", april, written_otherwise, may, other_kind):
        assert keys[0] == keys[1]
        assert len({*keys}) == 3


def test_a_year_and_a_sector_tell_evaluations_apart_though_they_have_no_number() -> None:
    for keys in keys_of("industry-evaluation", {}, {"HY_DJ": "B"}, {"HY_ND": "2025"}, {"HY_LY": "其他领域"}):
        assert keys[0] == keys[1]
        assert len({*keys}) == 3
