"""Writing (入库): one chunk, one transaction. What is new goes in by COPY; what was seen before is looked up exactly.

A chunk that is in is never written again, so a run that was killed at any moment is finished by running it again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from django.db import transaction
from django.db.utils import IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected, UniqueViolation

from xinheng.core.intake.counts import Counts, numerals
from xinheng.core.intake.issues import IssueBatch, issue_counts
from xinheng.core.intake.marks import text_bytes, whole
from xinheng.core.intake.rules import Level
from xinheng.core.intake.rules.duplicates import EXPECTED
from xinheng.core.ledger.identity import Fate, Flags, Seen, Standing, counting, fate, sighted
from xinheng.core.ledger.rows import COLUMNS, FIRST_REVISION
from xinheng.store.appending import keep_sightings
from xinheng.store.bulk import copy_lines, copy_table
from xinheng.store.models import Chunk
from xinheng.store.models.intake import COUNTS
from xinheng.store.queries.records import standing_revisions
from xinheng.store.register import hashed
from xinheng.usecases.intake.preparing import Prepared, returned_rows, row_numbers
from xinheng.usecases.intake.writing_persons import BACK, PersonWriter

_TRIES = 5
_ISSUES = pa.schema(
    [
        ("submission_id", pa.int64()),
        *(
            (name, pa.string())
            for name in ("column", "code", "level", "rows", "found", "expected", "expected_en", "mend", "mend_en")
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Split:
    """A prepared chunk, and which of its ledger's rows may have been seen: the others certainly are new."""

    prepared: Prepared
    doubt: Flags

    @property
    def fresh(self) -> int:
        """Return how many rows certainly are new."""
        return int(np.count_nonzero(~self.doubt))

    @property
    def doubtful(self) -> pa.Table:
        """Return the rows that must be looked up."""
        return self.prepared.ledger.take(pa.array(np.flatnonzero(self.doubt)))


@dataclass(slots=True)
class Found:
    """What looking rows up found: the fate of each, lines for the ledger, sightings (subject, record, revision, row)."""

    fates: list[Fate] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    sightings: list[tuple[int, str, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of rows: counts by fate, the issues of those that go back, and which decisions these are about."""

    fates: Counter[Fate]
    issues: tuple[IssueBatch, ...]
    returned: pa.Table


def split(prepared: Prepared, seen: Seen | None) -> Split:
    """Set rows apart that must be looked up: all of them where ``seen`` is not kept."""
    return Split(prepared, _doubt(prepared.ledger, seen))


def _doubt(ledger: pa.Table, seen: Seen | None) -> Flags:
    if seen is None or not ledger.num_rows:
        return np.ones(ledger.num_rows, np.bool_)
    keys = hashed(whole(ledger.column("record_key")))
    subjects = ledger.column("subject_id").to_numpy().astype(np.uint64)
    return seen.suspects(keys ^ (subjects * np.uint64(0x9E3779B97F4A7C15)))


class ChunkWriter:
    """Writes the chunks of one submission of one agency, in order, in the thread that owns the database connection.

    ``full`` is true for a full file: which decisions go back is kept.
    """

    def __init__(
        self,
        *,
        submission: int,
        agency: str,
        number_field: str,
        full: bool = False,
        persons: PersonWriter | None = None,
    ) -> None:
        self._persons = persons
        self._submission = submission
        self._agency = agency
        self._number_field = number_field
        self._full = full

    def write(self, chunk: Split) -> Counts:
        """Write a chunk and return its counts; tries again where two submissions stood in each other's way."""
        for attempt in range(1, _TRIES + 1):
            try:
                return self._write(chunk)
            except (OperationalError, IntegrityError) as error:
                if attempt == _TRIES or not isinstance(error.__cause__, (DeadlockDetected, UniqueViolation)):
                    raise
        raise AssertionError("the last try returns or raises")

    def prepare(self, chunk: Split) -> Split:
        """Return the chunk with its ledger rows; the register's own items make their subjects here first."""
        return chunk

    def settle(self, rows: pa.Table) -> list[Fate]:
        """Look up each row's decision in the ledger, write what is new, a correction or a sighting, and return what became of each row."""
        if not rows.num_rows:
            return []
        subjects, keys = rows.column("subject_id").to_pylist(), rows.column("record_key").to_pylist()
        held = standing_revisions(subjects, keys, submission=self._submission)
        known = {(subjects[place], keys[place]): revisions for place, revisions in held.items()}
        found = Found()
        identities = zip(subjects, keys, strict=True)
        numbers, lines = rows.column("row_number").to_pylist(), rows.column("line").to_pylist()
        digests = rows.column("content_digest").to_pylist()
        for identity, digest, number, line in zip(identities, digests, numbers, lines, strict=True):
            standing = known.get(identity, ())
            what, revision = fate(standing, digest=digest, submission=self._submission, agency=self._agency)
            if what in (Fate.NEW, Fate.CORRECTED):
                known[identity] = (*standing, Standing(revision, digest, self._submission, self._agency, False))
                found.lines.append(f"{line.removesuffix(FIRST_REVISION)}{revision}\n")
            elif what is Fate.UNCHANGED:
                known[identity] = self._sight(identity, standing, number, found)
            found.fates.append(what)
        if found.lines:
            copy_lines(["".join(found.lines).encode()], into="record", columns=COLUMNS)
        keep_sightings(found.sightings, submission=self._submission, agency=self._agency)
        return found.fates

    def _sight(
        self, identity: tuple[int, str], standing: tuple[Standing, ...], number: int, found: Found
    ) -> tuple[Standing, ...]:
        """Note that a row said what another submission brought, once for each record."""
        same = counting(standing, submission=self._submission)
        if same is None or same.submission == self._submission or same.sighted:
            return standing
        found.sightings.append((*identity, same.revision, number))
        return sighted(standing, same)

    def issues_of(self, rows: pa.Table, fates: list[Fate]) -> tuple[IssueBatch, ...]:
        """Return why rows go back that repeat a decision with other content."""
        batches = []
        for what, mend in BACK.items():
            places = np.array([place for place, one in enumerate(fates) if one is what], np.int64)
            if len(places):
                numbers = row_numbers(rows, places)
                batches.append(IssueBatch(self._number_field, "V10", Level.REJECT, numbers, None, EXPECTED, mend))
        return tuple(batches)

    def _write(self, chunk: Split) -> Counts:
        with transaction.atomic():
            chunk = self.prepare(chunk)
            settled = self._records(chunk)
            issues, fates = (*chunk.prepared.issues, *settled.issues), settled.fates
            if self._persons is not None and chunk.prepared.persons:
                of_persons = self._persons.settle(chunk.prepared.persons)
                fates = fates + Counter(of_persons)
                issues = (*issues, *self._persons.issues_of(chunk.prepared.persons, of_persons))
            counts = counts_of(chunk.prepared, fates, issues)
            save_issues(self._submission, issues)
            copy_table(chunk.prepared.waiting, into="store_waitingrow")
            copy_table(chunk.prepared.returned, into="store_returnedrow")
            copy_table(settled.returned, into="store_returnedrow")
            Chunk.objects.create(
                submission_id=self._submission, number=chunk.prepared.number, issue_counts=dict(counts.issues),
                consumed=chunk.prepared.consumed, **dict(zip(COUNTS, numerals(counts), strict=True)),
            )  # fmt: skip
        return counts

    def _records(self, chunk: Split) -> Settled:
        try:
            with transaction.atomic():
                if chunk.fresh:
                    copy_lines(fresh_lines(chunk), into="record", columns=COLUMNS)
        except IntegrityError:
            rows, fresh = chunk.prepared.ledger, 0
        else:
            rows, fresh = chunk.doubtful, chunk.fresh
        fates = self.settle(rows)
        counted = Counter(fates) + Counter({Fate.NEW: fresh})
        return Settled(counted, self.issues_of(rows, fates), self._returned(rows, fates))

    def _returned(self, rows: pa.Table, fates: list[Fate]) -> pa.Table:
        places = [place for place, one in enumerate(fates) if one in BACK] if self._full else []
        return returned_rows(self._submission, rows.take(pa.array(places, pa.int64()))) if places else pa.table({})


def fresh_lines(chunk: Split) -> Iterator[memoryview]:
    """Yield the lines of the rows that certainly are new, in runs of bytes as they lie in memory."""
    values, starts = text_bytes(whole(chunk.prepared.ledger.column("line")))
    begin = 0
    for place in [*np.flatnonzero(chunk.doubt).tolist(), len(chunk.doubt)]:
        if begin < place:
            yield values[starts[begin] : starts[place]].data
        begin = place + 1


def save_issues(submission: int, batches: tuple[IssueBatch, ...]) -> None:
    """Keep the issues of a chunk."""
    groups = [
        {
            "submission_id": submission, "column": batch.column, "code": batch.code, "level": batch.level.value,
            "rows": f"{{{','.join(map(str, batch.rows.tolist()))}}}", "found": None if batch.found is None else json.dumps(batch.found.to_pylist()),
            "expected": batch.expected.zh, "expected_en": batch.expected.en, "mend": batch.mend.zh, "mend_en": batch.mend.en,
        }
        for batch in batches
    ]  # fmt: skip
    copy_table(pa.Table.from_pylist(groups, schema=_ISSUES), into="store_issuegroup")


def counts_of(prepared: Prepared, fates: Counter[Fate], issues: tuple[IssueBatch, ...]) -> Counts:
    """Return the counts of a chunk whose takeable rows had these fates."""
    return Counts(
        received=prepared.received,
        accepted=fates[Fate.NEW],
        unchanged=fates[Fate.UNCHANGED],
        corrected=fates[Fate.CORRECTED],
        rejected=prepared.rejected + fates[Fate.TWICE] + fates[Fate.OTHER_AGENCY],
        waiting=prepared.waiting.num_rows,
        warnings=sum(len(batch.rows) for batch in issues if batch.level is Level.WARN),
        issues=issue_counts(issues),
    )
