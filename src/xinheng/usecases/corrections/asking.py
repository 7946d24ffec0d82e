"""Asking (申请): that a standing record be withdrawn, or corrected in its form's fields. Nothing changes until another person approves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from xinheng.core.access import Action, Actor
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Missing, UnusableCall
from xinheng.core.ledger.corrections import CorrectionKind, CorrectionState
from xinheng.core.ledger.visibility import ENDED
from xinheng.core.standards.decision_numbers import decision_number_key
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Correction, Subject
from xinheng.store.queries.records import StandingRecord, standing_records
from xinheng.store.queries.sources import sightings_of
from xinheng.usecases.corrections import words
from xinheng.usecases.corrections.cells import cells_of, changes_between, sheet_of
from xinheng.usecases.corrections.people import about, approvers_for, known, standing_in, target_of
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.rows import Tried, try_rows
from xinheng.usecases.ledger.file import state_of, subject_or_missing
from xinheng.usecases.notices.send import notify_account
from xinheng.usecases.users import user_named


def ask_withdrawal(code: str, key: str, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> int:
    """Ask that a record be withdrawn, as its source agency; returns the number of the request. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    reason, subject = stated(reason), subject_or_missing(code)
    record = standing_record(subject, key, on)
    return _asked(CorrectionKind.WITHDRAW, subject, record, reason=reason, actor=actor, at=at)


def ask_withdrawal_of_decision(
    code: str, decision_number: str, *, agency: str, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> int:
    """Ask the same for the decision with this number whose source is ``agency``; raises as ``ask_withdrawal``."""
    reason, subject = stated(reason), subject_or_missing(code)
    ensure_allowed(actor, Action.WITHDRAW_RECORD, target_of(agency), about=f"subject {subject.uscc}", at=at)
    record = _by_number(subject, decision_number, agency, on)
    return _asked(CorrectionKind.WITHDRAW, subject, record, reason=reason, actor=actor, at=at)


def ask_correction(
    code: str, key: str, cells: Mapping[str, str], *, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> tuple[int | None, Tried]:
    """Ask that a record say what ``cells`` (by field code, all of the form) say; returns the number, and what the check says of them.

    There is no number where the check sends the row back. Raises ``Missing``, ``UnusableCall``, ``UnusableFile`` or ``Refused``.
    """
    reason, subject = stated(reason), subject_or_missing(code)
    record = standing_record(subject, key, on)
    ensure_allowed(actor, Action.MEND_RECORD, target_of(record.source_agency), about=f"subject {subject.uscc}", at=at)
    changes = changes_between(cells_of(record.fields, load(record.item).at(on)), cells)
    if not changes:
        raise UnusableCall(words.UNCHANGED)
    sheet = sheet_of(record.item, record.source_agency, cells, number=0, on=on)
    tried = try_rows(sheet, actor=actor, at=at)
    if tried.outcome.counts.waiting:
        raise UnusableCall(words.STRANGER)
    if tried.outcome.counts.rejected:
        return None, tried
    asked = _asked(
        CorrectionKind.MEND, subject, record, reason=reason, actor=actor, at=at, cells=dict(cells), changes=changes
    )
    return asked, tried


def take_back(number: int, *, actor: Actor, at: dt.datetime) -> None:
    """Take back what one asked for oneself, while it waits; raises ``Missing`` or ``UnusableCall``."""
    held = known(number, Action.VIEW_CORRECTIONS, actor=actor, at=at)
    if held.asked_by.username != actor.name:
        raise Missing(words.NONE, correction=number)
    action = Action.WITHDRAW_RECORD if held.kind == CorrectionKind.WITHDRAW else Action.MEND_RECORD
    asked = {"correction": number, "take_back": True}
    with deed(actor, action, target_of(held.agency), about=about(held), asked=asked, at=at) as done:
        held = open_one(number)
        if held.begun_at is not None:
            raise UnusableCall(words.BEGUN, correction=number)
        held.state, held.decided_at, held.decided_by = CorrectionState.TAKEN_BACK.value, at, held.asked_by
        held.save()
        done.result = {"correction": number, "state": held.state}


def open_one(number: int) -> Correction:
    """Return a request that waits, locked until the transaction ends; raises ``UnusableCall`` where it was decided."""
    held = Correction.objects.select_for_update(of=("self",)).select_related("subject", "asked_by").get(pk=number)
    if held.state != CorrectionState.ASKED:
        raise UnusableCall(words.decided(CorrectionState(held.state)), correction=number)
    return held


def standing_record(subject: Subject, key: str, on: dt.date) -> StandingRecord:
    """Return a record of a subject that stands on the day; raises ``Missing``."""
    for record in standing_records(subject.pk, as_of=on):
        if record.record_key == key.strip().lower() and state_of(record, on) not in ENDED:
            return record
    raise Missing(words.NO_RECORD)


def stated(reason: str) -> str:
    """Return a reason as it is kept and read by others; raises ``UnusableCall`` where there is none."""
    if not reason.strip():
        raise UnusableCall(words.NO_REASON)
    return mask(reason.strip())


def link_to(number: int) -> str:
    """Return the path of a request's page."""
    return f"/desk/withdrawals/{number}/"


def _asked(
    kind: CorrectionKind,
    subject: Subject,
    record: StandingRecord,
    *,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    cells: dict[str, str] | None = None,
    changes: list[list[str]] | None = None,
) -> int:
    action = Action.WITHDRAW_RECORD if kind is CorrectionKind.WITHDRAW else Action.MEND_RECORD
    asked = {"subject": subject.uscc, "record": record.record_key, "agency": record.source_agency, "reason": reason}
    target = target_of(record.source_agency)
    with deed(actor, action, target, about=f"subject {subject.uscc}", asked=asked, at=at) as done:
        _ensure_new(subject, record)
        held = Correction.objects.create(
            kind=kind.value, subject=subject, record_key=record.record_key, revision=record.revision, item=record.item,
            decision_number=record.decision_number[:300], agency=record.source_agency, reason=reason, cells=cells or {}, changes=changes or [],
            asked_at=at, asked_by=user_named(actor.name), on_behalf_of=actor.on_behalf_of, covers_for=standing_in(actor, at),
        )  # fmt: skip
        for user in approvers_for(held, at.date()):
            notify_account(user, words.to_approve(held, link=link_to(held.pk)), at=at)
        done.result = {"correction": held.pk, "kind": held.kind, "record": f"{record.record_key}/{record.revision}"}
    return held.pk


def _ensure_new(subject: Subject, record: StandingRecord) -> None:
    open_ = Correction.objects.filter(subject=subject, record_key=record.record_key, state=CorrectionState.ASKED.value)
    for held in open_:
        raise UnusableCall(words.already(held.pk), correction=held.pk)


def _by_number(subject: Subject, decision_number: str, agency: str, on: dt.date) -> StandingRecord:
    wanted = decision_number_key(decision_number)
    held = [one for one in standing_records(subject.pk, as_of=on) if state_of(one, on) not in ENDED]
    same = [record for record in held if decision_number_key(record.decision_number) == wanted]
    for record in same:
        if record.source_agency == agency:
            return record
    sightings = sightings_of(subject.pk, as_of=on) if same else {}
    for record in same:
        if agency in {source.agency for source in sightings.get(record.record_key, ())}:
            raise UnusableCall(words.of_another(record.source_agency), source_agency=record.source_agency)
    raise Missing(words.NO_RECORD)
