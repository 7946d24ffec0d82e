"""Worked cases of law (示例): they run as tests and print themselves into ``docs/reference/law.md``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from xinheng.core.law import loading
from xinheng.core.law.assessment import Assessment, PenaltyFacts, assess
from xinheng.core.law.discretion import AuthorityLevel, Party, Regulation
from xinheng.core.law.instruments import instruments
from xinheng.core.law.kinds import KindsReading, PenaltyKind, read_kinds
from xinheng.core.law.loading import LawDataError
from xinheng.core.law.publication import PublicationPeriod, publication_period
from xinheng.core.law.severity import Domain, Procedure, Severity
from xinheng.core.standards.money import parse_fen


@dataclass(frozen=True, slots=True)
class PublicationCase:
    """A decision and what must follow; ``kinds`` as a department writes them, last days inclusive."""

    title: str
    decided: dt.date
    kinds: str
    severity: Severity | None
    domain: Domain | None
    procedure: Procedure | None
    rule: str
    published: bool
    early_stop: bool
    shortest: dt.date | None
    longest: dt.date | None

    def answer(self) -> PublicationPeriod:
        """Return what the rules say of this decision."""
        return publication_period(
            decided=self.decided,
            kinds=read_kinds(self.kinds).kinds,
            severity=self.severity,
            domain=self.domain,
            procedure=self.procedure,
        )


@dataclass(frozen=True, slots=True)
class KindsCase:
    """A cell and how it must be read."""

    text: str
    expected: KindsReading


@dataclass(frozen=True, slots=True)
class SeverityCase:
    """A penalty as it was handed in and what must be said of it; ``basis`` is the instrument that decides."""

    title: str
    decided: dt.date
    kinds: str
    facts: PenaltyFacts
    severity: Severity | None
    procedure: Procedure
    certain: bool
    disagrees: bool
    basis: str

    def answer(self) -> Assessment:
        """Return what the tables say of this penalty."""
        return assess(self.facts, self.decided)


def publication_cases() -> tuple[PublicationCase, ...]:
    """Return the worked cases of publication periods; raises :class:`LawDataError` where one breaks the form."""
    return tuple(_publication_case(row) for row in _rows("cases/publication.yaml"))


def kinds_cases() -> tuple[KindsCase, ...]:
    """Return the worked cases of the cell of kinds; raises :class:`LawDataError` where one breaks the form."""
    return tuple(_kinds_case(row) for row in _rows("cases/kinds.yaml"))


def severity_cases() -> tuple[SeverityCase, ...]:
    """Return the worked cases of severity and procedure; raises :class:`LawDataError` where one breaks the form."""
    return tuple(_severity_case(row) for row in _rows("cases/severity.yaml"))


def _rows(path: str) -> list[Any]:
    document = loading.check_keys(loading.parse(loading.read_package_file(path)), required=("cases",), where=path)
    return list(document["cases"])


def _publication_case(row: Any) -> PublicationCase:
    required = ("title", "decided", "kinds", "rule", "published", "shortest", "longest")
    optional = ("severity", "domain", "procedure", "early_stop")
    fields = loading.check_keys(row, required=required, optional=optional, where="publication case")
    decided = loading.day(fields["decided"], where=fields["title"])
    if decided is None or fields["rule"] not in instruments():
        raise LawDataError(f"{fields['title']}: a date and a known instrument are needed")
    return PublicationCase(
        title=fields["title"],
        decided=decided,
        kinds=fields["kinds"],
        severity=Severity(fields["severity"]) if "severity" in fields else None,
        domain=Domain(fields["domain"]) if "domain" in fields else None,
        procedure=Procedure(fields["procedure"]) if "procedure" in fields else None,
        rule=fields["rule"],
        published=fields["published"],
        early_stop=fields.get("early_stop", fields["published"]),
        shortest=loading.day(fields["shortest"], where=fields["title"]),
        longest=loading.day(fields["longest"], where=fields["title"]),
    )


def _kinds_case(row: Any) -> KindsCase:
    optional = ("unknown", "notes", "corrective_orders")
    fields = loading.check_keys(row, required=("text", "kinds"), optional=optional, where="kinds case")
    unknown, notes, orders = (tuple(fields.get(key, ())) for key in optional)
    kinds = tuple(PenaltyKind(code) for code in fields["kinds"])
    return KindsCase(fields["text"], KindsReading(kinds, unknown, notes, orders))


def _severity_case(row: Any) -> SeverityCase:
    required = ("title", "decided", "kinds", "severity", "is", "state", "basis")
    optional = ("fine", "confiscated", "party", "domain", "level", "stated", "procedure", "disagrees")
    fields = loading.check_keys(row, required=required, optional=optional, where="severity case")
    decided = loading.day(fields["decided"], where=fields["title"])
    if decided is None or fields["basis"] not in instruments() or fields["state"] not in ("certain", "proposed"):
        raise LawDataError(f"{fields['title']}: a date, a known instrument and certain or proposed are needed")
    return SeverityCase(
        title=fields["title"],
        decided=decided,
        kinds=fields["kinds"],
        facts=_facts(fields),
        severity=_one(Severity, fields["severity"]),
        procedure=Procedure(fields["is"]),
        certain=fields["state"] == "certain",
        disagrees=fields.get("disagrees", False),
        basis=fields["basis"],
    )


def _facts(fields: dict[str, Any]) -> PenaltyFacts:
    reading = read_kinds(fields["kinds"])
    return PenaltyFacts(
        kinds=frozenset(reading.kinds),
        fine=parse_fen(fields["fine"], unit="元") if "fine" in fields else None,
        confiscated=parse_fen(fields["confiscated"], unit="元") if "confiscated" in fields else None,
        party=_one(Party, fields.get("party", "organization")),
        domain=_one(Regulation, fields.get("domain")),
        level=_one(AuthorityLevel, fields.get("level")),
        severity=_one(Severity, fields.get("stated")),
        procedure=_one(Procedure, fields.get("procedure")),
        readable=not reading.unknown,
    )


def _one(kind: Any, code: str | None) -> Any:
    return None if code is None else kind(code)
