"""Nobody can change what was written: the database itself refuses."""

from __future__ import annotations

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from ..office import Office, with_a_question


@pytest.fixture
def office(office: Office) -> Office:
    """The office with one record, and a question about it."""
    return with_a_question(office)


TABLES = ("record", "store_recordevent", "store_receipt", "store_auditevent", "store_sighting", "store_question")
ATTEMPTS = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
}
COLUMNS = {
    "record": "decision_number",
    "store_recordevent": "reason",
    "store_receipt": "digest",
    "store_auditevent": "actor",
    "store_sighting": "row_number",
    "store_question": "kind",
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("table", TABLES)
def test_the_database_itself_refuses_to_change_what_was_written(office: Office, table: str, attempt: str) -> None:
    row = office.province.penalty()
    office.withdraw(row["CF_XDR_SHXYM"], row["CF_WSH"])
    _is_refused(ATTEMPTS[attempt].format(table=table, column=COLUMNS[table]))


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_ledger_cannot_be_changed_through_one_of_its_partitions(office: Office, attempt: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM record LIMIT 1")
        ((partition,),) = cursor.fetchall()
    _is_refused(ATTEMPTS[attempt].format(table=partition, column="decision_number"))


def test_taking_back_a_failed_file_does_not_reach_what_was_committed(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL xinheng.undo = 'on'")
    _is_refused("DELETE FROM record")
    _is_refused("DELETE FROM store_sighting")


def _is_refused(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as after a commit: nothing is left to be checked
        with pytest.raises(DatabaseError, match="append-only") as refused, transaction.atomic():
            cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.RestrictViolation)
