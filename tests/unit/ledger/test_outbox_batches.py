"""Entries of the outbox are gathered in order, cut by rows, and a kind that nobody knows stops the projection."""

from __future__ import annotations

import pytest

from xinheng.core.ledger.outbox import RECORD_WITHDRAWN, SUBMISSION_COMMITTED, WAITING_RESOLVED, Entry, batch_of

ENTRIES = [
    Entry(3, SUBMISSION_COMMITTED, {"submission": 11}, rows=100),
    Entry(5, RECORD_WITHDRAWN, {"subject": 1, "record": "a", "event": 8}),
    Entry(6, WAITING_RESOLVED, {"submission": 11, "rows": 3, "taken": [101, 103]}, rows=2),
    Entry(9, SUBMISSION_COMMITTED, {"submission": 12}, rows=50),
]


def test_a_batch_names_what_its_entries_appended() -> None:
    batch = batch_of(ENTRIES, most_rows=1000)
    assert (batch.position, batch.entries, batch.rows) == (9, 4, 152)
    assert batch.committed == ([3, 9], [11, 12])
    assert batch.resolved == ([6, 6], [11, 11], [101, 103], [0, 0])  # an old entry does not say whose they became
    assert batch.events == ([5], [8])


@pytest.mark.parametrize(("most_rows", "position"), [(1, 3), (100, 3), (101, 6), (103, 9)])
def test_a_batch_ends_with_the_entry_that_fills_it(most_rows: int, position: int) -> None:
    assert batch_of(ENTRIES, most_rows=most_rows).position == position


def test_an_entry_says_whose_its_rows_became() -> None:
    entry = Entry(7, WAITING_RESOLVED, {"submission": 11, "rows": 2, "taken": [101, 103], "subjects": [4, 5]}, rows=2)
    assert batch_of([entry], most_rows=10).resolved == ([7, 7], [11, 11], [101, 103], [4, 5])


def test_no_entries_are_no_batch() -> None:
    assert batch_of([], most_rows=10).entries == 0


def test_an_unknown_kind_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="record-bequeathed"):
        batch_of([*ENTRIES, Entry(10, "record-bequeathed", {})], most_rows=1000)
