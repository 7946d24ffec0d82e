"""Who was shown the wrong record is told, each once, with the day; the subject is told; nobody else is, and the public cannot be."""

from __future__ import annotations

import datetime as dt

from ..sheets import TODAY
from .conftest import SINCE, Department


def _told(department: Department, kind: str = "record-withdrawn") -> dict[str, str]:
    from xinheng.store.models import Notice

    held = Notice.objects.filter(kind=kind).select_related("user", "subject")
    return {one.user.username if one.user else one.subject.uscc: one.body for one in held}


def test_every_account_that_was_shown_it_and_the_subject_are_told_once(department: Department) -> None:
    from xinheng.usecases.corrections.listing import view_correction
    from xinheng.usecases.portal import view_entry, view_subject

    department.look("wu")
    department.look("wu")
    department.look("qian")
    later = TODAY + dt.timedelta(days=9)
    view_subject(department.code, on=later, at=department.at)
    view_entry(department.code, department.key, on=later, at=department.at)
    number = department.ask()
    department.approve(number)
    told = _told(department)
    assert set(told) == {"wu", "qian", department.code}
    assert str(TODAY) in told["wu"]
    assert "行政复议撤销" in told["wu"]
    assert "重新核对" in told["wu"]
    assert "无法逐一告知" in told[department.code]
    found = view_correction(number, actor=department.actor("zhou"), at=department.at)
    assert {one.name: one.looks for one in found.told if one.name in ("wu", "qian")} == {"wu": 2, "qian": 1}
    assert found.shown_publicly == 2
    assert {one.door.value for one in found.told} == {"file", "subject"}
    page = department.browser("zhou").get(f"/desk/withdrawals/{number}/").content.decode()
    assert "公示网站上显示过 2 次" in page


def test_who_looked_before_it_was_there_or_at_another_subject_is_not_told(department: Department) -> None:
    other = department.office.province.penalty(3)
    department.office.hand_in(other)
    department.office.file(other["CF_XDR_SHXYM"], actor=department.actor("wu"))
    new = department.office.province.penalty(5)
    department.office.file(new["CF_XDR_SHXYM"], actor=department.actor("sun"))  # nothing of it was there yet
    department.approve(department.ask())
    assert not {"wu", "sun"} & set(_told(department))


def test_who_asked_and_who_approved_are_not_told_what_they_know(department: Department) -> None:
    department.look("li")
    department.look("zhou")
    department.approve(department.ask())
    assert not {"li", "zhou"} & set(_told(department))


def test_who_saw_an_earlier_revision_is_told_of_a_correction(department: Department) -> None:
    department.look("wu")
    number, _ = department.mend(CF_SY="改正后的违法事实")
    assert number is not None
    department.approve(number)
    department.look("sun")  # of the right one
    assert "更正" in _told(department, "record-corrected")["wu"]
    number, _ = department.mend(CF_SY="再次改正的违法事实")
    assert number is not None
    department.approve(number)
    assert {"wu", "sun"} <= set(_told(department, "record-corrected"))


def test_a_closed_account_cannot_be_told_and_is_said_so(department: Department) -> None:
    from xinheng.store.models import User
    from xinheng.usecases.corrections.listing import view_correction

    department.look("wu")
    User.objects.filter(username="wu").update(is_active=False)
    number = department.ask()
    department.approve(number)
    found = view_correction(number, actor=department.actor("zhou"), at=department.at)
    assert [one.told_at for one in found.told if one.name == "wu"] == [None]
    assert "无法告知" in department.browser("zhou").get(f"/desk/withdrawals/{number}/").content.decode()


def test_what_a_system_was_given_its_agencys_managers_hear_of(department: Department) -> None:
    from xinheng.store.models import Agency, ServiceAccount, User

    agency = department.office.province.other_agency
    system = department.person("system-of-theirs", "data-clerk", agency)
    ServiceAccount.objects.create(
        user=system, agency=Agency.objects.get(uscc=agency), scopes=[], per_minute=1, per_day=1, made_at=department.at,
        made_by=User.objects.get(username="operator"),
    )  # fmt: skip
    department.look("system-of-theirs")
    department.approve(department.ask())
    told = _told(department)
    assert "wu" in told
    assert "system-of-theirs" not in told


def test_the_representative_reads_it_and_mail_waits_for_them(department: Department) -> None:
    from xinheng.store.models import OutgoingNotice, User
    from xinheng.usecases.me.file import view_own_file
    from xinheng.usecases.me.grants import accept_representative
    from xinheng.usecases.users import actor_named

    User.objects.create(username="head", password="!")
    operator = department.office.operator
    accept_representative(
        department.code, "head", name="某", evidence="window", actor=operator, at=department.at, on=SINCE
    )
    view_own_file(department.code, actor=actor_named("head", on=TODAY), on=TODAY, at=department.at)
    department.approve(department.ask())
    page = department.browser("head").get(f"/me/{department.code}/messages/").content.decode()
    assert department.row["CF_WSH"] in page
    assert "行政复议撤销" in page
    assert "head" not in _told(department)  # through the subject, not as an account
    assert OutgoingNotice.objects.filter(to__username="head", channel="mail").count() == 1


def test_who_saw_it_as_a_question_is_told(department: Department) -> None:
    from xinheng.store.models import Question, Submission
    from xinheng.usecases.ledger.questions import list_questions

    (record,) = department.office.records(department.code)
    Question.objects.create(
        kind="vanished", submission=Submission.objects.latest("id"), subject_id=record.subject_id, record_key=record.record_key,
        asked_at=department.at, untold=0,
    )  # fmt: skip
    list_questions(actor=department.actor("chen"), at=department.at, on=TODAY, answered=False, limit=5)
    department.approve(department.ask())
    assert "chen" in _told(department)


def test_a_look_that_an_investigation_keeps_secret_is_told_to_its_reader_and_to_nobody_else(
    department: Department,
) -> None:
    from xinheng.core.access.matter import Matter, Purpose
    from xinheng.usecases.corrections.listing import view_correction
    from xinheng.usecases.ledger.file import view_file

    secret = TODAY + dt.timedelta(days=30)
    view_file(
        department.code, as_of=TODAY, today=TODAY, actor=department.actor("wu"), at=department.at,
        matter=Matter(Purpose.INVESTIGATION, "线索 1 号"), shown_from=secret,
    )  # fmt: skip
    department.look("qian")
    number = department.ask()
    department.approve(number)
    told = _told(department)
    assert "wu" in told
    assert "1 个账号" in told[department.code]
    found = view_correction(number, actor=department.actor("zhou"), at=department.at)
    assert [one.name for one in found.told if one.name] == ["qian"]
    later = view_correction(number, actor=department.actor("zhou"), at=department.office.at(secret))
    assert [one.name for one in later.told if one.name] == ["qian", "wu"]
