"""Withdrawing (撤回): a decision that was revoked or changed stops being shown at once; the record stays, marked.

Legal basis: 行政处罚法 第四十八条 (within three days, with reasons). A record is withdrawn as its source agency, by that agency or by the centre:
who else reported the decision (a sighting) can neither withdraw it nor keep it up.
"""

from __future__ import annotations

import datetime as dt

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.standards.decision_numbers import decision_number_key
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import OutboxEntry, RecordEvent
from xinheng.store.queries.records import StandingRecord, standing_records
from xinheng.store.queries.sources import sightings_of
from xinheng.usecases.deed import deed
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.users import user_named


def withdraw(
    code: str, decision_number: str, *, agency: str, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> StandingRecord:
    """Withdraw the record of a decision on a subject whose source is ``agency``; raises ``Missing`` or ``UnusableCall``."""
    if not reason.strip():
        raise UnusableCall(_NO_REASON)
    subject = subject_or_missing(code)
    reason = mask(reason)  # it is kept, and read by others
    asked = {"subject": subject.uscc, "decision_number": mask(decision_number), "agency": agency, "reason": reason}
    with deed(
        actor, Action.WITHDRAW_RECORD, Target(agency=agency), about=f"subject {subject.uscc}", asked=asked, at=at
    ) as done:
        record = _record(subject.pk, decision_number, agency, on)
        done.result = _withdrawn(record, reason, actor, at, on)
    return record


def withdraw_record(
    code: str, record: StandingRecord, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> None:
    """Withdraw a record of the subject with this code, as its source agency; ``reason`` is masked by the caller. Raises ``Refused``."""
    asked = {"subject": code, "record": record.record_key, "agency": record.source_agency, "reason": reason}
    target = Target(agency=record.source_agency)
    with deed(actor, Action.WITHDRAW_RECORD, target, about=f"subject {code}", asked=asked, at=at) as done:
        done.result = _withdrawn(record, reason, actor, at, on)


def _withdrawn(record: StandingRecord, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> dict[str, str]:
    """Mark a record as withdrawn, once, and return what the receipt says of it."""
    if record.withdrawn_on is None:
        event = RecordEvent.objects.create(
            subject_id=record.subject_id, record_key=record.record_key, revision=record.revision, kind="withdrawn", on=on, at=at,
            by=user_named(actor.name), reason=reason,
        )  # fmt: skip
        payload = {"subject": record.subject_id, "record": record.record_key, "event": event.pk}
        OutboxEntry.objects.create(at=at, kind="record-withdrawn", payload=payload)
    return {"record": record.record_key, "withdrawn_on": (record.withdrawn_on or on).isoformat()}


def _record(subject_id: int, decision_number: str, agency: str, on: dt.date) -> StandingRecord:
    wanted = decision_number_key(decision_number)
    held = standing_records(subject_id, as_of=on)
    same = [record for record in held if decision_number_key(record.decision_number) == wanted]
    for record in same:
        if record.source_agency == agency:
            return record
    sightings = sightings_of(subject_id, as_of=on) if same else {}
    for record in same:
        if agency in {source.agency for source in sightings.get(record.record_key, ())}:
            raise UnusableCall(_of_another(record.source_agency), source_agency=record.source_agency)
    raise Missing(_NONE)


def _of_another(source: str) -> Explanation:
    return Explanation(
        Text("该记录的信源单位是另一单位", "The record has another source agency"),
        Text(f"信源单位为 {source}，您单位也报送过同一决定", f"it is {source}; your agency reported the same decision"),
        Text("请联系信源单位或中心办理撤回。", "Ask the source agency or the centre to withdraw it."),
    )


_NONE = Explanation(
    Text("没有可撤回的记录", "There is no such record to withdraw"),
    Text("该主体名下没有该单位报送的这一文书号", "the agency handed in no decision with this number on this subject"),
    Text("请用 xinheng file 查看该主体的记录和文书号。", "See the subject's records with xinheng file."),
)
_NO_REASON = Explanation(
    Text("请说明撤回理由", "Say why the record is withdrawn"),
    Text("撤回须说明理由", "a withdrawal states its reason"),
    Text("请用 --reason 填写，如「决定已撤销」。", "Give it with --reason, e.g. 'decision revoked'."),
)
