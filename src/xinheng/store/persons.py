"""Writing and finding persons by one statement, inside the transaction of the caller. Only sealed bytes and keyed digests pass through here."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from xinheng.core.ledger.identity import Standing
from xinheng.store.bulk import copy_lines
from xinheng.store.sql import statement

_COLUMNS = (
    "person_id", "record_key", "revision", "item", "version", "submission_id", "row_number", "source_agency", "deciding_authority",
    "decided_on", "content_digest", "sealed", "wrapped_key", "key", "retention_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SealedPerson:
    """A person as it stands in the table: ``lookup`` under the key ``lookup_key``, ``sealed`` under the key ``key``."""

    id: int
    lookup: bytes
    lookup_key: str
    sealed: bytes
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRecord:
    """A record's revision, ready to be appended."""

    person: int
    record_key: uuid.UUID
    revision: int
    item: str
    version: str
    submission: int
    row_number: int
    source_agency: str
    authority: str
    decided_on: dt.date
    content_digest: uuid.UUID
    sealed: bytes
    wrapped_key: bytes
    key: str
    until: dt.date

    @property
    def line(self) -> str:
        """The row as PostgreSQL's COPY takes it."""
        cells = (
            self.person, self.record_key, self.revision, self.item, self.version, self.submission, self.row_number, self.source_agency,
            _escaped(self.authority), self.decided_on, self.content_digest, f"\\\\x{self.sealed.hex()}",
            f"\\\\x{self.wrapped_key.hex()}", self.key, self.until,
        )  # fmt: skip
        return "\t".join(map(str, cells)) + "\n"


def persons_by(lookups: Sequence[bytes]) -> dict[bytes, SealedPerson]:
    """Return the persons with these lookups, by lookup."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, lookup, lookup_key, sealed, key FROM store_person WHERE lookup = ANY (%s)", [list(lookups)]
        )
        found = [SealedPerson(one, bytes(a), b, bytes(c), d) for one, a, b, c, d in cursor.fetchall()]
    return {person.lookup: person for person in found}


def new_person_ids(count: int) -> list[int]:
    """Return so many numbers for persons, of a sequence of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('store_person', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [number for (number,) in cursor.fetchall()]


def add_persons(persons: Sequence[SealedPerson]) -> None:
    """Add persons, in the order of their lookups, so that two that add the same ones never wait for each other."""
    ordered = sorted(persons, key=lambda person: person.lookup)
    asked: dict[str, Any] = {
        "ids": [one.id for one in ordered], "lookups": [one.lookup for one in ordered], "lookup_keys": [one.lookup_key for one in ordered],
        "sealed": [one.sealed for one in ordered], "keys": [one.key for one in ordered],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("persons_add"), asked)


def standing_of_persons(
    persons: Sequence[int], records: Sequence[uuid.UUID], *, submission: int
) -> dict[int, tuple[Standing, ...]]:
    """Return, by place in the question, the revisions of each record that ``submission`` asks about."""
    found: dict[int, tuple[Standing, ...]] = {}
    asked: dict[str, Any] = {"persons": list(persons), "records": list(records), "submission": submission}
    with connection.cursor() as cursor:
        cursor.execute(statement("persons_standing"), asked)
        for place, revision, digest, brought_by, agency, visible, sighted in cursor.fetchall():
            held = Standing(revision, digest.hex, brought_by, agency, visible, sighted)
            found[place - 1] = (*found.get(place - 1, ()), held)
    return found


def append_records(records: Sequence[SealedRecord]) -> None:
    """Append records."""
    if records:
        copy_lines(["".join(one.line for one in records).encode()], into="store_personrecord", columns=_COLUMNS)


def keep_person_sightings(
    sightings: Sequence[tuple[int, uuid.UUID, int, int]], *, submission: int, agency: str
) -> None:
    """Append what a submission said again (person, record, revision, row), once for each record."""
    if not sightings:
        return
    persons, records, revisions, rows = (list(column) for column in zip(*sightings, strict=True))
    asked: dict[str, Any] = {
        "persons": persons, "records": records, "revisions": revisions, "rows": rows, "submission": submission, "agency": agency,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("persons_sight"), asked)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
