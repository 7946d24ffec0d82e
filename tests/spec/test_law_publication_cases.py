"""The worked cases of publication periods, which are also printed in docs/reference/law.md."""

from __future__ import annotations

import pytest

from xinheng.core.law.cases import PublicationCase, publication_cases
from xinheng.core.law.clauses import clause_table


@pytest.mark.parametrize("case", publication_cases(), ids=lambda case: case.title)
def test_a_worked_case_comes_out_as_written(case: PublicationCase) -> None:
    period = case.answer()
    assert (period.instrument_code, period.published, period.early_stop) == (
        case.rule,
        case.published,
        case.early_stop,
    )
    assert (period.shortest_last_day, period.longest_last_day) == (case.shortest, case.longest)
    assert period.first_day == (case.decided if case.published else None)


def test_every_clause_has_a_worked_case() -> None:
    table = clause_table()
    written = {clause.code for clause in table.exclusions + table.clauses}
    assert {case.answer().clause for case in publication_cases()} == written


def test_no_two_worked_cases_have_the_same_title() -> None:
    titles = [case.title for case in publication_cases()]
    assert len(set(titles)) == len(titles)
