"""The clauses on publication periods, as data: under which condition which period holds, since when and on what basis.

For :mod:`xinheng.core.law.publication`, which picks the clause, and for the reference page. The data are in
``parameters/publication.yaml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from xinheng.core.errors import Text
from xinheng.core.law import loading
from xinheng.core.law.instruments import instruments
from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.loading import Citation, LawDataError
from xinheng.core.law.severity import Domain, Procedure, Severity


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a decision; ``severity`` is the one its authority stated; ``None`` is unknown or another."""

    kinds: frozenset[PenaltyKind]
    severity: Severity | None
    domain: Domain | None
    procedure: Procedure | None


@dataclass(frozen=True, slots=True)
class Condition:
    """When a clause holds: every part that is filled must fit; with no part filled it always holds."""

    procedure: Procedure | None = None
    severity: Severity | None = None
    domains: frozenset[Domain] = frozenset()
    only_kinds: frozenset[PenaltyKind] = frozenset()
    any_kinds: frozenset[PenaltyKind] = frozenset()
    no_kind: bool = False

    def holds(self, case: Case) -> bool:
        """Tell whether the case fits."""
        return (
            (self.procedure is None or case.procedure is self.procedure)
            and (self.severity is None or case.severity is self.severity)
            and (not self.domains or case.domain in self.domains)
            and (not self.only_kinds or (bool(case.kinds) and case.kinds <= self.only_kinds))
            and (not self.any_kinds or bool(case.kinds & self.any_kinds))
            and (not self.no_kind or not case.kinds)
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its condition, and what follows. Months are ``None`` where nothing is published or none is named."""

    code: str
    from_day: dt.date | None
    when: Condition
    published: bool
    severity: Severity | None
    shortest: int | None
    longest: int | None
    early_stop: bool
    citation: Citation
    words: Text


@dataclass(frozen=True, slots=True)
class ClauseTable:
    """``exclusions`` come first for decisions of any day; ``clauses`` stand in order of time, then of precedence."""

    exclusions: tuple[Clause, ...]
    clauses: tuple[Clause, ...]

    def starts(self) -> tuple[dt.date | None, ...]:
        """Return the first days of the eras, the one without a beginning first."""
        return tuple(dict.fromkeys(clause.from_day for clause in self.clauses))


_REQUIRED = frozenset({"from", "code", "when", "published", "zh", "en"}) | loading.CITATION_KEYS
_PERIOD = frozenset({"severity", "shortest", "longest", "early_stop"})
_WHEN = ("procedure", "severity", "domains", "only_kinds", "any_kinds", "no_kind")


@cache
def clause_table() -> ClauseTable:
    """Return the table of ``parameters/publication.yaml``."""
    return read(loading.read_package_file("parameters/publication.yaml"))


def read(text: str) -> ClauseTable:
    """Return the table of a YAML text; raises :class:`LawDataError` where it breaks the form."""
    required = ("parameter", "title", "title_en", "unit", "exclusions", "clauses")
    document = loading.check_keys(loading.parse(text), required=required, where="publication")
    if document["parameter"] != "publication" or document["unit"] != "month":
        raise LawDataError("publication periods are counted in months")
    table = ClauseTable(
        tuple(_clause(row, number) for number, row in enumerate(document["exclusions"], start=1)),
        tuple(_clause(row, number) for number, row in enumerate(document["clauses"], start=1)),
    )
    _check_order(table)
    return table


def _check_order(table: ClauseTable) -> None:
    codes = [clause.code for clause in table.exclusions + table.clauses]
    if len(set(codes)) != len(codes):
        raise LawDataError("two clauses have the same code")
    if any(clause.published for clause in table.exclusions):
        raise LawDataError("an exclusion publishes nothing")
    days = [clause.from_day or dt.date.min for clause in table.clauses]
    if days != sorted(days) or not table.clauses or table.clauses[0].from_day is not None:
        raise LawDataError("clauses stand in the order of time, and the first era has no beginning")
    for start in table.starts():
        era = [clause for clause in table.clauses if clause.from_day == start]
        if [clause.when == Condition() for clause in era] != [False] * (len(era) - 1) + [True]:
            raise LawDataError(f"the era from {start} ends with its only clause for everything else")
        if len({clause.citation.instrument for clause in era}) != 1:
            raise LawDataError(f"the era from {start} rests on more than one instrument")


def _clause(row: Any, number: int) -> Clause:
    where = f"publication clause {number}"
    fields = loading.check_keys(row, required=_REQUIRED, optional=_PERIOD, where=where)
    if type(fields["published"]) is not bool:
        raise LawDataError(f"{where}: published is true or false")
    if fields["published"] and not set(fields) >= _PERIOD:
        raise LawDataError(f"{where}: what is published has severity, shortest, longest and early_stop")
    shortest, longest, early_stop = _period(fields, where=where)
    return Clause(
        code=str(fields["code"]),
        from_day=loading.day(fields["from"], where=where),
        when=_condition(fields["when"], where=where),
        published=fields["published"],
        severity=_severity(fields.get("severity"), where=where),
        shortest=shortest,
        longest=longest,
        early_stop=early_stop,
        citation=loading.citation(fields, known=instruments().__contains__, where=where),
        words=loading.text({"zh": fields["zh"], "en": fields["en"]}, where=where),
    )


def _period(fields: dict[str, Any], *, where: str) -> tuple[int | None, int | None, bool]:
    shortest, longest, early_stop = (fields.get(key) for key in ("shortest", "longest", "early_stop"))
    if not fields["published"]:
        if any(part is not None for part in (shortest, longest, early_stop)):
            raise LawDataError(f"{where}: what is not published has no period")
        return None, None, False
    if type(longest) is not int or longest <= 0 or type(early_stop) is not bool:
        raise LawDataError(f"{where}: longest is a number of months above 0, early_stop true or false")
    if shortest is not None and (type(shortest) is not int or not 0 < shortest <= longest):
        raise LawDataError(f"{where}: shortest is null or a number of months up to the longest")
    if not early_stop and shortest != longest:
        raise LawDataError(f"{where}: without an early stop the shortest period is the longest")
    return shortest, longest, early_stop


def _condition(row: Any, *, where: str) -> Condition:
    parts = loading.check_keys(row, required=(), optional=_WHEN, where=where)
    try:
        return Condition(
            procedure=Procedure(parts["procedure"]) if "procedure" in parts else None,
            severity=_severity(parts.get("severity"), where=where),
            domains=frozenset(Domain(code) for code in parts.get("domains", ())),
            only_kinds=_kinds(parts.get("only_kinds", ())),
            any_kinds=_kinds(parts.get("any_kinds", ())),
            no_kind=parts.get("no_kind", False) is True,
        )
    except ValueError as unknown:
        raise LawDataError(f"{where}: {unknown}") from unknown


def _severity(code: object, *, where: str) -> Severity | None:
    try:
        return None if code is None else Severity(str(code))
    except ValueError as unknown:
        raise LawDataError(f"{where}: {unknown}") from unknown


def _kinds(codes: Iterable[str]) -> frozenset[PenaltyKind]:
    return frozenset(PenaltyKind(code) for code in codes)
