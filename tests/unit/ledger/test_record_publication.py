"""Permits and listings are public by the rule of their item and day, or not at all."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from xinheng.core.catalogue.load import load
from xinheng.core.law.loading import LawDataError
from xinheng.core.law.record_publication import read, record_rule, record_rules
from xinheng.core.ledger.record_publication import publication_of

WAGES, TAX = "拖欠农民工工资失信联合惩戒对象名单", "重大税收违法失信主体名单"
PERMIT = {"XK_XDR_MC": "甲", "XK_WSH": "1号", "XK_JDRQ": "2024-03-01", "XK_YXQZI": "2029-02-28", "XK_ZT": "1"}
LISTING = {"MD_MC": "甲", "MD_LX": WAGES, "MD_WSH": "1号", "MD_LRRQ": "2024-03-01", "MD_YJ": "条例", "MD_RDJG": "局"}
DAY = dt.date.fromisoformat

# item, what is changed                                                  last day, nothing where it is not public
CASES = [
    ("administrative-permit", {}, "2029-02-28"),
    ("administrative-permit", {"XK_ZT": "有效"}, "2029-02-28"),
    ("administrative-permit", {"XK_ZT": "2"}, None),  # no longer valid
    ("administrative-permit", {"XK_ZT": None}, None),  # unknown is not published
    ("administrative-permit", {"XK_YXQZI": None}, None),  # until when is unknown
    ("administrative-permit", {"XK_YXQZI": "2099-12-31"}, "2099-12-31"),
    ("administrative-permit", {"XK_JDRQ": "2018-07-24"}, None),  # before the notice
    ("administrative-permit", {"XK_JDRQ": None}, None),
    ("serious-dishonesty-listing", {}, "2027-02-28"),  # three years, its day the first
    ("serious-dishonesty-listing", {"MD_LX": "拖欠农民工工资失信联合惩戒名单"}, "2027-02-28"),
    ("serious-dishonesty-listing", {"MD_YCRQ": "2025-01-10"}, "2025-01-09"),  # the day of removal is the first without
    ("serious-dishonesty-listing", {"MD_YCRQ": "2024-03-01"}, None),
    ("serious-dishonesty-listing", {"MD_YCRQ": "2030-01-01"}, "2027-02-28"),
    ("serious-dishonesty-listing", {"MD_GSJZQ": "2026-06-30"}, "2026-06-30"),
    ("serious-dishonesty-listing", {"MD_GSJZQ": "2030-06-30"}, "2027-02-28"),
    ("serious-dishonesty-listing", {"MD_LX": TAX}, None),  # its term is not verified
    ("serious-dishonesty-listing", {"MD_LRRQ": "2021-12-31"}, None),  # before the measures
    ("serious-dishonesty-listing", {"MD_WSH": None}, None),
    ("serious-dishonesty-listing", {"MD_YJ": None}, None),
    ("serious-dishonesty-listing", {"MD_RDJG": None}, None),
]  # fmt: skip


def table_of(item: str, rows: list[dict[str, str | None]]) -> pa.Table:
    columns = {}
    for field in load(item).latest.fields:
        cells = [row.get(field.name) for row in rows]
        columns[field.name] = pa.array(cells, pa.string())
        if field.type == "date":
            columns[f"d_{field.name}"] = pa.array([cell and DAY(cell) for cell in cells], pa.date32())
    return pa.table(columns)


@pytest.mark.parametrize("item", ["administrative-permit", "serious-dishonesty-listing"])
def test_a_record_is_public_to_the_day_that_its_rule_gives_or_not_at_all(item: str) -> None:
    good = PERMIT if item == "administrative-permit" else LISTING
    cases = [(change, last) for name, change, last in CASES if name == item]
    found = publication_of(load(item).latest, table_of(item, [{**good, **change} for change, _ in cases]))
    assert found.last_day.to_pylist() == [last and DAY(last) for _, last in cases]
    assert found.published.to_pylist() == [last is not None for _, last in cases]
    assert [day is not None for day in found.first_day.to_pylist()] == found.published.to_pylist()


def test_grade_a_taxpayers_are_kept_and_not_published() -> None:
    rows = [{"NS_MC": "甲", "NS_SBH": "1", "NS_ND": "2025"}]
    found = publication_of(load("tax-credit-grade-a").latest, table_of("tax-credit-grade-a", rows))
    assert (found.published.to_pylist(), found.last_day.to_pylist()) == ([False], [None])


def test_every_rule_is_of_an_item_and_a_list_that_there_are() -> None:
    for rule in record_rules():
        version = load(rule.item).latest
        assert (rule.kind is None) == (version.by_role("list_type") is None)
        assert record_rule(rule.item, kind=rule.kind, decided=rule.from_day) is rule
        assert record_rule(rule.item, kind=rule.kind, decided=rule.from_day - dt.timedelta(days=1)) is None
        assert rule.reasons()[0].zh


FAULTS = [
    ("lasts: months", "lasts: for-ever"),
    ("months: 36", "months: 0"),
    ("months: 36", "months: null"),
    ("from: 2022-01-01", "from: null"),
    ("basis: mohrss-order-45", "basis: hearsay"),
    ("sure: F\n", "sure: yes\n"),
    ("code: wage", "kode: wage"),
]


@pytest.mark.parametrize(("right", "wrong"), FAULTS, ids=[wrong for _, wrong in FAULTS])
def test_a_rule_that_breaks_its_form_stops_everything(right: str, wrong: str) -> None:
    text = """
parameter: record-publication
title: 甲
title_en: A
rules:
  - {code: wage, item: i, kind: null, from: 2022-01-01, lasts: months, months: 36, basis: mohrss-order-45, source: s, sure: F
, zh: 甲, en: a}
"""
    assert len(read(text)) == 1
    with pytest.raises(LawDataError):
        read(text.replace(right, wrong))
