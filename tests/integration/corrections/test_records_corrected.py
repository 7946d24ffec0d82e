"""A standing record is corrected from its own page: another revision and an event that names what it corrects, never an overwrite."""

from __future__ import annotations

from typing import Any

import pytest

from xinheng.core.errors import Refused, UnusableCall

from ..office import ledger_rows
from ..sheets import TODAY
from .conftest import Department


def _fields(department: Department) -> dict[str, Any]:
    (record,) = department.office.records(department.code)
    return dict(record.fields)


def test_a_correction_is_a_further_revision_and_an_event_that_names_what_it_corrects(department: Department) -> None:
    from xinheng.store.models import Correction, RecordEvent, Submission

    before = _fields(department)
    number, tried = department.mend(CF_SY="改正后的违法事实")
    assert number is not None
    assert tried.outcome.counts.rejected == 0
    assert (_fields(department), ledger_rows()) == (before, 1)
    department.approve(number)
    after = _fields(department)
    assert {code for code in after if after[code] != before.get(code)} == {"CF_SY"}
    assert ledger_rows() == 2
    event, held = RecordEvent.objects.get(kind="corrected"), Correction.objects.get(pk=number)
    assert event.detail == {
        "correction": number, "corrects": f"{department.key}/0", "replaced_by": f"{department.key}/1", "submission": held.submission_id,
    }  # fmt: skip
    submission = Submission.objects.get(pk=held.submission_id)
    assert (submission.channel, submission.corrected, submission.received_by.username) == ("corrected", 1, "li")
    assert held.changes == [["CF_SY", before["CF_SY"], "改正后的违法事实"]]


def test_an_amount_is_shown_and_corrected_in_the_unit_of_its_form(department: Department) -> None:
    from xinheng.core.catalogue.load import load
    from xinheng.usecases.corrections.cells import cells_of

    (record,) = department.office.records(department.code)
    cells = cells_of(record.fields, load(record.item).at(TODAY))
    assert float(cells["CF_NR_FK"]) == float(department.row["CF_NR_FK"])
    number, tried = department.mend(CF_NR_FK="1.5", CF_NR="罚款人民币壹万伍仟元整。")
    assert number is not None, [issue.code for issue in tried.issues]
    department.approve(number)
    assert _fields(department)["CF_NR_FK"] == 1_500_000


def test_a_wrong_decision_number_ends_the_wrong_record_and_another_stands(department: Department) -> None:
    from xinheng.store.models import RecordEvent

    key = department.key
    number, _ = department.mend(CF_WSH="样罚〔2026〕改正号")
    assert number is not None
    department.approve(number)
    (record,) = department.office.records(department.code)
    assert (record.decision_number, record.record_key == key) == ("样罚〔2026〕改正号", False)
    assert RecordEvent.objects.get(kind="corrected").detail["replaced_by"] == f"{record.record_key}/0"
    assert str(RecordEvent.objects.get(kind="withdrawn").record_key) == key


def test_what_the_check_sends_back_is_not_asked_for(department: Department) -> None:
    from xinheng.store.models import Correction

    number, tried = department.mend(CF_JDRQ="2026-02-30")
    assert number is None
    assert {issue.column for issue in tried.issues if issue.level == "reject"} == {"CF_JDRQ"}
    with pytest.raises(UnusableCall) as told:
        department.mend()
    assert "没有改动" in told.value.explanation.what.zh
    with pytest.raises(UnusableCall):
        department.mend(CF_XDR_SHXYM="91320000MADEUP0139")
    with pytest.raises(Refused):
        department.mend("zhou", CF_SY="复核员不报送")
    assert not Correction.objects.exists()


def test_the_same_correction_forth_and_back_and_forth_is_three_revisions(department: Department) -> None:
    first = _fields(department)["CF_SY"]
    for words in ("改正后的违法事实", first, "改正后的违法事实"):
        number, _ = department.mend(CF_SY=words)
        assert number is not None
        department.approve(number)
        assert _fields(department)["CF_SY"] == words
    assert ledger_rows() == 4


def test_a_record_that_changed_since_is_not_overwritten_by_an_old_request(department: Department) -> None:
    number, _ = department.mend(CF_SY="改正后的违法事实")
    assert number is not None
    department.office.hand_in({**department.row, "CF_SY": "信源单位自己改正的事实"})
    with pytest.raises(UnusableCall) as told:
        department.approve(number)
    assert "又有变化" in told.value.explanation.what.zh
    assert _fields(department)["CF_SY"] == "信源单位自己改正的事实"


def test_an_approval_that_died_in_between_is_finished_by_approving_again(
    department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import Correction
    from xinheng.usecases.corrections import deciding
    from xinheng.usecases.corrections.asking import take_back

    number, _ = department.mend(CF_SY="改正后的违法事实")
    assert number is not None

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(deciding, "tell", die)
        with pytest.raises(KeyboardInterrupt):
            department.approve(number)
    assert (Correction.objects.get().state, ledger_rows()) == ("asked", 2)
    zhou, li = department.actor("zhou"), department.actor("li")
    with pytest.raises(UnusableCall):
        deciding.refuse(number, reason="太晚", actor=zhou, at=department.at)
    with pytest.raises(UnusableCall):
        take_back(number, actor=li, at=department.at)
    department.approve(number, "qian")
    assert (Correction.objects.get().state, ledger_rows()) == ("approved", 2)


def test_the_form_is_filled_with_what_stands_and_leads_to_the_request(department: Department) -> None:
    address = f"/desk/files/{department.code}/{department.key}/correct/"
    clerk = department.browser("li")
    page = clerk.get(address).content.decode()
    assert department.row["CF_SY"] in page
    assert "紧急停止公示" in page
    from xinheng.core.catalogue.load import load
    from xinheng.usecases.corrections.cells import cells_of

    (record,) = department.office.records(department.code)
    cells = cells_of(record.fields, load(record.item).at(TODAY))
    assert clerk.post(address, {**cells, "CF_SY": "改正后的违法事实"}).status_code == 422
    wrong = clerk.post(address, {**cells, "CF_JDRQ": "2026-02-30", "reason": "录入有误"})
    assert wrong.status_code == 422
    assert 'value="2026-02-30"' in wrong.content.decode()
    asked = clerk.post(address, {**cells, "CF_SY": "改正后的<b>违法事实", "reason": "录入有误"})
    assert asked.status_code == 302, [line for line in asked.content.decode().splitlines() if "error" in line]
    page = department.browser("zhou").get(asked["Location"]).content.decode()
    assert "改正后的&lt;b&gt;违法事实" in page
    assert department.browser("zhou").get(address).status_code == 403
    assert department.browser("sun").get(address).status_code == 403


def test_what_somebody_asked_for_whose_account_is_closed_can_still_be_refused(department: Department) -> None:
    from xinheng.store.models import User
    from xinheng.usecases.corrections.deciding import refuse

    number, _ = department.mend(CF_SY="改正后的违法事实")
    assert number is not None
    User.objects.filter(username="li").update(is_active=False)
    with pytest.raises(UnusableCall) as told:
        department.approve(number)
    assert "wu" not in str(told.value.explanation.why)  # no other account is named
    refuse(number, reason="申请人已调离，请重新申请", actor=department.actor("zhou"), at=department.at)


def test_what_was_asked_for_in_a_colleagues_name_can_be_refused_when_that_is_over(department: Department) -> None:
    from xinheng.store.models import Correction, Cover
    from xinheng.usecases.corrections.deciding import refuse

    number, _ = department.mend(CF_SY="改正后的违法事实")
    department.covers("li", "chen")
    Correction.objects.filter(pk=number).update(on_behalf_of="chen")
    Cover.objects.all().update(valid_until=TODAY)
    assert number is not None
    with pytest.raises(UnusableCall):
        department.approve(number)
    refuse(number, reason="代办已经结束，请重新申请", actor=department.actor("zhou"), at=department.at)
