"""Upkeep: small files become large ones, files that no reader can need any more are deleted, and the state is measured."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from deltalake import CommitProperties, DeltaTable, WriterProperties

from xinheng.core.errors import Missing
from xinheng.lake.reading import files_at, gate, paths, pins
from xinheng.lake.tables import EVENTS, RECORDS, Generation, Lake, position_of

DAY = 24
RETENTION = 7 * DAY
"""Hours for which the files of an older version stay although nobody has pinned it."""
FILE = 256 << 20
"""Bytes that a file is to have at the most after compaction."""
_PARQUET = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=1 << 17)


@dataclass(frozen=True, slots=True)
class Compaction:
    """What a compaction did: files before and after (of the newest version), files deleted, generations deleted."""

    before: int
    after: int
    deleted: int
    generations: int
    version: int


@dataclass(frozen=True, slots=True)
class Measure:
    """The state of the lake: sizes in bytes, files and rows of the newest version; ``stored`` counts everything in its folder."""

    generation: int
    version: int
    position: int
    oldest_version: int
    files: int
    rows: int
    events: int
    size: int
    stored: int
    pinned: int


def compact(lake: Lake, *, retention: int = RETENTION) -> Compaction:
    """Compact the present generation and delete what is older than ``retention`` hours and pinned by nobody.

    May run while others read and append; two compactions at once must be kept apart by the caller.
    """
    generation = lake.current()
    before = len(files_at(lake).files)
    for name in (RECORDS, EVENTS):
        _merge(generation.table(name))
    deleted = _vacuum(generation, retention)
    after = files_at(lake)
    return Compaction(before, len(after.files), deleted, _drop_retired(lake, retention), after.version)


def measure(lake: Lake) -> Measure:
    """Measure the present generation."""
    generation = lake.current()
    with gate(generation, exclusive=True):
        readers = len(pins(generation))
    records, events = generation.table(RECORDS), generation.table(EVENTS)
    added = records.get_add_actions(flatten=True)
    sizes = added.column("size_bytes").to_pylist()
    return Measure(
        generation=generation.number,
        version=records.version(),
        position=position_of(records),
        oldest_version=oldest_readable(generation, records.version()),
        files=len(sizes),
        rows=_rows(records),
        events=_rows(events),
        size=sum(sizes),
        stored=sum(path.stat().st_size for path in lake.root.rglob("*") if path.is_file()),
        pinned=readers,
    )


def oldest_readable(generation: Generation, newest: int) -> int:
    """Return the version from which on all can be read up to the newest: found by halving, for deleting begins with the oldest."""
    low, high = 0, newest
    while low < high:
        middle = (low + high) // 2
        if _is_readable(generation, middle):
            high = middle
        else:
            low = middle + 1
    return low


def _is_readable(generation: Generation, version: int) -> bool:
    try:
        table = generation.table(RECORDS, version)
    except Missing:
        return False
    return all(Path(file).exists() for file in paths(generation, RECORDS, table))


def _rows(table: DeltaTable) -> int:
    return sum(table.get_add_actions(flatten=True).column("num_records").to_pylist())


def _merge(table: DeltaTable) -> None:
    noted = CommitProperties(custom_metadata={"ledger_position": str(position_of(table))})
    table.optimize.compact(
        target_size=FILE, max_concurrent_tasks=1, writer_properties=_PARQUET, commit_properties=noted
    )


def _vacuum(generation: Generation, retention: int) -> int:
    """Delete files; those that no version ever named as well, where they are too old to belong to a write that is going on."""
    deleted = 0
    with gate(generation, exclusive=True):
        held = pins(generation)
        for name in (RECORDS, EVENTS):
            table = generation.table(name)
            deleted += len(
                table.vacuum(
                    retention_hours=retention, dry_run=False, enforce_retention_duration=False, full=retention >= DAY,
                    keep_versions=sorted({pin[name] for pin in held} | {table.version()}),
                )
            )  # fmt: skip
    return deleted


def _drop_retired(lake: Lake, retention: int) -> int:
    current, dropped = lake.current().number, 0
    for generation in lake.generations():
        if generation.number >= current or _age(generation.retired) < retention * 3600:
            continue
        with gate(generation, exclusive=True):
            if pins(generation):
                continue
            shutil.rmtree(generation.folder)
        dropped += 1
    return dropped


def _age(mark: Path) -> float:
    """Return how many seconds ago a generation was replaced (none where it is not marked: it was left unfinished)."""
    return time.time() - mark.stat().st_mtime if mark.exists() else 0.0
