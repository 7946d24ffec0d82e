"""A proposal has no effect; what a person confirms changes the days of publication, from that day on, until it is undone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.errors import Missing, Refused, UnusableCall
from xinheng.core.law.severity import Severity
from xinheng.core.ledger.visibility import State

from ..office import Office
from ..sheets import Row

D = dt.date.fromisoformat
DECIDED, DAY, LATER = D("2026-04-10"), D("2026-04-14"), D("2026-06-01")
REASON = "行业标准列为一般"


@pytest.fixture
def rows(office: Office) -> list[Row]:
    """A fine below the large amount, a revocation, and a fine whose authority states what it is."""
    fine = office.province.penalty(0, CF_JDRQ=DECIDED.isoformat(), CF_NR_FK="2")
    revoked = office.province.penalty(
        1, CF_JDRQ=DECIDED.isoformat(), CF_CFLB="吊销许可证件", CF_NR_FK="", CF_NR_ZKDX="许可证"
    )
    stated = office.province.penalty(2, CF_JDRQ=DECIDED.isoformat(), CF_NR_FK="2", XH_CD="轻微")
    return [fine, revoked, stated]


@pytest.fixture
def submission(office: Office, rows: list[Row]) -> int:
    """The submission of these rows."""
    from ..sheets import csv_bytes

    header = list(dict.fromkeys(code for row in rows for code in row))
    outcome = office.submit(csv_bytes([{code: row.get(code, "") for code in header} for row in rows], header), on=DAY)
    assert outcome.counts.accepted == 3, office.issues(outcome)
    return int(outcome.submission)


def name_of(office: Office, row: Row, *, on: dt.date = DAY) -> str:
    return f"{row['CF_XDR_SHXYM']}/{record_of(office, row, on=on).record_key}"


def record_of(office: Office, row: Row, *, on: dt.date = DAY) -> Any:
    [record] = office.records(row["CF_XDR_SHXYM"], as_of=on, today=on)
    return record


def confirm(
    office: Office, row: Row, severity: Severity, *, on: dt.date = DAY, actor: Actor | None = None, reason: str = REASON
) -> Any:
    from xinheng.usecases.ledger.severity import confirm

    return confirm(
        name_of(office, row, on=on), severity, reason=reason, actor=actor or office.operator, at=office.at(on), on=on
    )


def undo(office: Office, row: Row, *, on: dt.date = DAY) -> Any:
    from xinheng.usecases.ledger.severity import undo

    return undo(name_of(office, row, on=on), reason="确认有误", actor=office.operator, at=office.at(on), on=on)


def public(row: Row, *, on: dt.date) -> int:
    """How many records the portal shows; page, search and state must agree."""
    from xinheng.store.queries.subjects import public_counts, subject_by_code
    from xinheng.usecases.portal import view_subject

    subject = subject_by_code(row["CF_XDR_SHXYM"])
    assert subject is not None
    shown = len(view_subject(subject.uscc, on=on, at=Office.at(on)).entries)
    assert public_counts([subject.pk], on=on).get(subject.pk, 0) == shown
    return shown


def test_what_is_not_certain_is_proposed_and_changes_nothing(office: Office, rows: list[Row], submission: int) -> None:
    from xinheng.usecases.ledger.severity import propose

    found = propose(submission, actor=office.operator, at=office.at(DAY), on=DAY)
    assert found.counts == {"proposed": 1, "certain": 2}
    [one] = found.listed
    assert one.name == name_of(office, rows[0])
    assert one.assessment.severity is Severity.MINOR
    assert [public(row, on=DAY) for row in rows] == [1, 1, 0]


def test_a_confirmed_milder_severity_ends_the_publication_and_its_undoing_brings_it_back(
    office: Office, rows: list[Row], submission: int
) -> None:
    before = record_of(office, rows[0])
    confirm(office, rows[0], Severity.MINOR, on=LATER)
    assert (public(rows[0], on=DAY), public(rows[0], on=LATER)) == (1, 0)
    assert record_of(office, rows[0], on=LATER).severity == "minor"
    undo(office, rows[0], on=LATER + dt.timedelta(days=1))
    after = record_of(office, rows[0], on=LATER + dt.timedelta(days=1))
    assert (after.published, after.first_day, after.last_day, after.severity) == (
        True,
        before.first_day,
        before.last_day,
        None,
    )


def test_only_a_person_makes_it_harsher(office: Office, rows: list[Row], submission: int) -> None:
    from xinheng.usecases.portal import view_entry

    done = confirm(office, rows[0], Severity.SERIOUS)
    assert (done.record.first_day, done.record.shortest_last_day, done.record.last_day) == (
        DECIDED,
        D("2027-04-09"),
        D("2029-04-09"),
    )
    _, entry = view_entry(*name_of(office, rows[0]).split("/"), on=D("2028-01-01"), at=office.at(DAY))
    assert any("载明为严重" in reason.zh for reason in entry.publication_reasons)
    confirm(office, rows[0], Severity.GENERAL)
    assert record_of(office, rows[0]).last_day == D("2027-04-09")


def test_what_the_order_lists_as_minor_stays_unpublished_whatever_is_confirmed(office: Office) -> None:
    row = office.province.penalty(3, CF_JDRQ=DECIDED.isoformat(), CF_CFLB="警告", CF_NR_FK="")
    office.hand_in(row, on=DAY)
    assert not confirm(office, row, Severity.SERIOUS).record.published
    assert public(row, on=DAY) == 0


def test_a_correction_never_has_the_harsher_of_two_terms(office: Office, rows: list[Row], submission: int) -> None:
    confirm(office, rows[0], Severity.MINOR)
    office.hand_in({**rows[0], "CF_SY": "更正后的违法事实"}, on=LATER)
    corrected = record_of(office, rows[0], on=LATER)
    assert (corrected.revision, corrected.published, corrected.severity) == (1, False, None)
    confirm(office, rows[1], Severity.SERIOUS)
    office.hand_in({**rows[1], "CF_SY": "更正后的违法事实"}, on=LATER)
    assert record_of(office, rows[1], on=LATER).last_day == D("2029-04-09")
    confirm(office, rows[0], Severity.GENERAL, on=LATER)
    assert record_of(office, rows[0], on=LATER).published


def test_the_past_is_seen_through_the_terms_of_today(office: Office, rows: list[Row], submission: int) -> None:
    confirm(office, rows[1], Severity.GENERAL, on=LATER)
    after = D("2027-06-01")
    seen = office.file(rows[1]["CF_XDR_SHXYM"], as_of=DAY, today=after)
    assert seen.entries == ()
    auditor = Actor("auditor", (Assignment(Role.AUDIT_ADMINISTRATOR),))
    [entry] = office.file(rows[1]["CF_XDR_SHXYM"], as_of=DAY, today=after, actor=auditor).entries
    assert (entry.state, entry.record.last_day) == (State.PUBLIC, D("2029-04-09"))


def test_another_agency_may_not_confirm_and_nobody_without_a_reason(
    office: Office, rows: list[Row], submission: int
) -> None:
    other = Actor("other", (Assignment(Role.DATA_CLERK, agency=office.province.other_agency),))
    with pytest.raises(Refused):
        confirm(office, rows[0], Severity.MINOR, actor=other)
    with pytest.raises(UnusableCall):
        confirm(office, rows[0], Severity.MINOR, reason="  ")
    with pytest.raises(UnusableCall):
        undo(office, rows[0])


@pytest.mark.parametrize(("name", "error"), [("913200", UnusableCall), ("91320000000000000X/00", Missing)])
def test_a_record_that_is_not_there_is_told(office: Office, name: str, error: type[Exception]) -> None:
    from xinheng.usecases.ledger.severity import confirm as confirm_severity

    with pytest.raises(error):
        confirm_severity(name, Severity.MINOR, reason=REASON, actor=office.operator, at=office.at(DAY), on=DAY)
