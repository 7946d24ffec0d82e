"""Severity and procedure against every completion of what is unknown: the milder is chosen, and unknown never lengthens a publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.law.assessment import Assessment, PenaltyFacts, assess
from xinheng.core.law.discretion import MILDER_FIRST, AuthorityLevel, Party, Regulation
from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.publication import publication_period
from xinheng.core.law.severity import Domain, Procedure, Severity

K = PenaltyKind
MILDER_PROCEDURE = (Procedure.SUMMARY, Procedure.ORDINARY)
AMOUNTS = st.sampled_from(
    [5000, 20000, 20001, 100000, 300000, 300001, 4_999_999, 5_000_000, 10_000_000, 20_000_000, 10**12]
)
DAYS = st.sampled_from(
    [
        dt.date.fromisoformat(day)
        for day in (
            "2012-01-01",
            "2018-01-01",
            "2021-07-14",
            "2022-01-01",
            "2024-01-01",
            "2026-03-31",
            "2026-04-01",
            "2027-01-01",
        )
    ]
)
FACTS = st.builds(
    PenaltyFacts,
    kinds=st.frozensets(st.sampled_from(PenaltyKind), max_size=4),
    fine=st.none() | AMOUNTS,
    confiscated=st.none() | AMOUNTS,
    party=st.none() | st.sampled_from(Party),
    domain=st.none() | st.sampled_from(Regulation),
    level=st.none() | st.sampled_from(AuthorityLevel),
    severity=st.none() | st.sampled_from(Severity),
    procedure=st.none() | st.sampled_from(Procedure),
)


def gravity(severity: Severity | None) -> int:
    """How grave, for comparing within one day; no class at all is the least."""
    return -1 if severity is None else MILDER_FIRST.index(severity)


def months(facts: PenaltyFacts, found: Assessment, on: dt.date) -> int:
    """How long it may be published with what was found; nothing is 0."""
    domain = next((one for one in Domain if facts.domain and one.value == facts.domain.value), None)
    period = publication_period(
        decided=on, kinds=facts.kinds, severity=found.severity, domain=domain, procedure=found.procedure
    )
    return period.longest_months or 0


def completions(facts: PenaltyFacts, on: dt.date) -> Iterator[PenaltyFacts]:
    """Every way in which one unknown fact may turn out (the amounts in steps around every limit); what cannot be is left out."""
    if facts.party is None:
        yield from (replace(facts, party=party) for party in Party)
    if facts.domain is None:
        yield from (replace(facts, domain=domain) for domain in Regulation)
    if facts.fine is None and K.FINE in facts.kinds:
        yield from (replace(facts, fine=fine) for fine in (5000, 20001, 100001, 300001, 5_000_000, 20_000_000, 10**12))
    if facts.procedure is None:
        for procedure in Procedure:
            known = replace(facts, procedure=procedure)
            if not assess(known, on).disagrees:
                yield known


@settings(max_examples=500, deadline=None)
@given(FACTS, DAYS)
def test_whatever_an_unknown_fact_turns_out_to_be_the_unknown_was_not_graver(facts: PenaltyFacts, on: dt.date) -> None:
    found = assess(facts, on)
    for known in completions(facts, on):
        then = assess(known, on)
        assert gravity(found.severity) <= gravity(then.severity)
        assert MILDER_PROCEDURE.index(found.procedure) <= MILDER_PROCEDURE.index(then.procedure)
        assert months(facts, found, on) <= months(facts, then, on)
        assert facts.severity or then.severity in (None, *found.possible)


@settings(max_examples=400, deadline=None)
@given(FACTS, DAYS)
def test_on_every_tie_the_milder_is_chosen_and_a_stated_severity_is_kept(facts: PenaltyFacts, on: dt.date) -> None:
    found = assess(facts, on)
    assert list(found.possible) == sorted(found.possible, key=gravity)
    if facts.severity is not None:
        assert found.severity is facts.severity
    else:
        assert found.severity is (found.possible[0] if found.possible else None)
        assert not (found.certain and len(found.possible) > 1)
    assert not (found.certain and found.disagrees)
    if facts.procedure is not None:
        assert found.procedure is facts.procedure


@settings(max_examples=400, deadline=None)
@given(FACTS, DAYS)
def test_it_is_never_harsher_than_what_publication_does_without_it_unless_the_source_said_so(
    facts: PenaltyFacts, on: dt.date
) -> None:
    domain = next((one for one in Domain if facts.domain and one.value == facts.domain.value), None)
    stated: dict[str, Any] = {"severity": facts.severity, "domain": domain, "procedure": facts.procedure}
    without = publication_period(decided=on, kinds=facts.kinds, **stated).longest_months or 0
    assert months(facts, assess(facts, on), on) <= without


SERIOUS = {K.LICENCE_REVOCATION, K.BUSINESS_RESTRICTION, K.BUSINESS_SUSPENSION, K.CLOSURE, K.OCCUPATION_RESTRICTION}
GENERAL = {K.LICENCE_SUSPENSION, K.GRADE_REDUCTION, K.CONFISCATION_OF_GAINS, K.CONFISCATION_OF_PROPERTY}
LARGE = {
    Regulation.TAX: 10_000,
    Regulation.CUSTOMS: 100_000,
    Regulation.WORK_SAFETY: 50_000,
    Regulation.ENVIRONMENT: 200_000,
}
LARGE |= dict.fromkeys((Regulation.MARKET, Regulation.FOOD, Regulation.DRUG, Regulation.SPECIAL_EQUIPMENT), 100_000)


def slow_twin(facts: PenaltyFacts) -> Severity:
    """Order 36 written down straight, for organizations and what the source left unstated."""
    summary = facts.procedure is Procedure.SUMMARY
    if facts.procedure is None and facts.kinds <= {K.WARNING, K.FINE}:
        summary = facts.fine is None or facts.fine <= 300_000
    if summary:
        return Severity.MINOR
    if facts.kinds & SERIOUS:
        return Severity.SERIOUS
    threshold = LARGE.get(facts.domain) if facts.domain else None
    large = K.FINE in facts.kinds and None not in (facts.fine, threshold) and facts.fine >= threshold * 100  # type: ignore[operator]
    if facts.kinds & GENERAL or K.LICENCE_SUSPENSION_OR_REVOCATION in facts.kinds or large:
        return Severity.GENERAL
    return Severity.MINOR


@settings(max_examples=500, deadline=None)
@given(FACTS)
def test_order_36_agrees_with_its_slow_twin(facts: PenaltyFacts) -> None:
    facts = replace(facts, party=Party.ORGANIZATION, severity=None)
    assert assess(facts, dt.date(2027, 1, 1)).severity is slow_twin(facts)
