"""Withdrawing (撤回): a decision that was revoked or changed stops being shown at once; the record stays, marked.

Legal basis: 行政处罚法 第四十八条 (within three days, with reasons).
"""

from __future__ import annotations

import datetime as dt

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.standards.decision_numbers import decision_number_key
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import OutboxEntry, RecordEvent
from xinheng.store.queries.records import StandingRecord, standing_records
from xinheng.usecases.deed import deed
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.users import user_named


def withdraw(
    code: str, decision_number: str, *, agency: str, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> StandingRecord:
    """Withdraw the record of a decision on a subject that ``agency`` handed in; raises ``Missing`` or ``UnusableCall``."""
    if not reason.strip():
        raise UnusableCall(_NO_REASON)
    subject = subject_or_missing(code)
    reason = mask(reason)  # it is kept, and read by others
    asked = {"subject": subject.uscc, "decision_number": mask(decision_number), "agency": agency, "reason": reason}
    with deed(
        actor, Action.WITHDRAW_RECORD, Target(agency=agency), about=f"subject {subject.uscc}", asked=asked, at=at
    ) as done:
        record = _record(subject.pk, decision_number, agency, on)
        if record.withdrawn_on is None:
            event = RecordEvent.objects.create(
                subject_id=subject.pk, record_key=record.record_key, revision=record.revision, kind="withdrawn", on=on, at=at,
                by=user_named(actor.name), reason=reason,
            )  # fmt: skip
            OutboxEntry.objects.create(
                at=at,
                kind="record-withdrawn",
                payload={"subject": subject.pk, "record": record.record_key, "event": event.pk},
            )
        done.result = {"record": record.record_key, "withdrawn_on": (record.withdrawn_on or on).isoformat()}
    return record


def _record(subject_id: int, decision_number: str, agency: str, on: dt.date) -> StandingRecord:
    wanted = decision_number_key(decision_number)
    for record in standing_records(subject_id, as_of=on):
        if record.source_agency == agency and decision_number_key(record.decision_number) == wanted:
            return record
    raise Missing(_NONE)


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
