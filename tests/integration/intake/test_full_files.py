"""A row that vanishes from its agency's full file raises a question, which a person answers; nothing else changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.errors import Missing, Refused, UnusableCall
from xinheng.core.ledger.questions import Answer

from ..commands import Xinheng
from ..office import Office, fates, ledger_rows
from ..sheets import PENALTY, TODAY, Province, Row, penalty_sheet

LATER = TODAY + dt.timedelta(days=4)


def listed(office: Office, *, answered: bool = False, actor: Actor | None = None, **which: Any) -> list[Any]:
    from xinheng.usecases.ledger.questions import list_questions

    who = actor or office.operator
    return list(list_questions(actor=who, at=office.at(LATER), on=LATER, answered=answered, limit=100, **which))


def answer(office: Office, number: int, how: Answer, *, actor: Actor | None = None, reason: str = "导出时遗漏") -> Any:
    from xinheng.usecases.ledger import questions

    return questions.answer(number, how, reason=reason, actor=actor or office.operator, at=office.at(LATER), on=LATER)


def numbers(found: list[Any]) -> list[str]:
    return [one.record.decision_number for one in found]


def shown(office: Office, row: Row) -> list[Any]:
    return office.records(row["CF_XDR_SHXYM"], as_of=LATER, today=LATER)


def test_a_record_that_is_not_in_the_full_file_raises_a_question_and_stands_as_it_stood(office: Office) -> None:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake.submit import result_of

    kept, gone, new = office.province.penalties[:3]
    assert "questions" not in result_of(office.hand_in(kept, gone))
    before = shown(office, gone)
    full = office.hand_in(kept, new, on=LATER, full=True)
    assert fates(full) == Counter(accepted=1, unchanged=1)
    assert result_of(full)["questions"] == 1
    (question,) = listed(office, submission=full.submission)
    assert (question.record.decision_number, question.code) == (gone["CF_WSH"], gone["CF_XDR_SHXYM"])
    assert (question.untold, question.answer, question.submission) == (0, None, full.submission)
    assert shown(office, gone) == before
    assert ledger_rows() == 3
    receipt = Submission.objects.get(pk=full.submission).receipt
    assert receipt.facts["questions"] == {"asked": 1, "closed": 0}
    assert receipt.result["questions"] == 1
    again = office.hand_in(kept, new, on=LATER, full=True)  # the same file is the same submission
    assert (again.submission, again.questions) == (full.submission, 1)


def test_a_record_that_the_agency_only_reported_raises_a_question_as_well_and_that_of_others_none(
    office: Office,
) -> None:
    seen, others, own = office.province.penalties[:3]
    other = office.province.other_agency
    office.hand_in(seen, others)
    office.hand_in(seen, own, agency=other)
    full = office.hand_in(own, agency=other, on=LATER, full=True)
    assert numbers(listed(office, submission=full.submission)) == [seen["CF_WSH"]]


def test_rows_of_the_file_that_went_back_are_not_missing_where_they_tell_their_decision(office: Office) -> None:
    told, contradicted, untold = office.province.penalties[:3]
    other = office.province.other_agency
    office.hand_in(told, untold)
    office.hand_in(contradicted, agency=other)
    office.hand_in(contradicted, office.province.penalty(4))
    full = office.hand_in(
        {**told, "CF_JDRQ": "2026-02-30"},
        {**contradicted, "CF_SY": "另一单位的说法。"},
        {**untold, "CF_CFJGDM": "", "CF_WSH": ""},
        office.province.penalty(4),
        on=LATER,
        full=True,
    )
    assert fates(full) == Counter(unchanged=1, rejected=3)
    (question,) = listed(office)
    assert (question.record.decision_number, question.untold) == (untold["CF_WSH"], 1)


def test_a_row_about_a_person_or_without_a_subject_is_counted_as_untold(office: Office) -> None:
    row, kept = office.province.penalties[:2]
    office.hand_in(row, kept)
    without = {**row, "CF_XDR_SHXYM": ""}
    office.hand_in(kept, without, on=LATER, full=True)
    (question,) = listed(office)
    assert (question.record.decision_number, question.untold) == (row["CF_WSH"], 1)


def test_what_has_ended_is_not_asked_about(office: Office) -> None:
    from xinheng.core.ledger.visibility import State

    withdrawn, kept, gone, old = office.province.penalties[:4]
    expired = {**old, "CF_JDRQ": "2020-03-02"}
    assert fates(office.hand_in(withdrawn, kept, gone, expired)) == Counter(accepted=4)
    office.withdraw(withdrawn["CF_XDR_SHXYM"], withdrawn["CF_WSH"])
    assert shown(office, expired) == []
    assert office.hand_in(kept, on=LATER, full=True).questions == 1
    assert numbers(listed(office)) == [gone["CF_WSH"]]
    auditor = Actor("operator", (*office.operator.assignments, Assignment(Role.AUDIT_ADMINISTRATOR)))
    states = {
        entry.state for row in (withdrawn, expired) for entry in office.file(row["CF_XDR_SHXYM"], actor=auditor).entries
    }
    assert states == {State.WITHDRAWN, State.ENDED}
    office.withdraw(gone["CF_XDR_SHXYM"], gone["CF_WSH"], on=LATER)
    assert listed(office, answered=True) == []  # whatever names a record ends with it
    assert numbers(listed(office, actor=auditor)) == [gone["CF_WSH"]]


def test_what_came_in_after_the_full_file_was_received_is_not_missing_from_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.intake import submit as intake

    kept, gone, new = office.province.penalties[:3]
    office.hand_in(kept, gone)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(intake, "_commit", _interrupted)
        office.hand_in(kept, full=True)
    office.hand_in(new)
    assert listed(office) == []
    assert office.hand_in(kept, full=True).questions == 1
    assert numbers(listed(office)) == [gone["CF_WSH"]]


def test_a_row_that_is_back_in_a_newer_full_file_closes_the_question_and_one_still_missing_is_not_asked_twice(
    office: Office,
) -> None:
    kept, back, gone = office.province.penalties[:3]
    office.hand_in(kept, back, gone)
    first = office.hand_in(kept, on=LATER, full=True)
    assert first.questions == 2
    newer = office.hand_in(back, kept, on=LATER, full=True)
    assert newer.questions == 0
    assert numbers(listed(office)) == [gone["CF_WSH"]]
    closed = {one.record.decision_number: one for one in listed(office, answered=True)}[back["CF_WSH"]]
    assert (closed.answer, closed.answered_in) == (Answer.REPORTED, newer.submission)


def test_what_was_said_to_stand_is_asked_again_only_after_the_agency_reported_it_again(office: Office) -> None:
    kept, gone = office.province.penalties[:2]
    office.hand_in(kept, gone)
    office.hand_in(kept, on=LATER, full=True)
    (question,) = listed(office)
    done = answer(office, question.number, Answer.STANDS)
    assert (done.answer, done.answered_by, done.reason) == ("stands", "operator", "导出时遗漏")
    assert len(shown(office, gone)) == 1
    with pytest.raises(UnusableCall):
        answer(office, question.number, Answer.WITHDRAWN)
    assert office.hand_in(kept, kept, on=LATER, full=True).questions == 0
    office.hand_in(gone, on=LATER)
    assert office.hand_in(kept, kept, kept, on=LATER, full=True).questions == 1


def test_an_answer_that_it_is_withdrawn_asks_for_the_withdrawal_of_the_record(office: Office) -> None:
    from xinheng.store.models import Correction, RecordEvent

    kept, gone = office.province.penalties[:2]
    office.hand_in(kept, gone)
    office.hand_in(kept, on=LATER, full=True)
    (question,) = listed(office)
    for how, reason in ((Answer.REPORTED, "x"), (Answer.WITHDRAWN, " ")):
        with pytest.raises(UnusableCall):
            answer(office, question.number, how, reason=reason)
    answer(office, question.number, Answer.WITHDRAWN, reason="决定已撤销")
    assert len(shown(office, gone)) == 1  # until another person has approved it
    office.approve(Correction.objects.get().pk, on=LATER)
    assert shown(office, gone) == []
    assert listed(office, answered=True) == []
    event = RecordEvent.objects.get(kind="withdrawn")
    assert (event.reason, str(event.record_key)) == ("决定已撤销", question.record.record_key)
    with pytest.raises(Missing):
        answer(office, 10**6, Answer.STANDS)


def test_an_agency_sees_and_answers_its_own_questions_and_withdraws_only_what_it_is_the_source_of(
    office: Office,
) -> None:
    from xinheng.store.models import AuditEvent, User

    gone, kept = office.province.penalties[:2]
    other = office.province.other_agency
    office.hand_in(gone)
    office.hand_in(gone, kept, agency=other)
    office.hand_in(kept, agency=other, on=LATER, full=True)
    User.objects.create(username="theirs")
    manager = Actor("theirs", (Assignment(Role.DEPARTMENT_MANAGER, agency=other),))
    source = Actor("ours", (Assignment(Role.DEPARTMENT_MANAGER, agency=office.province.agency),))
    assert listed(office, actor=source) == []
    (question,) = listed(office, actor=manager)
    for actor in (source, manager):
        with pytest.raises(Refused):
            answer(office, question.number, Answer.WITHDRAWN, actor=actor)
        assert AuditEvent.objects.filter(actor=actor.name, allowed=False).count() == 1
    assert len(shown(office, gone)) == 1
    answer(office, question.number, Answer.STANDS, actor=manager)
    assert listed(office) == []


def test_a_row_that_had_waited_closes_the_question_when_its_subject_is_known(
    office: Office, province: Province
) -> None:
    from xinheng.store.models import SubjectCode

    row, kept = province.penalties[:2]
    office.hand_in(row, kept)
    held = SubjectCode.objects.get(code=row["CF_XDR_SHXYM"])
    SubjectCode.objects.filter(pk=held.pk).update(code="91320000MADEUP0139")
    full = office.hand_in(kept, row, on=LATER, full=True)
    assert fates(full) == Counter(unchanged=1, waiting=1)
    (question,) = listed(office)
    assert question.untold == 1
    SubjectCode.objects.filter(pk=held.pk).update(code=row["CF_XDR_SHXYM"])
    from xinheng.usecases.intake.waiting import resolve_waiting

    assert resolve_waiting(actor=office.operator, at=office.at(LATER)) == Counter(unchanged=1)
    assert listed(office) == []


def test_a_file_that_was_handed_in_before_as_a_part_is_not_the_whole_state(office: Office) -> None:
    row = office.province.penalty()
    office.hand_in(row)
    with pytest.raises(UnusableCall):
        office.hand_in(row, full=True)


def test_a_full_file_may_stand_in_line_and_is_the_whole_state_when_its_turn_comes(office: Office) -> None:
    from xinheng.usecases.intake.queueing import finish_in_line, queue

    kept, gone = office.province.penalties[:2]
    office.hand_in(kept, gone)
    waiting = queue(office.call(penalty_sheet(kept), full=True), actor=office.operator, at=office.at(LATER))
    assert listed(office) == []
    assert finish_in_line(waiting.submission, at=office.at(LATER), progress=None).questions == 1


def test_the_commands_hand_in_a_full_file_and_answer_its_question(
    xinheng: Xinheng, province: Province, tmp_path: Path
) -> None:
    file, words = tmp_path / "state.csv", ("--agency", province.other_agency, "--on", TODAY.isoformat(), "--json")
    kept, gone = (province.penalty(place, CF_WSH=f"样全罚〔2026〕{place}号") for place in (20, 21))
    file.write_bytes(penalty_sheet(kept, gone))
    assert "questions" not in xinheng("submit", PENALTY, file, *words).json
    file.write_bytes(penalty_sheet(kept))
    full = xinheng("submit", PENALTY, file, "--full", *words).json
    asked = xinheng("questions", "list", "--submission", full["submission"], "--json").json
    assert len(asked) == full["questions"] >= 1
    (question,) = [one for one in asked if one["code"] == gone["CF_XDR_SHXYM"]]
    done = xinheng("questions", "answer", question["question"], "--as", "withdrawn", "--reason", "决定已撤销")
    assert "withdrawn" in done.out


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
