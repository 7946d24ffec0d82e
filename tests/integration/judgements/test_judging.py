"""A person says whose a waiting row is; what follows can be taken back, and everything that told of it says so."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.db import connection

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.standards import uscc
from xinheng.core.subjects.judgement import Verdict

from ..office import Office
from ..sheets import TODAY

UNKNOWN = uscc.complete("91320100MA9NEWXX0")
EVIDENCE = "决定书所载住所与登记住所一致"
LATER = TODAY + dt.timedelta(days=1)


def _waiting(office: Office, number: int = 0, **cells: str) -> Any:
    """Hand in a row whose code the register does not know and whose name is nearly a subject's; return it."""
    from xinheng.store.models import WaitingRow

    row = office.province.penalty(number, **{"CF_XDR_SHXYM": UNKNOWN, **cells})
    outcome = office.hand_in(row)
    assert outcome.counts.waiting == 1, outcome
    return WaitingRow.objects.latest("id")


def _judge(office: Office, row: Any, code: str, verdict: Verdict = Verdict.SAME, **more: Any) -> Any:
    from xinheng.usecases.judgements.judging import judge

    asked = {"reason": EVIDENCE, "actor": office.operator, "at": office.at(TODAY), "on": TODAY, **more}
    return judge(row.pk, code, verdict, **asked)


def _reverse(office: Office, number: int, **more: Any) -> Any:
    from xinheng.usecases.judgements.reversing import reverse

    asked = {"reason": "核对档案后发现认错主体", "actor": office.operator, "at": office.at(LATER), "on": LATER, **more}
    return reverse(number, **asked)


def _case(office: Office, row: Any, **more: Any) -> Any:
    from xinheng.usecases.judgements.viewing import view_case

    return view_case(row.pk, **{"actor": office.operator, "at": office.at(TODAY), "on": TODAY, **more})


def _tables() -> dict[str, Any]:
    """What judging may change, without its history: who has which record standing, what waits, and the counts of submissions."""
    from xinheng.store.models import Submission, WaitingRow

    return {
        "waiting": list(WaitingRow.objects.order_by("id").values_list("id", "ended", "ended_at", "fields", "reason")),
        "counts": list(
            Submission.objects.order_by("id").values_list("id", "accepted", "waiting", "corrected", "rejected")
        ),
    }


def _codes(office: Office, number: int = 0) -> tuple[str, str]:
    row = office.province.penalties[number]
    return row["CF_XDR_SHXYM"], row["CF_XDR_MC"]


def test_the_subject_whose_name_is_nearest_stands_first_with_its_evidence(office: Office) -> None:
    code, name = _codes(office)
    case = _case(office, _waiting(office, CF_XDR_MC=name[:-3] + "X" + name[-3:]))
    first = case.shown[0]
    assert first.candidate.possible.uscc == code
    assert any(not span.same for span in (*first.differences.left, *first.differences.right))
    assert first.differences.words.zh
    against = [one for one in first.candidate.evidence if one.agrees is False]
    assert [one.ground.value for one in against] == ["code"]  # the row carries a right code that is another's


def test_nothing_is_taken_by_itself_however_exact_the_name(office: Office) -> None:
    row = _waiting(office)
    assert row.ended is None
    assert office.records(_codes(office)[0]) == []


def test_same_takes_the_row_through_the_check_and_publishes_it(office: Office) -> None:
    code, _ = _codes(office)
    row = _waiting(office)
    (judged,) = _judge(office, row, code)
    assert judged.became == "taken"
    (record,) = office.records(code)
    assert (record.submission_id, record.row_number, record.published) == (row.submission_id, row.row, True)
    from xinheng.store.models import Receipt

    receipt = Receipt.objects.get(pk=judged.receipt)
    assert receipt.asked["reason"] == EVIDENCE
    assert {one["ground"] for one in receipt.facts["evidence"]} >= {"code", "name"}


def test_a_name_is_no_evidence(office: Office) -> None:
    from xinheng.core.errors import UnusableCall

    code, name = _codes(office)
    row = _waiting(office)
    for reason in ("", "  ", "……", name, "同", "1111"):
        with pytest.raises(UnusableCall):
            _judge(office, row, code, reason=reason)
    assert office.records(code) == []


def test_a_reversal_takes_everything_back_but_the_history(office: Office) -> None:
    code, _ = _codes(office)
    row = _waiting(office)
    before = _tables()
    (judged,) = _judge(office, row, code)
    seen = office.file(code)
    assert len(seen.entries) == 1
    undone = _reverse(office, judged.number)
    assert _tables() == before
    assert office.records(code, as_of=LATER, today=LATER) == []
    assert seen.receipt in {receipt for receipt, _, _ in undone.touched.receipts}
    case = _case(office, row)
    assert [(one.verdict, one.ended_reason) for one in case.judgements] == [(Verdict.SAME, "核对档案后发现认错主体")]
    assert case.shown  # it may be judged again


def test_a_reversal_is_remarked_on_the_receipt_of_the_records_own_public_page(office: Office) -> None:
    from xinheng.store.models import AuditEvent, ReceiptNote
    from xinheng.usecases.portal import view_entry

    code, _ = _codes(office)
    (judged,) = _judge(office, _waiting(office), code)
    (record,) = office.records(code)
    seen_on = TODAY + dt.timedelta(days=9)
    view_entry(code, record.record_key, on=seen_on, at=office.at(TODAY))
    _reverse(office, judged.number)
    page = AuditEvent.objects.get(target=f"record of subject {code}")
    assert ReceiptNote.objects.filter(about=page.receipt_id).exists()


def test_the_subject_itself_sees_that_a_record_was_not_its_own(office: Office) -> None:
    from xinheng.core.ledger.visibility import State
    from xinheng.usecases.me.file import view_looks, view_own_file

    code, _ = _codes(office)
    (judged,) = _judge(office, _waiting(office), code)
    office.file(code)
    _reverse(office, judged.number)
    itself = Actor("itself", (Assignment(Role.REPRESENTATIVE, subject=code),))
    own = view_own_file(code, actor=itself, on=LATER, at=office.at(LATER))
    assert [entry.state for entry in own.entries] == [State.DETACHED]
    looks = view_looks(code, page=1, actor=itself, on=LATER, at=office.at(LATER))
    assert [look.reversed_ for look in looks.looks] == [True]


def test_a_row_can_be_judged_again_after_a_reversal(office: Office) -> None:
    (code, _), (other, _) = _codes(office), _codes(office, 1)
    row = _waiting(office)
    (first,) = _judge(office, row, code)
    _reverse(office, first.number)
    (second,) = _judge(office, row, other)
    assert second.became == "taken"
    assert len(office.records(other)) == 1
    _reverse(office, second.number)
    (third,) = _judge(office, row, code, at=office.at(LATER), on=LATER)  # its record is there already, and comes back
    assert third.became == "unchanged"
    assert len(office.records(code, as_of=LATER, today=LATER)) == 1
    assert office.records(other, as_of=LATER, today=LATER) == []
    _reverse(office, third.number)
    assert office.records(code, as_of=LATER, today=LATER) == []


def test_different_keeps_a_candidate_away_until_it_is_reversed(office: Office) -> None:
    code, _ = _codes(office)
    row = _waiting(office)
    (judged,) = _judge(office, row, code, Verdict.DIFFERENT)
    case = _case(office, row)
    assert code not in {one.candidate.possible.uscc for one in case.shown}
    assert case.kept_away == 1
    from xinheng.core.errors import UnusableCall

    with pytest.raises(UnusableCall):
        _judge(office, row, code)
    _reverse(office, judged.number)
    assert _case(office, row).shown[0].candidate.possible.uscc == code


def test_not_sure_leaves_the_row_waiting_and_may_be_made_sure(office: Office) -> None:
    code, _ = _codes(office)
    row = _waiting(office)
    _judge(office, row, code, Verdict.UNSURE)
    assert _case(office, row).shown[0].standing is Verdict.UNSURE
    assert office.records(code) == []
    _judge(office, row, code)
    assert len(office.records(code)) == 1
    assert [one.ended_at is None for one in _case(office, row).judgements] == [True, False]


def test_rows_of_the_same_name_are_judged_together_only_where_they_are_named(office: Office) -> None:
    from xinheng.core.errors import UnusableCall

    code, _ = _codes(office)
    first = _waiting(office, CF_WSH="宁样罚〔2026〕901号")
    second = _waiting(office, CF_WSH="宁样罚〔2026〕902号")
    third = _waiting(office, CF_WSH="宁样罚〔2026〕903号")
    stranger = _waiting(office, 1, CF_WSH="宁样罚〔2026〕904号")
    assert {one.number for one in _case(office, first).siblings} == {second.pk, third.pk}
    with pytest.raises(UnusableCall):
        _judge(office, first, code, also=[stranger.pk])
    assert office.records(code) == []
    made = _judge(office, first, code, also=[second.pk])
    assert [one.row for one in made] == [first.pk, second.pk]
    third.refresh_from_db()
    assert third.ended is None
    assert len(office.records(code)) == 2
    assert "是同一主体" in " ".join(
        one.words.zh for one in _case(office, third).shown[0].candidate.evidence if one.ground.value == "judged"
    )


def test_nobody_judges_another_agencys_rows(office: Office) -> None:
    from xinheng.core.errors import Missing, Refused
    from xinheng.store.models import AuditEvent, Judgement

    code, _ = _codes(office)
    row, theirs = _waiting(office), office.province.other_agency
    for role in (Role.REVIEWER, Role.DEPARTMENT_MANAGER, Role.DATA_CLERK):
        outsider = Actor("outsider", (Assignment(role, theirs),))
        for attempt in (
            partial(_judge, office, row, code, actor=outsider),
            partial(_case, office, row, actor=outsider),
        ):
            with pytest.raises(Missing):
                attempt()
    clerk = Actor("clerk", (Assignment(Role.DATA_CLERK, office.province.agency),))
    with pytest.raises(Refused):
        _judge(office, row, code, actor=clerk)
    assert not _case(office, row, actor=clerk).may_judge
    assert not Judgement.objects.exists()
    assert AuditEvent.objects.filter(actor="outsider", allowed=False).count() >= 6


def test_the_database_keeps_a_judgement_as_it_was_made(office: Office) -> None:
    from django.db import transaction
    from django.db.utils import DatabaseError

    (judged,) = _judge(office, _waiting(office), _codes(office)[0])
    for change in (
        "UPDATE store_judgement SET verdict = 'different'",
        "DELETE FROM store_judgement",
        "UPDATE store_judgement SET reason = 'x'",
    ):
        with (
            pytest.raises(DatabaseError, match=r"ended once|append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
    _reverse(office, judged.number)
    with pytest.raises(DatabaseError, match="ended once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE store_judgement SET ended_at = NULL, ended_by_id = NULL")
