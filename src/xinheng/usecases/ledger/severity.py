"""Severity (失信程度): what the tables propose for the records of a submission, a clerk's confirmation, and its undoing.

Nothing that is proposed has an effect; what a person confirms changes for which days the record is public, from that day on.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.law.assessment import Assessment
from xinheng.core.law.severity import Severity
from xinheng.core.ledger.events import EventKind
from xinheng.core.ledger.outbox import SEVERITY_CONFIRMED, SEVERITY_UNDONE
from xinheng.core.ledger.severity import ConfirmedTerms, assess_record, confirmed_terms
from xinheng.core.ledger.visibility import ENDED
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import OutboxEntry, RecordEvent, Submission
from xinheng.store.queries.records import StandingRecord, standing_records, submission_records
from xinheng.usecases.deed import Deed, deed
from xinheng.usecases.intake.views import submission_of
from xinheng.usecases.ledger.file import state_of, subject_or_missing
from xinheng.usecases.users import user_named


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record whose severity a person has to confirm, what is proposed and why; ``name`` is what ``confirm`` takes."""

    name: str
    row: int
    decision_number: str
    stands: str | None
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Proposals:
    """How many records of a submission are certain, confirmed, ended, proposed or disagree with their source; the first of the latter two."""

    counts: Counter[str]
    listed: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A record's terms after its severity was confirmed, or after that was undone."""

    record: StandingRecord
    terms: ConfirmedTerms | None


def propose(number: int, *, actor: Actor, at: dt.datetime, on: dt.date, limit: int = 200) -> Proposals:
    """Return what the tables say of the records of a submission; raises ``Missing``, or ``UnusableCall`` where they are no penalties."""
    submission = submission_of(number)
    target = _target(submission)
    asked = {"submission": number}
    with deed(
        actor, Action.CONFIRM_SEVERITY, target, about=f"severity of submission {number}", asked=asked, at=at
    ) as done:
        _penalties_only(submission.item)
        counts: Counter[str] = Counter()
        listed: list[Proposal] = []
        for code, record in submission_records(submission.pk, on=on):
            found = _assessed(record)
            state = _state(record, found, on)
            counts[state] += 1
            if state in ("proposed", "disagrees") and len(listed) < limit:
                name = f"{code}/{record.record_key}"
                listed.append(Proposal(name, record.row_number, record.decision_number, record.severity, found))
        done.result = dict(counts)
    return Proposals(counts, tuple(listed))


def confirm(name: str, severity: Severity, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> Confirmation:
    """Confirm the severity of a record, named ``CODE/KEY``; raises ``Missing`` or ``UnusableCall``. A later confirmation replaces it."""
    reason = _reason(reason)
    record = _record(name, on)
    asked = {"record": record.record_key, "severity": severity.value, "reason": reason}
    with _changing(record, asked, actor, at) as done:
        terms = _terms(record, severity)
        proposed = _assessed(record).severity
        detail = {**terms.detail(severity), "proposed": proposed.value if proposed else None}
        _event(record, EventKind.SEVERITY_CONFIRMED, detail, reason, actor, at, on)
        done.basis = terms.period.basis.zh
        done.result = {"record": record.record_key, "revision": record.revision, **detail}
    return Confirmation(_record(name, on), terms)


def undo(name: str, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> Confirmation:
    """Undo what was confirmed of a record: it has the terms again that the law gave it when it came in. Raises ``UnusableCall``."""
    reason = _reason(reason)
    record = _record(name, on)
    with _changing(record, {"record": record.record_key, "undo": True, "reason": reason}, actor, at) as done:
        kinds = (EventKind.SEVERITY_CONFIRMED, EventKind.SEVERITY_UNDONE)
        last = (
            RecordEvent.objects.filter(subject_id=record.subject_id, record_key=record.record_key, kind__in=kinds)
            .order_by("id")
            .last()
        )
        if last is None or last.kind != EventKind.SEVERITY_CONFIRMED:
            raise UnusableCall(_NOTHING)
        _event(record, EventKind.SEVERITY_UNDONE, {}, reason, actor, at, on)
        done.result = {"record": record.record_key, "undone": last.pk}
    return Confirmation(_record(name, on), None)


def _changing(
    record: StandingRecord, asked: dict[str, Any], actor: Actor, at: dt.datetime
) -> AbstractContextManager[Deed]:
    target = Target(agency=record.source_agency)
    return deed(
        actor, Action.CONFIRM_SEVERITY, target, about=f"severity of record {record.record_key}", asked=asked, at=at
    )


def _event(
    record: StandingRecord,
    kind: EventKind,
    detail: dict[str, Any],
    reason: str,
    actor: Actor,
    at: dt.datetime,
    on: dt.date,
) -> None:
    event = RecordEvent.objects.create(
        subject_id=record.subject_id, record_key=record.record_key, revision=record.revision, kind=kind.value, on=on, at=at,
        by=user_named(actor.name), reason=reason, detail=detail,
    )  # fmt: skip
    payload = {"subject": record.subject_id, "record": record.record_key, "event": event.pk}
    confirmed = kind is EventKind.SEVERITY_CONFIRMED
    OutboxEntry.objects.create(at=at, kind=SEVERITY_CONFIRMED if confirmed else SEVERITY_UNDONE, payload=payload)


def _terms(record: StandingRecord, severity: Severity) -> ConfirmedTerms:
    version = load(record.item).version(record.version)
    return confirmed_terms(
        version, record.fields, decided_on=record.decided_on, severity=severity, publishable=bool(record.instrument)
    )


def _assessed(record: StandingRecord) -> Assessment:
    version = load(record.item).version(record.version)
    return assess_record(version, record.fields, decided_on=record.decided_on)


def _state(record: StandingRecord, found: Assessment, on: dt.date) -> str:
    if record.severity is not None:
        return "confirmed"
    if state_of(record, on) in ENDED:
        return "ended"
    if found.disagrees:
        return "disagrees"
    return "certain" if found.certain else "proposed"


def _record(name: str, on: dt.date) -> StandingRecord:
    """Return the record that a name means; raises ``UnusableCall`` or ``Missing``."""
    code, slash, key = name.partition("/")
    if not slash or not key:
        raise UnusableCall(_NO_NAME)
    subject = subject_or_missing(code)
    for record in standing_records(subject.pk, as_of=on):
        if record.record_key == key.strip().lower():
            _penalties_only(record.item)
            return record
    raise Missing(_NONE)


def _penalties_only(item: str) -> None:
    if load(item).latest.by_role("penalty_kinds") is None:
        raise UnusableCall(_NO_PENALTY)


def _reason(text: str) -> str:
    if not text.strip():
        raise UnusableCall(_NO_REASON)
    return mask(text.strip())  # it is kept, and read by others


def _target(submission: Submission) -> Target:
    return Target(agency=submission.agency.uscc, region=submission.agency.region_code)


_NO_NAME = Explanation(
    Text("无法识别该记录", "The record is not named right"),
    Text("记录以「统一社会信用代码/记录编号」表示", "a record is named by its subject's code, a slash and its key"),
    Text(
        "请用 xinheng severity propose 报送编号 查看待确认的记录。",
        "See the records with xinheng severity propose SUBMISSION.",
    ),
)
_NONE = Explanation(
    Text("没有该记录", "There is no such record"),
    Text("该主体名下没有这一记录编号", "the subject has no record with this key"),
    Text("请用 xinheng file 代码 --json 查看其记录编号。", "See the keys with xinheng file CODE --json."),
)
_NO_PENALTY = Explanation(
    Text("该目录没有处罚程度", "The item knows no severity"),
    Text("程度只对行政处罚信息作认定", "only administrative penalties are classed by severity"),
    Text("请核对报送编号或记录编号。", "Check the number of the submission or the key of the record."),
)
_NO_REASON = Explanation(
    Text("请说明理由", "Say why"),
    Text("确认程度或撤销确认须说明理由", "a confirmation, or its undoing, states its reason"),
    Text(
        "请用 --reason 填写，如「行业标准列为一般」。",
        "Give it with --reason, e.g. 'general by the ministry's standard'.",
    ),
)
_NOTHING = Explanation(
    Text("没有可撤销的确认", "There is nothing to undo"),
    Text("该记录的程度未经确认，或确认已撤销", "no severity was confirmed of this record, or that was undone already"),
    Text("请用 xinheng file 代码 --json 查看其记录。", "See its records with xinheng file CODE --json."),
)
