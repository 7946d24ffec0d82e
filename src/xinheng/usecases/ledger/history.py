"""History (历史数据导入): old records come in with their past, clearly not live; no clock starts again.

The rows go through the same reading, checks and writing as any file, in a channel of their own: none of them is public until its past is told, so
an import that breaks off shows nothing, and the same call finishes it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.intake.layout import heading_known
from xinheng.core.intake.read import TableReader, open_table
from xinheng.core.ledger.events import HISTORY, EventKind
from xinheng.core.ledger.history import Law, PastState, Standing, read_past, standing, state_places
from xinheng.core.ledger.outbox import HISTORY_IMPORTED
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import HistoryBatch, OutboxEntry, RecordEvent, Submission, User
from xinheng.store.queries.history import WrittenRecord, written_records
from xinheng.usecases.agencies import agency_named
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.receiving import stream_of, version_of
from xinheng.usecases.intake.submit import Call, Outcome, Progress, check_only, submit
from xinheng.usecases.intake.views import submission_of
from xinheng.usecases.users import user_named

_BATCH = 5000
_LISTED = 100


@dataclass(frozen=True, slots=True)
class StateProblem:
    """What is wrong with a past state: the row of the file, the column, the words."""

    row: int
    column: str
    words: Text


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import ended: the counts of its rows, where the records stand, and the first of the problems with their past.

    ``left`` are rows whose decision is in the ledger already: what is there stands, and their past changes nothing.
    """

    outcome: Outcome
    source_system: str
    states: Counter[str]
    problems: tuple[StateProblem, ...]
    left: int


def import_history(
    call: Call, *, source_system: str, actor: Actor, at: dt.datetime, progress: Progress | None = None
) -> Imported:
    """Import a file of old records with their past; run again, it finishes what broke off and repeats nothing.

    Raises ``Refused``, ``UnusableCall``, ``UnusableFile`` (then nothing is in) or ``Unavailable`` (then the same call finishes the work).
    """
    call, source = _asked(call, source_system, actor, at)
    outcome = submit(call, actor=actor, at=at, progress=progress)
    assert outcome.submission is not None  # noqa: S101 (it is in)
    submission = submission_of(outcome.submission)
    if submission.channel != HISTORY:
        raise UnusableCall(_LIVE, submission=submission.pk)
    return _tell_past(submission, outcome, source, actor, at)


def foresee_history(
    call: Call, *, source_system: str, actor: Actor, at: dt.datetime, progress: Progress | None = None
) -> Imported:
    """Say what would become of a file of history, by its own words, without taking any of it."""
    call, source = _asked(call, source_system, actor, at)
    outcome = check_only(call, actor=actor, at=at, progress=progress)
    call.content.seek(0)
    reader = _open(call.content, call.file_name, call.size, load(call.item).at(call.received_on))
    states: Counter[str] = Counter()
    problems: list[StateProblem] = []
    for rows in _state_chunks(reader):
        for row, cells in rows.items():
            past = read_past(cells, today=call.received_on, decided_on=None)
            states[standing(past, Law(True, None), today=call.received_on).value] += 1
            problems += _problems(row, past)
    return Imported(outcome, source, states, tuple(problems[:_LISTED]), 0)


def _open(content: BinaryIO, name: str, size: int, version: ItemVersion) -> TableReader:
    """Open a file of history: its heading row is found by what the item knows, as for any other file."""
    return open_table(content, name=name, size=size, knows=heading_known(version))


def _asked(call: Call, source_system: str, actor: Actor, at: dt.datetime) -> tuple[Call, str]:
    """Refuse what may not be or cannot be imported, before anything is taken; return the call in the channel of history."""
    agency = agency_named(call.agency)
    target = Target(agency=agency.uscc, region=agency.region_code, item=call.item)
    ensure_allowed(actor, Action.IMPORT_HISTORY, target, about=f"history {call.file_name}"[:200], at=at)
    source = mask(source_system.strip())[:100]
    if not source:
        raise UnusableCall(_NO_SOURCE)
    state_places(_open(call.content, call.file_name, call.size, load(call.item).at(call.received_on)).header)
    call.content.seek(0)
    return replace(call, channel=HISTORY), source


def _tell_past(submission: Submission, outcome: Outcome, source: str, actor: Actor, at: dt.datetime) -> Imported:
    """Write what the file tells of the past of its records, for all those that have no past yet, in one transaction."""
    held = HistoryBatch.objects.filter(submission=submission).first()
    if held is not None and held.source_system != source:
        raise UnusableCall(_OTHER_SOURCE, source_system=held.source_system)
    asked = {"submission": submission.pk, "source_system": source}
    target = Target(agency=submission.agency.uscc, region=submission.agency.region_code, item=submission.item)
    about = f"history batch {submission.pk}"
    with deed(actor, Action.IMPORT_HISTORY, target, about=about, asked=asked, at=at) as done:
        states, problems = Counter(held.counts if held else {}), []
        written = Written(submission, user_named(actor.name), at, source)
        for record, past in _pasts(submission):
            written.add(record, past)
            states[_standing(record, past, submission.received_on).value] += 1
            problems += _problems(record.row_number, past)
        written.flush()
        batch, _ = HistoryBatch.objects.update_or_create(
            submission=submission, defaults={"source_system": source, "at": at, "counts": dict(states)}
        )
        OutboxEntry.objects.create(at=at, kind=HISTORY_IMPORTED, payload={**asked, "events": written.numbers})
        done.facts = {"file": submission.file_id}
        done.result = {"batch": submission.pk, "source_system": source, "states": dict(sorted(states.items()))}
    batch.receipt = done.receipt
    batch.save(update_fields=["receipt"])
    return Imported(outcome, source, states, tuple(problems[:_LISTED]), outcome.counts.unchanged)


class Written:
    """The events of a batch, written some thousand at a time."""

    def __init__(self, submission: Submission, by: User, at: dt.datetime, source: str) -> None:
        self._batch, self._by, self._at, self._source = submission.pk, by, at, source
        self._reason = f"历史数据导入：批次 {submission.pk}，来源系统 {source}"
        self._events: list[RecordEvent] = []
        self.numbers: list[int] = []

    def add(self, record: WrittenRecord, past: PastState) -> None:
        """Add what happened to a record, and its past."""
        marks = {"batch": self._batch, "source_system": self._source}
        told = (EventKind.PAST_STATE, past.published_from or record.decided_on)
        for kind, day in (told, *past.events()):
            detail = {**marks, **past.detail()} if kind is EventKind.PAST_STATE else marks
            self._events.append(
                RecordEvent(
                    subject_id=record.subject_id, record_key=record.record_key, revision=record.revision, kind=kind.value, on=day,
                    at=self._at, by=self._by, reason=self._reason, detail=detail,
                )
            )  # fmt: skip
        if len(self._events) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is left."""
        self.numbers += [event.pk for event in RecordEvent.objects.bulk_create(self._events)]
        self._events = []


def _pasts(submission: Submission) -> Iterator[tuple[WrittenRecord, PastState]]:
    """Yield the records of a submission whose past is not told yet, each with what the file says of it."""
    with stream_of(submission) as stream:
        reader = _open(stream, submission.file_name, submission.file.size, version_of(submission))
        for rows in _state_chunks(reader):
            if not rows:
                continue
            records = written_records(submission.pk, first=min(rows), last=max(rows), told=False)
            for number, record in sorted(records.items()):
                past = read_past(rows[number], today=submission.received_on, decided_on=record.decided_on)
                yield record, past


def _state_chunks(reader: TableReader) -> Iterator[dict[int, dict[str, str | None]]]:
    places = state_places(reader.header)
    for raw in reader.chunks():
        chunk = raw.parse()
        columns = {name: chunk.table.column(place).to_pylist() for name, place in places.items()}
        yield {
            int(row): {name: cells[place] for name, cells in columns.items()}
            for place, row in enumerate(chunk.rows.tolist())
        }


def _standing(record: WrittenRecord, past: PastState, today: dt.date) -> Standing:
    return standing(past, Law(record.published, record.last_day), today=today)


def _problems(row: int, past: PastState) -> list[StateProblem]:
    return [StateProblem(row, column, words) for column, words in past.problems]


def result_of_import(imported: Imported) -> dict[str, Any]:
    """Return an import as plain data: what ``--json`` prints beside the counts of its rows."""
    return {
        "batch": imported.outcome.submission,
        "source_system": imported.source_system,
        "states": {one.value: imported.states[one.value] for one in Standing if imported.states[one.value]},
        "left": imported.left,
    }


_LIVE = Explanation(
    Text("该文件已作为日常报送入库", "This file was handed in as a live one"),
    Text(
        "同一文件只能是一次报送，历史导入不改变已入库的记录",
        "a file is one submission, and history changes no record that is in",
    ),
    Text("请用 xinheng submissions 查看该报送。", "See it with xinheng submissions."),
)
_OTHER_SOURCE = Explanation(
    Text("该文件已从另一来源系统导入", "This file was imported from another source system"),
    Text("一个批次只有一个来源系统", "a batch has one source system"),
    Text("请核对 --source-system。", "Check --source-system."),
)
_NO_SOURCE = Explanation(
    Text("请说明来源系统", "Say which system the records come from"),
    Text("历史数据须标明来源", "history is marked with its source"),
    Text(
        "请用 --source-system 填写，如「市信用平台二期」。",
        "Give it with --source-system, e.g. 'city platform, phase 2'.",
    ),
)
