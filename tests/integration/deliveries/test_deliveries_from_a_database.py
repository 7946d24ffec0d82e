"""Rows of a department's database come in by watermark: all of them, once, whatever is killed; the watermark moves with the commit only."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psutil
import pytest
from tests.mysql.cases import check

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.errors import Missing, Refused, Unavailable, UnusableCall, UnusableFile
from xinheng.gateways.databases import Question, open_source

from ..office import Office, fates, ledger_rows
from ..sheets import PENALTY, TODAY
from .conftest import VARIABLE, Department

NAME = "suzhou-xzcf"


def add(office: Office, **changes: str) -> None:
    from xinheng.usecases.intake.deliveries import Wanted, add_delivery

    usual = {
        "name": NAME, "item": PENALTY, "agency": office.province.agency, "variable": VARIABLE, "table": "L_SUZHOU_XZCF",
        "watermark": "SJC", "key": "RECID",
    }  # fmt: skip
    add_delivery(Wanted(**{**usual, **changes}), actor=office.operator, at=office.at(TODAY), on=TODAY)


def run(office: Office, *, on: dt.date = TODAY) -> Any:
    from xinheng.usecases.intake.delivering import run_delivery

    return run_delivery(NAME, actor=office.operator, at=office.at(on), on=on)


def reached() -> str | None:
    from xinheng.store.models import DatabaseDelivery

    return DatabaseDelivery.objects.get(name=NAME).reached


def test_reading_postgresql_holds_what_every_source_must(source_url: str) -> None:
    department = Department(source_url)
    assert len(list(check(source_url, department.run))) == 4
    department.close()


def test_rows_come_in_once_and_the_watermark_follows(office: Office, department: Department) -> None:
    first, second, third = (office.province.penalty(number) for number in range(3))
    department.write(first, sjc="2026-02-26 08:00:00")
    department.write(second, sjc="2026-02-27 09:30:00.123456")
    add(office)
    done = run(office)
    assert (done.since, done.upto, done.rows) == (None, "2026-02-27 09:30:00.123456", 2)
    assert fates(done.outcome) == {"accepted": 2}
    assert reached() == "2026-02-27 09:30:00.123456"
    department.write(third, sjc="2026-02-27 09:30:00.123456")  # shares the watermark with the last one, and comes late
    again = run(office)
    assert fates(again.outcome) == {"accepted": 1, "unchanged": 1}
    assert ledger_rows() == 3
    same = run(office)
    assert same.outcome.submission == again.outcome.submission  # the same rows are the same file
    assert (ledger_rows(), reached()) == (3, "2026-02-27 09:30:00.123456")


def test_it_is_a_submission_like_any_other(office: Office, department: Department) -> None:
    from xinheng.store.models import Receipt, Submission
    from xinheng.usecases.intake.receiving import stream_of

    department.write(office.province.penalty(0), office.province.penalty(1, CF_ZT="1"), sjc="2026-02-26 08:00:00")
    add(office)
    outcome = run(office).outcome
    assert fates(outcome) == {"accepted": 1, "rejected": 1}
    submission = Submission.objects.get(pk=outcome.submission)
    assert (submission.channel, submission.profile, submission.file_name) == (
        "database",
        "legacy-penalty",
        f"{NAME}.csv",
    )
    with stream_of(submission) as content:
        header = content.readline().decode().strip().split(",")
    assert header[0] == "recid"  # a column of the layout, so it stays
    assert submission.receipt.facts["watermark"] == {
        "delivery": NAME, "since": None, "upto": "2026-02-26 08:00:00", "moved": True,
    }  # fmt: skip
    read = Receipt.objects.get(action="manage-deliveries", asked__has_key="since")
    assert (read.result["rows"], read.result["submission"]) == (2, submission.pk)


def test_columns_that_only_serve_the_reading_are_not_collected(office: Office, department: Department) -> None:
    row = office.province.penalty()
    cells = ", ".join(f'"{name}" text' for name in row)
    department.run("DROP TABLE IF EXISTS today")
    department.run(f"CREATE TABLE today (changed bigint, {cells})")
    department.run(f"INSERT INTO today VALUES (7, {', '.join(['%s'] * len(row))})", *row.values())
    add(office, table="public.today", watermark="changed", key="")
    assert fates(run(office).outcome) == {"accepted": 1}
    assert reached() == "7"
    department.run("ALTER TABLE today ADD COLUMN home_address text")
    department.run("UPDATE today SET changed = 8")
    with pytest.raises(UnusableFile):
        run(office)
    assert reached() == "7"


def test_rows_without_a_watermark_or_far_ahead_are_told_and_do_not_hide_the_others(
    office: Office, department: Department
) -> None:
    department.write(office.province.penalty(0), sjc=None)
    department.write(office.province.penalty(1), sjc="2026-02-26 08:00:00")
    department.write(office.province.penalty(2), office.province.penalty(3), sjc="2062-02-26 08:00:00")
    add(office)
    done = run(office)
    assert (done.rows, done.without_watermark, done.ahead, reached()) == (1, 1, 2, "2026-02-26 08:00:00")
    assert [note.zh for note in done.notes] == [
        "1 行没有水位，未读取；请来源单位补填水位列",
        "2 行的水位晚于明天，未读取；请来源单位更正",
    ]
    department.run(f"UPDATE {department.table} SET sjc = '2026-02-27' WHERE sjc > '2060-01-01' OR sjc IS NULL")
    assert fates(run(office).outcome) == {"accepted": 3, "unchanged": 1}


def test_nothing_new_is_no_submission(office: Office, department: Department) -> None:
    from xinheng.store.models import Submission

    add(office)
    done = run(office)
    assert (done.rows, done.upto, done.outcome) == (0, None, None)
    assert not Submission.objects.exists()


def test_a_run_that_breaks_off_before_its_commit_is_finished_by_the_next_one(
    office: Office, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import DeliveryRun
    from xinheng.usecases.intake import submit

    def broken(*_: object, **__: object) -> None:
        raise ConnectionError

    department.write(office.province.penalty(0), sjc="2026-02-26 08:00:00")
    add(office)
    with monkeypatch.context() as patched:
        patched.setattr(submit, "_commit", broken)
        with pytest.raises(ConnectionError):
            run(office)
    assert (reached(), DeliveryRun.objects.filter(moved_at=None).count()) == (None, 1)
    department.write(office.province.penalty(1), sjc="2026-02-26 08:00:00")
    done = run(office)
    assert len(done.finished) == 1
    assert (done.since, fates(done.outcome)) == ("2026-02-26 08:00:00", {"accepted": 1, "unchanged": 1})
    assert (ledger_rows(), DeliveryRun.objects.filter(moved_at=None).count()) == (2, 0)


def test_the_watermark_and_the_commit_stand_or_fall_together(
    office: Office, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake import submit

    def moved_and_broken(*words: Any) -> None:
        real(*words)
        raise ConnectionError

    department.write(office.province.penalty(0), sjc="2026-02-26 08:00:00")
    add(office)
    real = submit.move_watermark
    with monkeypatch.context() as patched:
        patched.setattr(submit, "move_watermark", moved_and_broken)
        with pytest.raises(ConnectionError):
            run(office)
    assert (reached(), Submission.objects.get().committed_at) == (None, None)
    run(office)
    assert (reached(), ledger_rows()) == ("2026-02-26 08:00:00", 1)


def test_a_late_end_of_an_older_run_moves_nothing_back(office: Office, department: Department) -> None:
    from xinheng.store.models import DatabaseDelivery, DeliveryRun, Submission
    from xinheng.usecases.intake.watermark import move_watermark

    department.write(office.province.penalty(0), sjc="2026-02-26 08:00:00")
    add(office)
    run(office)
    DeliveryRun.objects.update(moved_at=None)
    DatabaseDelivery.objects.update(reached="2026-02-28 00:00:00")
    assert move_watermark(Submission.objects.get(), office.at(TODAY))["moved"] is False
    assert reached() == "2026-02-28 00:00:00"


def test_the_timetable_puts_each_delivery_in_line_once_and_it_runs_as_whoever_added_it(
    office: Office, department: Department
) -> None:
    from xinheng.store.models import Receipt
    from xinheng.usecases.intake.delivering import put_deliveries_in_line, run_in_line

    department.write(office.province.penalty(0), sjc="2026-02-26 08:00:00")
    add(office)
    assert (put_deliveries_in_line(), put_deliveries_in_line()) == (1, 0)
    assert fates(run_in_line(NAME, at=office.at(TODAY)).outcome) == {"accepted": 1}
    assert set(Receipt.objects.filter(action="submit").values_list("actor", flat=True)) == {"operator"}


def test_who_may_not_run_a_delivery_reads_nothing(office: Office, department: Department) -> None:
    from xinheng.store.models import AuditEvent, Receipt
    from xinheng.usecases.intake.delivering import run_delivery

    add(office)
    receipts = Receipt.objects.count()
    clerk = Actor("clerk", (Assignment(Role.DATA_CLERK, agency=office.province.agency),))
    with pytest.raises(Refused):
        run_delivery(NAME, actor=clerk, at=office.at(TODAY), on=TODAY)
    event = AuditEvent.objects.latest("id")
    assert (event.actor, event.action, event.allowed) == ("clerk", "manage-deliveries", False)
    add(office, name="not-granted", item="administrative-permit")
    with pytest.raises(Refused, match="refused"):
        run_delivery("not-granted", actor=office.operator, at=office.at(TODAY), on=TODAY)
    assert Receipt.objects.count() == receipts + 1


UNUSABLE = [
    {"name": "Suzhou 1"},
    {"variable": "postgresql://user:secret@host/database"},
    {"table": " "},
    {"watermark": ""},
    {"profile": "haimen-permit"},
    {"item": "legal-entity-registration", "profile": "legacy-penalty"},
    {"agency": "11320000014000183H"},
]


@pytest.mark.parametrize("change", UNUSABLE, ids=lambda change: next(iter(change)))
def test_a_delivery_that_cannot_work_is_refused_at_once(office: Office, change: dict[str, str]) -> None:
    from xinheng.store.models import DatabaseDelivery

    with pytest.raises(UnusableCall) as refused:
        add(office, **change)
    assert "secret" not in str(refused.value.explanation)
    assert not DatabaseDelivery.objects.exists()


def test_a_name_keeps_its_table_because_the_watermark_belongs_to_it(office: Office) -> None:
    add(office)
    add(office)
    with pytest.raises(UnusableCall, match="exists and is another one"):
        add(office, table="another")


def test_what_cannot_be_read_is_told_without_the_address(
    office: Office, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(office)
    department.run(f"DROP TABLE {department.table}")
    with pytest.raises(UnusableCall, match="no table L_SUZHOU_XZCF"):
        run(office)
    for url, error in {
        "": UnusableCall, "secret": UnusableCall, "postgresql://u:secret@[": UnusableCall, "oracle://u:secret@h/d": UnusableCall,
        "postgresql://u:secret@127.0.0.1:1/d": Unavailable, department.url.replace("/department", "/secret"): Unavailable,
    }.items():  # fmt: skip
        monkeypatch.setenv(VARIABLE, url)
        with pytest.raises(error) as refused:
            run(office)
        assert "secret" not in str(refused.value.explanation)
    with pytest.raises(Missing):
        from xinheng.usecases.intake.deliveries import delivery_named

        delivery_named("unknown")


def test_memory_stays_flat_however_many_rows_the_table_has(source_url: str) -> None:
    department = Department(source_url)
    department.run(
        "CREATE OR REPLACE VIEW wide AS SELECT g AS id, repeat('x', 400) AS filling FROM generate_series(1, 250000) g"
    )
    process, count, most = psutil.Process(), 0, 0
    with open_source(source_url, Question(table="wide", watermark="id", since="2")) as source:
        start = process.memory_info().rss
        for count, _ in enumerate(source.rows(), start=1):
            if count % 50_000 == 0:
                most = max(most, process.memory_info().rss - start)
    department.close()
    assert count == 249_999
    assert most < 40 << 20, f"{most >> 20} MiB for rows of 100 MiB"
