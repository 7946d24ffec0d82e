"""The portal's use cases (公示): anyone looks up what is public on a day; a receipt of what was shown is left.

An emergency stop is asked for at every reading (``core.ledger.stops``): of a record and an agency by the statements themselves, of an item also where
its coverage is told, of the whole portal before anything is looked up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from xinheng.core.access import Action, Target
from xinheng.core.access.roles import ANYONE
from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import Field, ItemVersion, Openness, Privacy
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Explanation, Missing, Text, Unavailable
from xinheng.core.law.instruments import cite
from xinheng.core.law.kinds import read_kinds
from xinheng.core.law.publication import PublicationPeriod, publication_period
from xinheng.core.law.record_publication import record_rule
from xinheng.core.law.severity import Domain, Procedure, Severity
from xinheng.core.ledger.public import NO_END, Feed, Hit, PublicEntry, PublicField, PublicSubject, SearchPage
from xinheng.core.ledger.record_publication import list_code, published_of
from xinheng.core.ledger.stops import Scope
from xinheng.core.ledger.visibility import State
from xinheng.core.standards.money import format_yuan
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.searching import read_search
from xinheng.core.subjects.subject import SubjectKind
from xinheng.store.models import Subject
from xinheng.store.queries.records import StandingRecord, last_fed, standing_records
from xinheng.store.queries.sources import Source
from xinheng.store.queries.stops import hiding
from xinheng.store.queries.subjects import FoundSubject, public_counts, subject_by_code
from xinheng.usecases.deed import deed
from xinheng.usecases.ledger.file import corrected_of, sources_of, state_of
from xinheng.usecases.reach import agency_names
from xinheng.usecases.searching import found_subjects
from xinheng.usecases.stop_words import portal_stopped

PAGE = 20
REGISTER = "legal-entity-registration"
"""The item that a subject's name, state and address come from."""


class PortalStopped(Unavailable):
    """The whole portal is stopped: nothing is shown at any public door."""


def ensure_open() -> None:
    """Raise ``PortalStopped`` where the whole portal is stopped; for public doors that ask no other use case."""
    _wide_stops()


@dataclass(frozen=True, slots=True)
class WideStops:
    """The stops in force that are not of one record: items and agencies, each with the public wording."""

    items: Mapping[str, Text]
    agencies: Mapping[str, Text]

    @property
    def hides_register(self) -> bool:
        """Whether what the register says beside name and code is hidden."""
        return REGISTER in self.items


def _wide_stops() -> WideStops:
    stops = hiding(Scope.PORTAL, Scope.ITEM, Scope.AGENCY)
    for stop in stops:
        if stop.scope is Scope.PORTAL:
            raise PortalStopped(portal_stopped(stop.ground), stop=stop.number)
    items, agencies = (
        {stop.target: stop.ground.wording for stop in stops if stop.scope is scope}
        for scope in (Scope.ITEM, Scope.AGENCY)
    )
    return WideStops(items, agencies)


def search(query: str, *, page: int, on: dt.date, at: dt.datetime) -> SearchPage:
    """Return one page of the subjects that a code or a part of a name finds, and how many public records each has. Raises ``PortalStopped``.

    A natural person's number is not looked up, and one-person businesses are found by code or full name only.
    """
    stops, text = _wide_stops(), read_search(query)
    asked = {"query": text.text, "page": page}
    with deed(ANYONE, Action.SEARCH_PUBLIC, Target(), about="public search", asked=asked, at=at) as done:
        found = found_subjects(text, limit=PAGE, offset=(page - 1) * PAGE, former=not stops.hides_register)
        counts = public_counts([hit.subject_id for hit in found.subjects], on=on)
        done.result = {"total": found.total}
    return SearchPage(
        query,
        page,
        max(1, -(-found.total // PAGE)),
        found.total,
        tuple(_hit(one, counts, hides_register=stops.hides_register) for one in found.subjects),
        more=found.more,
        personal=text.personal,
    )


def view_subject(code: str, *, on: dt.date, at: dt.datetime) -> PublicSubject:
    """Return a subject's public page on a day; raises ``Missing`` or ``PortalStopped``."""
    stops = _wide_stops()
    about = f"subject {mask(code)}"[:200]
    with deed(ANYONE, Action.VIEW_PUBLIC, Target(), about=about, asked={"code": mask(code)}, at=at) as done:
        subject = _subject(code)
        shown = _public_subject(subject, on, stops)
        done.result = {"subject": subject.uscc, "records": [_told(entry) for entry in shown.entries]}
    return shown


def view_entry(code: str, key: str, *, on: dt.date, at: dt.datetime) -> tuple[PublicSubject, PublicEntry]:
    """Return a public record of a subject; raises ``Missing``, also for one that is not public, or not any more, and ``PortalStopped``."""
    stops = _wide_stops()
    asked = {"code": mask(code), "record": mask(key)}
    about = f"record of subject {mask(code)}"[:200]
    with deed(ANYONE, Action.VIEW_PUBLIC, Target(), about=about, asked=asked, at=at) as done:
        subject = _subject(code)
        shown = _public_subject(subject, on, stops)
        entry = next((entry for entry in shown.entries if entry.key == key), None)
        if entry is None:
            raise Missing(_NOT_PUBLIC, subject=subject.uscc)
        done.result = {"subject": subject.uscc, "records": [_told(entry)]}
    return shown, entry


def _told(entry: PublicEntry) -> str:
    return f"{entry.key}/{entry.revision}"


def _subject(code: str) -> Subject:
    subject = subject_by_code(code.strip().upper())
    if subject is None:
        raise Missing(_NOBODY)
    return subject


def _hit(found: FoundSubject, counts: Mapping[int, int], *, hides_register: bool) -> Hit:
    """Return what is shown of a subject found; where a stop ``hides_register``, its name and code alone."""
    former = found.matched if found.matched != found.name else ""
    address = "" if found.kind == SubjectKind.INDIVIDUAL_BUSINESS or hides_register else found.address
    status = "" if hides_register else found.status
    return Hit(found.uscc, found.name, found.kind, status, address, counts.get(found.subject_id, 0), former)


def _public_subject(subject: Subject, on: dt.date, stops: WideStops) -> PublicSubject:
    shop = subject.kind == SubjectKind.INDIVIDUAL_BUSINESS
    former = subject.names.filter(current=False).order_by("id") if not stops.hides_register else ()
    records = [record for record in standing_records(subject.pk, as_of=on) if state_of(record, on) is State.PUBLIC]
    sources, corrected = sources_of(records, as_of=on), corrected_of(records, as_of=on)
    names = agency_names({source.agency for found in sources.values() for source in found} | stops.agencies.keys())
    shown = (
        replace(
            _entry(record, names),
            reported_by=_reported_by(sources[record.record_key], {**names, **dict.fromkeys(stops.agencies, "")}),
            corrects=corrected[record.record_key].received_on if record.record_key in corrected else None,
        )
        for record in records
    )
    entries = sorted(shown, key=lambda entry: (entry.decided_on, entry.key), reverse=True)
    return PublicSubject(
        code=subject.uscc,
        name=subject.name,
        kind=subject.kind,
        status="" if stops.hides_register else subject.status,
        address="" if shop or stops.hides_register else subject.address,
        established_on=None if stops.hides_register else subject.established_on,
        former_names=tuple((held.name, held.valid_from, held.valid_until) for held in former),
        entries=tuple(entries),
        fed=_fed(stops.items),
        on=on,
        stopped_agencies=tuple((names.get(code, code), wording) for code, wording in stops.agencies.items()),
    )


def _reported_by(sources: Iterable[Source], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the agencies with a public name that reported a decision besides its source agency, in the order in which they came."""
    _, *others = dict.fromkeys(source.agency for source in sources)
    return tuple((names[code], code) for code in others if names.get(code))


def _fed(stopped: Mapping[str, Text]) -> tuple[Feed, ...]:
    """Return until when each item whose records are published was fed, or that it is stopped: absence is not innocence."""
    shown = [
        (item, published_of(item))
        for item in (load(name).latest for name in item_names())
        if item.openness is Openness.PUBLIC
    ]
    last = last_fed([item.name for item, _ in shown])
    feeds = []
    for item, only in shown:
        if only is not None:
            until = None if only or item.name in stopped else last.get(item.name)
            feeds.append(Feed(item.title, until, item.title_en, only, stopped.get(item.name)))
    return tuple(feeds)


def _entry(record: StandingRecord, names: Mapping[str, str]) -> PublicEntry:
    version = load(record.item).version(record.version)
    basis, reasons = _why(version, record)
    assert record.first_day is not None and record.last_day is not None  # noqa: S101, PT018 (a published record has its days)
    return PublicEntry(
        key=record.record_key,
        item=record.item,
        item_title=version.title,
        item_title_en=version.title_en,
        decision_number=record.decision_number,
        decided_on=record.decided_on,
        deciding_authority=_said(version, record, "deciding_authority"),
        deciding_authority_code=record.deciding_authority,
        source_agency=names.get(record.source_agency) or _said(version, record, "source_agency"),
        source_agency_code=record.source_agency,
        kinds=tuple(kind.label for kind in read_kinds(_said(version, record, "penalty_kinds")).kinds),
        first_day=record.first_day,
        shortest_last_day=record.shortest_last_day,
        last_day=record.last_day,
        publication_basis=basis,
        publication_reasons=reasons,
        received_on=record.received_on,
        fields=tuple(_shown(version, record.fields)),
        revision=record.revision,
        repair=version.by_role("penalty_kinds") is not None,
    )


def _why(version: ItemVersion, record: StandingRecord) -> tuple[Text, tuple[Text, ...]]:
    """Return by which instrument a record is public, and why for so long."""
    if version.by_role("penalty_kinds") is not None:
        period = period_of(version, record)
        return period.basis, period.reasons
    kind = list_code(version, _said(version, record, "list_type"))
    rule = record_rule(version.name, kind=kind, decided=record.decided_on)
    assert rule is not None  # noqa: S101 (without a rule it would not have been published)
    return cite(rule.citation), rule.reasons()


def period_of(version: ItemVersion, record: StandingRecord) -> PublicationPeriod:
    """Return the publication period of a record with its reasons in words, by the rule of its day and the severity that a person confirmed."""
    severity = record.severity or _said(version, record, "severity")
    procedure = _said(version, record, "procedure")
    domain = next((one for one in Domain if _said(version, record, "domain") in (one.value, one.label)), None)
    return publication_period(
        decided=record.decided_on,
        kinds=read_kinds(_said(version, record, "penalty_kinds")).kinds,
        severity=Severity.of(severity) if severity else None,
        domain=domain,
        procedure=Procedure.of(procedure) if procedure else None,
    )


def _said(version: ItemVersion, record: StandingRecord, role: str) -> str:
    field = version.by_role(role)
    return str(record.fields.get(field.name, "")) if field else ""


def _shown(version: ItemVersion, cells: Mapping[str, Any]) -> Iterator[PublicField]:
    """Yield the public fields that were filled, in the order of the item; what is told elsewhere is left out."""
    for field in version.fields:
        if field.openness is not Openness.PUBLIC or field.role in _TOLD or field.privacy in _PERSONS:
            continue
        if (cell := cells.get(field.name)) in (None, ""):
            continue
        withheld = "text-not-reviewed" if field.privacy is Privacy.FREE_TEXT else ""
        value = "" if withheld else _value(field, cell)
        title = shown_title(field)
        yield PublicField(field.name, title.zh, title.en, value, withheld)


_PERSONS = frozenset({Privacy.PERSON_NAME, Privacy.PERSON_IDENTIFIER})
_TOLD = frozenset(
    {
        "counterpart_name", "counterpart_kind", "uscc", "decision_number", "decided_on", "deciding_authority",
        "deciding_authority_code", "source_agency", "source_agency_code", "penalty_kinds", "publication_until",
    }
)  # fmt: skip
_UNIT = re.compile(r" ?[（(][^（）()]*(?:元|yuan)[）)]$")


def shown_title(field: Field) -> Text:
    """Return the title of a field without the unit in which departments write the amount: all amounts are shown in 元."""
    zh, en = (_UNIT.sub("", title) if field.unit else title for title in (field.title, field.title_en))
    return Text(zh, en)


def _value(field: Field, cell: Any) -> str | dt.date | Text:
    if field.type == "number":
        yuan = format_yuan(int(cell))
        return Text(f"{yuan} 元", f"{yuan} yuan")
    if field.type == "date":
        day = dt.date.fromisoformat(cell)
        return _LONG_TERM if day >= NO_END else day
    code = code_list(field.code_list).find(cell) if field.code_list else None
    return Text(code.label, code.label_en) if code else str(cell)


_LONG_TERM = Text("长期", "no end")
_NOBODY = Explanation(
    Text("没有查到该代码的主体", "No subject has this code"),
    Text(
        "代码可能有误，该主体的登记信息也可能尚未收到。",
        "The code may be wrong, or the registration has not come in yet.",
    ),
    Text("请核对代码，或者按名称重新查询。", "Please check the code, or search by name."),
)
_NOT_PUBLIC = Explanation(
    Text("这条信息没有公示", "This record is not published"),
    Text(
        "公示期可能已满，信息也可能已经撤回、更正，或者依法不予公示。",
        "Its publication may be over; it may have been withdrawn or corrected, or it is not for publication by law.",
    ),
    Text("请查看该主体正在公示的信息。", "Please see what is published of the subject now."),
)
