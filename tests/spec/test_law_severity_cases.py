"""The worked cases of severity and procedure, which are also printed in docs/reference/law.md."""

from __future__ import annotations

import pytest

from xinheng.core.law.cases import SeverityCase, severity_cases
from xinheng.core.law.discretion import class_rows, large_fines, summary_rules
from xinheng.core.law.instruments import instrument


@pytest.mark.parametrize("case", severity_cases(), ids=lambda case: case.title)
def test_a_worked_case_is_assessed_as_written(case: SeverityCase) -> None:
    answer = case.answer()
    assert (answer.severity, answer.procedure) == (case.severity, case.procedure)
    assert (answer.certain, answer.disagrees) == (case.certain, case.disagrees)
    assert any(f"《{instrument(case.basis).title}》" in basis.zh for basis in answer.basis)
    assert all(reason.zh and reason.en for reason in answer.reasons)


def test_every_row_of_the_tables_is_met_by_a_worked_case() -> None:
    said = {reason for case in severity_cases() for reason in case.answer().reasons}
    assert {row.words for row in class_rows()} <= said
    summary = {rule.words.zh for rule in summary_rules()}
    assert {words for words in summary if any(reason.zh.startswith(words) for reason in said)} == summary
    in_force = {
        fine.words
        for fine in large_fines()
        if fine.citation.instrument not in ("saws-order-15", "env-hearing-2010", "samr-order-3")
    }
    assert in_force <= said  # what was replaced before 2026 parts no classes


def test_there_are_forty_cases_and_no_two_have_the_same_title() -> None:
    titles = [case.title for case in severity_cases()]
    assert len(set(titles)) == len(titles) >= 40
