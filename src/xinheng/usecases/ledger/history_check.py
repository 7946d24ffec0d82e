"""Checking an import of history (历史数据核对): by its counts, and row by row on a sample drawn by a seed, against the sealed file."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.ledger.agreement import Difference, day_differences, differences
from xinheng.core.ledger.events import EventKind
from xinheng.core.ledger.history import COLUMNS, columns_of, read_past, state_places
from xinheng.store.models import HistoryBatch, IssueGroup, RecordEvent, Submission, WaitingRow
from xinheng.store.queries.history import WrittenRecord, record_count, told_count, written_records
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.profiles import profile_of
from xinheng.usecases.intake.receiving import Delivery, stream_of, version_of
from xinheng.usecases.intake.submit import layout_of, opened

_DAYS = {EventKind.REPAIRED: "repaired_on", EventKind.OBJECTED: "objected_on", EventKind.WITHDRAWN: "withdrawn_on"}


@dataclass(frozen=True, slots=True)
class Count:
    """Two numbers that must be equal, and what they count."""

    name: str
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found: the counts, how many rows were drawn and compared, what became of the others, and every difference."""

    batch: int
    source_system: str
    counts: tuple[Count, ...]
    drawn: int
    compared: int
    others: dict[str, int]
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Tell whether nothing differs."""
        return not self.differences and all(count.expected == count.found for count in self.counts)


def verify_history(batch: int, *, sample: int, seed: int, actor: Actor, at: dt.datetime) -> Verified:
    """Compare a batch with its file; raises ``Missing`` where there is no such batch, or where the file was destroyed."""
    held = HistoryBatch.objects.select_related("submission__agency", "submission__file").filter(pk=batch).first()
    if held is None:
        raise Missing(_NONE, batch=batch)
    submission = held.submission
    target = Target(agency=submission.agency.uscc, region=submission.agency.region_code, item=submission.item)
    asked = {"batch": batch, "sample": sample, "seed": seed}
    with deed(actor, Action.IMPORT_HISTORY, target, about=f"history batch {batch}", asked=asked, at=at) as done:
        rows = _Rows(submission)
        drawn = _drawn(rows.total, sample, seed)
        for row, cells, record in rows.walk(drawn):
            rows.compare(row, cells, record)
        found = Verified(
            batch, held.source_system, _counts(submission, held, rows.seen), len(drawn), rows.compared, rows.others,
            tuple(rows.differences),
        )  # fmt: skip
        done.result = {"agrees": found.agrees, "compared": found.compared, "differences": len(found.differences)}
    return found


def _drawn(total: int, sample: int, seed: int) -> frozenset[int]:
    """Return the places of the rows that a seed draws; the same seed draws the same rows of the same file."""
    return frozenset(random.Random(seed).sample(range(total), min(sample, total)))  # noqa: S311 (a sample, no secret)


class _Rows:
    """The rows of a batch's file, read again, with what the ledger holds of them."""

    def __init__(self, submission: Submission) -> None:
        self._submission = submission
        self._version = version_of(submission)
        self.total = submission.received
        self.seen = 0
        self.compared = 0
        self.others: dict[str, int] = {}
        self.differences: list[Difference] = []

    def walk(self, drawn: frozenset[int]) -> Iterator[tuple[int, dict[str, str | None], WrittenRecord | None]]:
        """Yield the drawn rows: row number, cells by field code or state column, and the record (nothing where none was written)."""
        submission = self._submission
        delivery = Delivery(
            agency=submission.agency, version=self._version, file_name=submission.file_name,
            received_on=submission.received_on, profile=submission.profile, channel=submission.channel,
        )  # fmt: skip
        with stream_of(submission) as stream:
            reader = opened(stream, delivery, submission.file.size)
            places = {**_as_written(layout_of(reader, delivery).places, submission), **state_places(reader.header)}
            for raw in reader.chunks():
                chunk = raw.parse()
                numbers = chunk.rows.tolist()
                chosen = [place for place in range(len(numbers)) if self.seen + place in drawn]
                if chosen:
                    columns = {name: chunk.table.column(column) for name, column in places.items()}
                    records = written_records(submission.pk, first=min(numbers), last=max(numbers), told=True)
                    for place in chosen:
                        cells = {name: column[place].as_py() for name, column in columns.items()}
                        yield numbers[place], cells, records.get(numbers[place])
                bad = range(self.seen + len(numbers), self.seen + len(numbers) + len(chunk.bad))
                self._other("rejected", len(drawn & set(bad)))
                self.seen += len(numbers) + len(chunk.bad)

    def compare(self, row: int, cells: Mapping[str, str | None], record: WrittenRecord | None) -> None:
        """Hold a row of the file against its record."""
        if record is None:
            self._other(_fate(self._submission.pk, row), 1)
            return
        self.compared += 1
        self.differences += differences(
            self._version, row, {n: c for n, c in cells.items() if n not in COLUMNS}, record.fields
        )
        past = read_past(cells, today=self._submission.received_on, decided_on=record.decided_on)
        told = columns_of(past)
        if not past.published:
            told |= {"published_from": None, "published_to": None}
        self.differences += day_differences(row, told, _held(record))

    def _other(self, fate: str, rows: int) -> None:
        if rows:
            self.others[fate] = self.others.get(fate, 0) + rows


def _as_written(places: dict[str, int], submission: Submission) -> dict[str, int]:
    """Return the columns that a record repeats as they are: what a delivery profile makes of others is not read a second time."""
    profile = profile_of(submission.agency, submission.profile)
    if profile is None:
        return places
    written = profile.as_written
    return {name: place for name, place in places.items() if name in written}


def _held(record: WrittenRecord) -> dict[str, dt.date | None]:
    """Return the days of a record's past as its events hold them."""
    found: dict[str, dt.date | None] = {}
    events = RecordEvent.objects.filter(
        subject_id=record.subject_id, record_key=record.record_key, revision=record.revision, detail__has_key="batch"
    )
    for event in events:
        if event.kind == EventKind.PAST_STATE:
            days: dict[str, Any] = {"published_from": "first_day", "published_to": "last_day"}
            for column, key in days.items():
                text = event.detail.get(key)
                found[column] = dt.date.fromisoformat(text) if text else None
        else:
            found[_DAYS[EventKind(event.kind)]] = event.on
    return found


def _fate(submission: int, row: int) -> str:
    """Return what became of a row for which no record was written."""
    waiting = WaitingRow.objects.filter(submission_id=submission, row=row).first()
    if waiting is not None:
        return waiting.ended or "waiting"
    rejected = IssueGroup.objects.filter(submission_id=submission, level="reject", rows__contains=[row]).exists()
    return "rejected" if rejected else "unchanged"


def _counts(submission: Submission, batch: HistoryBatch, seen: int) -> tuple[Count, ...]:
    written = submission.accepted + submission.corrected
    later = WaitingRow.objects.filter(submission=submission, ended__in=["taken", "corrected"]).count()
    records = record_count(submission.pk)
    return (
        Count("rows", seen, submission.received),
        Count("records", written + later, records),
        Count("pasts", records, told_count(submission.pk)),
        Count("states", records, sum(batch.counts.values())),
    )


_NONE = Explanation(
    Text("没有该历史批次", "There is no such batch of history"),
    Text("编号不存在，或该报送不是历史导入", "the number is not known, or the submission is none of history"),
    Text("批次编号见 xinheng history import 的结果。", "The number is in the result of xinheng history import."),
)
