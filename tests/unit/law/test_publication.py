from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.parameters import parameter
from xinheng.core.law.publication import Counting, eras, last_day, publication_period, publication_rule
from xinheng.core.law.severity import Domain, LegacyDegree

K = PenaltyKind


def test_the_eras_begin_on_the_days_of_the_four_rules() -> None:
    starts = [str(era.from_day) for era in eras()]
    assert starts == ["None", "2017-07-31", "2019-07-01", "2023-05-01", "2026-04-01"]
    assert [era.until for era in eras()] == [*[era.from_day for era in eras()][1:], None]


def test_the_rule_of_an_era_gives_the_same_months_as_the_period_of_a_day_in_it() -> None:
    for era in eras():
        day = era.from_day or dt.date(2010, 1, 1)
        rule = publication_rule(era=era, kinds=[K.FINE], domain=Domain.FOOD)
        period = publication_period(decided=day, kinds=[K.FINE], domain=Domain.FOOD)
        assert (rule.shortest_months, rule.longest_months) == (period.shortest_months, period.longest_months)
        assert rule.reasons == period.reasons


def test_the_golden_case_of_2022() -> None:
    period = publication_period(decided=dt.date(2022, 3, 1), kinds=[K.FINE])
    assert period.instrument == "发改办财金〔2019〕527号"
    assert period.first_day == dt.date(2022, 3, 1)
    assert period.shortest_last_day == dt.date(2022, 5, 31)
    assert period.longest_last_day == dt.date(2023, 2, 28)


def test_the_order_of_kinds_does_not_matter() -> None:
    one = publication_period(decided=dt.date(2024, 1, 1), kinds=[K.FINE, K.WARNING])
    other = publication_period(decided=dt.date(2024, 1, 1), kinds=(K.WARNING, K.FINE, K.FINE))
    assert one == other


def test_a_degree_of_the_older_scale_is_refused() -> None:
    with pytest.raises(TypeError, match="national scale"):
        publication_period(
            decided=dt.date(2022, 3, 1),
            kinds=[K.FINE],
            severity=LegacyDegree.SERIOUS,  # type: ignore[arg-type]
        )


def test_counted_as_in_the_civil_code_a_period_is_one_day_longer() -> None:
    first = dt.date(2022, 3, 1)
    assert last_day(first, months=12, counting=Counting.DECISION_DAY_FIRST) == dt.date(2023, 2, 28)
    assert last_day(first, months=12, counting=Counting.DAY_AFTER) == dt.date(2023, 3, 1)
    assert last_day(first, months=None, counting=Counting.DAY_AFTER) is None


def test_the_way_of_counting_changes_only_where_an_era_begins() -> None:
    starts = {era.from_day for era in eras()}
    assert {value.from_day for value in parameter("period-counting").values} <= starts


def test_months_added_in_sql_give_the_same_last_day() -> None:
    connection = duckdb.connect()
    connection.execute("create table day as select (date '2015-01-01' + i::integer) as d from range(5000) t(i)")
    for months in (3, 6, 12, 36):
        rows = connection.execute(f"select d, (d + interval ({months}) month)::date - 1 from day").fetchall()
        assert all(last_day(d, months=months, counting=Counting.DECISION_DAY_FIRST) == end for d, end in rows)
    connection.close()
