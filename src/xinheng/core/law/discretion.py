"""Discretion tables (裁量基准): which procedure a penalty admits, from which amount a fine is large, which class it may be.

For :mod:`xinheng.core.law.assessment`. The data are in ``discretion/*.yaml``, dated, with basis, source and how sure. Legal basis: 行政处罚法
(1996, article 33; 2021, article 51) on summary procedure; the ministries' rules on hearings, which stand in for the amount of a large fine
(our choice); 国家发展改革委令第36号 on classes. Amounts in the data are yuan (元), here 分.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from xinheng.core.errors import Text
from xinheng.core.law import loading
from xinheng.core.law.coded import Coded
from xinheng.core.law.instruments import instruments
from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.loading import Citation, LawDataError
from xinheng.core.law.severity import Procedure, Severity

MILDER_FIRST = (Severity.MINOR, Severity.GENERAL, Severity.SERIOUS)
"""The order in which an undecided class is resolved; the scale itself has no order."""


class Party(Coded):
    """Whom a penalty is on, as the limits of procedure tell; a one-person business may be either, so it has none."""

    ORGANIZATION = "organization", "法人或者其他组织", "organization"
    CITIZEN = "citizen", "公民", "citizen"


class Regulation(Coded):
    """Domain of regulation (监管领域), the codes of the list ``regulation-domains``: who sets what is large."""

    FOOD = "food", "食品", "food"
    DRUG = "drug", "药品", "drugs"
    SPECIAL_EQUIPMENT = "special-equipment", "特种设备", "special equipment"
    WORK_SAFETY = "work-safety", "安全生产", "work safety"
    FIRE = "fire", "消防", "fire safety"
    ENVIRONMENT = "environment", "生态环境", "environment"
    MARKET = "market", "市场监管", "market regulation"
    TRANSPORT = "transport", "交通运输", "transport"
    CONSTRUCTION = "construction", "住房城乡建设", "housing and construction"
    TAX = "tax", "税务", "taxation"
    CUSTOMS = "customs", "海关", "customs"
    FINANCE = "finance", "金融", "finance"
    OTHER = "other", "其他", "other"


class AuthorityLevel(Coded):
    """Level of the deciding authority: below the national one a province's own amount may hold, where the rule yields."""

    NATIONAL = "national", "国家级", "national"
    PROVINCE = "province", "省级", "provincial"
    CITY = "city", "市级", "city"
    COUNTY = "county", "县级", "county"


class FineSize(StrEnum):
    """How a fine stands to the amount from which it is large."""

    BELOW = "below"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Limits:
    """Amounts in 分 for an organization and for a citizen."""

    organization: int
    citizen: int

    def for_party(self, party: Party | None) -> tuple[int, ...]:
        """Return the limits that may apply: one, or both where the party is unknown."""
        known = {Party.ORGANIZATION: (self.organization,), Party.CITIZEN: (self.citizen,)}
        return known[party] if party else (self.organization, self.citizen)


@dataclass(frozen=True, slots=True)
class SummaryRule:
    """What may be decided by summary procedure from a day on: these kinds, and fines up to the limit (inclusive)."""

    from_day: dt.date | None
    kinds: frozenset[PenaltyKind]
    limits: Limits
    citation: Citation
    words: Text


@dataclass(frozen=True, slots=True)
class LargeFine:
    """From which amount (inclusive) a fine is large in some domains; ``yields`` to an amount that a province set."""

    from_day: dt.date | None
    domains: frozenset[Regulation]
    limits: Limits
    yields: bool
    citation: Citation
    words: Text


@dataclass(frozen=True, slots=True)
class ClassRow:
    """Which ``classes`` are possible (milder first) for a ``procedure``, or for each of ``kinds`` (empty: the rest)."""

    code: str
    from_day: dt.date | None
    procedure: Procedure | None
    kinds: frozenset[PenaltyKind]
    fine: FineSize | None
    classes: tuple[Severity, ...]
    citation: Citation
    words: Text


def summary_rule(on: dt.date) -> SummaryRule:
    """Return what summary procedure admitted on a day."""
    return next(rule for rule in reversed(summary_rules()) if _began(rule.from_day, on))


def large_fine(domain: Regulation | None, on: dt.date) -> LargeFine | None:
    """Return from which amount a fine was large in a domain on a day, or nothing where that is not known."""
    known = (one for one in reversed(large_fines()) if domain in one.domains and _began(one.from_day, on))
    return next(known, None)


def class_rows_on(on: dt.date) -> tuple[ClassRow, ...]:
    """Return the rows of the era of a day, in their order."""
    era = max(row.from_day or dt.date.min for row in class_rows() if _began(row.from_day, on))
    return tuple(row for row in class_rows() if (row.from_day or dt.date.min) == era)


@cache
def summary_rules() -> tuple[SummaryRule, ...]:
    """Return ``discretion/procedure.yaml`` in the order of time."""
    return read_summary_rules(loading.read_package_file("discretion/procedure.yaml"))


@cache
def large_fines() -> tuple[LargeFine, ...]:
    """Return ``discretion/large-fines.yaml`` in the order of time."""
    return read_large_fines(loading.read_package_file("discretion/large-fines.yaml"))


@cache
def class_rows() -> tuple[ClassRow, ...]:
    """Return ``discretion/severity.yaml``: in the order of time, then of precedence."""
    return read_class_rows(loading.read_package_file("discretion/severity.yaml"))


def read_summary_rules(text: str) -> tuple[SummaryRule, ...]:
    """Return the rules of a YAML text; raises :class:`LawDataError` where it breaks the form."""
    rules = []
    for where, row in _rows(text, "summary-procedure", "values"):
        fields = loading.check_keys(row, required=_CITED | _AMOUNTS | {"kinds"}, where=where)
        rules.append(
            SummaryRule(
                _day(fields, where), _kinds(fields["kinds"], where), _limits(fields, where), *_cited(fields, where)
            )
        )
    return _in_order(rules, "summary-procedure", starts=True)


def read_large_fines(text: str) -> tuple[LargeFine, ...]:
    """Return the amounts of a YAML text; raises :class:`LawDataError` where it breaks the form."""
    found = []
    for where, row in _rows(text, "large-fines", "values"):
        fields = loading.check_keys(row, required=_CITED | _AMOUNTS | {"domains", "yields"}, where=where)
        if type(fields["yields"]) is not bool:
            raise LawDataError(f"{where}: yields is true or false")
        domains = frozenset(_members(Regulation, fields["domains"], where))
        found.append(
            LargeFine(_day(fields, where), domains, _limits(fields, where), fields["yields"], *_cited(fields, where))
        )
    return _in_order(found, "large-fines", starts=False)


def read_class_rows(text: str) -> tuple[ClassRow, ...]:
    """Return the rows of a YAML text; raises :class:`LawDataError` where it breaks the form."""
    rows = [_class_row(row, where) for where, row in _rows(text, "severity", "rows")]
    if len({row.code for row in rows}) != len(rows):
        raise LawDataError("severity: two rows have the same code")
    for start in dict.fromkeys(row.from_day for row in rows):
        last = [row for row in rows if row.from_day == start][-1]
        if last.kinds or last.procedure or last.fine:
            raise LawDataError(f"severity: the era from {start} ends with a row for the rest")
    return _in_order(rows, "severity", starts=True)


def _class_row(row: Any, where: str) -> ClassRow:
    fields = loading.check_keys(
        row, required=_CITED | {"code", "classes"}, optional=("procedure", "kinds", "fine"), where=where
    )
    classes = tuple(_members(Severity, fields["classes"], where))
    if classes != tuple(one for one in MILDER_FIRST if one in classes):
        raise LawDataError(f"{where}: classes stand the milder first, each once")
    procedures = _members(Procedure, [fields["procedure"]] if "procedure" in fields else [], where)
    if procedures and ("kinds" in fields or "fine" in fields):
        raise LawDataError(f"{where}: a row is about a procedure or about kinds")
    if fields.get("fine") not in (None, *FineSize):
        raise LawDataError(f"{where}: fine is large or below")
    return ClassRow(
        str(fields["code"]),
        _day(fields, where),
        procedures[0] if procedures else None,
        _kinds(fields.get("kinds", ()), where),
        FineSize(fields["fine"]) if "fine" in fields else None,
        classes,
        *_cited(fields, where),
    )


_CITED = frozenset({"from", "zh", "en"}) | loading.CITATION_KEYS
_AMOUNTS = frozenset({"organization", "citizen"})


def _rows(text: str, table: str, key: str) -> list[tuple[str, Any]]:
    document = loading.check_keys(loading.parse(text), required=("table", "title", "title_en", key), where=table)
    if document["table"] != table:
        raise LawDataError(f"{table}: calls itself {document['table']!r}")
    return [(f"{table} {number}", row) for number, row in enumerate(document[key], start=1)]


def _in_order(rows: list[Any], table: str, *, starts: bool) -> tuple[Any, ...]:
    days = [row.from_day or dt.date.min for row in rows]
    if not rows or days != sorted(days) or (starts and rows[0].from_day is not None):
        raise LawDataError(
            f"{table}: rows stand in the order of time{', the first without a beginning' if starts else ''}"
        )
    return tuple(rows)


def _day(fields: dict[str, Any], where: str) -> dt.date | None:
    return loading.day(fields["from"], where=where)


def _cited(fields: dict[str, Any], where: str) -> tuple[Citation, Text]:
    basis = loading.citation(fields, known=instruments().__contains__, where=where)
    return basis, loading.text({"zh": fields["zh"], "en": fields["en"]}, where=where)


def _limits(fields: dict[str, Any], where: str) -> Limits:
    amounts = [fields["organization"], fields["citizen"]]
    if any(type(amount) is not int or amount <= 0 for amount in amounts):
        raise LawDataError(f"{where}: amounts are whole yuan above 0")
    return Limits(amounts[0] * 100, amounts[1] * 100)


def _kinds(codes: Iterable[str], where: str) -> frozenset[PenaltyKind]:
    return frozenset(_members(PenaltyKind, codes, where))


def _members(kind: type[Any], codes: Iterable[str], where: str) -> list[Any]:
    try:
        return [kind(code) for code in codes]
    except ValueError as unknown:
        raise LawDataError(f"{where}: {unknown}") from unknown


def _began(from_day: dt.date | None, on: dt.date) -> bool:
    return from_day is None or from_day <= on
