"""A withdrawal takes two people of the agency or the centre; nobody approves their own, another agency's, or one that they are tied to."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from xinheng.core.errors import Missing, Refused, UnusableCall

from ..sheets import TODAY
from .conftest import Department


def _events(kind: str = "withdrawn") -> int:
    from xinheng.store.models import RecordEvent

    return RecordEvent.objects.filter(kind=kind).count()


def test_what_is_asked_for_changes_nothing_until_another_person_approves(department: Department) -> None:
    number = department.ask()
    assert len(department.office.records(department.code)) == 1
    department.approve(number)
    assert department.office.records(department.code) == []
    from xinheng.store.models import RecordEvent

    event = RecordEvent.objects.get(kind="withdrawn")
    assert (event.by.username, event.reason, event.detail["correction"]) == ("zhou", "行政复议撤销", number)


@pytest.mark.parametrize(("asker", "approver"), [("chen", "zhou"), ("qian", "chen"), ("li", "qian")])
def test_reviewer_manager_and_centre_approve_for_each_other(department: Department, asker: str, approver: str) -> None:
    department.approve(department.ask(asker), approver)
    assert _events() == 1


def test_nobody_approves_what_they_asked_for(department: Department) -> None:
    from xinheng.store.models import AuditEvent

    for name in ("chen", "qian"):
        number = department.ask(name)
        with pytest.raises(Refused) as told:
            department.approve(number, name)
        assert "第二人" in told.value.explanation.why.zh
        event = AuditEvent.objects.get(action="approve-correction", actor=name)
        assert not event.allowed
        department.take_back(number, name)
    assert _events() == 0


def test_leave_cover_does_not_make_one_person_two(department: Department) -> None:
    department.covers("zhou", "chen")
    number = department.ask("chen")
    for in_name_of in ("", "chen"):  # the deputy of who asked, in either name
        with pytest.raises(Refused):
            department.approve(number, "zhou", in_name_of)
    department.take_back(number, "chen")
    number = department.ask("zhou", "chen")
    with pytest.raises(Refused):  # for whom who asked stands in
        department.approve(number, "chen")
    department.approve(number, "qian")
    assert _events() == 1


def test_two_who_stand_in_for_the_same_third_are_not_two(department: Department) -> None:
    department.person("zhao", "reviewer", department.office.province.agency)
    department.covers("zhou", "chen")
    department.covers("zhao", "chen")
    number = department.ask("zhou", "chen")
    with pytest.raises(Refused):
        department.approve(number, "zhao")


def test_nobody_approves_or_refuses_another_agencys_nor_without_the_role(department: Department) -> None:
    from xinheng.store.models import AuditEvent
    from xinheng.usecases.corrections.deciding import refuse

    number = department.ask("chen")
    for name, error in (("wu", Missing), ("sun", Refused), ("li", Refused)):
        with pytest.raises(error):
            department.approve(number, name)
        with pytest.raises(error):
            refuse(number, reason="越权", actor=department.actor(name), at=department.at)
        assert AuditEvent.objects.filter(actor=name, allowed=False).count() == 2
    assert _events() == 0


def test_nobody_asks_for_another_agencys_record(department: Department) -> None:
    with pytest.raises(Refused):
        department.ask("wu")
    with pytest.raises(Refused):
        department.ask("zhou")  # a reviewer approves, and asks for nothing


def test_another_agency_sees_no_request_of_ours_by_any_page(department: Department) -> None:
    number = department.ask()
    for name in ("wu", "sun"):
        browser = department.browser(name)
        assert department.row["CF_WSH"] not in browser.get("/desk/withdrawals/").content.decode()
        assert browser.get(f"/desk/withdrawals/{number}/").status_code == 404
        assert browser.post(f"/desk/withdrawals/{number}/", {"act": "approve"}).status_code == 404
    assert department.row["CF_WSH"] in department.browser("zhou").get("/desk/withdrawals/").content.decode()


def test_a_refusal_states_its_reason_and_the_asker_reads_it(department: Department) -> None:
    from xinheng.store.models import Notice
    from xinheng.usecases.corrections.deciding import refuse

    number = department.ask()
    zhou = department.actor("zhou")
    with pytest.raises(UnusableCall):
        refuse(number, reason=" ", actor=zhou, at=department.at)
    refuse(number, reason="复议决定尚未生效", actor=zhou, at=department.at)
    told = Notice.objects.get(user__username="li", kind="approval-given")
    assert "复议决定尚未生效" in told.body
    assert len(department.office.records(department.code)) == 1
    with pytest.raises(UnusableCall):
        department.approve(number, "chen")


def test_only_who_asked_takes_it_back_and_may_ask_again(department: Department) -> None:
    from xinheng.usecases.corrections.asking import take_back

    number = department.ask()
    with pytest.raises(UnusableCall) as told:
        department.ask("chen")
    assert str(number) in told.value.explanation.why.zh
    with pytest.raises(Missing):
        take_back(number, actor=department.actor("chen"), at=department.at)
    take_back(number, actor=department.actor("li"), at=department.at)
    assert department.ask("chen") > number


def test_who_may_approve_is_told_that_something_waits(department: Department) -> None:
    from xinheng.store.models import Notice

    number = department.ask("chen")
    asked = Notice.objects.filter(kind="approval-asked")
    assert {(one.user.username, one.link) for one in asked} == {("zhou", f"/desk/withdrawals/{number}/")}


def test_where_the_agency_has_nobody_else_the_centre_is_told(department: Department) -> None:
    from xinheng.store.models import Notice, User

    User.objects.filter(username="zhou").update(is_active=False)
    department.ask("chen")
    assert "qian" in set(Notice.objects.filter(kind="approval-asked").values_list("user__username", flat=True))


def test_the_database_itself_takes_no_decision_of_the_asker_and_none_twice(department: Department) -> None:
    from xinheng.store.models import Correction

    number = department.ask("chen")
    held = Correction.objects.get(pk=number)
    held.state, held.decided_at, held.decided_by = "approved", department.at, held.asked_by
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()
    department.approve(number)
    for change in ({"reason": "另一个理由"}, {"state": "refused"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.filter(pk=number).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=number).delete()


def test_the_pages_lead_from_the_record_to_its_end(department: Department) -> None:
    address = f"/desk/files/{department.code}/{department.key}/"
    clerk, reviewer = department.browser("li"), department.browser("zhou")
    page = clerk.get(f"{address}withdraw/").content.decode()
    assert "紧急停止公示" in page
    asked = clerk.post(f"{address}withdraw/", {"reason": "行政复议撤销", "sure": "yes"})
    number = asked["Location"].split("/")[3]
    assert "收回申请" in clerk.get(asked["Location"]).content.decode()
    page = reviewer.get(f"/desk/withdrawals/{number}/").content.decode()
    assert "同意，立即生效" in page
    assert "收回申请" not in page
    refused = reviewer.post(f"/desk/withdrawals/{number}/", {"act": "refuse", "reason": ""})
    assert refused.status_code == 422
    done = reviewer.post(f"/desk/withdrawals/{number}/", {"act": "approve"}, follow=True).content.decode()
    assert "已同意，已生效" in done
    assert "公示网站上显示过 0 次" in done
    assert clerk.get(address).status_code == 404
    assert f"/{number}/" in reviewer.get("/desk/withdrawals/?only=decided").content.decode()


def test_the_days_of_a_request_are_working_days(department: Department) -> None:
    from xinheng.core.standards.workdays import add_working_days
    from xinheng.usecases.corrections.listing import list_corrections

    department.ask()
    (one,) = list_corrections(actor=department.actor("zhou"), at=department.at).found
    assert one.due == add_working_days(TODAY, 3).day
