"""The queue at the desk and on the command line: what a clerk sees, what the number in the frame says, and that nobody sees another's."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ..office import Office
from ..sheets import PENALTY, TODAY
from ..signing_in import signed_in

D = dt.date.fromisoformat


@pytest.fixture(autouse=True)
def _on_the_day_of_the_province(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    for module in ("desk.work", "desk.page", "signed_in"):
        monkeypatch.setattr(f"xinheng.web.{module}.today", lambda: TODAY)
    for module in ("desk.work", "desk.page"):
        monkeypatch.setattr(f"xinheng.web.{module}.now", lambda: office.at(TODAY))


@pytest.fixture
def desk(office: Office, person: Any) -> dict[str, Any]:
    """Browsers of a clerk, of a stranger, of the city's manager and of another city's, with the tasks made and some rows that went back."""
    from xinheng.usecases.collecting.tasks import make_tasks

    make_tasks(actor=office.operator, at=office.at(TODAY), on=TODAY)
    office.hand_in(office.province.penalty(0, CF_JDRQ="2026-02-03"), office.province.penalty(1, CF_NR_FK="一百"))
    who = {
        "clerk": person("data-clerk", office.province.agency), "stranger": person("data-clerk", office.province.other_agency),
        "city": person("region-manager", region="320100"), "elsewhere": person("region-manager", region="320500"),
        "centre": person("centre-operator"),
    }  # fmt: skip
    return {name: signed_in(actor.name) for name, actor in who.items()}


def _number(page: str) -> int:
    found = re.search(r'<a href="/desk/work/"[^>]*>待办（(\d+)）', page)
    return int(found[1]) if found else 0


def test_the_queue_lists_what_the_frame_counts_in_one_question_to_the_database(
    office: Office, desk: dict[str, Any]
) -> None:
    answer = desk["clerk"].get("/desk/work/")
    page = answer.content.decode()
    assert answer.status_code == 200
    # January and February of the registrations and January of the penalties; a row that went back
    assert _number(page) == page.count('<tr role="row">') - 1 == 4
    assert "逾期未报，已过" in page
    assert "退回待更正" in page
    assert _number(desk["clerk"].get("/desk/questions/").content.decode()) == 4
    assert _number(desk["stranger"].get("/desk/work/").content.decode()) == 4  # its own: two items, two months
    from xinheng.usecases.collecting.work import work_of
    from xinheng.usecases.users import actor_named

    clerk = actor_named(f"data-clerk-{office.province.agency}", on=TODAY)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert work_of(clerk, at=office.at(TODAY), on=TODAY) == 4
    assert len(asked) == 1


def test_filters_order_and_export(desk: dict[str, Any]) -> None:
    clerk = desk["clerk"]
    page = clerk.get("/desk/work/?kind=rejected").content.decode()
    assert page.count('<tr role="row">') - 1 == 1
    ordered = clerk.get("/desk/work/?sort=-due&format=csv").content.decode("utf-8-sig").splitlines()
    days = [line.split(",")[0] for line in ordered[1:]]
    assert days == sorted(days, reverse=True)
    assert len(days) == 4
    for name in ("tasks/", "agencies/", "late/"):
        assert clerk.get(f"/desk/work/{name}").status_code == 200
        assert clerk.get(f"/desk/work/{name}?format=xlsx").content[:2] == b"PK"
    late = clerk.get("/desk/work/late/?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(late) == 2


def test_nobody_sees_anothers_queue_tasks_or_figures(office: Office, desk: dict[str, Any]) -> None:
    from xinheng.store.models import CollectionTask
    from xinheng.usecases.reach import agency_names

    ours = office.province.agency
    name = agency_names([ours])[ours]
    task = CollectionTask.objects.get(agency__uscc=ours, item=PENALTY, first=D("2026-01-01"))
    addresses = [
        "/desk/work/", f"/desk/work/?agency={ours}", f"/desk/work/tasks/?agency={ours}", "/desk/work/agencies/", f"/desk/work/late/?agency={ours}",
        f"/desk/work/tasks/{task.pk}/",
    ]  # fmt: skip
    for who in ("stranger", "elsewhere"):
        for address in addresses:
            answer = desk[who].get(address)
            assert name not in answer.content.decode(), (who, address)
            assert answer.status_code == (404 if address.endswith(f"/{task.pk}/") else 200), (
                who,
                address,
            )
            listed = desk[who].get(f"{address.partition('?')[0]}?agency={ours}&format=csv")
            told = listed.content.decode("utf-8-sig") if listed.status_code == 200 else ""
            assert name not in told, (who, address)
        assert desk[who].post(f"/desk/work/tasks/{task.pk}/", {"reason": "越权"}).status_code == 404
    for who in ("clerk", "city", "centre"):
        assert name in desk[who].get("/desk/work/agencies/").content.decode(), who
        assert name in desk[who].get(f"/desk/work/tasks/{task.pk}/").content.decode(), who
    assert (
        _number(desk["city"].get("/desk/work/").content.decode()) == 0
    )  # what its departments have to do is not its own
    assert name in desk["city"].get(f"/desk/work/?agency={ours}").content.decode()
    assert desk["city"].post(f"/desk/work/tasks/{task.pk}/", {"reason": "越权"}).status_code == 403


def test_a_zero_report_is_made_on_the_page_of_the_task(office: Office, desk: dict[str, Any]) -> None:
    from xinheng.store.models import CollectionTask, ZeroReport

    january = CollectionTask.objects.get(agency__uscc=office.province.agency, item=PENALTY, first=D("2026-01-01"))
    address = f"/desk/work/tasks/{january.pk}/"
    assert "作零报告" in desk["clerk"].get(address).content.decode()
    empty = desk["clerk"].post(address, {"reason": " "})
    assert empty.status_code == 422
    assert "零报告须说明理由" in empty.content.decode()
    assert desk["clerk"].post(address, {"reason": "本月未作出处罚决定"}).status_code == 302
    page = desk["clerk"].get(address).content.decode()
    assert "已完成" in page
    assert "作零报告" not in page
    assert ZeroReport.objects.get().declared_by.username.startswith("data-clerk")
    assert _number(page) == 3


def test_the_receipt_says_how_timely_its_records_came(desk: dict[str, Any]) -> None:
    from xinheng.store.models import Submission

    number = Submission.objects.get().pk
    page = desk["clerk"].get(f"/desk/submissions/{number}/").content.decode()
    assert "报送时效" in page
    assert f'/desk/work/late/?submission={number}">逾期 1 条' in page


def test_a_stop_waits_for_the_second_person_only(office: Office, desk: dict[str, Any]) -> None:
    from xinheng.core.ledger.stops import Ground, Scope
    from xinheng.usecases.stops import ask

    ask(
        Scope.AGENCY, office.province.agency, ground=Ground.VERIFYING, reason="核实", basis="应急预案", actor=office.operator,
        at=office.at(TODAY), on=TODAY,
    )  # fmt: skip
    asked = "/desk/work/?kind=stop&format=csv"
    told = {
        name: browser.get(asked).content.decode("utf-8-sig")
        for name, browser in {**desk, "asker": signed_in("operator")}.items()
    }
    assert {name for name, text in told.items() if "紧急停止待确认" in text} == {"centre"}


def test_a_withdrawal_waits_for_those_who_may_approve_it_and_not_for_who_asked(
    office: Office, desk: dict[str, Any], person: Any
) -> None:
    from xinheng.usecases.corrections.asking import ask_withdrawal

    row, ours = office.province.penalty(0), office.province.agency
    (record,) = office.records(row["CF_XDR_SHXYM"])
    manager, colleague = person("department-manager", ours), person("reviewer", ours)
    ask_withdrawal(
        row["CF_XDR_SHXYM"], record.record_key, reason="决定已撤销", actor=manager, at=office.at(TODAY), on=TODAY
    )
    desk |= {"asker": signed_in(manager.name), "reviewer": signed_in(colleague.name)}
    told = {
        name: browser.get("/desk/work/?kind=approval&format=csv").content.decode("utf-8-sig")
        for name, browser in desk.items()
    }
    assert {name for name, text in told.items() if "待审批" in text} == {"reviewer"}
    assert "2026-03-05" in told["reviewer"]  # three working days


def test_the_commands_say_the_same(office: Office, desk: dict[str, Any]) -> None:
    import json

    from xinheng.cli import main

    clerk = f"data-clerk-{office.province.agency}"

    def told(*words: str, who: str = clerk) -> Any:
        done = CliRunner().invoke(main, ["work", *words, "--json", "--as", who])
        assert done.exit_code == 0, (words, done.output, done.exception)
        return json.loads(done.stdout)

    lines = told("list", "--on", "2026-03-02")
    assert [line["kind"] for line in lines].count("task") == 3
    tasks = told("tasks", "--on", "2026-03-02", "--item", PENALTY)
    assert {(task["first"], task["state"]) for task in tasks} == {
        ("2026-01-01", "late"),
        ("2026-02-01", "done"),
        ("2026-03-01", "open"),
    }
    (january,) = (task["task"] for task in tasks if task["first"] == "2026-01-01")
    assert told("zero", str(january), "--reason", "本月未作出处罚决定", "--on", "2026-03-02")["receipt"]
    assert len(told("list", "--on", "2026-03-02")) == len(lines) - 1
    assert (
        told("remind", "--on", "2026-03-16", who="operator")["people"] == 2 + 1
    )  # two clerks; the city's manager of January's tasks
    plain = CliRunner().invoke(main, ["--locale", "zh", "work", "tasks", "--as", clerk])
    assert "归集" in plain.output or "零报告" in plain.output
