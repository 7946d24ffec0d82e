"""The columns of the lake (列式副本): what of a record goes there, under which name and type. No natural person is in them.

Left out: a person's name and identifier, and free text, which may name persons (design principle 7); such fields stay in the ledger.
A field's column carries its code (``CF_NR_FK``): amounts are integer 分, days are dates, all else is text as the department wrote it.
Columns were measured against JSON and against a map (``docs/adr/0013-lake-columns.md``).
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from xinheng.core.catalogue.item import Field, Item, Privacy

BUCKETS = 16
"""Subjects are spread over so many partitions: ``bucket = subject_id % 16``, which every engine can compute."""
LEFT_OUT = frozenset({Privacy.PERSON_NAME, Privacy.PERSON_IDENTIFIER, Privacy.FREE_TEXT})
_TOLD = frozenset({"decision_number"})  # roles that are a column of every record already

LEDGER: dict[str, pa.DataType] = {
    "position": pa.int64(), "subject_id": pa.int64(), "uscc": pa.string(), "subject_kind": pa.string(), "record_key": pa.string(),
    "revision": pa.int16(), "item": pa.string(), "version": pa.string(), "submission_id": pa.int64(), "row_number": pa.int64(),
    "received_on": pa.date32(), "source_agency": pa.string(), "deciding_authority": pa.string(), "decision_number": pa.string(),
    "decided_on": pa.date32(), "content_digest": pa.string(), "published": pa.bool_(), "instrument": pa.string(),
    "first_day": pa.date32(), "shortest_last_day": pa.date32(), "last_day": pa.date32(),
}  # fmt: skip
"""Columns of every record. ``position`` is the entry of the outbox that brought the row: rows up to a position are the ledger as of it."""
GIVEN = {**LEDGER, "fields": pa.string()}
"""What the ledger hands over, in this order: the columns of every record and the fields as one JSON object."""
EVENTS: dict[str, pa.DataType] = {
    "position": pa.int64(), "event_id": pa.int64(), "subject_id": pa.int64(), "record_key": pa.string(), "revision": pa.int16(),
    "kind": pa.string(), "happened_on": pa.date32(),
}  # fmt: skip
"""What happened to records later (withdrawn, …). Who did it and why stands in the ledger only: officials are natural persons."""
_BUCKET = pa.field("bucket", pa.int32())
_DUCKDB = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.date32(): "DATE"}


def field_columns(items: Iterable[Item]) -> dict[str, pa.DataType]:
    """Return the columns of the catalogue's fields, by code, sorted; where items differ in the type of a code it is text."""
    found: dict[str, pa.DataType] = {}
    for field in (field for item in items for version in item.versions for field in version.fields):
        if field.privacy in LEFT_OUT or field.role in _TOLD:
            continue
        kind = _type(field)
        found[field.name] = kind if found.get(field.name, kind) == kind else pa.string()
    names = {name.lower() for name in LEDGER} | {"bucket"}
    if taken := [name for name in found if name.lower() in names]:
        raise ValueError(f"a field's code is the name of a column of every record: {taken}")
    return dict(sorted(found.items()))


def record_schema(items: Iterable[Item]) -> pa.Schema:
    """Return the schema of the table of records."""
    return pa.schema([_BUCKET, *LEDGER.items(), *field_columns(items).items()])


def event_schema() -> pa.Schema:
    """Return the schema of the table of events."""
    return pa.schema([_BUCKET, *EVENTS.items()])


def record_sql(fields: dict[str, pa.DataType], table: str) -> str:
    """Return the SQL that makes rows of ``record_schema`` from rows as the ledger hands them over (``GIVEN``)."""
    shape = ", ".join(f'"{name}": "{_DUCKDB[kind]}"' for name, kind in fields.items())
    own = ", ".join(LEDGER)
    parts = "".join(f', parsed."{name}" AS "{name}"' for name in fields)
    return f"""SELECT (subject_id % {BUCKETS})::INTEGER AS bucket, {own}{parts}
        FROM (SELECT *, from_json(fields, '{{{shape}}}') AS parsed FROM {table})"""  # noqa: S608 (codes of the catalogue)


def event_sql(table: str) -> str:
    """Return the SQL that makes rows of ``event_schema`` from rows with the columns ``EVENTS``."""
    return f"SELECT (subject_id % {BUCKETS})::INTEGER AS bucket, {', '.join(EVENTS)} FROM {table}"  # noqa: S608 (a name of our own)


def _type(field: Field) -> pa.DataType:
    return {"number": pa.int64(), "date": pa.date32()}.get(field.type, pa.string())
