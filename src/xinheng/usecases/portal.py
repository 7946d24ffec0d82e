"""The portal's use cases (公示): anyone looks up what is public on a day; each look leaves a receipt of what was shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from xinheng.core.access import Action, Target
from xinheng.core.access.roles import ANYONE
from xinheng.core.catalogue.item import Field, ItemVersion, Openness, Privacy
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.law.kinds import read_kinds
from xinheng.core.law.publication import PublicationPeriod, publication_period
from xinheng.core.law.severity import Domain, Procedure, Severity
from xinheng.core.ledger.public import Feed, Hit, PublicEntry, PublicField, PublicSubject, SearchPage
from xinheng.core.ledger.visibility import State
from xinheng.core.standards.money import format_yuan
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.subject import SubjectKind
from xinheng.store.models import AgencyName, Subject, Submission
from xinheng.store.queries.records import StandingRecord, standing_records
from xinheng.store.queries.subjects import FoundSubject, public_counts
from xinheng.usecases.deed import deed
from xinheng.usecases.ledger.file import found_by, state_of, subject_or_missing

PAGE = 20


def search(query: str, *, page: int, on: dt.date, at: dt.datetime) -> SearchPage:
    """Return one page of the subjects that a code or a part of a name finds, with how many of their records are public."""
    asked = {"query": mask(query)[:200], "page": page}
    with deed(ANYONE, Action.SEARCH_PUBLIC, Target(), about="public search", asked=asked, at=at) as done:
        total, found = found_by(query, limit=PAGE, offset=(page - 1) * PAGE)
        counts = public_counts([hit.subject_id for hit in found], on=on)
        done.result = {"total": total}
    pages = max(1, -(-total // PAGE))
    return SearchPage(query, page, pages, total, tuple(_hit(one, counts) for one in found))


def view_subject(code: str, *, on: dt.date, at: dt.datetime) -> PublicSubject:
    """Return a subject's public page on a day; raises ``Missing``."""
    with deed(ANYONE, Action.VIEW_PUBLIC, Target(), about=f"subject {mask(code)}"[:200], asked={"code": mask(code)}, at=at) as done:
        subject = subject_or_missing(code)
        shown = _public_subject(subject, on)
        done.result = {"subject": subject.uscc, "records": [f"{entry.key}/{entry.revision}" for entry in shown.entries]}
    return shown


def view_entry(code: str, key: str, *, on: dt.date, at: dt.datetime) -> tuple[PublicSubject, PublicEntry]:
    """Return a public record of a subject; raises ``Missing`` once it is not public any more."""
    shown = view_subject(code, on=on, at=at)
    for entry in shown.entries:
        if entry.key == key:
            return shown, entry
    raise Missing(_NOT_PUBLIC)


def _hit(found: FoundSubject, counts: Mapping[int, int]) -> Hit:
    former = found.matched if found.matched != found.name else ""
    address = "" if found.kind == SubjectKind.INDIVIDUAL_BUSINESS else found.address
    return Hit(found.uscc, found.name, found.kind, found.status, address, counts.get(found.subject_id, 0), former)


def _public_subject(subject: Subject, on: dt.date) -> PublicSubject:
    shop = subject.kind == SubjectKind.INDIVIDUAL_BUSINESS
    former = subject.names.filter(current=False).order_by("id")
    records = [record for record in standing_records(subject.pk, as_of=on) if state_of(record, on) is State.PUBLIC]
    entries = sorted((_entry(record) for record in records), key=lambda entry: (entry.decided_on, entry.key), reverse=True)
    return PublicSubject(
        code=subject.uscc,
        name=subject.name,
        kind=subject.kind,
        status=subject.status,
        address="" if shop else subject.address,
        established_on=subject.established_on,
        former_names=tuple((held.name, held.valid_from, held.valid_until) for held in former),
        entries=tuple(entries),
        fed=_fed(),
        on=on,
    )


def _fed() -> tuple[Feed, ...]:
    """Return until when each public item was fed: absence is not innocence."""
    last = dict(Submission.objects.exclude(committed_at=None).order_by("received_on").values_list("item", "received_on"))
    items = (load(name).latest for name in item_names())
    shown = (item for item in items if item.openness is Openness.PUBLIC and item.by_role("decision_number"))
    return tuple(Feed(item.title, last.get(item.name), item.title_en) for item in shown)


def _entry(record: StandingRecord) -> PublicEntry:
    version = load(record.item).version(record.version)
    period = period_of(version, record)
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
        source_agency=_agency_name(record.source_agency) or _said(version, record, "source_agency"),
        source_agency_code=record.source_agency,
        kinds=tuple(kind.label for kind in read_kinds(_said(version, record, "penalty_kinds")).kinds),
        first_day=record.first_day,
        shortest_last_day=record.shortest_last_day,
        last_day=record.last_day,
        publication_basis=period.basis.zh,
        publication_reason="；".join(reason.zh for reason in period.reasons),
        publication_reason_en="; ".join(reason.en for reason in period.reasons),
        received_on=record.received_on,
        fields=tuple(_shown(version, record.fields)),
        revision=record.revision,
    )


def period_of(version: ItemVersion, record: StandingRecord) -> PublicationPeriod:
    """Return the publication period of a record with its reasons in words, by the rule of its day."""
    severity, procedure = _said(version, record, "severity"), _said(version, record, "procedure")
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


def _agency_name(code: str) -> str:
    held = AgencyName.objects.filter(agency__uscc=code, valid_until=None).first()
    return held.name if held else ""


def _shown(version: ItemVersion, cells: Mapping[str, Any]) -> list[PublicField]:
    fields = []
    for field in version.fields:
        if field.openness is not Openness.PUBLIC or field.role in _TOLD or field.privacy in _PERSONS:
            continue
        if field.name in cells:
            withheld = "text-not-reviewed" if field.privacy is Privacy.FREE_TEXT else ""
            value = "" if withheld else _value(field, cells[field.name])
            fields.append(PublicField(field.name, field.title, field.title_en, value, withheld))
    return fields


_PERSONS = frozenset({Privacy.PERSON_NAME, Privacy.PERSON_IDENTIFIER})
_TOLD = frozenset(
    {
        "counterpart_name", "uscc", "decision_number", "decided_on", "deciding_authority", "deciding_authority_code", "source_agency",
        "source_agency_code", "penalty_kinds", "publication_until",
    }
)  # fmt: skip


def _value(field: Field, value: Any) -> str:
    if field.type == "number":
        return f"{format_yuan(int(value))} 元"
    return str(value)


_NOT_PUBLIC = Explanation(
    Text("没有这条公示信息", "This record is not published"),
    Text("公示期可能已满，或信息已撤回、更正", "its publication may be over, or it was withdrawn or corrected"),
    Text("请查看该主体目前公示的信息。", "See what is published of the subject today."),
)
