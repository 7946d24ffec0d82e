"""Who sees what at the desk: nobody sees another's rows by any page, list or file; what is waiting, asked, withdrawn."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ..office import Office, with_a_question
from ..sheets import TODAY


def test_every_page_leads_those_who_did_not_sign_in_to_the_sign_in(client: Client) -> None:
    for path in (
        "",
        "submit/",
        "submissions/",
        "submissions/1/",
        "waiting/",
        "questions/",
        "files/",
        "submissions/1/mend/",
    ):
        answer = client.get(f"/desk/{path}")
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/sign-in/?next=%2Fdesk%2F"), path


def test_another_agencys_submission_is_on_no_page_and_in_no_file(office: Office, stranger: Client) -> None:
    number = office.hand_in(office.province.penalty(0, CF_JDRQ="不是日期"), office.province.penalty(1)).submission
    for path in ("", "issues/", "rejects.xlsx", "mend/", "severity/", "issues/?format=csv"):
        answer = stranger.get(f"/desk/submissions/{number}/{path}")
        assert answer.status_code == 403, path
        assert office.province.penalty(1)["CF_WSH"] not in answer.content.decode(errors="replace")
    for path in ("", "submissions/", "submissions/?format=csv", f"submissions/?q={number}", "waiting/", "questions/"):
        answer = stranger.get(f"/desk/{path}")
        assert answer.status_code == 200, path
        assert "file.csv" not in answer.content.decode(), path


def test_an_administrator_of_the_system_has_no_desk(office: Office, sign_in: Any) -> None:
    office.hand_in(office.province.penalty())
    browser = sign_in("system-administrator")
    for path in ("", "submissions/", "waiting/", "questions/", "submissions/1/"):
        assert browser.get(f"/desk/{path}").status_code in (403, 404), path


def test_a_waiting_row_is_listed_for_its_agency_only(office: Office, clerk: Client, stranger: Client) -> None:
    from xinheng.core.standards import uscc

    unknown = office.province.penalty(
        0, CF_XDR_SHXYM=uscc.complete("91320100MA9NEWXX0"), CF_XDR_MC="江苏虚构新设有限公司"
    )
    assert office.hand_in(unknown).counts.waiting == 1
    assert "江苏虚构新设有限公司" in clerk.get("/desk/waiting/").content.decode()
    assert "江苏虚构新设有限公司" not in stranger.get("/desk/waiting/").content.decode()


def test_a_question_is_answered_by_its_agency_only(office: Office, clerk: Client, stranger: Client) -> None:
    from xinheng.store.models import Question

    with_a_question(office)
    number = Question.objects.get().pk
    given = {"answer": "stands", "reason": "导出时遗漏"}
    assert stranger.post(f"/desk/questions/{number}/", given).status_code == 404
    assert clerk.post(f"/desk/questions/{number}/", {"answer": "stands", "reason": " "}).status_code == 422
    assert clerk.post(f"/desk/questions/{number}/", given).status_code == 302
    assert Question.objects.get().answer == "stands"


def test_a_record_is_withdrawn_from_its_page_with_a_reason_and_after_a_second_look(
    office: Office, sign_in: Any, clerk: Client
) -> None:
    office.hand_in(office.province.penalty())
    code = office.province.penalty()["CF_XDR_SHXYM"]
    (record,) = office.records(code)
    address = f"/desk/files/{code}/{record.record_key}/"
    manager = sign_in("department-manager", office.province.agency)
    reviewer = sign_in("reviewer", office.province.agency)
    assert "撤回这条记录…" in manager.get(address).content.decode()
    assert "撤回这条记录…" not in reviewer.get(address).content.decode()
    sure = {"reason": "行政复议决定撤销", "sure": "yes"}
    assert reviewer.post(f"{address}withdraw/", sure).status_code == 403
    assert manager.post(f"{address}withdraw/", {**sure, "sure": ""}).status_code == 422
    asked = manager.post(f"{address}withdraw/", sure)
    assert asked.status_code == 302
    assert "已有待审批的申请" in clerk.get(address).content.decode()
    assert manager.post(asked["Location"], {"act": "approve"}).status_code == 403
    assert reviewer.post(asked["Location"], {"act": "approve"}).status_code == 302
    assert not office.file(code, actor=None, today=TODAY).entries or office.records(code)[0].withdrawn_on == TODAY
    assert manager.get(address).status_code == 404


def test_a_severity_is_confirmed_with_a_reason(office: Office, clerk: Client) -> None:
    number = office.hand_in(office.province.penalty()).submission
    (record,) = office.records(office.province.penalty()["CF_XDR_SHXYM"])
    name = f"{office.province.penalty()['CF_XDR_SHXYM']}/{record.record_key}"
    page = clerk.get(f"/desk/submissions/{number}/severity/").content.decode()
    assert page.count(name) == page.count('name="record"')
    answer = clerk.post(
        f"/desk/submissions/{number}/severity/", {"record": "x/y", "severity": "minor", "reason": "样例"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("question", ["page=0", "page=x", "page=99999999999999999999"])
def test_a_page_that_there_is_not_is_explained(clerk: Client, question: str) -> None:
    assert clerk.get(f"/desk/submissions/?{question}").status_code == 400


@pytest.mark.parametrize(
    "question",
    ["q=%27%3B+DROP+TABLE+record%3B--", "sort=id%3Bdrop", "state=%00", "item=nothing", "submission=9" + "9" * 40],
)
def test_a_strange_question_finds_nothing_and_breaks_nothing(clerk: Client, question: str) -> None:
    for path in ("submissions/", "waiting/", "questions/"):
        assert clerk.get(f"/desk/{path}?{question}").status_code in (200, 404)


def test_large_letters_and_high_contrast_are_remembered(clerk: Client) -> None:
    assert 'class="look-large look-contrast"' in clerk.get("/desk/?look=large-contrast").content.decode()
    assert 'class="look-large look-contrast"' in clerk.get("/").content.decode()
    assert "look-large" not in clerk.get("/desk/?look=plain").content.decode()
