"""What is kept no more is destroyed: keys of persons' records and of files, in batches, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.access.roles import PLATFORM
from xinheng.core.errors import Missing, Refused, UnusableCall
from xinheng.core.sample.codes import identity_number

from ..office import Office, fates
from ..sheets import PENALTY, TODAY
from .people import NAME, person

END = dt.date(2031, 2, 27)  # five years after the decisions, which are three days older than TODAY


def _run(office: Office, on: dt.date = END, **how: Any) -> Any:
    from xinheng.usecases.persons.retention import run_retention

    return run_retention(**{"actor": PLATFORM, "at": office.at(on), "on": on, "today": on, **how})


def _live() -> tuple[int, int]:
    from xinheng.store.models import Person, PersonRecord

    return Person.objects.filter(erased_at=None).count(), PersonRecord.objects.filter(erased_at=None).count()


def test_nothing_is_destroyed_a_day_too_early_and_everything_on_its_day(office: Office, tmp_path: Any) -> None:
    office.hand_in(person(office.province, 1), person(office.province, 2, CF_JDRQ="2026-02-20"))
    before = _run(office, END - dt.timedelta(days=8))
    assert (before.ended, before.next_due) == (before.ended.__class__(), dt.date(2031, 2, 20))
    assert _live() == (2, 2)
    first = _run(office, dt.date(2031, 2, 20))
    assert (first.ended.records, first.ended.persons, first.ended.files) == ({PENALTY: 1}, 1, 0)
    assert (dict(first.remaining), first.next_due) == ({PENALTY: 1}, END)
    last = _run(office)
    assert (last.ended.records, last.ended.persons, last.ended.files) == ({PENALTY: 1}, 1, 1)
    assert (dict(last.remaining), last.next_due, _live()) == ({}, None, (0, 0))
    assert list((tmp_path / "files").rglob("*.sealed")) == []
    again = _run(office)
    assert not again.ended


def test_what_was_destroyed_can_be_opened_by_nobody(office: Office) -> None:
    from xinheng.store.models import Person, PersonRecord, Submission
    from xinheng.usecases.intake.receiving import stream_of
    from xinheng.usecases.persons.viewing import view_person

    outcome = office.hand_in(person(office.province, 1))
    _run(office)
    record, held = PersonRecord.objects.get(), Person.objects.get()
    assert (record.wrapped_key, record.key, held.sealed, held.lookup) == (None, None, None, None)
    with pytest.raises(Missing):
        stream_of(Submission.objects.select_related("file").get(pk=outcome.submission))
    with pytest.raises(Missing):
        view_person(
            "身份证", identity_number(1), matter="own-request", actor=office.operator, at=office.at(TODAY), on=TODAY
        )


def test_a_person_of_whom_something_is_kept_stays_and_what_is_too_old_does_not_come_in(office: Office) -> None:
    office.hand_in(person(office.province, 1))
    on = dt.date(2030, 6, 3)
    office.hand_in(
        person(office.province, 1, decision="新罚〔2030〕1号", CF_JDRQ="2030-06-01", CF_YXQ="2099-12-31"), on=on
    )
    ended = _run(office).ended
    assert (ended.records, ended.persons, _live()) == ({PENALTY: 1}, 0, (1, 1))
    old = office.hand_in(person(office.province, 1), person(office.province, 7), on=END)
    assert fates(old) == {"rejected": 2}
    assert old.counts.issues["N05"] == 2


def test_a_file_is_kept_while_an_organisation_s_record_of_it_is(office: Office) -> None:
    office.hand_in(person(office.province, 1), office.province.penalty(1))
    assert _run(office).ended.files == 0
    late = dt.date(2035, 1, 1)
    assert _run(office, late).ended.files == 1


def test_a_dry_run_says_the_same_and_destroys_nothing(office: Office) -> None:
    office.hand_in(person(office.province, 1), person(office.province, 2))
    foreseen = _run(office, END, today=TODAY, at=office.at(TODAY), dry_run=True)
    assert _live() == (2, 2)
    assert foreseen.ended == _run(office).ended


def test_a_day_to_come_and_an_actor_without_the_role_are_refused(office: Office) -> None:
    from xinheng.core.access import Actor

    with pytest.raises(UnusableCall, match="still to come"):
        _run(office, END, today=TODAY)
    with pytest.raises(Refused):
        _run(office, actor=Actor("nobody", ()))


def test_a_run_that_was_killed_is_finished_by_the_next_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from xinheng.usecases.persons import retention

    office.hand_in(*(person(office.province, number) for number in range(1, 6)))
    real, calls = retention.end_records, iter(range(9))

    def killed(**how: Any) -> Any:
        found = real(**how)
        if next(calls) == 1:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(retention, "BATCH", 2)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(retention, "end_records", killed)
        _run(office)
    assert _live() == (3, 3)
    assert _run(office).ended.records == {PENALTY: 3}


def test_receipts_tell_counts_and_no_person(office: Office) -> None:
    from xinheng.store.models import Receipt

    office.hand_in(person(office.province, 1))
    _run(office)
    told = [str(row) for row in Receipt.objects.filter(action="run-retention").values_list("asked", "result", "facts")]
    assert any("'persons': 1" in text for text in told)
    assert not [text for text in told if NAME in text or identity_number(1) in text]
