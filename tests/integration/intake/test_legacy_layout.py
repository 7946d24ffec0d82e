"""A file in the layout of 2015–2018 handed in today: recognised by its headings, kept as one record with what comes later, history included."""

from __future__ import annotations

from typing import Any

from ..office import Office, fates, ledger_rows
from ..sheets import TODAY, Row, csv_bytes

LEGACY = {
    "CF_WSH": "CF_WSH", "CF_SY": "CF_SY", "CF_YJ": "CF_YJ", "CF_CFLB1": "CF_CFLB", "CF_XDR_MC": "CF_XDR_MC", "CF_XDR_SHXYM": "CF_XDR_SHXYM",
    "CF_JG": "CF_NR", "CF_JDRQ": "CF_JDRQ", "CF_XZJG": "CF_CFJG",
}  # fmt: skip


def legacy(row: Row, **cells: str) -> Row:
    """A penalty of today as it would have been written in the old layout."""
    beside = {"CF_CFLB2": "", "CF_ZT": "0", "DFBM": "320100", "SJC": "2026-03-01 08:00:00", "RECID": "7"}
    return {**{column: row[field] for column, field in LEGACY.items()}, **beside, **cells}


def sheet(*rows: Row) -> bytes:
    return csv_bytes(rows, list(rows[0]))


def authority_known(office: Office, row: Row) -> None:
    from xinheng.usecases.agencies import add_agency

    add_agency(
        row["CF_CFJGDM"], row["CF_CFJG"], region_code="", items=(), actor=office.operator, at=office.at(TODAY), on=TODAY
    )


def submission(outcome: Any) -> Any:
    from xinheng.store.models import Submission

    return Submission.objects.get(pk=outcome.submission)


def test_it_is_recognised_and_the_result_says_through_which_profile(office: Office) -> None:
    row = office.province.penalty()
    outcome = office.submit(sheet(legacy(row), legacy(office.province.penalty(1), CF_ZT="1")))
    assert fates(outcome) == {"accepted": 1, "rejected": 1}
    assert submission(outcome).profile == "legacy-penalty"
    [note] = outcome.notes
    assert "legacy-penalty" in note.zh
    assert "罚款金额" in note.zh
    [record] = office.records(row["CF_XDR_SHXYM"])
    assert record.decision_number == row["CF_WSH"]
    [issue] = [issue for issue in office.issues(outcome) if issue.level == "reject"]
    assert (issue.code, issue.found) == ("S05", "当前状态为撤销")


def test_the_same_decision_in_the_layout_of_today_is_the_same_record(office: Office) -> None:
    row = office.province.penalty()
    authority_known(office, row)
    office.submit(sheet(legacy(row)))
    later = office.hand_in(row)
    assert fates(later) == {"corrected": 1}
    assert ledger_rows() == 2
    [record] = office.records(row["CF_XDR_SHXYM"])
    assert record.fields["CF_NR_FK"]


def test_history_in_the_old_layout_keeps_its_past_and_agrees_with_its_file(office: Office) -> None:
    from xinheng.usecases.ledger.history import foresee_history, import_history
    from xinheng.usecases.ledger.history_check import verify_history

    past = {"published_from": "2025-06-05", "published_to": "", "repaired_on": ""}
    rows = [
        legacy(office.province.penalty(0), CF_JDRQ="2025-06-01") | past,
        legacy(office.province.penalty(1), CF_JDRQ="2017-03-01") | past | {"published_from": "2017-03-05"},
        legacy(office.province.penalty(2), CF_JDRQ="2025-06-01") | past | {"repaired_on": "2025-10-08"},
    ]
    how: dict[str, Any] = {"source_system": "市平台一期", "actor": office.operator, "at": office.at(TODAY)}
    assert foresee_history(office.call(sheet(*rows)), **how).outcome.counts.accepted == 3
    imported = import_history(office.call(sheet(*rows)), **how)
    assert fates(imported.outcome) == {"accepted": 3}
    assert imported.states == {"running": 1, "ended": 1, "repaired": 1}
    batch = imported.outcome.submission
    assert batch is not None
    found = verify_history(batch, sample=10, seed=1, actor=office.operator, at=office.at(TODAY))
    assert (found.agrees, found.compared) == (True, 3), found.differences
