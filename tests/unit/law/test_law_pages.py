from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.law.document import as_markdown
from xinheng.core.law.explanation import explain
from xinheng.core.law.instruments import instruments
from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.publication import publication_period
from xinheng.core.law.severity import Domain, Severity


def test_a_period_is_explained_in_chinese() -> None:
    period = publication_period(decided=dt.date(2022, 3, 1), kinds=[PenaltyKind.FINE])
    lines = explain(period).splitlines()
    assert lines[0] == (
        "自2022年3月1日起公示，最迟公示至2023年2月28日（含当日），届满自动停止；"
        "公示至2022年5月31日（含当日）满最短期限后，可依法申请提前终止。"
    )
    assert "发改办财金〔2019〕527号" in lines[1]
    assert len(lines) == 7


def test_a_period_is_explained_in_english() -> None:
    period = publication_period(decided=dt.date(2022, 3, 1), kinds=[PenaltyKind.FINE])
    assert explain(period, language="en").startswith("Published from 2022-03-01, to 2023-02-28 inclusive at the latest")


def test_what_is_not_published_is_said_with_its_reason() -> None:
    period = publication_period(decided=dt.date(2024, 1, 5), kinds=[PenaltyKind.WARNING])
    text = explain(period)
    assert text.startswith("不予公示。")
    assert "仅被处以警告、通报批评的，不予公示" in text


def test_a_period_that_cannot_end_early_says_so() -> None:
    period = publication_period(
        decided=dt.date(2022, 3, 1),
        kinds=[PenaltyKind.LICENCE_REVOCATION],
        severity=Severity.SERIOUS,
        domain=Domain.FOOD,
    )
    assert explain(period).splitlines()[0].endswith("不得提前终止。")
    assert explain(period, language="en").splitlines()[0].endswith("it cannot end earlier.")


def test_a_rule_without_a_shortest_period_says_so() -> None:
    period = publication_period(decided=dt.date(2018, 1, 1), kinds=[PenaltyKind.FINE])
    assert "规定未设最短公示期" in explain(period)


def test_an_exclusion_holds_whatever_the_date() -> None:
    period = publication_period(decided=dt.date(2018, 1, 1), kinds=[PenaltyKind.DETENTION])
    assert "不论决定日期" in explain(period)


def test_another_language_is_refused() -> None:
    period = publication_period(decided=dt.date(2018, 1, 1), kinds=[PenaltyKind.FINE])
    with pytest.raises(ValueError, match="use zh or en"):
        explain(period, language="de")


def test_the_reference_page_names_every_instrument_and_kind() -> None:
    page = as_markdown()
    assert all(each.number in page for each in instruments().values())
    assert all(kind.label in page for kind in PenaltyKind)


def test_the_tables_of_the_reference_page_have_as_many_cells_in_every_row() -> None:
    width = None
    for line in as_markdown().splitlines():
        cells = line.replace("\\|", "").count("|") if line.startswith("|") else None
        assert width is None or cells is None or cells == width, line
        width = cells
