"""Writing and finding persons by one statement, inside the transaction of the caller. Only sealed bytes and keyed digests pass through here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
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
    record_key: str
    revision: int
    item: str
    version: str
    submission: int
    row_number: int
    source_agency: str
    authority: str
    decided_on: dt.date
    content_digest: str
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


def add_persons(persons: Sequence[SealedPerson]) -> set[int]:
    """Add persons and return the numbers of those that were added; one whom another transaction added meanwhile is left as it is.

    In the order of their lookups, so that two that add the same ones never wait for each other.
    """
    ordered = sorted(persons, key=lambda person: person.lookup)
    asked: dict[str, Any] = {
        "ids": [one.id for one in ordered], "lookups": [one.lookup for one in ordered], "lookup_keys": [one.lookup_key for one in ordered],
        "sealed": [one.sealed for one in ordered], "keys": [one.key for one in ordered],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("persons_add"), asked)
        return {number for (number,) in cursor.fetchall()}


def standing_of_persons(
    persons: Sequence[int], records: Sequence[str], *, submission: int
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


def keep_person_sightings(sightings: Sequence[tuple[int, str, int, int]], *, submission: int, agency: str) -> None:
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


def changing_keys(why: str) -> None:
    """Tell the database, to the end of the transaction, that keys change now: ``retention`` or ``renewal`` (``store/sql/persons.sql``)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [f"xinheng.{why}"])


def end_records(*, on: dt.date, at: dt.datetime, limit: int) -> tuple[Counter[str], int]:
    """Destroy the keys of a batch of records that are kept no more; returns how many by item, and how many persons were erased with them."""
    with connection.cursor() as cursor:
        cursor.execute(statement("retention_records"), {"on": on, "at": at, "limit": limit})
        ended = cursor.fetchall()
        persons = sorted({person for _, person in ended})
        cursor.execute(statement("retention_persons"), {"persons": persons, "at": at})
        return Counter(item for item, _ in ended), int(cursor.rowcount)


def files_due(
    *, on: dt.date, mending_days: int, years: Mapping[tuple[str, str], int], ahead: bool, limit: int
) -> list[str]:
    """Return files of which nothing is to be kept longer; ``years`` by item and version."""
    asked: dict[str, Any] = {
        "on": on, "mending": mending_days, "items": [item for item, _ in years], "versions": [version for _, version in years],
        "years": list(years.values()), "ahead": ahead, "limit": limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("retention_files"), asked)
        return [name for (name,) in cursor.fetchall()]


def keys_in_use() -> dict[str, int]:
    """Return how much stands under each key."""
    with connection.cursor() as cursor:
        cursor.execute(statement("keys_in_use"))
        return dict(cursor.fetchall())


def persons_under_other_keys(*, sealing: str, lookup: str, limit: int) -> list[SealedPerson]:
    """Return a batch of persons that stand under other keys than these, and keep them for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, lookup, lookup_key, sealed, key FROM store_person WHERE erased_at IS NULL AND (key <> %s OR lookup_key <> %s)"
            " ORDER BY id LIMIT %s FOR UPDATE",
            [sealing, lookup, limit],
        )
        return [SealedPerson(one, bytes(a), b, bytes(c), d) for one, a, b, c, d in cursor.fetchall()]


def renew_persons(persons: Sequence[SealedPerson]) -> None:
    """Write persons under their new keys."""
    asked: dict[str, Any] = {
        "ids": [one.id for one in persons], "lookups": [one.lookup for one in persons], "lookup_keys": [one.lookup_key for one in persons],
        "sealed": [one.sealed for one in persons], "keys": [one.key for one in persons],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("keys_renew_persons"), asked)


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """The key of a record (``id``, and what it is bound to: person, record, revision), under the key ``key``."""

    id: int
    person: int
    record_key: str
    revision: int
    wrapped: bytes
    key: str


def records_under_other_keys(sealing: str, *, limit: int) -> list[WrappedKey]:
    """Return a batch of records whose key stands under another key than this, and keep them for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, person_id, record_key, revision, wrapped_key, key FROM store_personrecord WHERE erased_at IS NULL AND key <> %s"
            " ORDER BY id LIMIT %s FOR UPDATE",
            [sealing, limit],
        )
        return [WrappedKey(a, b, c.hex, d, bytes(e), f) for a, b, c, d, e, f in cursor.fetchall()]


def renew_records(keys: Sequence[WrappedKey]) -> None:
    """Write records' keys under their new key."""
    asked: dict[str, Any] = {
        "ids": [one.id for one in keys], "wrapped": [one.wrapped for one in keys], "keys": [one.key for one in keys],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("keys_renew_records"), asked)
