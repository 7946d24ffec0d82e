"""Judging (判定): an official says whose a waiting row is. *Same* takes the row through the check as ever and publishes it by the usual rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from xinheng.core.access import Action, Actor
from xinheng.core.errors import UnusableCall
from xinheng.core.ledger.events import EventKind
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.candidates import Candidate
from xinheng.core.subjects.judgement import Standing, Step, Verdict, after, is_evidence
from xinheng.store.models import Judgement, Subject, WaitingRow
from xinheng.store.queries.records import own_revision
from xinheng.usecases.deed import Deed, deed
from xinheng.usecases.intake.receiving import wait_for_turn
from xinheng.usecases.intake.waiting import Waiting, take
from xinheng.usecases.judgements import words
from xinheng.usecases.judgements.events import append_event
from xinheng.usecases.judgements.rows import asked_of, candidates_for, key_of, name_of, row_in_reach, target_of
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.users import user_named

REPLACED = "由后来的判定取代"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement that was made: its number, the row, the verdict, what became of the row (empty unless *same*), and the receipt."""

    number: int
    row: int
    verdict: Verdict
    became: str
    receipt: str


def judge(
    number: int,
    code: str,
    verdict: Verdict,
    *,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    on: dt.date,
    also: Sequence[int] = (),
) -> tuple[Judged, ...]:
    """Judge the waiting row ``number`` and the subject with this code; ``also`` are rows of the same name and agency that were shown and chosen.

    ``reason`` is the evidence; a name is none. Raises ``Refused``, ``Missing`` or ``UnusableCall``; then nothing is judged.
    """
    rows = [row_in_reach(one, Action.JUDGE, actor=actor, at=at) for one in dict.fromkeys((number, *also))]
    subject, name = subject_or_missing(code), name_of(rows[0])
    _ensure_alike(rows)
    if not is_evidence(reason, names=(name, subject.name)):
        raise UnusableCall(words.NO_EVIDENCE)
    made: list[tuple[Judgement, Deed]] = []
    with transaction.atomic():
        wait_for_turn(row.submission.item for row in rows)
        for row in sorted(rows, key=lambda one: one.pk != number):
            along = made[0][0] if made else None
            made.append(_judge(row, subject, verdict, mask(reason.strip()), along, actor, at, on))
        for judgement, done in made:
            judgement.receipt = done.receipt
            judgement.save(update_fields=["receipt"])
    return tuple(_judged(one) for one, _ in made)


def evidence_of(candidate: Candidate) -> list[dict[str, Any]]:
    """Return what spoke for and against a candidate as plain data, for the receipt and ``--json``."""
    return [
        {"ground": one.ground.value, "agrees": one.agrees, "zh": one.words.zh, "en": one.words.en}
        for one in candidate.evidence
    ]


def live_judgement(row: WaitingRow, subject: Subject) -> Judgement | None:
    """Return what is judged of a row and a subject, if anything stands."""
    return Judgement.objects.filter(row=row, subject=subject, ended_at=None).first()


def _judge(
    row: WaitingRow,
    subject: Subject,
    verdict: Verdict,
    reason: str,
    along: Judgement | None,
    actor: Actor,
    at: dt.datetime,
    on: dt.date,
) -> tuple[Judgement, Deed]:
    asked = {
        "row": row.pk,
        "subject": subject.uscc,
        "verdict": verdict.value,
        "reason": reason,
        "along": along and along.pk,
    }
    with deed(
        actor, Action.JUDGE, target_of(row.submission), about=f"waiting row {row.pk}", asked=asked, at=at
    ) as done:
        _lock_waiting(row)
        _make_room(row, subject, verdict, actor, at)
        found = asked_of(row)
        (candidate,) = candidates_for(row, found, [subject], actor=actor, on=on, limit=1)
        judgement = Judgement.objects.create(
            row=row, subject=subject, verdict=verdict.value, name_key=key_of(found.name), reason=reason, evidence=evidence_of(candidate),
            along=along, by=user_named(actor.name), at=at,
        )  # fmt: skip
        if verdict is Verdict.SAME:
            _take(row, subject, judgement, reason, actor, at, on)
        done.versions = {"catalogue": f"{row.submission.item} {row.submission.version}"}
        done.facts = {"evidence": judgement.evidence, "score": round(candidate.likeness.score, 4)}
        done.result = {
            "judgement": judgement.pk, "submission": row.submission_id, "row": row.row, "became": judgement.became,
            "record": str(judgement.record_key) if judgement.record_key else "",
        }  # fmt: skip
    return judgement, done


def _lock_waiting(row: WaitingRow) -> None:
    held = WaitingRow.objects.select_for_update().get(pk=row.pk)
    if held.ended is not None:
        raise UnusableCall(words.ENDED, row=row.pk, ended=held.ended)


def _make_room(row: WaitingRow, subject: Subject, verdict: Verdict, actor: Actor, at: dt.datetime) -> None:
    """Refuse what may not follow on what stands of the pair; what was not sure is ended by what is said now."""
    held = live_judgement(row, subject)
    if after(Standing(held.verdict) if held else Standing.OPEN, Step(verdict.value)) is None:
        raise UnusableCall(words.NOT_NOW, row=row.pk)
    if held is not None:
        held.ended_at, held.ended_by, held.ended_reason = at, user_named(actor.name), REPLACED
        held.save(update_fields=["ended_at", "ended_by", "ended_reason"])


def _take(
    row: WaitingRow, subject: Subject, judgement: Judgement, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> None:
    """Take the row as the subject's; a record that an earlier judgement had made, and that was detached, is attached again."""
    (taken,) = take(row.submission, [Waiting(row.pk, row.row, row.fields)], at=at, judged=(subject.pk, subject.name))
    judgement.became = taken.became
    if taken.record:
        own = own_revision(subject.pk, taken.record, submission=row.submission_id, row=row.row)
        if own is not None:
            judgement.record_key, judgement.revision = taken.record, own.revision
            if own.detached_on is not None:
                append_event(judgement, EventKind.ATTACHED, reason, actor=actor, at=at, on=on)
    judgement.save(update_fields=["became", "record_key", "revision"])


def _ensure_alike(rows: list[WaitingRow]) -> None:
    alike = {(row.submission.agency_id, key_of(name_of(row))) for row in rows}
    if len(alike) > 1 or any(row.ended is not None for row in rows[1:]):
        raise UnusableCall(words.NOT_SHOWN)


def _judged(one: Judgement) -> Judged:
    return Judged(one.pk, one.row_id, Verdict(one.verdict), one.became, str(one.receipt_id))
