"""Publication periods of administrative penalties (行政处罚信息公示期限), in all eras of the rules.

Legal basis: 发改办财金〔2017〕1171号 (from 2017-07-31), 发改办财金〔2019〕527号 (from 2019-07-01),
国家发展改革委令第58号 (from 2023-05-01), 国家发展改革委令第36号 (from 2026-04-01). A decision is judged by the rule of
its own day. What is unknown is taken as the milder: serious only where its authority said so (or, since 2026, where the
order itself names the kind). A stated severity wins over the one that follows from the kinds, except that what the
order lists as minor (summary procedure, nothing but warning or public criticism) stays minor.

Bulk work asks :func:`publication_rule` once for each distinct case of an era and adds the months in SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from xinheng.core.errors import Text
from xinheng.core.law.clauses import Case, Clause, clause_table
from xinheng.core.law.instruments import Instrument, cite, instrument
from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.parameters import parameter
from xinheng.core.law.severity import Domain, Procedure, Severity
from xinheng.core.standards.periods import add_months

ONE_DAY = dt.timedelta(days=1)


class Counting(StrEnum):
    """How a period of months is counted from the decision (parameter ``period-counting``)."""

    DECISION_DAY_FIRST = "decision-day-first"  # that day counts; the last is the day before the corresponding day
    DAY_AFTER = "day-after"  # Civil Code, articles 201 and 202: the last is the corresponding day

    @property
    def days_off(self) -> int:
        """Return the days to add to decision date plus months to get the last day (inclusive): -1 or 0."""
        return -1 if self is Counting.DECISION_DAY_FIRST else 0


@dataclass(frozen=True, slots=True)
class Era:
    """The days on which one rule held for decisions: from ``from_day`` (``None``: no beginning) up to ``until``."""

    code: str
    from_day: dt.date | None
    until: dt.date | None
    instrument: str
    instrument_title: str

    def holds(self, day: dt.date) -> bool:
        """Tell whether a decision of ``day`` belongs to this era."""
        return (self.from_day is None or self.from_day <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class PublicationRule:
    """What holds for every decision of an era that is alike in kinds, severity, domain and procedure.

    Months are ``None`` where nothing is published; ``shortest_months`` also where the rule names no shortest period.
    ``early_stop`` tells whether repair may end it before the longest period. ``severity`` is the class applied,
    ``None`` where the era has no classes. ``instrument`` is the public number, ``clause`` the row of
    ``publication.yaml``.
    The last day, inclusive, is decision date + months + ``counting.days_off`` days.
    """

    published: bool
    shortest_months: int | None
    longest_months: int | None
    early_stop: bool
    severity: Severity | None
    instrument: str
    instrument_code: str
    instrument_title: str
    basis: Text
    sure: str
    clause: str
    era: Era
    counting: Counting
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PublicationPeriod:
    """The period of one decision, in days; last days are inclusive. Days are ``None`` where it is not published."""

    instrument: str
    instrument_code: str
    instrument_title: str
    published: bool
    first_day: dt.date | None
    shortest_last_day: dt.date | None
    longest_last_day: dt.date | None
    shortest_months: int | None
    longest_months: int | None
    early_stop: bool
    severity: Severity | None
    reasons: tuple[Text, ...]
    era: Era
    basis: Text
    sure: str
    clause: str


@cache
def eras() -> tuple[Era, ...]:
    """Return the eras in the order of time; together they hold every day exactly once."""
    table = clause_table()
    starts = table.starts()
    result = []
    for start, until in zip(starts, (*starts[1:], None), strict=True):
        first = next(clause for clause in table.clauses if clause.from_day == start)
        rests_on = instrument(first.citation.instrument)
        code = start.isoformat() if start else f"before-{until}"
        result.append(Era(code, start, until, rests_on.number, rests_on.title))
    return tuple(result)


def era_of(decided: dt.date) -> Era:
    """Return the era of a decision date."""
    return next(era for era in eras() if era.holds(decided))


def publication_rule(
    *,
    era: Era,
    kinds: Iterable[PenaltyKind],
    severity: Severity | None = None,
    domain: Domain | None = None,
    procedure: Procedure | None = None,
) -> PublicationRule:
    """Return what holds for such decisions of the era, without a date.

    ``severity`` is the one stated by the authority on the national scale; any other scale raises ``TypeError``.
    Answers are cached: bulk work may ask as often as it likes.
    """
    if severity is not None and not isinstance(severity, Severity):
        raise TypeError(f"severity is on the national scale, not {severity!r}")
    return _rule(era, Case(frozenset(kinds), severity, domain, procedure))


def publication_period(
    *,
    decided: dt.date,
    kinds: Iterable[PenaltyKind],
    severity: Severity | None = None,
    domain: Domain | None = None,
    procedure: Procedure | None = None,
) -> PublicationPeriod:
    """Return from when to when a penalty decided on ``decided`` may be public, and why."""
    rule = publication_rule(era=era_of(decided), kinds=kinds, severity=severity, domain=domain, procedure=procedure)
    return PublicationPeriod(
        instrument=rule.instrument,
        instrument_code=rule.instrument_code,
        instrument_title=rule.instrument_title,
        published=rule.published,
        first_day=decided if rule.published else None,
        shortest_last_day=last_day(decided, months=rule.shortest_months, counting=rule.counting),
        longest_last_day=last_day(decided, months=rule.longest_months, counting=rule.counting),
        shortest_months=rule.shortest_months,
        longest_months=rule.longest_months,
        early_stop=rule.early_stop,
        severity=rule.severity,
        reasons=rule.reasons,
        era=rule.era,
        basis=rule.basis,
        sure=rule.sure,
        clause=rule.clause,
    )


def last_day(first: dt.date, *, months: int | None, counting: Counting) -> dt.date | None:
    """Return the last day, inclusive, of a period of ``months`` that runs from the decision date ``first``."""
    return None if months is None else add_months(first, months) + counting.days_off * ONE_DAY


@lru_cache(maxsize=4096)
def _rule(era: Era, case: Case) -> PublicationRule:
    clause = _clause(era, case)
    rests_on = instrument(clause.citation.instrument)
    counted = parameter("period-counting").on(era.from_day or dt.date.min)
    reasons = [_era_words(era, rests_on), clause.words]
    return PublicationRule(
        published=clause.published,
        shortest_months=clause.shortest,
        longest_months=clause.longest,
        early_stop=clause.early_stop,
        severity=clause.severity,
        instrument=rests_on.number,
        instrument_code=rests_on.code,
        instrument_title=rests_on.title,
        basis=cite(clause.citation),
        sure=clause.citation.sure,
        clause=clause.code,
        era=era,
        counting=Counting(str(counted.value)),
        reasons=tuple([*reasons, counted.note] if clause.published else reasons),
    )


def _clause(era: Era, case: Case) -> Clause:
    """Pick the first clause that holds: exclusions, then the era's own; its last one holds for everything."""
    table = clause_table()
    own = (clause for clause in table.clauses if clause.from_day == era.from_day)
    return next(clause for clause in (*table.exclusions, *own) if clause.when.holds(case))


def _era_words(era: Era, rests_on: Instrument) -> Text:
    """Say which rule holds for decisions of the era (or, for an exclusion, on whatever day)."""
    basis = rests_on.cite()
    if rests_on.number != era.instrument:
        return Text(f"不论决定日期，适用{basis.zh}。", f"Whatever the date of the decision: {basis.en}.")
    if era.from_day is None:
        return Text(
            f"决定日期早于{day_zh(era.until or dt.date.max)}，参照{basis.zh}。",
            f"Decided before {era.until}: by {basis.en}.",
        )
    if era.until is None:
        return Text(
            f"决定日期在{day_zh(era.from_day)}及以后，适用{basis.zh}。",
            f"Decided on or after {era.from_day}: {basis.en}.",
        )
    last = era.until - ONE_DAY
    return Text(
        f"决定日期在{day_zh(era.from_day)}至{day_zh(last)}之间，适用{basis.zh}。",
        f"Decided from {era.from_day} to {last}: {basis.en}.",
    )


def day_zh(day: dt.date) -> str:
    """Return a day as Chinese text writes it."""
    return f"{day.year}年{day.month}月{day.day}日"
