"""Every route and every reading command, by people of another department, another city, another subject, and by nobody: none sees what is 甲市's.

What belongs to one department of 甲市 carries that word (the file's name, a wrong cell, a waiting row, a reason, a person, a system). The routes are those
of the resolver, so that a new one is tried without being named here; its gaps are filled with what there is of 甲市's.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from xinheng.core.access import Role
from xinheng.core.errors import Text
from xinheng.core.ledger.stops import Ground, Scope
from xinheng.core.notices import Message
from xinheng.core.standards import uscc

from ..api.conftest import System, system_of
from ..office import Office, with_a_question
from ..sheets import PENALTY, REGISTRATION, TODAY, penalty_sheet
from ..signing_in import signed_in

MARK = "甲市"
HERE, THERE = "320100", "320500"
SINCE = dt.date(2026, 1, 1)
_GAP = re.compile(r"<(?:\w+:)?(\w+)>|\^?\(\?P<(\w+)>[^)]*\)\$?")
_LOGS = {
    "store_auditevent", "store_receipt", "store_signin", "store_servicetoken", "store_servicecalls", "store_refusedsource", "store_failedtries",
}  # fmt: skip


@dataclass(frozen=True)
class Square:
    """What there is of 甲市's, and who asks for it: browsers of outsiders and of those whose it is."""

    gaps: dict[str, tuple[str, ...]]
    outsiders: dict[str, Client]
    insiders: dict[str, Client]
    names: tuple[str, ...]
    system: System


@pytest.fixture
def square(office: Office) -> Square:
    """Two cities, two departments of one of them, and all kinds of things of the first department."""
    from xinheng.core.subjects.judgement import Verdict
    from xinheng.store.models import Agency, CollectionTask, LinkedIdentity, Question, Subject, User, WaitingRow
    from xinheng.usecases.agencies import add_agency
    from xinheng.usecases.collecting.tasks import make_tasks
    from xinheng.usecases.corrections.asking import ask_withdrawal
    from xinheng.usecases.judgements.judging import judge
    from xinheng.usecases.me.grants import accept_representative
    from xinheng.usecases.notices.send import notify_account, notify_subject
    from xinheng.usecases.services.accounts import Wanted as ServiceWanted
    from xinheng.usecases.services.accounts import add_service
    from xinheng.usecases.stops import ask

    at, ours, theirs = office.at(TODAY), office.province.agency, office.province.other_agency
    third = next(row for row in office.province.agencies if row["uscc"] not in (ours, theirs))
    add_agency(
        third["uscc"], third["name"], region_code=THERE, items=(PENALTY, REGISTRATION), actor=office.operator, at=at, on=SINCE
    )  # fmt: skip
    Agency.objects.filter(uscc__in=(ours, theirs)).update(region_code=HERE)
    Agency.objects.filter(uscc=third["uscc"]).update(region_code=THERE)
    with_a_question(office)
    waiting = uscc.complete("91320100MA9NEWXX0")
    sheet = penalty_sheet(
        office.province.penalty(1, CF_JDRQ=f"{MARK}的日期"), office.province.penalty(2, CF_XDR_SHXYM=waiting, CF_XDR_MC=f"{MARK}虚构新设有限公司")
    )  # fmt: skip
    submission = office.submit(sheet, name=f"{MARK}的文件.csv").submission
    code = office.province.penalty()["CF_XDR_SHXYM"]
    (record,) = office.records(code)
    row = WaitingRow.objects.get(submission=submission).pk
    (judged,) = judge(row, code, Verdict.UNSURE, reason=f"{MARK}的依据", actor=office.operator, at=at, on=TODAY)
    stop = ask(
        Scope.AGENCY, ours, ground=Ground.VERIFYING, reason=f"{MARK}的事由", basis="应急预案", actor=office.operator, at=at, on=TODAY
    )  # fmt: skip
    make_tasks(actor=office.operator, at=at, on=TODAY)
    task = CollectionTask.objects.filter(agency__uscc=ours, item=PENALTY).latest("first").pk
    year = _what_our_department_wrote(office, ours)
    outsiders = {
        f"{role.value} of {where}": _person(role, agency=agency)
        for where, agency, roles in (
            ("another department", theirs, (Role.REVIEWER, Role.DEPARTMENT_MANAGER)),
            ("another city", third["uscc"], (Role.DATA_CLERK, Role.DEPARTMENT_MANAGER)),
        )
        for role in roles
    }
    outsiders["region manager of another city"] = _person(Role.REGION_MANAGER, region=THERE)
    for role in (Role.SYSTEM_ADMINISTRATOR,):
        outsiders[role.value] = _person(role)
    User.objects.create(username="made-up-head", password="!")
    other = office.province.penalty(3)["CF_XDR_SHXYM"]
    accept_representative(other, "made-up-head", name="某", evidence="window", actor=office.operator, at=at, on=SINCE)
    outsiders["representative of another subject"] = signed_in("made-up-head", raise_request_exception=False)
    outsiders["nobody"] = Client(raise_request_exception=False)
    insiders = {
        "its clerk": _person(Role.DATA_CLERK, agency=ours, name=f"{MARK}数据员"),
        "its region's manager": _person(Role.REGION_MANAGER, region=HERE),
        "the centre": _person(Role.CENTRE_OPERATOR),
    }
    clerk = f"{Role.DATA_CLERK.value}-{ours}"
    link = LinkedIdentity.objects.create(
        user=User.objects.get(username=clerk), issuer="https://made-up.invalid", subject=f"{MARK}的身份", linked_at=at
    )  # fmt: skip
    service = "made-up-service"
    add_service(
        ServiceWanted(name=service, agency=ours, title=f"{MARK}的系统"), actor=office.operator, at=at, on=TODAY
    )  # fmt: skip
    gaps = {
        "number": (str(submission),), "questions/number": (str(Question.objects.get().pk),), "stops/number": (str(stop.number),), "work/number": (str(task),), "code": (code,), "key": (record.record_key,), "item": (PENALTY,), "row": (str(row),), "judgement": (str(judged.number),),
        "agency": (ours,), "catalogue/number": (str(year),), "profiles/name": ("ours",), "shipped/name": ("legacy-penalty",), "act": ("confirm", "lift"), "provider": ("officials",), "address": ("elsewhere",),
        "name": (clerk,), "accounts/number": (str(link.pk),), "services/name": (service,),
    }  # fmt: skip
    told = Message("task-due", Text(f"{MARK}的提醒", "a reminder"), Text(f"{MARK}的任务", "a task"), "/desk/submit/")
    notice = notify_account(User.objects.get(display_name=f"{MARK}数据员"), told, at=at)
    to_subject = notify_subject(Subject.objects.get(uscc=code), told, at=at)
    asked = ask_withdrawal(code, record.record_key, reason=f"{MARK}的理由", actor=office.operator, at=at, on=TODAY)
    screened, watched = _what_our_department_screened(office, ours, code)
    gaps |= {"screening/number": (str(screened),), "screening/row": ("1", "2"), "watch": (str(watched),)}
    gaps |= {"screenings/number": (str(screened),)}
    gaps |= {"withdrawals/number": (str(asked),), "messages/number": (str(notice),), "me/number": (str(to_subject),)}
    names = tuple(user.username for user in User.objects.all())
    system = system_of(office, third["uscc"], "made-up-system").signed_on()
    return Square(gaps, outsiders, insiders, names, system)


def _what_our_department_screened(office: Office, ours: str, code: str) -> tuple[int, int]:
    """Let the department screen a list, answer a row, and watch a subject; returns the number of the screening and of the watch."""
    from xinheng.usecases.screening.feedback import give_feedback
    from xinheng.usecases.screening.lists import screen_list
    from xinheng.usecases.screening.watching import watch

    about: dict[str, Any] = {"matter": "finance-procurement", "business_number": f"{MARK}的业务", "agency": ours}
    acting: dict[str, Any] = {"actor": office.operator, "at": office.at(TODAY)}
    rows = [(f"{MARK}虚构有限公司", ""), ("", code)]
    number = screen_list(rows, **about, file_name=f"{MARK}的名单.csv", on=TODAY, **acting).number
    give_feedback(number, row=2, kind="not-acted", why=f"{MARK}的理由", **acting)
    return number, watch(code, **about, on=TODAY, **acting)


def _what_our_department_wrote(office: Office, ours: str) -> int:
    """Let the department object to a draft of the year, and make a delivery profile; returns the number of the year."""
    from xinheng.core.catalogue.cycle import DraftAnswer
    from xinheng.core.catalogue.load import load
    from xinheng.core.intake.profiles.guided import Guided, written
    from xinheng.usecases.catalogue import cycle
    from xinheng.usecases.catalogue.years import draft_text, year_held
    from xinheng.usecases.intake.profile_making import Wanted, save_profile

    acting: dict[str, Any] = {"actor": office.operator, "at": office.at(TODAY), "on": TODAY}
    first = dt.date(TODAY.year + 1, 1, 1)
    year = cycle.open_year(first.year, first_day=first, basis="文件", **acting)
    cycle.change_item(year, PENALTY, draft_text(year_held(year, office.operator), PENALTY), **acting)
    cycle.ask_departments(year, answer_by=first - dt.timedelta(days=1), **acting)
    cycle.answer(year, PENALTY, ours, DraftAnswer.OBJECT, text=f"{MARK}的意见", **acting)
    fields = {field.title: field.name for field in load(PENALTY).at(TODAY).fields}
    text = written(Guided(name="ours", title=f"{MARK}的配置", source=MARK, item=PENALTY, fields=fields))
    save_profile(Wanted(ours, PENALTY, text), **acting)
    return year


def _person(role: Role, *, agency: str = "", region: str = "", name: str = "") -> Client:
    from xinheng.store.models import Agency, RoleAssignment, User

    user = User.objects.create(
        username=f"{role.value}-{agency or region or 'all'}", display_name=name or "样例人员", password="!"
    )
    held = Agency.objects.get(uscc=agency) if agency else None
    RoleAssignment.objects.create(user=user, role=role.value, agency=held, region_code=region, valid_from=SINCE)
    browser: Client = signed_in(user.username, raise_request_exception=False)
    return browser


def _patterns(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern)


def _addresses(square: Square) -> list[str]:
    """Return every route with its gaps filled in every way."""
    found = []
    for pattern in dict.fromkeys(_patterns(get_resolver().url_patterns)):
        gaps = ["".join(names) for names in _GAP.findall(pattern)]
        place = pattern.removeprefix("desk/").partition("/")[0]
        for filling in itertools.product(
            *(square.gaps.get(f"{place}/{gap}", square.gaps.get(gap, ())) for gap in gaps)
        ):
            words = iter(filling)
            found.append("/" + _GAP.sub(lambda _, words=words: next(words), pattern))
    return found


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        import io
        import zipfile

        book = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(book.read(name) for name in book.namelist())
    return str(content.decode("utf-8", "replace"))


def _state() -> dict[str, int]:
    """Return how much there is in every table that is no log, and of what an answer would change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename ~ '^store_' OR tablename = 'record'")
        counts = {}
        for (table,) in cursor.fetchall():
            if table not in _LOGS:
                cursor.execute(f"SELECT count(*) FROM {table}")
                counts[table] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM store_question WHERE answered_at IS NOT NULL")
        counts["answered"] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM store_notice WHERE read_at IS NOT NULL")
        counts["read"] = cursor.fetchone()[0]
    return counts


ASKED = ("", f"?q={MARK}", "?format=csv")
GIVEN = {
    "reason": "越权尝试", "sure": "yes", "answer": "stands", "severity": "minor", "act": "submit", "full": "no", "username": "made-up-head", "scope": "agency",
    "ground": "verifying", "basis": "越权尝试", "verdict": "same",
    "role": "data-clerk", "hand_to": "made-up-head", "hand_reason": "越权尝试", "cover_by": "made-up-head",
    "cover_until": "2099-01-01", "cover_reason": "越权尝试", "close_reason": "越权尝试", "close_sure": "yes", "provider": "simulated", "identity": "越权",
    "link_reason": "越权尝试", "item": "tax-credit-grade-a", "name": "越权单位", "region": "320100", "overlap": "3", "account": "越权",
}  # fmt: skip


def test_no_outsider_reads_anything_of_anothers_by_any_route(square: Square) -> None:
    addresses = _addresses(square)
    assert len(addresses) > 50
    for who, browser in square.outsiders.items():
        for address, asked in itertools.product(addresses, ASKED if "nobody" not in who else ASKED[:1]):
            if asked and not address.startswith(("/desk/", "/search")):
                continue
            if "/search" in address and asked.startswith("?q"):
                continue  # it says again what was asked
            answer = browser.get(address + asked)
            assert answer.status_code < 500, (who, address, asked)
            if address.startswith("/desk/accounts/") and who == Role.SYSTEM_ADMINISTRATOR.value:
                continue  # accounts are its task
            text = _text(answer).replace(f'value="{MARK}"', "")
            assert MARK not in text, (who, address + asked, answer.status_code)


def test_no_outsider_finds_anything_of_anothers_by_searching_and_those_whose_it_is_do(square: Square) -> None:
    (number,) = square.gaps["number"]
    (code,) = square.gaps["code"]
    texts = (
        number,
        f"报送 {number}",
        f"%23{number}",
        code,
        f"{MARK}虚构新设有限公司",
        f"{MARK}的文件.csv",
        f"{MARK}的日期",
    )
    for (who, browser), text in itertools.product(square.outsiders.items(), texts):
        page = _text(browser.get(f"/desk/search/?q={text}"))
        assert f"/desk/submissions/{number}/" not in page, (who, text)
        assert MARK not in page.replace(text, ""), (who, text)
    for who, browser in square.insiders.items():
        assert f"{MARK}的文件" in _text(browser.get(f"/desk/search/?q={number}")), who


def test_those_whose_it_is_do_read_it(square: Square) -> None:
    seen = {
        who: {
            address
            for address in _addresses(square)
            if address.startswith("/desk/") and MARK in _text(browser.get(address))
        }
        for who, browser in square.insiders.items()
    }
    assert len(seen["its clerk"]) >= 5, seen
    assert len(seen["the centre"]) >= 5, seen
    assert seen["its region's manager"], seen


def test_no_outsider_changes_anything_of_anothers_by_any_route(square: Square) -> None:
    before = _state()
    given = {**GIVEN, "target": f"{square.gaps['agency'][0]}/{PENALTY}", "other": square.gaps["code"][0]}
    for who, browser in square.outsiders.items():
        for address in _addresses(square):
            if address.startswith(("/sign-in/", "/simulated-identity/", "/api/", "/desk/account/")) or (
                address == "/desk/stops/" and "manager of another" in who
            ):
                continue  # one's own account; a manager may ask for a stop, which needs a second person
            if address.startswith("/desk/accounts/") and who == Role.SYSTEM_ADMINISTRATOR.value:
                continue  # accounts are its task
            answer = browser.post(address, given)
            assert answer.status_code < 500, (who, address)
            assert MARK not in _text(answer), (who, address)
            assert _state() == before, (who, address, answer.status_code)


def test_no_system_of_another_agency_reads_anything_by_any_route(square: Square) -> None:
    for address in _addresses(square):
        if not address.startswith("/api/v1"):
            continue
        answer = square.system.get(address.removeprefix("/api/v1"))
        assert answer.status_code < 500, address
        assert MARK not in _text(answer), address
    listed = square.system.get("/submissions")
    assert listed.status_code == 200
    assert listed.json()["submissions"] == []


def test_no_outsider_reads_anything_of_anothers_by_any_reading_command(square: Square, tmp_path: Any) -> None:
    from xinheng.cli import main

    submission = square.gaps["number"][0]
    commands = [
        ["submissions"], ["submissions", "--json"], ["submissions", "--progress", submission], ["issues", submission], ["issues", submission, "--json"],
        ["issues", submission, "--rejects", str(tmp_path / "rejects.xlsx")], ["questions", "list"], ["questions", "list", "--json"],
        ["severity", "propose", submission], ["accounts", "list"], ["accounts", "list", "--json"], ["stop", "list"], ["stop", "list", "--json"],
        ["services", "list"], ["deliveries", "list"], ["jobs", "list"], ["work", "list"], ["work", "tasks"], ["history", "verify", submission], ["search", MARK], ["agencies", "tree"],
        ["search", submission], ["search", submission, "--json"],
        ["waiting", "list"], ["waiting", "candidates", square.gaps["row"][0]], ["waiting", "candidates", square.gaps["row"][0], "--json"],
        ["corrections", "list"], ["corrections", "list", "--json"], ["corrections", "show", square.gaps["withdrawals/number"][0]],
        ["notices", "list"], ["notices", "list", "--json"], ["notices", "outgoing"], ["notices", "outgoing", "--json"],
        ["screen", "past"], ["screen", "past", "--json"], ["screen", "show", square.gaps["screening/number"][0]], ["screen", "coverage", "--json"],
        ["screen", "show", square.gaps["screening/number"][0], "--json", "--out", str(tmp_path / "result.xlsx")], ["screen", "watches"],
        ["catalogue", "cycle", "show"], ["catalogue", "cycle", "show", square.gaps["catalogue/number"][0]],
        ["catalogue", "cycle", "show", square.gaps["catalogue/number"][0], "--json"],
    ]  # fmt: skip
    runner, told = CliRunner(), {}
    insider = {"the centre": "centre-operator-all", "its clerk": f"data-clerk-{square.gaps['agency'][0]}"}
    outsiders = [
        name for name in square.names if name not in (*insider.values(), "operator") and not name.endswith(HERE)
    ]
    outsiders = [
        name
        for name in outsiders
        if name not in ("security-administrator", "audit-administrator", "question", "made-up-service")
    ]
    assert len(outsiders) >= 6
    for name, words in itertools.product([*insider.values(), *outsiders], commands):
        done = runner.invoke(main, [*words, "--as", name])
        assert done.exit_code in (0, 2, 3, 4), (name, words, done.output, done.exception)
        if name.startswith("system-administrator") and words[0] == "accounts":
            continue  # accounts are its task
        shown = done.output.replace(f"{MARK}\n", "") if words[0] == "search" else done.output
        told.setdefault(name, set()).update({" ".join(words)} if MARK in shown else ())
    assert {name: found for name, found in told.items() if found and name in outsiders} == {}
    assert all(len(told[name]) >= 3 for name in insider.values()), told
