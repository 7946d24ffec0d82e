"""A version of the lake is the ledger at the position that it names, whatever goes on beside its readers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from typing import Any

import duckdb
import psycopg
import pytest

from xinheng.lake.reading import Snapshot, files_at, pinned
from xinheng.lake.tables import Lake

from .crashes import Crash

QUESTION = "SELECT count(*), count(DISTINCT subject_id), sum(CF_NR_FK), sum(hash(record_key, position, last_day)::HUGEINT) FROM {rows}"
BROUGHT = """
SELECT coalesce(sum(CASE e.kind WHEN 'submission-committed' THEN s.accepted
    WHEN 'waiting-resolved' THEN jsonb_array_length(e.payload->'taken') END), 0)::bigint
FROM store_outboxentry e LEFT JOIN store_submission s ON s.id = (e.payload->>'submission')::bigint WHERE e.id <= %s"""
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'store_outboxentry'::regclass"


def answered(snapshot: Snapshot, where: str = "") -> tuple[Any, ...]:
    with duckdb.connect(config={"threads": 1}) as engine:
        return tuple(engine.execute(QUESTION.format(rows=snapshot.records()) + where).fetchall()[0])


@pytest.fixture
def lake(survivor: Crash) -> Iterator[Lake]:
    shutil.rmtree(survivor.lake, ignore_errors=True)
    survivor.xinheng("lake", "project", "--entries", 7)
    yield Lake(survivor.lake)
    shutil.rmtree(survivor.lake)


def test_every_version_is_the_ledger_at_its_position(survivor: Crash, lake: Lake) -> None:
    newest = files_at(lake)
    assert newest.version >= 3
    for version in range(1, newest.version + 1):
        held = files_at(lake, version)
        assert answered(held)[0] == survivor.xinheng.value(BROUGHT, held.position)
        assert answered(held) == answered(newest, f" WHERE position <= {held.position}")


def test_a_reader_gets_the_same_answer_while_others_append_compact_and_rebuild(survivor: Crash, lake: Lake) -> None:
    with pinned(lake) as snapshot:
        first, answers, stop = answered(snapshot), set[tuple[Any, ...]](), threading.Event()

        def read() -> None:
            while not stop.is_set():
                answers.add(answered(snapshot))

        reader = threading.Thread(target=read)
        reader.start()
        try:
            survivor.ledger.grow(1, 300)
            compact = ("lake", "compact", "--retention-hours", 0)
            done = survivor.xinheng.at_once(("lake", "project", "--entries", 1), compact)
            done += survivor.xinheng.at_once(("lake", "rebuild"), compact)
        finally:
            stop.set()
            reader.join()
        assert [one.code for one in done] == [0] * 4, done
        assert answers | {answered(snapshot)} == {first}
    survivor.assert_whole(survivor.finish())


def test_an_entry_that_is_not_committed_yet_is_waited_for(survivor: Crash, lake: Lake) -> None:
    """Its number was drawn before that of one which is committed already: a projector that went on would never come back to it."""
    entry = "INSERT INTO store_outboxentry (at, kind, payload) VALUES (now(), 'waiting-resolved', %s) RETURNING id"
    nothing = psycopg.types.json.Json({"submission": 1, "taken": []})
    with psycopg.connect(survivor.xinheng.server.url) as slow:
        [(early,)] = slow.execute(entry, (nothing,)).fetchall()
        late = survivor.ledger.submission(10)
        process = survivor.xinheng.started("lake", "project")
        while process.poll() is None and not survivor.xinheng.value(WAITS):
            continue
        assert process.poll() is None, "it went on without waiting"
        slow.commit()
    assert survivor.xinheng.finished(process).code == 0
    last = survivor.xinheng.value("SELECT max(id) FROM store_outboxentry")
    assert early < last == files_at(lake).position
    assert late
    survivor.assert_whole(survivor.finish())


def test_a_lake_that_is_not_there_and_one_that_is_busy_are_explained(survivor: Crash) -> None:
    absent = survivor.xinheng("lake", "status", "--json", expect=2)
    assert "lake project" in absent.json["error"]["mend"]["en"]
    with psycopg.connect(survivor.xinheng.server.url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(7007, 1)")
        busy = survivor.xinheng("lake", "rebuild", "--json", expect=2)
    assert "Another process" in busy.json["error"]["what"]["en"]
