"""Whatever is judged and taken back, a projection that reads the outbox from its beginning gets each revision of the ledger once, and every event."""

from __future__ import annotations

from typing import Any

from django.db import connection

from xinheng.core.subjects.judgement import Verdict

from ..office import Office
from ..sheets import TODAY
from .test_by_name import _honour
from .test_judging import _codes, _judge, _reverse, _waiting


def _brought() -> list[tuple[Any, ...]]:
    """Return subject, record and revision of all that the outbox brings, as the lake would take it."""
    from xinheng.core.ledger.outbox import batch_of
    from xinheng.store.queries.outbox import entries_after, records_of

    batch = batch_of(entries_after(0, until=2**62, limit=1000), most_rows=10**9)
    rows = [row for table in records_of(batch, chunk=1 << 20) for row in table.to_pylist()]
    return sorted((row["subject_id"], row["record_key"], row["revision"]) for row in rows)


def _ledger() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, record_key::text, revision FROM record")
        return sorted(cursor.fetchall())


def _events() -> tuple[int, int]:
    from xinheng.core.ledger.outbox import batch_of
    from xinheng.store.models import RecordEvent
    from xinheng.store.queries.outbox import entries_after

    batch = batch_of(entries_after(0, until=2**62, limit=1000), most_rows=10**9)
    return len(batch.events[0]), RecordEvent.objects.count()


def test_a_row_that_was_two_subjects_in_turn_is_brought_once_for_each(office: Office) -> None:
    (code, _), (other, _) = _codes(office), _codes(office, 1)
    row = _waiting(office)
    (first,) = _judge(office, row, code)
    _reverse(office, first.number)
    (second,) = _judge(office, row, other)
    assert len(_ledger()) == 2
    assert _brought() == _ledger()
    _reverse(office, second.number)
    _judge(office, row, code)  # comes back without a new revision
    assert _brought() == _ledger()
    assert _events() == (3, 3)


def test_a_record_that_its_name_attached_and_that_went_elsewhere_is_brought_once_for_each(office: Office) -> None:
    from xinheng.store.models import WaitingRow
    from xinheng.usecases.judgements.detaching import detach

    (code, name), (other, _) = _codes(office), _codes(office, 1)
    _honour(office, name)
    (record,) = office.records(code)
    detach(
        code,
        record.record_key,
        reason="颁奖单位来函说明系同名单位",
        actor=office.operator,
        at=office.at(TODAY),
        on=TODAY,
    )
    assert _brought() == _ledger()
    (judged,) = _judge(office, WaitingRow.objects.get(), other)
    assert judged.became == "taken"
    assert len(_ledger()) == 2
    assert _brought() == _ledger()


def test_a_row_that_was_taken_back_is_taken_by_code_when_its_registration_comes(office: Office) -> None:
    from xinheng.store.models import Subject
    from xinheng.usecases.intake.waiting import resolve_waiting

    from ..sheets import csv_bytes
    from .test_judging import UNKNOWN

    code, name = _codes(office)
    row = _waiting(office)
    (first,) = _judge(office, row, code)
    _reverse(office, first.number)
    office.load_register(csv_bytes([{"名称": name, "统一社会信用代码": UNKNOWN}], ["名称", "统一社会信用代码"]))
    resolve_waiting(actor=office.operator, at=office.at(TODAY))
    row.refresh_from_db()
    assert row.ended == "taken"
    assert len(office.records(UNKNOWN)) == 1
    assert office.records(code, as_of=TODAY.replace(day=3), today=TODAY.replace(day=3)) == []
    assert Subject.objects.filter(uscc=UNKNOWN).exists()
    assert _brought() == _ledger()


def test_what_is_judged_different_or_not_sure_brings_nothing(office: Office) -> None:
    row = _waiting(office)
    before = _brought()
    _judge(office, row, _codes(office)[0], Verdict.UNSURE)
    _judge(office, row, _codes(office, 1)[0], Verdict.DIFFERENT)
    assert _brought() == before == _ledger()
