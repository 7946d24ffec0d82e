"""The severity of a record (失信程度的确认): what the tables say of it, and the terms that a confirmed severity gives it.

For ``xinheng severity``. Legal basis: the rule of the day of the decision (``core.law.publication``); a confirmation is by a person, with reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.law.assessment import Assessment, PenaltyFacts, assess
from xinheng.core.law.coded import Coded
from xinheng.core.law.discretion import Party, Regulation
from xinheng.core.law.kinds import read_kinds
from xinheng.core.law.publication import PublicationPeriod, publication_period
from xinheng.core.law.severity import Domain, Procedure, Severity

Member = TypeVar("Member", bound=Coded)
_ORGANIZATION = "法人及非法人组织"


@dataclass(frozen=True, slots=True)
class ConfirmedTerms:
    """For which days a record is public with a confirmed severity (last days inclusive), and by which rule."""

    published: bool
    instrument: str
    first_day: dt.date | None
    shortest_last_day: dt.date | None
    last_day: dt.date | None
    period: PublicationPeriod

    def detail(self, severity: Severity) -> dict[str, Any]:
        """Return what the event of the confirmation keeps."""
        days = {"first_day": self.first_day, "shortest_last_day": self.shortest_last_day, "last_day": self.last_day}
        kept = {name: day.isoformat() if day else None for name, day in days.items()}
        return {"severity": severity.value, "published": self.published, "instrument": self.instrument, **kept}


def penalty_facts(version: ItemVersion, fields: Mapping[str, Any]) -> PenaltyFacts:
    """Return what a record's fields say of a penalty; a word outside its list is unknown."""
    reading = read_kinds(str(_cell(version, fields, "penalty_kinds") or ""))
    counterpart = _cell(version, fields, "counterpart_kind")
    return PenaltyFacts(
        kinds=frozenset(reading.kinds),
        fine=_amount(version, fields, "fine"),
        confiscated=_amount(version, fields, "confiscation"),
        party=Party.ORGANIZATION if counterpart == _ORGANIZATION else None,
        domain=_member(Regulation, _cell(version, fields, "domain")),
        severity=_member(Severity, _cell(version, fields, "severity")),
        procedure=_member(Procedure, _cell(version, fields, "procedure")),
        readable=not reading.unknown,
    )


def assess_record(version: ItemVersion, fields: Mapping[str, Any], *, decided_on: dt.date) -> Assessment:
    """Return severity and procedure of a record of a penalty, certain or proposed."""
    return assess(penalty_facts(version, fields), decided_on)


def confirmed_terms(
    version: ItemVersion,
    fields: Mapping[str, Any],
    *,
    decided_on: dt.date,
    severity: Severity,
    publishable: bool = True,
) -> ConfirmedTerms:
    """Return the terms of a record with a confirmed severity.

    Whether it may be published at all is not for a confirmation to say: ``publishable`` is false where its source knows no day. A last day that
    the department gave is kept between the shortest and the longest, as at the first publication.
    """
    facts = penalty_facts(version, fields)
    period = publication_period(
        decided=decided_on,
        kinds=facts.kinds,
        severity=severity,
        domain=_member(Domain, _cell(version, fields, "domain")),
        procedure=facts.procedure,
    )
    published = period.published and publishable
    if not published or period.longest_last_day is None:
        return ConfirmedTerms(False, period.instrument_code if publishable else "", None, None, None, period)
    last = _given_end(version, fields, period.shortest_last_day or decided_on, period.longest_last_day)
    return ConfirmedTerms(True, period.instrument_code, decided_on, period.shortest_last_day, last, period)


def _given_end(version: ItemVersion, fields: Mapping[str, Any], floor: dt.date, longest: dt.date) -> dt.date:
    given = _cell(version, fields, "publication_until")
    return min(max(dt.date.fromisoformat(given), floor), longest) if given else longest


def _cell(version: ItemVersion, fields: Mapping[str, Any], role: str) -> Any:
    field = version.by_role(role)
    return fields.get(field.name) if field else None


def _amount(version: ItemVersion, fields: Mapping[str, Any], role: str) -> int | None:
    cell = _cell(version, fields, role)
    return None if cell in (None, "") else int(cell)


def _member(kind: type[Member], text: str | None) -> Member | None:
    return next((member for member in kind if text in (member.value, member.label)), None)
