"""Writing (入库): one chunk, one transaction. What is new goes in by COPY; what was seen before is looked up exactly.

A chunk that is in is never written again, so a run that was killed at any moment is finished by running it again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.db.utils import IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected

from xinheng.core.intake.counts import Counts, numerals
from xinheng.core.intake.issues import cell_issues
from xinheng.core.intake.rules import Level
from xinheng.core.intake.rules.duplicates import EXPECTED, OTHER_AGENCY, TWICE
from xinheng.core.ledger.identity import Fate, Flags, Seen, Standing, fate
from xinheng.core.ledger.rows import COLUMNS
from xinheng.store.bulk import copy_encoded, copy_table, encoded
from xinheng.store.models import Chunk
from xinheng.store.queries.records import standing_revisions
from xinheng.store.register import hashed
from xinheng.usecases.intake.preparing import Prepared

_TRIES = 5
_WORDS = {Fate.TWICE: TWICE, Fate.OTHER_AGENCY: OTHER_AGENCY}


@dataclass(frozen=True, slots=True)
class Split:
    """A prepared chunk with the rows that certainly are new set apart from those that may have been seen; ``content`` is the new ones encoded."""

    prepared: Prepared
    fresh: pa.Table
    doubtful: pa.Table
    content: memoryview


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of rows that were looked up: counts by fate, and the issues of those that go back."""

    fates: Counter[Fate]
    issues: pa.Table | None


def suspicious(prepared: Prepared, seen: Seen | None) -> Flags:
    """Return which ledger rows of a chunk must be looked up; all of them where ``seen`` is not kept."""
    ledger = prepared.ledger
    if seen is None:
        return np.ones(ledger.num_rows, np.bool_)
    if not ledger.num_rows:
        return np.zeros(0, np.bool_)
    keys = hashed(ledger.column("record_key").combine_chunks())
    subjects = ledger.column("subject_id").to_numpy().astype(np.uint64)
    return seen.suspects(keys ^ (subjects * np.uint64(0x9E3779B97F4A7C15)))


def split(prepared: Prepared, doubt: Flags) -> Split:
    """Set doubtful rows apart and encode the others; runs in a thread."""
    if not prepared.ledger.num_rows:
        return Split(prepared, prepared.ledger, prepared.ledger, memoryview(b""))
    if not doubt.any():
        return Split(prepared, prepared.ledger, prepared.ledger.slice(0, 0), encoded(prepared.ledger))
    fresh = prepared.ledger.filter(pa.array(~doubt))
    return Split(prepared, fresh, prepared.ledger.filter(pa.array(doubt)), encoded(fresh))


class ChunkWriter:
    """Writes the chunks of one submission of one agency, in order, in the thread that owns the database connection."""

    def __init__(self, *, submission: int, agency: str, number_field: str) -> None:
        self._submission = submission
        self._agency = agency
        self._number_field = number_field

    def prepare(self, chunk: Split) -> Split:
        """Return the chunk with its ledger rows; the register's own items make their subjects here first."""
        return chunk

    def write(self, chunk: Split) -> Counts:
        """Write a chunk and return its counts; tries again where two submissions stood in each other's way."""
        for attempt in range(_TRIES):
            try:
                return self._write(chunk)
            except OperationalError as error:
                if not isinstance(error.__cause__, DeadlockDetected) or attempt == _TRIES - 1:
                    raise
        raise AssertionError("the loop returns or raises")

    def _write(self, chunk: Split) -> Counts:
        with transaction.atomic():
            chunk = self.prepare(chunk)
            settled = self._records(chunk)
            prepared = chunk.prepared
            issues = prepared.issues.table if settled.issues is None else pa.concat_tables([prepared.issues.table, settled.issues])
            counts = _counts(prepared, settled, issues)
            marked = pa.repeat(pa.scalar(self._submission), issues.num_rows)
            copy_table(issues.append_column("submission_id", marked), into="store_issue")
            copy_table(prepared.waiting, into="store_waitingrow")
            Chunk.objects.create(
                submission_id=self._submission, number=prepared.number, issue_counts=dict(counts.issues),
                **dict(zip(("received", "accepted", "unchanged", "corrected", "rejected", "waiting", "warnings"), numerals(counts), strict=True)),
            )  # fmt: skip
        return counts

    def _records(self, chunk: Split) -> Settled:
        try:
            with transaction.atomic():
                if chunk.fresh.num_rows:
                    copy_encoded(chunk.content, into="record", columns=COLUMNS)
        except IntegrityError:
            return self.settle(chunk.prepared.ledger)
        settled = self.settle(chunk.doubtful)
        settled.fates[Fate.NEW] += chunk.fresh.num_rows
        return settled

    def settle(self, rows: pa.Table) -> Settled:
        """Look up each row's decision in the ledger, write what is new or a correction, and say what becomes of the others."""
        if not rows.num_rows:
            return Settled(Counter(), None)
        fates, revisions = self.judge(rows)
        self._append(rows, fates, revisions)
        return Settled(Counter(fates), self._issues(rows, fates))

    def judge(self, rows: pa.Table) -> tuple[list[Fate], list[int]]:
        """Return, for each row, what becomes of it and under which revision it would be written; writes nothing."""
        subjects, keys = rows.column("subject_id").to_pylist(), rows.column("record_key").to_pylist()
        held = standing_revisions(subjects, keys)
        known = {(subjects[place], keys[place]): revisions for place, revisions in held.items()}
        digests = rows.column("content_digest").to_pylist()
        fates, revisions = [], []
        for identity, digest in zip(zip(subjects, keys, strict=True), digests, strict=True):
            standing = known.get(identity, ())
            what, revision = fate(standing, digest=digest, submission=self._submission, agency=self._agency)
            if what in (Fate.NEW, Fate.CORRECTED):
                known[identity] = (*standing, Standing(revision, digest, self._submission, self._agency, False))
            fates.append(what)
            revisions.append(revision)
        return fates, revisions

    def foresee(self, prepared: Prepared) -> Counts:
        """Return the counts that writing the chunk would give; writes nothing."""
        rows = prepared.ledger
        fates = Counter(self.judge(rows)[0]) if rows.num_rows else Counter({Fate.NEW: prepared.accepted.num_rows})
        return _counts(prepared, Settled(fates, None), prepared.issues.table)

    def _append(self, rows: pa.Table, fates: list[Fate], revisions: list[int]) -> None:
        written = np.array([what in (Fate.NEW, Fate.CORRECTED) for what in fates])
        place = rows.schema.get_field_index("revision")
        rows = rows.set_column(place, "revision", pa.array(revisions, pa.int32())).filter(pa.array(written))
        if rows.num_rows:
            copy_encoded(encoded(rows), into="record", columns=COLUMNS)

    def _issues(self, rows: pa.Table, fates: list[Fate]) -> pa.Table | None:
        parts = []
        for what, words in _WORDS.items():
            places = np.array([place for place, one in enumerate(fates) if one is what], np.int64)
            if len(places):
                numbers: Any = rows.column("row_number").take(pa.array(places)).to_numpy()
                parts.append(cell_issues(numbers, self._number_field, "V10", Level.REJECT, expected=EXPECTED, mend=words))
        return pa.concat_tables(parts) if parts else None


def _counts(prepared: Prepared, settled: Settled, issues: pa.Table) -> Counts:
    fates = settled.fates
    back = fates[Fate.TWICE] + fates[Fate.OTHER_AGENCY]
    warnings = pc.sum(pc.equal(issues.column("level"), Level.WARN.value)).as_py() or 0
    return Counts(
        received=prepared.received,
        accepted=fates[Fate.NEW],
        unchanged=fates[Fate.UNCHANGED],
        corrected=fates[Fate.CORRECTED],
        rejected=prepared.rejected + back,
        waiting=prepared.waiting.num_rows,
        warnings=int(warnings),
        issues=Counter({pair["values"]: pair["counts"] for pair in pc.value_counts(issues.column("code")).to_pylist()}),
    )
