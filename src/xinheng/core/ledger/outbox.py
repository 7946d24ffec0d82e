"""The outbox (变更序列): what each entry tells a projection of the ledger; its number is the ledger position.

An entry names exactly what its transaction appended, so that the same entry brings the same rows at any later moment. A kind that is
not listed here stops a projection: it must never pass over what it does not understand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SUBMISSION_COMMITTED = "submission-committed"  # payload: submission; every row of it that did not have to wait
WAITING_RESOLVED = "waiting-resolved"  # payload: submission, taken (row numbers that went into the ledger), subjects (whose each became)
RECORD_WITHDRAWN = "record-withdrawn"  # payload: subject, record, event
SEVERITY_CONFIRMED = "record-severity-confirmed"  # payload: subject, record, event
SEVERITY_UNDONE = "record-severity-undone"  # payload: subject, record, event
HISTORY_IMPORTED = (
    "history-imported"  # payload: submission, source_system, events (the numbers of all that its records' past brought)
)
RECORD_DETACHED = "record-detached"  # payload: subject, record, event
RECORD_ATTACHED = "record-attached"  # payload: subject, record, event
EVENTS = frozenset({RECORD_WITHDRAWN, SEVERITY_CONFIRMED, SEVERITY_UNDONE, RECORD_DETACHED, RECORD_ATTACHED})
KINDS = frozenset({SUBMISSION_COMMITTED, WAITING_RESOLVED, HISTORY_IMPORTED}) | EVENTS


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``rows`` is how many revisions its submission is known to have brought."""

    position: int
    kind: str
    payload: Mapping[str, Any]
    rows: int = 0


@dataclass(slots=True)
class Batch:
    """What a run of entries appended: submissions, rows that had waited (and whose they became), events, each with its position (aligned lists).

    A row that was judged twice is in the ledger for two subjects; 0 stands where an old entry does not say whose its row became.
    """

    position: int = 0
    entries: int = 0
    rows: int = 0
    committed: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    resolved: tuple[list[int], list[int], list[int], list[int]] = field(default_factory=lambda: ([], [], [], []))
    events: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))

    def add(self, entry: Entry) -> None:
        """Take an entry in; raises ``ValueError`` for a kind that is not known."""
        if entry.kind == SUBMISSION_COMMITTED:
            _put(self.committed, entry.position, entry.payload["submission"])
        elif entry.kind == WAITING_RESOLVED:
            taken = entry.payload["taken"]
            for row, subject in zip(taken, entry.payload.get("subjects") or [0] * len(taken), strict=True):
                _put(self.resolved, entry.position, entry.payload["submission"], row, subject)
        elif entry.kind == HISTORY_IMPORTED:
            for event in entry.payload["events"]:
                _put(self.events, entry.position, event)
        elif entry.kind in EVENTS:
            _put(self.events, entry.position, entry.payload["event"])
        else:
            raise ValueError(entry.kind)
        self.position = entry.position
        self.entries += 1
        self.rows += entry.rows


def batch_of(entries: Iterable[Entry], *, most_rows: int) -> Batch:
    """Return the next run of entries, cut after the one with which it reaches ``most_rows``."""
    batch = Batch()
    for entry in entries:
        batch.add(entry)
        if batch.rows >= most_rows:
            break
    return batch


def _put(columns: tuple[list[int], ...], *values: int) -> None:
    for column, value in zip(columns, values, strict=True):
        column.append(int(value))
