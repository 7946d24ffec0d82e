"""The lake's tables by themselves, without a database: exactly once, pinned reading, compaction, deleting, generations, new columns."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import Missing, Unavailable
from xinheng.core.ledger.columns import EVENTS as EVENT_COLUMNS
from xinheng.core.ledger.columns import event_schema, event_sql
from xinheng.lake import upkeep
from xinheng.lake.reading import Snapshot, files_at, pinned
from xinheng.lake.tables import EVENTS, RECORDS, Generation, Lake, position_of
from xinheng.lake.writing import append, widen

SCHEMA = pa.schema(
    [("bucket", pa.int32()), ("position", pa.int64()), ("subject_id", pa.int64()), ("CF_NR_FK", pa.int64())]
)


def rows(position: int, count: int = 20) -> pa.Table:
    subjects = list(range(position * 100, position * 100 + count))
    columns = [[subject % 16 for subject in subjects], [position] * count, subjects, [position] * count]
    return pa.table(columns, schema=SCHEMA)


def write(generation: Generation, *positions: int) -> None:
    for position in positions:
        append(generation.table(RECORDS), iter([rows(position)]), SCHEMA, position=position)


def asked(snapshot: Snapshot, question: str = "count(*), sum(subject_id)") -> tuple[object, ...]:
    return duckdb.sql(f"SELECT {question} FROM {snapshot.records()}").fetchall()[0]


def expected(*positions: int) -> tuple[int, int]:
    subjects = [subject for position in positions for subject in rows(position)["subject_id"].to_pylist()]
    return len(subjects), sum(subjects)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "湖 with a space")
    lake.switch(lake.begin(SCHEMA))
    return lake


def test_a_version_names_its_position_and_lists_its_files(lake: Lake) -> None:
    write(lake.current(), 3, 7)
    snapshot = files_at(lake)
    assert (snapshot.version, snapshot.position) == (2, 7)
    assert all(Path(file).is_file() for file in snapshot.files)
    assert asked(snapshot) == expected(3, 7)


def test_an_earlier_version_is_what_it_was(lake: Lake) -> None:
    write(lake.current(), 3, 7)
    assert asked(files_at(lake, 1)) == expected(3)
    assert files_at(lake, 1).position == 3


def test_the_same_position_is_written_once(lake: Lake) -> None:
    write(lake.current(), 3, 3, 2)
    assert asked(files_at(lake)) == expected(3)


def test_of_two_projectors_that_overlap_one_commits(lake: Lake) -> None:
    believed_dead = lake.current().table(RECORDS)
    write(lake.current(), 3)
    with pytest.raises(Unavailable):
        append(believed_dead, iter([rows(3)]), SCHEMA, position=3)
    assert asked(files_at(lake)) == expected(3)


def test_a_source_that_fails_leaves_nothing_and_its_own_error(lake: Lake) -> None:
    def broken() -> Iterator[pa.Table]:
        yield rows(3)
        raise ConnectionError("the server is away")

    with pytest.raises(ConnectionError, match="the server is away"):
        append(lake.current().table(RECORDS), broken(), SCHEMA, position=3)
    assert files_at(lake).position == 0
    write(lake.current(), 3)
    assert asked(files_at(lake)) == expected(3)


def test_a_position_without_rows_is_kept(lake: Lake) -> None:
    append(lake.current().table(RECORDS), iter([]), SCHEMA, position=4)
    assert files_at(lake).position == 4
    assert files_at(lake).files == ()


def test_compaction_changes_files_and_nothing_else(lake: Lake) -> None:
    write(lake.current(), 1, 2, 3)
    done = upkeep.compact(lake)
    assert (done.before, done.after) == (48, 16)
    assert files_at(lake).position == 3
    assert asked(files_at(lake)) == expected(1, 2, 3)
    assert position_of(lake.current().table(RECORDS)) == 3


def test_a_projector_goes_on_when_a_compaction_came_in_between(lake: Lake) -> None:
    write(lake.current(), 1, 2)
    opened = lake.current().table(RECORDS)
    upkeep.compact(lake, retention=0)
    append(opened, iter([rows(5)]), SCHEMA, position=5)
    assert asked(files_at(lake)) == expected(1, 2, 5)


def test_a_pinned_version_keeps_its_files_through_compaction_and_vacuum(lake: Lake) -> None:
    write(lake.current(), 1, 2)
    with pinned(lake) as snapshot:
        write(lake.current(), 3)
        assert upkeep.compact(lake, retention=0).deleted == 16  # those of the third batch only
        assert asked(snapshot) == expected(1, 2)
        assert upkeep.measure(lake).pinned == 1
    assert upkeep.measure(lake).pinned == 0
    assert upkeep.compact(lake, retention=0).deleted >= 32


def test_a_version_whose_files_were_deleted_is_not_called_readable(lake: Lake) -> None:
    write(lake.current(), 1, 2, 3)
    assert upkeep.measure(lake).oldest_version == 0
    upkeep.compact(lake, retention=0)
    assert upkeep.measure(lake).oldest_version == 4  # that of the compaction
    with pytest.raises(Missing):
        files_at(lake, 99)


def test_retention_keeps_the_files_of_older_versions(lake: Lake) -> None:
    write(lake.current(), 1, 2)
    assert upkeep.compact(lake, retention=24).deleted == 0
    assert asked(files_at(lake, 1)) == expected(1)


def test_what_a_killed_write_left_is_deleted_when_it_is_old(lake: Lake) -> None:
    write(lake.current(), 1)
    orphan = lake.current().folder / RECORDS / "bucket=3" / "part-00000-left-behind.zstd.parquet"
    orphan.write_bytes(b"never committed")
    upkeep.compact(lake, retention=24)
    assert orphan.exists()  # it could belong to a write that is going on
    os.utime(orphan, (0, 0))
    upkeep.compact(lake, retention=24)
    assert not orphan.exists()
    assert asked(files_at(lake)) == expected(1)


def test_a_reader_of_the_old_generation_is_not_disturbed_by_the_switch(lake: Lake) -> None:
    write(lake.current(), 1)
    with pinned(lake) as old:
        made = lake.begin(SCHEMA)
        write(made, 1, 2)
        assert files_at(lake) == old
        lake.switch(made)
        assert upkeep.compact(lake, retention=0).generations == 0
        assert asked(old) == expected(1)
        assert asked(files_at(lake)) == expected(1, 2)
    assert upkeep.compact(lake, retention=0).generations == 1
    assert [generation.number for generation in lake.generations()] == [2]


def test_a_rebuild_that_was_killed_is_taken_away_by_the_next(lake: Lake) -> None:
    write(lake.begin(SCHEMA), 1)
    made = lake.begin(SCHEMA)
    assert made.number == 2
    assert position_of(made.table(RECORDS)) == 0


def test_a_new_field_of_the_catalogue_becomes_a_column_and_old_rows_lack_it(lake: Lake) -> None:
    write(lake.current(), 1)
    wider = SCHEMA.append(pa.field("CF_NEW", pa.string()))
    table = lake.current().table(RECORDS)
    widen(table, wider)
    append(table, iter([rows(2).append_column("CF_NEW", [["new"] * 20])]), wider, position=2)
    assert asked(files_at(lake), "count(*), count(CF_NEW)") == (40, 20)


def test_a_field_of_another_type_asks_for_a_rebuild(lake: Lake) -> None:
    other = SCHEMA.set(3, pa.field("CF_NR_FK", pa.string()))
    with pytest.raises(Unavailable) as told:
        widen(lake.current().table(RECORDS), other)
    assert "rebuild" in told.value.explanation.mend.en


def test_events_beyond_the_position_are_not_read(lake: Lake) -> None:
    given = pa.table(
        {"position": [2, 9], "event_id": [1, 2], "subject_id": [5, 6], "record_key": ["a", "b"], "revision": [0, 0],
         "kind": ["withdrawn"] * 2, "happened_on": [None, None]},
        schema=pa.schema(list(EVENT_COLUMNS.items())),
    )  # fmt: skip
    made = Calculator().query(event_sql("given"), given=given)
    append(lake.current().table(EVENTS), iter([made]), event_schema(), position=9)
    write(lake.current(), 4)
    assert duckdb.sql(f"SELECT event_id FROM {files_at(lake).events()}").fetchall() == [(1,)]


def test_a_lake_that_was_never_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(Missing) as told:
        files_at(Lake(tmp_path / "none"))
    assert "xinheng lake project" in told.value.explanation.mend.en
