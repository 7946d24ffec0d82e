"""The same again, another word on the same, a word taken back: one decision on one party stays one record."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from ..office import Office, fates, ledger_rows
from ..sheets import TODAY, penalty_sheet

LATER = TODAY + dt.timedelta(days=4)


def test_the_same_file_again_is_the_same_submission_and_changes_nothing(office: Office) -> None:
    content = penalty_sheet(*office.province.penalties[:20])
    first, again = office.submit(content), office.submit(content, on=LATER, name="another-name.csv")
    assert again.submission == first.submission
    assert again.counts == first.counts
    assert fates(first) == Counter(accepted=20)
    assert ledger_rows() == 20


def test_the_same_rows_in_another_file_are_unchanged(office: Office) -> None:
    rows = office.province.penalties[:5]
    office.hand_in(*rows)
    again = office.hand_in(*reversed(rows), on=LATER)
    assert fates(again) == Counter(unchanged=5)
    assert ledger_rows() == 5


def test_a_row_twice_in_a_file_is_taken_once(office: Office) -> None:
    row = office.province.penalty()
    assert fates(office.hand_in(row, row)) == Counter(accepted=1, unchanged=1)
    assert ledger_rows() == 1


def test_two_rows_of_a_file_that_contradict_each_other_keep_the_first_and_send_the_second_back(office: Office) -> None:
    row = office.province.penalty()
    outcome = office.hand_in(row, {**row, "CF_SY": row["CF_SY"] + "另有其他情形。"})
    assert fates(outcome) == Counter(accepted=1, rejected=1)
    assert [(issue.row, issue.column, issue.code) for issue in office.issues(outcome) if issue.level == "reject"] == [
        (3, "CF_WSH", "V10")
    ]


def test_a_corrected_row_is_a_new_revision_and_the_file_shows_it(office: Office) -> None:
    row = office.province.penalty()
    code = row["CF_XDR_SHXYM"]
    office.hand_in(row)
    corrected = office.hand_in({**row, "CF_SY": "更正后的违法事实。"}, on=LATER)
    assert fates(corrected) == Counter(corrected=1)
    (record,) = office.records(code, as_of=LATER, today=LATER)
    assert (record.revision, record.fields["CF_SY"]) == (1, "更正后的违法事实。")
    (before,) = office.records(code, as_of=TODAY, today=LATER)
    assert (before.revision, before.fields["CF_SY"], before.record_key) == (0, row["CF_SY"], record.record_key)
    assert ledger_rows() == 2


def test_a_file_before_the_first_record_came_in_is_empty(office: Office) -> None:
    row = office.province.penalty()
    office.hand_in(row, on=LATER)
    assert office.records(row["CF_XDR_SHXYM"], as_of=TODAY, today=LATER) == []


def test_a_decision_number_written_otherwise_is_the_same_decision(office: Office) -> None:
    row = office.province.penalty()
    office.hand_in(row)
    spelt = row["CF_WSH"].replace("〔", "[").replace("〕", "]")
    assert spelt != row["CF_WSH"]
    assert fates(office.hand_in({**row, "CF_WSH": spelt})) == Counter(unchanged=1)


def test_another_agency_that_says_otherwise_is_sent_back_and_one_that_says_the_same_changes_nothing(
    office: Office,
) -> None:
    row, other = office.province.penalty(), office.province.other_agency
    office.hand_in(row)
    contradicting = office.hand_in({**row, "CF_SY": "另一单位的说法。"}, agency=other, on=LATER)
    assert fates(contradicting) == Counter(rejected=1)
    assert contradicting.counts.issues["V10"] == 1
    assert fates(office.submit(penalty_sheet(row, row), agency=other, on=LATER)) == Counter(unchanged=2)
    assert ledger_rows() == 1


def test_a_withdrawn_record_is_shown_to_nobody_and_stays_withdrawn_when_it_is_handed_in_again(office: Office) -> None:
    row = office.province.penalty()
    code, number = row["CF_XDR_SHXYM"], row["CF_WSH"]
    office.hand_in(row)
    office.withdraw(code, number, on=LATER)
    after = LATER + dt.timedelta(days=1)
    assert office.records(code, as_of=after, today=after) == []
    assert office.records(code, as_of=TODAY, today=after) == []  # the past is seen through today's rules
    again = office.submit(penalty_sheet(row, office.province.penalty(1)), on=after)
    assert fates(again) == Counter(accepted=1, unchanged=1)
    assert office.records(code, as_of=after, today=after) == []


def test_a_withdrawn_record_is_not_public(office: Office) -> None:
    from xinheng.store.models import Subject
    from xinheng.store.queries.subjects import public_counts

    row = office.province.penalty()
    office.hand_in(row)
    subject = Subject.objects.get(uscc=row["CF_XDR_SHXYM"]).pk
    day = TODAY + dt.timedelta(days=30)
    assert public_counts([subject], on=day) == {subject: 1}
    office.withdraw(row["CF_XDR_SHXYM"], row["CF_WSH"], on=day)
    assert public_counts([subject], on=day) == {}


def test_withdrawing_twice_is_one_withdrawal(office: Office) -> None:
    from xinheng.core.errors import Missing
    from xinheng.store.models import RecordEvent

    row = office.province.penalty()
    office.hand_in(row)
    office.withdraw(row["CF_XDR_SHXYM"], row["CF_WSH"])
    with pytest.raises(Missing):
        office.withdraw(row["CF_XDR_SHXYM"], row["CF_WSH"])
    assert RecordEvent.objects.filter(kind="withdrawn").count() == 1


def test_a_correction_that_comes_after_a_withdrawal_does_not_bring_the_record_back(office: Office) -> None:
    row = office.province.penalty()
    code = row["CF_XDR_SHXYM"]
    office.hand_in(row)
    office.withdraw(code, row["CF_WSH"])
    office.hand_in({**row, "CF_SY": "更正后的违法事实。"}, on=LATER)
    assert office.records(code, as_of=LATER, today=LATER) == []


def test_nobody_withdraws_what_another_agency_handed_in(office: Office) -> None:
    from xinheng.core.errors import Missing

    row = office.province.penalty()
    office.hand_in(row)
    with pytest.raises(Missing):
        office.withdraw(row["CF_XDR_SHXYM"], row["CF_WSH"], agency=office.province.other_agency)
    assert len(office.records(row["CF_XDR_SHXYM"])) == 1


def test_checking_only_foresees_what_becomes_of_a_file_and_takes_nothing(office: Office) -> None:
    from xinheng.store.models import SealedFile, Submission
    from xinheng.usecases.intake.submit import check_only

    row, *others = office.province.penalties[:4]
    other_words = {**row, "CF_SY": "另一说法。"}
    content = penalty_sheet(row, other_words, row, {**others[0], "CF_JDRQ": "2026-02-30"}, others[1], other_words)
    foreseen = check_only(office.call(content), actor=office.operator, at=office.at(TODAY))
    assert (Submission.objects.count(), SealedFile.objects.count(), ledger_rows()) == (0, 0, 0)
    assert fates(foreseen) == Counter(accepted=2, unchanged=1, rejected=3)
    assert office.submit(content).counts == foreseen.counts


def test_a_decision_in_a_file_that_is_not_finished_yet_is_shown_once_when_both_are_finished(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.intake import submit as intake

    row, second = office.province.penalty(), office.province.penalty(1)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(intake, "_commit", _interrupted)
        office.hand_in(row)
    assert office.records(row["CF_XDR_SHXYM"]) == []
    other = office.hand_in(row, second)
    assert fates(other) == Counter(accepted=2)
    first = office.hand_in(row)
    assert first.submission < other.submission
    assert len(office.records(row["CF_XDR_SHXYM"])) == 1


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_file_with_a_very_long_name_is_checked_and_taken(office: Office) -> None:
    from xinheng.usecases.intake.submit import check_only

    name = "处罚信息" * 70 + ".csv"
    content = penalty_sheet(office.province.penalty())
    assert fates(check_only(office.call(content, name=name), actor=office.operator, at=office.at(TODAY))) == Counter(
        accepted=1
    )
    assert fates(office.submit(content, name=name)) == Counter(accepted=1)
