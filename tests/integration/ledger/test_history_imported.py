"""Old records come in with their past: clearly not live, no clock started again, and what has ended comes back for nobody."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.errors import Refused, UnusableCall, UnusableFile
from xinheng.core.ledger.visibility import State

from ..office import Office, fates
from ..sheets import TODAY, Province, Row, csv_bytes, registration

D = dt.date.fromisoformat
AUDITOR = Actor("auditor", (Assignment(Role.AUDIT_ADMINISTRATOR),))
STATE = ("published_from", "published_to", "repaired_on", "objected_on", "withdrawn_on")


def old(office: Office, number: int, decided: str, **cells: str) -> Row:
    """An old row: decided on a day, with the state columns that are given."""
    row = office.province.penalty(number, CF_JDRQ=decided)
    return {**row, **dict.fromkeys(STATE, ""), **cells}


def sheet(*rows: Row) -> bytes:
    return csv_bytes(rows, list(rows[0]))


def bring_in(
    office: Office, content: bytes, *, actor: Actor | None = None, source: str = "市平台二期", on: dt.date = TODAY
) -> Any:
    from xinheng.usecases.ledger.history import import_history

    return import_history(
        office.call(content, on=on), source_system=source, actor=actor or office.operator, at=office.at(on)
    )


def check(office: Office, batch: int, *, sample: int = 100, seed: int = 1) -> Any:
    from xinheng.usecases.ledger.history_check import verify_history

    return verify_history(batch, sample=sample, seed=seed, actor=office.operator, at=office.at(TODAY))


def entry(office: Office, row: Row, *, today: dt.date = TODAY, as_of: dt.date | None = None) -> Any:
    """The one entry of a subject's file, as the audit administrator sees it."""
    [found] = office.file(row["CF_XDR_SHXYM"], as_of=as_of or today, today=today, actor=AUDITOR).entries
    return found


def public(row: Row, *, on: dt.date = TODAY) -> int:
    """How many records the public sees; the page and the count must agree."""
    from xinheng.store.queries.subjects import public_counts, subject_by_code
    from xinheng.usecases.portal import view_subject

    subject = subject_by_code(row["CF_XDR_SHXYM"])
    assert subject is not None
    shown = len(view_subject(subject.uscc, on=on, at=Office.at(on)).entries)
    assert public_counts([subject.pk], on=on).get(subject.pk, 0) == shown
    return shown


# decided        the past that its file tells                                                           state             last day
PASTS = [
    ("2025-06-01", {"published_from": "2025-06-05"},                                                     State.PUBLIC,      "2028-05-31"),
    ("2025-06-01", {"published_from": "2025-06-05", "published_to": "2026-06-05"},                       State.PUBLIC,      "2026-06-05"),
    ("2025-06-01", {"published_from": "2025-06-05", "published_to": "2099-12-31"},                       State.PUBLIC,      "2028-05-31"),
    ("2025-06-01", {"published_from": "2025-06-05", "published_to": "2025-12-31"},                       State.ENDED,       "2025-12-31"),
    ("2025-06-01", {"published_from": "2025-06-05", "repaired_on": "2025-10-08"},                        State.REPAIRED,    "2028-05-31"),
    ("2025-06-01", {"published_from": "2025-06-05", "withdrawn_on": "2025-10-08"},                       State.WITHDRAWN,   "2028-05-31"),
    ("2025-06-01", {"published_from": "2025-06-05", "objected_on": "2025-10-08"},                        State.PUBLIC,      "2028-05-31"),
    ("2025-06-01", {},                                                                                   State.UNPUBLISHED, "2028-05-31"),
    ("2025-06-01", {"published_from": "2025-05-01"},                                                     State.UNPUBLISHED, "2028-05-31"),
    ("2025-06-01", {"published_from": "2026-06-05"},                                                     State.UNPUBLISHED, "2028-05-31"),
    ("2025-06-01", {"published_from": "2025-06-05", "published_to": "2025-06-01"},                       State.UNPUBLISHED, "2028-05-31"),
    ("2025-06-01", {"published_from": "2025-06-05", "repaired_on": "去年"},                               State.UNPUBLISHED, "2028-05-31"),
    ("2020-03-01", {"published_from": "2020-03-05", "published_to": "2099-12-31"},                       State.ENDED,       "2021-02-28"),
    ("2016-03-01", {"published_from": "2016-03-05"},                                                     State.ENDED,       "2017-02-28"),
]  # fmt: skip


def test_a_record_stands_where_law_and_its_own_past_put_it(office: Office) -> None:
    rows = [old(office, number, decided, **past) for number, (decided, past, _, _) in enumerate(PASTS)]
    imported = bring_in(office, sheet(*rows))
    assert fates(imported.outcome) == {"accepted": len(PASTS)}, office.issues(imported.outcome)
    for number, (row, (_, _, state, last_day)) in enumerate(zip(rows, PASTS, strict=True)):
        found = entry(office, row)
        assert (number, found.state, found.record.last_day) == (number, state, D(last_day))
        assert public(row) == (state is State.PUBLIC)
        if state is State.PUBLIC:
            assert found.record.first_day == D("2025-06-05")
            assert public(row, on=D(last_day)) == 1
            assert public(row, on=D(last_day) + dt.timedelta(days=1)) == 0
    assert check(office, imported.outcome.submission).agrees


def test_it_is_marked_with_its_source_and_is_never_late(office: Office) -> None:
    from xinheng.store.models import HistoryBatch, RecordEvent

    row = old(office, 0, "2025-06-01", published_from="2025-06-05", objected_on="2025-07-01")
    imported = bring_in(office, sheet(row))
    assert "V04" not in imported.outcome.counts.issues
    batch = HistoryBatch.objects.get(pk=imported.outcome.submission)
    assert (batch.source_system, batch.counts) == ("市平台二期", {"running": 1})
    events = {event.kind: event for event in RecordEvent.objects.all()}
    assert set(events) == {"past-state", "objected"}
    assert events["objected"].on == D("2025-07-01")
    assert all(event.detail["source_system"] == "市平台二期" for event in events.values())
    assert entry(office, row).record.channel == "history"


def test_what_was_repaired_comes_back_for_nobody_not_even_in_the_past(office: Office) -> None:
    row = old(office, 0, "2025-06-01", published_from="2025-06-05", repaired_on="2025-10-08")
    bring_in(office, sheet(row), on=D("2026-01-05"))
    assert office.file(row["CF_XDR_SHXYM"], as_of=D("2026-01-05")).entries == ()
    assert entry(office, row).state is State.REPAIRED


def test_an_import_that_breaks_off_shows_nothing_and_the_same_call_finishes_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.ledger import history

    row = old(office, 0, "2025-06-01", published_from="2025-06-05")

    def broken(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(history, "_pasts", broken)
        with pytest.raises(ConnectionError):
            bring_in(office, sheet(row))
    assert public(row) == 0
    first = bring_in(office, sheet(row))
    assert (public(row), first.states) == (1, {"running": 1})
    again = bring_in(office, sheet(row))
    assert (again.outcome.submission, again.states) == (first.outcome.submission, first.states)
    assert check(office, first.outcome.submission).agrees


def test_history_never_stands_over_what_is_live(office: Office) -> None:
    live = office.province.penalty(0, CF_JDRQ="2026-02-27")
    office.hand_in(live)
    same = {**live, **dict.fromkeys(STATE, ""), "published_from": "2026-02-27", "repaired_on": "2026-02-28"}
    assert bring_in(office, sheet(same)).left == 1
    assert public(live) == 1
    other = {**same, "CF_SY": "另一种说法", "published_from": "2026-02-27"}
    bring_in(office, sheet(other))
    [record] = office.records(live["CF_XDR_SHXYM"])
    assert (record.channel, record.revision) == ("file", 0)
    assert public(live) == 1


def test_a_live_correction_of_history_restarts_no_clock(office: Office) -> None:
    stopped = old(office, 0, "2025-06-01", published_from="2025-06-05", published_to="2025-12-31")
    running = old(office, 1, "2025-06-01", published_from="2025-06-05", published_to="2026-06-05")
    repaired = old(office, 2, "2025-06-01", published_from="2025-06-05", repaired_on="2025-10-08")
    bring_in(office, sheet(stopped, running, repaired))
    corrected = [
        {code: text for code, text in row.items() if code not in STATE} for row in (stopped, running, repaired)
    ]
    outcome = office.hand_in(*({**row, "CF_SY": "更正后的违法事实"} for row in corrected))
    assert fates(outcome) == {"corrected": 3}
    assert [public(row) for row in (stopped, running, repaired)] == [0, 1, 0]
    again = entry(office, running).record
    assert (again.channel, again.revision, again.first_day, again.last_day) == (
        "file",
        1,
        D("2025-06-05"),
        D("2026-06-05"),
    )


@pytest.fixture
def lean_office(db: None, province: Province, tmp_path: Path, settings: Any) -> Office:
    """An office whose register lacks the subject of the first row."""
    settings.FILES = tmp_path / "files"
    return Office(province.without(province.penalties[0]["CF_XDR_SHXYM"]))


def test_a_row_that_waited_is_not_shown_until_its_past_is_told(lean_office: Office) -> None:
    office = lean_office
    row = old(office, 0, "2025-06-01", published_from="2025-06-05")
    assert fates(bring_in(office, sheet(row)).outcome) == {"waiting": 1}
    office.register(registration(row["CF_XDR_SHXYM"], row["CF_XDR_MC"]))
    assert public(row) == 0
    again = bring_in(office, sheet(row))
    assert again.states == {"running": 1}
    assert public(row) == 1
    assert check(office, again.outcome.submission).agrees


def test_a_check_draws_the_same_rows_by_the_same_seed_and_finds_what_differs(office: Office) -> None:
    from django.db import connection

    rows = [old(office, number, "2025-06-01", published_from="2025-06-05") for number in range(12)]
    rows[3]["CF_XDR_MC"] = ""
    rows[4]["CF_JDRQ"] = "2999-01-01"
    imported = bring_in(office, sheet(*rows))
    batch = imported.outcome.submission
    found = check(office, batch)
    assert (found.agrees, found.drawn, found.compared, found.others) == (True, 12, 10, {"rejected": 2})
    assert check(office, batch, sample=4, seed=7) == check(office, batch, sample=4, seed=7)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE record DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE record SET fields = jsonb_set(fields::jsonb, '{CF_NR_FK}', '1')::json WHERE row_number = 2"
        )
        cursor.execute("ALTER TABLE record ENABLE TRIGGER USER")
    [difference] = check(office, batch).differences
    assert (difference.row, difference.column, difference.ledger) == (2, "CF_NR_FK", "1")


def test_a_mere_check_takes_nothing_and_tells_what_is_wrong_with_the_past(office: Office) -> None:
    from xinheng.store.models import Submission
    from xinheng.usecases.ledger.history import foresee_history

    rows = [
        old(office, 0, "2025-06-01", published_from="2025-06-05"),
        old(office, 1, "2025-06-01", published_to="2025-06-05"),
    ]
    foreseen = foresee_history(
        office.call(sheet(*rows)), source_system="旧平台", actor=office.operator, at=office.at(TODAY)
    )
    assert foreseen.states == {"running": 1, "unclear": 1}
    assert [(one.row, one.column) for one in foreseen.problems] == [(3, "published_from")]
    assert not Submission.objects.exists()


def test_what_cannot_be_history_is_refused(office: Office) -> None:
    row = old(office, 0, "2025-06-01", published_from="2025-06-05")
    live = {code: text for code, text in row.items() if code not in STATE}
    with pytest.raises(UnusableFile, match="lacks columns"):
        bring_in(office, sheet(live))
    with pytest.raises(UnusableFile, match="outside the catalogue"):
        office.submit(sheet(row))
    with pytest.raises(UnusableCall):
        bring_in(office, sheet(row), source=" ")
    clerk = Actor("operator", (Assignment(Role.DATA_CLERK, agency=office.province.agency),))
    with pytest.raises(Refused):
        bring_in(office, sheet(row), actor=clerk)
    bring_in(office, sheet(row))
    with pytest.raises(UnusableCall, match="another source"):
        bring_in(office, sheet(row), source="另一平台")
