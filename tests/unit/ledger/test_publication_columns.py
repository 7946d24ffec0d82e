"""Publication days of a whole table against the law asked row by row, and months added to columns against dates."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xinheng.core.catalogue.load import load
from xinheng.core.law.kinds import read_kinds
from xinheng.core.law.publication import publication_period
from xinheng.core.law.severity import Domain, Procedure, Severity
from xinheng.core.ledger.publication import Publication, add_months, publication
from xinheng.core.standards import periods

VERSION = load("administrative-penalty").latest
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2060, 12, 31))
CHANGES = [
    dt.date.fromisoformat(day) + dt.timedelta(days=shift)
    for day in ("2017-07-31", "2019-07-01", "2023-05-01", "2026-04-01", "2024-02-29", "2023-11-30")
    for shift in (-1, 0, 1)
]
KINDS = [
    None, "警告", "通报批评", "罚款", "罚款；警告", "没收违法所得", "吊销许可证件", "责令停产停业", "行政拘留", "其他", "其他-道歉", "限制从业；罚款", "打板子",
    "暂扣或者吊销许可证、暂扣或者吊销执照",
]  # fmt: skip
ROWS = st.fixed_dictionaries(
    {
        "CF_CFLB": st.sampled_from(KINDS),
        "XH_CD": st.sampled_from([None, "轻微", "一般", "严重"]),
        "XH_LY": st.sampled_from([None, "食品", "药品", "特种设备", "安全生产", "消防", "其他", "税务"]),
        "XH_CX": st.sampled_from([None, "普通程序", "简易程序"]),
        "d_CF_JDRQ": st.one_of(st.sampled_from(CHANGES), DAYS),
        "d_CF_GSJZQ": st.one_of(st.none(), DAYS),
    }
)


def of(rows: list[dict[str, object]]) -> Publication:
    types = {name: pa.date32() if name.startswith("d_") else pa.string() for name in (
        "CF_CFLB", "XH_CD", "XH_LY", "XH_CX", "d_CF_JDRQ", "d_CF_GSJZQ")}  # fmt: skip
    return publication(
        VERSION, pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in types.items()})
    )


@given(st.lists(st.tuples(DAYS, st.integers(0, 480)), max_size=50))
@example([(dt.date(2024, 1, 31), 1), (dt.date(2023, 1, 31), 1), (dt.date(2024, 2, 29), 12), (dt.date(2023, 12, 31), 2)])
def test_months_are_added_to_a_column_as_to_a_date(pairs: list[tuple[dt.date, int]]) -> None:
    days = np.array([day for day, _ in pairs], "datetime64[D]")
    months = np.array([number for _, number in pairs], np.int64)
    assert add_months(days, months).tolist() == [periods.add_months(day, number) for day, number in pairs]


@settings(max_examples=150)
@given(st.lists(ROWS, min_size=1, max_size=40))
def test_a_table_is_published_as_the_law_says_of_each_row(rows: list[dict[str, object]]) -> None:
    found = of(rows)
    for place, row in enumerate(rows):
        expected = slowly(row)
        assert expected == tuple(
            column[place].as_py()
            for column in (found.published, found.first_day, found.shortest_last_day, found.last_day)
        )
        if expected[0]:
            assert found.instrument[place].as_py() == period_of(row).instrument_code


def slowly(row: dict[str, object]) -> tuple[object, ...]:
    period, given_end = period_of(row), row["d_CF_GSJZQ"]
    if not period.published:
        return False, None, None, None
    last = period.longest_last_day
    if given_end is not None:
        last = min(max(given_end, period.shortest_last_day or row["d_CF_JDRQ"]), last)  # type: ignore[type-var]
    return True, row["d_CF_JDRQ"], period.shortest_last_day, last


def period_of(row: dict[str, object]) -> object:
    domain = [one for one in Domain if one.label == row["XH_LY"]]
    return publication_period(
        decided=row["d_CF_JDRQ"],  # type: ignore[arg-type]
        kinds=read_kinds(str(row["CF_CFLB"] or "")).kinds,
        severity=Severity.of(str(row["XH_CD"])) if row["XH_CD"] else None,
        domain=domain[0] if domain else None,
        procedure=Procedure.of(str(row["XH_CX"])) if row["XH_CX"] else None,
    )


ROW = {
    "CF_CFLB": "罚款",
    "XH_CD": None,
    "XH_LY": None,
    "XH_CX": None,
    "d_CF_JDRQ": dt.date(2026, 4, 30),
    "d_CF_GSJZQ": None,
}


def test_an_unknown_day_of_decision_is_not_published() -> None:
    found = of([{**ROW, "d_CF_JDRQ": None}, ROW])
    assert found.published.to_pylist() == [False, True]
    assert [column[0].as_py() for column in (found.first_day, found.shortest_last_day, found.last_day)] == [None] * 3


def test_an_end_given_by_the_authority_stays_between_the_laws_two() -> None:
    given_ends = [None, "2026-05-01", "2026-12-31", "2099-12-31"]
    rows = [{**ROW, "d_CF_GSJZQ": None if end is None else dt.date.fromisoformat(end)} for end in given_ends]
    assert [day.isoformat() for day in of(rows).last_day.to_pylist()] == [
        "2027-04-29",
        "2026-07-29",
        "2026-12-31",
        "2027-04-29",
    ]


def test_no_rows_are_published_as_no_rows() -> None:
    found = of([])
    assert [len(column) for column in (found.published, found.instrument, found.first_day, found.last_day)] == [0] * 4
    assert (found.published.type, found.instrument.type) == (pa.bool_(), pa.string())


def test_the_registers_own_item_is_not_published_as_penalties_are() -> None:
    found = publication(load("legal-entity-registration").latest, pa.table({"FR_MC": ["样例公司", "样例商行"]}))
    assert (found.published.to_pylist(), found.last_day.to_pylist()) == ([False, False], [None, None])
