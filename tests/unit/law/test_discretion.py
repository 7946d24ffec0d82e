"""The discretion tables: what the loader refuses, and what an assessment says in words."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.catalogue.codes import code_list
from xinheng.core.law import discretion, loading
from xinheng.core.law.assessment import PenaltyFacts, assess
from xinheng.core.law.discretion import Party, Regulation, class_rows_on, large_fine, summary_rule
from xinheng.core.law.explanation import explain_assessment
from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.loading import LawDataError
from xinheng.core.law.severity import LegacyDegree, Severity

D = dt.date.fromisoformat
FINE = frozenset({PenaltyKind.FINE})
READERS = {
    "procedure": discretion.read_summary_rules,
    "large-fines": discretion.read_large_fines,
    "severity": discretion.read_class_rows,
}


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("procedure", "organization: 1000", "organization: 1000.5", "whole yuan"),
        ("procedure", "kinds: [warning, fine]", "kinds: [warning, prison]", "prison"),
        ("procedure", "from: null", "from: 1996-10-01", "without a beginning"),
        ("procedure", "    sure: F\n", "", "missing"),
        ("large-fines", "domains: [tax]", "domains: [taxes]", "taxes"),
        ("large-fines", "yields: true", "yields: perhaps", "true or false"),
        ("large-fines", "from: 2023-07-01", "from: 2003-07-01", "order of time"),
        ("large-fines", "table: large-fines", "table: small-fines", "small-fines"),
        ("severity", "classes: [general, serious]", "classes: [serious, general]", "milder first"),
        ("severity", "classes: [minor]", "classes: [legacy-general]", "legacy-general"),
        ("severity", "    fine: large", "    fine: huge", "large or below"),
        ("severity", "code: 2026-summary", "code: 2026-warning", "same code"),
        ("severity", "    code: 2026-unlisted\n", "    code: 2026-unlisted\n    kinds: [other]\n", "for the rest"),
        (
            "severity",
            "    procedure: summary\n",
            "    procedure: summary\n    kinds: [fine]\n",
            "a procedure or about kinds",
        ),
    ],
)
def test_a_broken_table_is_refused(table: str, old: str, new: str, message: str) -> None:
    text = loading.read_package_file(f"discretion/{table}.yaml")
    assert old in text
    with pytest.raises(LawDataError, match=message):
        READERS[table](text.replace(old, new, 1))


def test_a_table_is_asked_for_the_rule_of_its_day() -> None:
    assert summary_rule(D("2021-07-14")).limits.organization == 100_000
    assert summary_rule(D("2021-07-15")).limits.organization == 300_000
    before, after = (large_fine(Regulation.WORK_SAFETY, D(day)) for day in ("2015-04-30", "2015-05-01"))
    assert before is not None
    assert after is not None
    assert (before.limits.organization, after.limits.organization) == (3_000_000, 5_000_000)
    assert large_fine(Regulation.TRANSPORT, D("2026-05-01")) is None
    assert large_fine(None, D("2026-05-01")) is None
    assert {row.code for row in class_rows_on(D("2026-03-31"))} == {"2023-no-classes"}


def test_the_domains_are_those_of_the_code_list() -> None:
    listed = [(code.code, code.label) for code in code_list("regulation-domains").codes]
    assert [(domain.value, domain.label) for domain in Regulation] == listed


def test_the_older_scale_of_the_province_is_never_taken_for_a_severity() -> None:
    with pytest.raises(TypeError, match="different scales"):
        assess(PenaltyFacts(kinds=FINE, severity=LegacyDegree.SERIOUS), D("2027-01-01"))  # type: ignore[arg-type]


def test_an_assessment_is_said_in_both_languages() -> None:
    found = assess(
        PenaltyFacts(kinds=FINE, fine=500_000, domain=Regulation.MARKET, party=Party.ORGANIZATION), D("2026-05-01")
    )
    assert found.severity is Severity.MINOR
    lines = explain_assessment(found).splitlines()
    assert lines[0] == "程度：轻微；程序：普通程序（建议，须经确认）。"
    assert "第五十一条" in lines[1]
    assert explain_assessment(found, language="en").startswith(
        "Severity: minor; procedure: ordinary procedure (proposed"
    )
    with pytest.raises(ValueError, match="zh or en"):
        explain_assessment(found, language="fr")
