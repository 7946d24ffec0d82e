"""Reading at a version: a list of Parquet files for any engine, and the ledger position that they are true for.

A pinned version keeps its files while it is read, also through compaction and vacuum: a pin is a file with a shared lock, which the
system lets go of when the reader dies. A version that is not pinned keeps its files for the days of retention only.
"""

from __future__ import annotations

import fcntl
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import unquote

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import TableNotFoundError

from xinheng.lake.tables import EVENTS, RECORDS, Generation, Lake, position_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The lake at a version. ``position`` is the ledger position that it equals; ``files`` hold records, ``event_files`` events."""

    generation: int
    version: int
    events_version: int
    position: int
    files: tuple[str, ...]
    event_files: tuple[str, ...]
    schema: pa.Schema
    event_schema: pa.Schema

    def records(self) -> str:
        """Return the SQL of a relation (DuckDB) with every revision of every record."""
        return _scan(self.files, self.schema)

    def events(self) -> str:
        """Return the SQL of a relation (DuckDB) with the events up to the position; the table of events may be a step ahead."""
        scan = _scan(self.event_files, self.event_schema)
        return f"(SELECT * FROM {scan} WHERE position <= {self.position})"  # noqa: S608 (a number of our own)


def files_at(lake: Lake, version: int | None = None) -> Snapshot:
    """Return the lake at a version of its present generation, or as it stands; raises ``Missing`` where that cannot be read."""
    return _snapshot(lake.current(), version)


@contextmanager
def pinned(lake: Lake, version: int | None = None) -> Iterator[Snapshot]:
    """Read a version whose files stay until the end of the block; raises ``Missing`` where it cannot be read."""
    snapshot, pin = _chosen(lake, version)
    try:
        yield snapshot
    finally:
        Path(pin.name).unlink(missing_ok=True)
        pin.close()


@contextmanager
def gate(generation: Generation, *, exclusive: bool) -> Iterator[None]:
    """Hold the gate between those who choose a version and the one who deletes files."""
    with (generation.folder / "gate").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield


def pins(generation: Generation) -> tuple[dict[str, int], ...]:
    """Return the versions that somebody reads, by table, and take the pins of the dead away. Only inside the gate, exclusively."""
    held = []
    for path in sorted(_pins(generation).glob("*.json")):
        with path.open(encoding="ascii") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append(json.load(handle))
            else:
                path.unlink(missing_ok=True)
    return tuple(held)


def _chosen(lake: Lake, version: int | None) -> tuple[Snapshot, TextIO]:
    """Choose a version and pin it; once more where the generation was replaced and deleted in between."""
    generation = lake.current()
    try:
        with gate(generation, exclusive=False):  # no vacuum while the version is chosen
            snapshot = _snapshot(generation, version)
            return snapshot, _pin(generation, snapshot)
    except (FileNotFoundError, TableNotFoundError):
        if lake.current() == generation:
            raise
    return _chosen(lake, version)


def _pin(generation: Generation, snapshot: Snapshot) -> TextIO:
    folder = _pins(generation)
    folder.mkdir(exist_ok=True)
    handle = (folder / f"{secrets.token_hex(8)}.json").open("w", encoding="ascii")
    fcntl.flock(handle, fcntl.LOCK_SH)
    json.dump({RECORDS: snapshot.version, EVENTS: snapshot.events_version}, handle)
    handle.flush()
    return handle


def _pins(generation: Generation) -> Path:
    return generation.folder / "pins"


def _snapshot(generation: Generation, version: int | None) -> Snapshot:
    records = generation.table(RECORDS, version)  # first: events are written before the records of the same entries
    events = generation.table(EVENTS)
    return Snapshot(
        generation=generation.number,
        version=records.version(),
        events_version=events.version(),
        position=position_of(records),
        files=paths(generation, RECORDS, records),
        event_files=paths(generation, EVENTS, events),
        schema=pa.schema(records.schema().to_arrow()),
        event_schema=pa.schema(events.schema().to_arrow()),
    )


def paths(generation: Generation, name: str, table: DeltaTable) -> tuple[str, ...]:
    """Return where the files are; the log names them below the table, its special characters written as in an address."""
    named = table.get_add_actions(flatten=True).column("path").to_pylist()
    return tuple(sorted(str(generation.folder / name / unquote(path)) for path in named))


def _scan(files: tuple[str, ...], schema: pa.Schema) -> str:
    if not files:
        columns = ", ".join(f'NULL::{_NAMES[str(field.type)]} AS "{field.name}"' for field in schema)
        return f"(SELECT {columns} WHERE false)"
    listed = ", ".join(f"'{_quoted(file)}'" for file in files)
    return (
        f"read_parquet([{listed}], union_by_name = true, hive_partitioning = true, hive_types = {{'bucket': INTEGER}})"
    )


def _quoted(path: str) -> str:
    return path.replace("'", "''")


_NAMES = {
    "int16": "SMALLINT", "int32": "INTEGER", "int64": "BIGINT", "string": "VARCHAR", "date32[day]": "DATE", "bool": "BOOLEAN",
}  # fmt: skip
