"""Persons are in their own tables and nowhere else, and nothing there could hold a grade: told by the schema, and by the rows."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest
from django.db import DatabaseError, connection, transaction

from xinheng.core.catalogue.load import item_names, load
from xinheng.core.ledger.columns import LEFT_OUT
from xinheng.core.sample.codes import identity_number
from xinheng.store.sql import statement

from ..office import Office, fates, ledger_rows
from ..sheets import TODAY
from .people import NAME, person

COLUMNS = {
    "store_person": {"id", "lookup", "lookup_key", "sealed", "key", "erased_at"},
    "store_personrecord": {
        "id", "person_id", "record_key", "revision", "item", "version", "submission_id", "row_number", "source_agency", "deciding_authority",
        "decided_on", "content_digest", "sealed", "wrapped_key", "key", "retention_until", "erased_at",
    },
    "store_personsighting": {"id", "person_id", "record_key", "revision", "submission_id", "row_number", "source_agency"},
}  # fmt: skip
"""Every column of the persons' tables: one that is added must be looked at here, and none may hold a score, a grade, a rank or a list."""


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_no_column_of_a_persons_table_can_hold_a_grade(db: None) -> None:
    for table, columns in COLUMNS.items():
        found = _rows(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'")
        assert {name for (name,) in found} == columns
    text = " ".join(name for columns in COLUMNS.values() for name in columns)
    assert not re.search("score|grade|rank|level|alert|listed|severity|class", text)


def test_no_other_table_points_to_a_person(db: None) -> None:
    found = _rows(
        "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'store_person'::regclass"
    )
    assert {name for (name,) in found} == {"store_personrecord", "store_personsighting"}
    named = _rows(
        "SELECT table_name FROM information_schema.columns WHERE column_name LIKE '%person%' AND table_schema = 'public'"
    )
    assert {name for (name,) in named} == {"store_personrecord", "store_personsighting"}


@pytest.mark.parametrize(
    "name",
    [
        "lake_records",
        "lake_events",
        "file",
        "search_frequent",
        "search_number",
        "search_part",
        "public_counts",
        "submission_records",
    ],
)
def test_what_feeds_lake_portal_and_search_reads_no_persons_table(name: str) -> None:
    assert "person" not in statement(name)


def test_the_database_refuses_clear_text_where_something_is_sealed_and_persons_among_organisations(
    office: Office,
) -> None:
    attempts = (
        "INSERT INTO store_person (lookup, lookup_key, sealed, key) VALUES (decode(repeat('00', 32), 'hex'), 'k2', '样例某甲的全部信息，写成明文，足够长', 'k1')",
        "INSERT INTO store_person (lookup, lookup_key, sealed, key) VALUES ('320999190001010018', 'k2', decode(repeat('01', 40), 'hex'), 'k1')",
        "INSERT INTO store_waitingrow (submission_id, row, reason, fields) VALUES (1, 2, 'W01', '{\"CF_XDR_LB\": \"自然人\"}')",
        "INSERT INTO store_subject (uscc, kind, name, registered_on) VALUES ('91320100MA1TE5T0XF', 'natural-person', '样例', '2026-01-01')",
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="constraint"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt.encode())


def test_search_file_portal_and_lake_know_nothing_of_a_person(office: Office) -> None:
    from xinheng.store.bulk import read_table
    from xinheng.usecases.searching import search

    outcome = office.hand_in(person(office.province, 1), office.province.penalty(1))
    assert (fates(outcome), ledger_rows()) == ({"accepted": 2}, 1)
    for text in (NAME, identity_number(1), NAME[:2]):
        assert not search(text, actor=office.operator, at=office.at(TODAY), on=TODAY).anything
    kinds = _rows("SELECT DISTINCT fields->>'CF_XDR_LB' FROM record")
    assert kinds == [("法人及非法人组织",)]
    told = read_table("SELECT payload::text AS payload FROM store_outboxentry", (), {"payload": pa.string()})
    assert NAME not in str(told.to_pylist())


def test_a_person_s_columns_are_in_no_lake(db: None) -> None:
    fields = [field for name in item_names() for version in load(name).versions for field in version.fields]
    assert all(field.privacy in LEFT_OUT for field in fields if field.role == "person_id")
