"""Writing rows about natural persons (自然人入库): sealed, into a ledger of their own, by the same rule of one decision, one record.

Called in the transaction of a chunk (``writing``), so that a run that was killed is finished by running it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from xinheng.core.intake.issues import IssueBatch
from xinheng.core.intake.rules import Level
from xinheng.core.intake.rules.duplicates import EXPECTED, OTHER_AGENCY, TWICE
from xinheng.core.ledger.identity import Fate, Standing, counting, fate, sighted
from xinheng.core.ledger.persons import PersonRow
from xinheng.store import locks
from xinheng.store.locks import Lock
from xinheng.store.models import Submission
from xinheng.store.persons import SealedRecord, append_records, keep_person_sightings, standing_of_persons
from xinheng.usecases.persons.sealing import Document, KnownPerson, Sealer, key_ring

BACK = {Fate.TWICE: TWICE, Fate.OTHER_AGENCY: OTHER_AGENCY}
"""What is said of rows that go back because they repeat a decision with other content."""

Identity = tuple[int, str]


@dataclass(slots=True)
class _Found:
    """What looking rows up found: the fate of each, revisions to append, sightings (person, record, revision, row)."""

    known: dict[Identity, tuple[Standing, ...]]
    fates: list[Fate] = field(default_factory=list)
    records: list[SealedRecord] = field(default_factory=list)
    sightings: list[tuple[int, str, int, int]] = field(default_factory=list)


class PersonWriter:
    """Writes the persons' rows of one submission, chunk by chunk."""

    def __init__(self, submission: Submission, number_field: str) -> None:
        self._submission = submission
        self._agency = submission.agency.uscc
        self._number_field = number_field

    def settle(self, rows: tuple[PersonRow, ...]) -> list[Fate]:
        """Write what is new, a correction or a sighting, and return what became of each row."""
        locks.take_to_the_end(Lock.KEYS, 0, shared=True)
        sealer = Sealer(key_ring(self._submission.received_on))
        named: dict[Document, str] = {}
        for row in rows:
            named.setdefault(row.who, row.name)
        persons = sealer.find_or_add(named)
        whose = [persons[row.who] for row in rows]
        records = [person.digest("decision", row.decision) for person, row in zip(whose, rows, strict=True)]
        identities = [(person.id, record) for person, record in zip(whose, records, strict=True)]
        held = standing_of_persons([one for one, _ in identities], records, submission=self._submission.pk)
        found = _Found({identities[place]: revisions for place, revisions in held.items()})
        for identity, person, row in zip(identities, whose, rows, strict=True):
            found.fates.append(self._settle_one(identity, person, row, sealer, found))
        append_records(found.records)
        keep_person_sightings(found.sightings, submission=self._submission.pk, agency=self._agency)
        return found.fates

    def issues_of(self, rows: tuple[PersonRow, ...], fates: list[Fate]) -> tuple[IssueBatch, ...]:
        """Return why rows go back that repeat a decision with other content."""
        batches = []
        for what, mend in BACK.items():
            numbers = np.array([row.row for row, one in zip(rows, fates, strict=True) if one is what], np.int64)
            if len(numbers):
                batches.append(IssueBatch(self._number_field, "V10", Level.REJECT, numbers, None, EXPECTED, mend))
        return tuple(batches)

    def _settle_one(
        self, identity: Identity, person: KnownPerson, row: PersonRow, sealer: Sealer, found: _Found
    ) -> Fate:
        standing, submission = found.known.get(identity, ()), self._submission.pk
        content = person.digest("content", row.said)
        what, revision = fate(standing, digest=content, submission=submission, agency=self._agency)
        if what in (Fate.NEW, Fate.CORRECTED):
            made = Standing(revision, content, submission, self._agency, False)
            found.known[identity] = (*standing, made)
            found.records.append(self._record(identity, revision, row, content, sealer))
        elif what is Fate.UNCHANGED:
            same = counting(standing, submission=submission)
            if same is not None and same.submission != submission and not same.sighted:
                found.sightings.append((*identity, same.revision, row.row))
                found.known[identity] = sighted(standing, same)
        return what

    def _record(self, identity: Identity, revision: int, row: PersonRow, content: str, sealer: Sealer) -> SealedRecord:
        person, record = identity
        sealed, wrapped, key = sealer.seal_record(person, record, revision, row)
        return SealedRecord(
            person=person, record_key=record, revision=revision, item=self._submission.item, version=self._submission.version,
            submission=self._submission.pk, row_number=row.row, source_agency=self._agency, authority=row.authority,
            decided_on=row.decided_on, content_digest=content, sealed=sealed, wrapped_key=wrapped, key=key, until=row.until,
        )  # fmt: skip
