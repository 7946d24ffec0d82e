"""The clauses of publication.yaml against a slow, obvious twin written straight from the four rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.publication import PublicationPeriod, era_of, eras, publication_period
from xinheng.core.law.severity import Domain, Procedure, Severity

K = PenaltyKind
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
NEAR_A_CHANGE = st.sampled_from(
    [
        dt.date.fromisoformat(day) + dt.timedelta(days=shift)
        for day in ("2017-07-31", "2019-07-01", "2023-05-01", "2026-04-01")
        for shift in (-1, 0, 1)
    ]
)
KINDS = st.frozensets(st.sampled_from(PenaltyKind), max_size=4)
CASES = st.fixed_dictionaries(
    {
        "decided": DAYS | NEAR_A_CHANGE,
        "kinds": KINDS,
        "severity": st.none() | st.sampled_from(Severity),
        "domain": st.none() | st.sampled_from(Domain),
        "procedure": st.none() | st.sampled_from(Procedure),
    }
)

Months = tuple[int | None, int] | None


def slow_twin(
    decided: dt.date,
    kinds: frozenset[PenaltyKind],
    severity: Severity | None,
    domain: Domain | None,
    procedure: Procedure | None,
) -> Months:
    """Months straight from the table of the four rules: (shortest, longest), or nothing where it is not published."""
    if K.DETENTION in kinds or not kinds:
        return None
    if decided < dt.date(2019, 7, 1):
        return (None, 36) if severity is Severity.SERIOUS else (None, 12)
    if decided < dt.date(2023, 5, 1):
        return _twin_of_527(kinds, severity, domain)
    if procedure is Procedure.SUMMARY:
        return None
    if all(kind in (K.WARNING, K.PUBLIC_CRITICISM) for kind in kinds):
        return None
    if decided < dt.date(2026, 4, 1):
        return (3, 36) if domain is None else (12, 36)
    return _twin_of_order_36(kinds, severity)


def _twin_of_527(kinds: frozenset[PenaltyKind], severity: Severity | None, domain: Domain | None) -> Months:
    if severity is not Severity.SERIOUS:
        return (3, 12)
    if domain in (Domain.FOOD, Domain.DRUG, Domain.WORK_SAFETY, Domain.FIRE) and (
        K.BUSINESS_SUSPENSION in kinds or K.LICENCE_REVOCATION in kinds
    ):
        return (36, 36)
    return (6, 36)


def _twin_of_order_36(kinds: frozenset[PenaltyKind], severity: Severity | None) -> Months:
    if severity is Severity.MINOR:
        return None
    if severity is Severity.GENERAL:
        return (3, 12)
    if severity is Severity.SERIOUS:
        return (12, 36)
    for kind in kinds:
        if kind in (
            K.LICENCE_REVOCATION,
            K.BUSINESS_RESTRICTION,
            K.BUSINESS_SUSPENSION,
            K.CLOSURE,
            K.OCCUPATION_RESTRICTION,
        ):
            return (12, 36)
    return (3, 12)


def slow_last_day(decided: dt.date, months: int) -> dt.date:
    """Walk day by day to the day before the corresponding day, or before the last day of a shorter month."""
    year, month = decided.year, decided.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    end = dt.date(year, month, 1)
    while end.day < decided.day and (end + dt.timedelta(days=1)).month == month:
        end += dt.timedelta(days=1)
    return end - dt.timedelta(days=1)


@settings(max_examples=1500, deadline=None)
@given(CASES)
def test_the_rules_agree_with_their_slow_twin(case: dict[str, Any]) -> None:
    period = publication_period(**case)
    expected = slow_twin(**case)
    if expected is None:
        assert not period.published
        days = period.first_day, period.shortest_last_day, period.longest_last_day
        assert days == (None, None, None)
        return
    shortest, longest = expected
    assert period.published
    assert (period.shortest_months, period.longest_months) == (shortest, longest)
    assert period.first_day == case["decided"]
    assert period.longest_last_day == slow_last_day(case["decided"], longest)
    assert period.shortest_last_day == (None if shortest is None else slow_last_day(case["decided"], shortest))


@settings(max_examples=300, deadline=None)
@given(CASES)
def test_every_answer_explains_itself_in_both_languages(case: dict[str, Any]) -> None:
    period = publication_period(**case)
    assert len(period.reasons) == (3 if period.published else 2)
    assert all(reason.zh and reason.en for reason in (*period.reasons, period.basis))
    assert period.early_stop == (period.published and period.shortest_months != period.longest_months)


@settings(max_examples=300, deadline=None)
@given(CASES)
def test_unknown_severity_is_never_harder_than_serious(case: dict[str, Any]) -> None:
    unknown = publication_period(**{**case, "severity": None})
    serious = publication_period(**{**case, "severity": Severity.SERIOUS})
    assert _length(unknown) <= _length(serious)
    assert (unknown.shortest_months or 0) <= (serious.shortest_months or 0)


def _length(period: PublicationPeriod) -> int:
    return period.longest_months or 0


@settings(max_examples=200, deadline=None)
@given(day=DAYS)
def test_every_day_belongs_to_exactly_one_era(day: dt.date) -> None:
    assert [era for era in eras() if era.holds(day)] == [era_of(day)]
