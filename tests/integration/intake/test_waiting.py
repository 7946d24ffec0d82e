"""Rows whose subject nobody knows yet wait, belong to nobody, and are taken by themselves when the register learns of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from ..office import Office, fates, ledger_rows
from ..sheets import PENALTY, TODAY, Province, Row, csv_bytes, registration

LATER = TODAY + dt.timedelta(days=20)


@pytest.fixture(scope="module")
def unknown() -> list[Row]:
    """Rows of two organisations that the register lacks."""
    from ..sheets import small_province

    return [dict(row) for row in small_province().penalties[:2]]


@pytest.fixture
def province(province: Province, unknown: list[Row]) -> Province:
    """The small province without the two."""
    return province.without(*(row["CF_XDR_SHXYM"] for row in unknown))


def _waiting_now(outcome: object) -> int:
    from xinheng.usecases.intake.views import waiting_now

    return waiting_now(outcome.submission)  # type: ignore[attr-defined]


def _ended() -> Counter[str | None]:
    from xinheng.store.models import WaitingRow

    return Counter(WaitingRow.objects.values_list("ended", flat=True))


def _register_csv(*pairs: tuple[str, str]) -> bytes:
    return csv_bytes([{"名称": name, "统一社会信用代码": code} for code, name in pairs], ["名称", "统一社会信用代码"])


def test_rows_of_unknown_subjects_wait_and_stand_in_nobodys_file(office: Office, unknown: list[Row]) -> None:
    from xinheng.core.errors import Missing

    outcome = office.hand_in(*unknown, office.province.penalty(2))
    assert fates(outcome) == Counter(waiting=2, accepted=1)
    assert outcome.counts.issues["W01"] == 2
    assert _waiting_now(outcome) == 2
    with pytest.raises(Missing):
        office.file(unknown[0]["CF_XDR_SHXYM"])


def test_they_are_taken_when_the_register_is_loaded(office: Office, unknown: list[Row]) -> None:
    outcome = office.hand_in(*unknown)
    loaded = office.load_register(
        _register_csv(*((row["CF_XDR_SHXYM"], row["CF_XDR_MC"]) for row in unknown)), on=LATER
    )
    assert loaded.resolved == {"taken": 2}
    assert _waiting_now(outcome) == 0
    (record,) = office.records(unknown[0]["CF_XDR_SHXYM"], as_of=LATER, today=LATER)
    assert (record.submission_id, record.row_number, record.decision_number) == (
        outcome.submission,
        2,
        unknown[0]["CF_WSH"],
    )


def test_they_are_taken_when_a_registration_is_handed_in(office: Office, unknown: list[Row]) -> None:
    outcome = office.hand_in(*unknown)
    registered = office.register(registration(unknown[0]["CF_XDR_SHXYM"], unknown[0]["CF_XDR_MC"]))
    assert fates(registered) == Counter(accepted=1)
    assert _waiting_now(outcome) == 1
    assert _ended() == Counter({"taken": 1, None: 1})
    assert len([r for r in office.records(unknown[0]["CF_XDR_SHXYM"]) if r.item == "administrative-penalty"]) == 1


def test_waiting_makes_no_row_late(office: Office, unknown: list[Row]) -> None:
    outcome = office.hand_in(unknown[0])
    office.load_register(
        _register_csv((unknown[0]["CF_XDR_SHXYM"], unknown[0]["CF_XDR_MC"])), on=TODAY + dt.timedelta(days=200)
    )
    assert {issue.code for issue in office.issues(outcome)} == {"W01"}
    assert len(office.records(unknown[0]["CF_XDR_SHXYM"])) == 1  # as of the day on which it was handed in


def test_a_row_whose_name_is_not_the_registers_goes_back_with_1001(office: Office, unknown: list[Row]) -> None:
    outcome = office.hand_in(unknown[0])
    loaded = office.load_register(_register_csv((unknown[0]["CF_XDR_SHXYM"], "另有其名有限公司")), on=LATER)
    assert loaded.resolved == {"refused": 1}
    assert _ended() == Counter({"refused": 1})
    assert [issue.code for issue in office.issues(outcome) if issue.level == "reject"] == ["1001"]
    assert ledger_rows() == 0


def test_a_row_that_waits_in_two_files_is_taken_once(office: Office, unknown: list[Row]) -> None:
    row = unknown[0]
    office.hand_in(row)
    office.hand_in(row, unknown[1])
    office.load_register(_register_csv((row["CF_XDR_SHXYM"], row["CF_XDR_MC"])), on=LATER)
    assert _ended() == Counter({"taken": 1, "unchanged": 1, None: 1})
    assert ledger_rows() == 1


def test_a_row_corrected_while_it_waits_ends_as_one_record_with_the_corrected_words(
    office: Office, unknown: list[Row]
) -> None:
    row = unknown[0]
    office.hand_in(row)
    office.hand_in({**row, "CF_SY": "更正后的违法事实。"}, on=TODAY + dt.timedelta(days=1))
    office.load_register(_register_csv((row["CF_XDR_SHXYM"], row["CF_XDR_MC"])), on=LATER)
    (record,) = office.records(row["CF_XDR_SHXYM"], as_of=LATER, today=LATER)
    assert (record.revision, record.fields["CF_SY"]) == (1, "更正后的违法事实。")


def test_a_resolved_row_is_published_from_the_same_day_as_if_it_had_not_waited(
    office: Office, unknown: list[Row]
) -> None:
    row, other = unknown[0], office.province.penalty(2)
    office.hand_in(row, other)
    office.load_register(_register_csv((row["CF_XDR_SHXYM"], row["CF_XDR_MC"])), on=LATER)
    (waited,) = office.records(row["CF_XDR_SHXYM"], as_of=LATER, today=LATER)
    (known,) = office.records(other["CF_XDR_SHXYM"], as_of=LATER, today=LATER)
    assert (waited.published, waited.first_day, waited.last_day) == (known.published, known.first_day, known.last_day)


def test_a_row_without_a_code_waits_for_a_person_and_no_name_resolves_it(office: Office) -> None:
    row = office.province.penalty(
        3, CF_XDR_LB="个体工商户", CF_XDR_SHXYM="00000000000000000X", CF_XDR_ZZJG="", CF_XDR_GSZC=""
    )
    outcome = office.hand_in(row)
    assert fates(outcome) == Counter(waiting=1)
    assert outcome.counts.issues["W02"] == 1
    office.load_register(_register_csv((office.province.penalty(4)["CF_XDR_SHXYM"], row["CF_XDR_MC"])), on=LATER)
    assert _waiting_now(outcome) == 1


def test_after_a_change_of_name_the_old_and_the_new_name_are_accepted(office: Office) -> None:
    row, second = office.province.penalty(2), office.province.penalty(3)
    code, old, new = row["CF_XDR_SHXYM"], row["CF_XDR_MC"], "信衡样例更名后有限公司"
    assert fates(office.hand_in({**row, "CF_XDR_MC": new})) == Counter(rejected=1)
    assert fates(office.register(registration(code, new, FR_BGRQ="2026-02-25"))) == Counter(accepted=1)
    numbers = [row["CF_WSH"], second["CF_WSH"]]
    taken = office.hand_in(
        *({**row, "CF_XDR_MC": name, "CF_WSH": number} for name, number in zip((old, new), numbers, strict=True))
    )
    assert fates(taken) == Counter(accepted=2)
    held = office.file(code)
    assert held.subject.name == new
    assert (old, False) in held.names
    assert (new, True) in held.names


def test_a_registration_handed_in_again_changes_nothing(office: Office) -> None:
    from xinheng.store.models import Subject, SubjectName

    code, name = office.province.penalty(2)["CF_XDR_SHXYM"], "信衡样例更名后有限公司"
    office.register(registration(code, name, FR_BGRQ="2026-02-25"))
    before = (Subject.objects.count(), SubjectName.objects.count(), ledger_rows())
    again = office.register(
        registration(code, name, FR_BGRQ="2026-02-25"), registration(code, name, FR_BGRQ="2026-02-25")
    )
    assert fates(again) == Counter(unchanged=2)
    assert (Subject.objects.count(), SubjectName.objects.count(), ledger_rows()) == before


def test_an_older_registration_does_not_undo_a_newer_one(office: Office) -> None:
    code = office.province.penalty(2)["CF_XDR_SHXYM"]
    office.register(registration(code, "信衡样例更名后有限公司", FR_BGRQ="2026-02-25"))
    office.register(registration(code, "信衡样例早先的有限公司", FR_BGRQ="2025-07-01"))
    assert office.file(code).subject.name == "信衡样例更名后有限公司"


def test_more_rows_than_one_batch_are_all_resolved(
    office: Office, unknown: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.intake import waiting

    monkeypatch.setattr(waiting, "BATCH", 3)
    row = unknown[0]
    outcome = office.hand_in(*({**row, "CF_WSH": f"样罚〔2026〕{number}号"} for number in range(8)))
    assert fates(outcome) == Counter(waiting=8)
    office.load_register(_register_csv((row["CF_XDR_SHXYM"], row["CF_XDR_MC"])), on=LATER)
    assert _ended() == Counter({"taken": 8})


@pytest.mark.parametrize("refused", [1, 4])
def test_rows_that_stay_waiting_do_not_hold_up_the_others(
    office: Office, unknown: list[Row], monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    """A register that knows a code of another kind finds rows that still wait; the loop must end all the same."""
    from xinheng.usecases.intake import waiting

    monkeypatch.setattr(waiting, "BATCH", 2)
    rows = [{**unknown[0], "CF_WSH": f"样罚〔2026〕{number}号"} for number in range(refused)]
    office.hand_in(*rows, unknown[1])
    office.load_register(
        _register_csv(
            (unknown[0]["CF_XDR_SHXYM"], "另有其名有限公司"), (unknown[1]["CF_XDR_SHXYM"], unknown[1]["CF_XDR_MC"])
        ),
        on=LATER,
    )
    assert _ended() == Counter(refused=refused, taken=1)


def test_they_are_taken_in_turn_with_files_that_may_hold_the_same_decision(office: Office, unknown: list[Row]) -> None:
    """Whoever writes an item's records has its turn until they can be seen: else two would take one decision."""
    from django.db import connection

    from xinheng.store.locks import Lock

    office.hand_in(*unknown)
    office.load_register(_register_csv((unknown[0]["CF_XDR_SHXYM"], unknown[0]["CF_XDR_MC"])), on=LATER)
    with (
        connection.cursor() as cursor
    ):  # the test's own transaction has not ended, so a turn kept to the end is still held
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = (hashtext(%s)::bigint & 4294967295)::oid"
            " AND pid = pg_backend_pid() AND granted",
            [Lock.ITEM.value, PENALTY],
        )
        assert cursor.fetchone() == (1,)
