"""Every use case leaves a receipt and an audit event, and a refusal is logged."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from xinheng.core.access import Action, Actor, Assignment, Role
from xinheng.core.audit import digest

from ..office import Office, with_a_question
from ..sheets import PENALTY, TODAY, csv_bytes, penalty_sheet
from . import account_deeds, catalogue_deeds, stop_deeds
from .correction_deeds import CORRECTION_DEEDS, with_a_request
from .door_deeds import DOOR_DEEDS
from .judgement_deeds import JUDGEMENT_DEEDS, with_a_waiting_row
from .person_deeds import PERSON_DEEDS
from .screening_deeds import SCREENING_DEEDS, with_a_screening
from .services import SERVICE_DEEDS, with_a_service
from .work_deeds import WORK_DEEDS, with_a_task

Deed = Callable[[Office, Actor], Any]
NOBODY = Actor("nobody", ())
AT = Office.at(TODAY)


def _submit(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.intake.submit import submit

    return submit(office.call(penalty_sheet(office.province.penalty(3))), actor=actor, at=AT)


def _check(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.intake.submit import check_only

    return check_only(office.call(penalty_sheet(office.province.penalty(4))), actor=actor, at=AT)


def _list(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.intake.views import list_submissions

    return list_submissions(actor=actor, at=AT)


def _issues(office: Office, actor: Actor) -> Any:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake.views import view_issues

    return view_issues(Submission.objects.latest("id").pk, actor=actor, at=AT)


def _rejects(office: Office, actor: Actor) -> Any:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake.views import write_rejects_of

    return write_rejects_of(Submission.objects.latest("id").pk, io.BytesIO(), actor=actor, at=AT)


def _file(office: Office, actor: Actor) -> Any:
    return office.file(office.province.penalty()["CF_XDR_SHXYM"], actor=actor)


def _search(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.searching import search

    return search("公司", actor=actor, at=AT, on=TODAY)


def _name(office: Office) -> str:
    from xinheng.store.queries.records import standing_records
    from xinheng.store.queries.subjects import subject_by_code

    subject = subject_by_code(office.province.penalty()["CF_XDR_SHXYM"])
    assert subject is not None
    return f"{subject.uscc}/{standing_records(subject.pk, as_of=TODAY)[0].record_key}"


def _propose(office: Office, actor: Actor) -> Any:
    from xinheng.store.models import Submission
    from xinheng.usecases.ledger.severity import propose

    return propose(Submission.objects.latest("id").pk, actor=actor, at=AT, on=TODAY)


def _confirm(office: Office, actor: Actor) -> Any:
    from xinheng.core.law.severity import Severity
    from xinheng.usecases.ledger.severity import confirm

    return confirm(_name(office), Severity.GENERAL, reason="行业标准列为一般", actor=actor, at=AT, on=TODAY)


def _questions(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.ledger.questions import list_questions

    return list_questions(actor=actor, at=AT, on=TODAY, answered=False, limit=10)


def _answer(office: Office, actor: Actor) -> Any:
    from xinheng.core.ledger.questions import Answer
    from xinheng.store.models import Question
    from xinheng.usecases.ledger.questions import answer

    number = Question.objects.latest("id").pk
    return answer(number, Answer.WITHDRAWN, reason="决定已撤销", actor=actor, at=AT, on=TODAY)


def _history(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.ledger.history import import_history

    row = {**office.province.penalty(5), "published_from": "2026-02-27", "published_to": ""}
    call = office.call(csv_bytes([row], list(row)))
    return import_history(call, source_system="旧平台", actor=actor, at=AT)


def _register(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.subjects.load import load_register

    content = "名称,统一社会信用代码\n甲公司,913200007770000000\n".encode()
    return load_register(io.BytesIO(content), name="register.csv", size=len(content), as_of=TODAY, actor=actor, at=AT)


def _lake(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.lake.project import Projected, note

    return note(
        actor, "project", Projected(1, 0, 0, 0, 0, 0), at=AT
    )  # projecting itself begins a transaction of its own


def _agency(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.agencies import add_agency

    agency = office.province.other_agency
    return add_agency(agency, "更名后的局", region_code="320000", items=(), actor=actor, at=AT, on=TODAY)


def _grant(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.agencies import grant_item

    return grant_item(office.province.other_agency, PENALTY, actor=actor, at=AT, on=TODAY)


def _sheet(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.agencies import load_agencies

    return load_agencies(office.province.agencies[:2], items=(PENALTY,), actor=actor, at=AT, on=TODAY)


def _agencies(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.agencies import list_agencies

    return list_agencies(actor=actor, at=AT)


def _resolve(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.intake.waiting import resolve_waiting

    return resolve_waiting(actor=actor, at=AT)


def _queue(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.intake.queueing import queue

    return queue(office.call(penalty_sheet(office.province.penalty(5))), actor=actor, at=AT)


def _progress(office: Office, actor: Actor) -> Any:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake.queueing import view_progress

    return view_progress(Submission.objects.latest("id").pk, actor=actor, at=AT)


def _jobs(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.jobs.views import list_jobs

    return list_jobs(actor=actor, at=AT)


def _job(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.jobs.views import view_job

    return view_job(_a_job(), actor=actor, at=AT)


def _retry_job(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.jobs.deciding import retry_job

    return retry_job(_a_job(), actor=actor, at=AT)


def _discard_job(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.jobs.deciding import discard_job

    return discard_job(_a_job(), reason="重复报送", actor=actor, at=AT)


def _add_delivery(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.intake.deliveries import Wanted, add_delivery

    of = {"name": "a", "item": PENALTY, "agency": office.province.agency, "variable": "A", "table": "a"}
    return add_delivery(Wanted(**of, watermark="sjc"), actor=actor, at=AT, on=TODAY)


def _deliveries(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.intake.deliveries import list_deliveries

    return list_deliveries(actor=actor, at=AT)


def _a_job() -> int:
    from xinheng.usecases.jobs.line import put_in_line

    return put_in_line("resolve-waiting", queue="timetable", once="a job to decide on") or 0


DEEDS: dict[Deed, Action] = {
    _submit: Action.SUBMIT,
    _check: Action.SUBMIT,
    _list: Action.VIEW_SUBMISSIONS,
    _issues: Action.VIEW_ISSUES,
    _rejects: Action.VIEW_ISSUES,
    _file: Action.VIEW_FILE,
    _search: Action.SEARCH,
    **CORRECTION_DEEDS,
    _propose: Action.CONFIRM_SEVERITY,
    _confirm: Action.CONFIRM_SEVERITY,
    _questions: Action.VIEW_QUESTIONS,
    _answer: Action.ANSWER_QUESTION,
    _history: Action.IMPORT_HISTORY,
    _register: Action.LOAD_REGISTER,
    _agency: Action.MANAGE_AGENCIES,
    _grant: Action.GRANT_ITEM,
    _sheet: Action.MANAGE_AGENCIES,
    _agencies: Action.VIEW_AGENCIES,
    account_deeds.account: Action.MANAGE_ACCOUNTS,
    account_deeds.accounts: Action.VIEW_ACCOUNTS,
    account_deeds.assign: Action.ASSIGN_ROLE,
    account_deeds.delegate: Action.DELEGATE,
    account_deeds.secret: Action.ISSUE_SECRET,
    account_deeds.link: Action.LINK_IDENTITY,
    account_deeds.one_account: Action.VIEW_ACCOUNTS,
    account_deeds.directory: Action.VIEW_ACCOUNTS,
    account_deeds.one_agency: Action.VIEW_AGENCIES,
    _resolve: Action.RESOLVE_WAITING,
    _queue: Action.SUBMIT,
    _progress: Action.VIEW_SUBMISSIONS,
    _jobs: Action.VIEW_JOBS,
    _lake: Action.MAINTAIN_LAKE,
    _job: Action.VIEW_JOBS,
    **stop_deeds.DEEDS,
    **catalogue_deeds.DEEDS,
    _retry_job: Action.MANAGE_JOBS,
    _discard_job: Action.MANAGE_JOBS,
    _add_delivery: Action.MANAGE_DELIVERIES,
    _deliveries: Action.MANAGE_DELIVERIES,
    **SERVICE_DEEDS,
    **DOOR_DEEDS,
    **PERSON_DEEDS,
    **JUDGEMENT_DEEDS,
    **WORK_DEEDS,
    **SCREENING_DEEDS,
}


@pytest.fixture
def office(office: Office) -> Office:
    """The office with one record, a question about it, a service account, a stop that another person asked for, and two more accounts."""
    furnished = with_a_waiting_row(
        with_a_request(
            catalogue_deeds.with_a_year(stop_deeds.with_a_stop(with_a_task(with_a_question(with_a_service(office)))))
        )
    )
    return account_deeds.with_a_colleague(with_a_screening(furnished))


def test_every_action_of_an_official_is_tried_here() -> None:
    public = {Action.SEARCH_PUBLIC, Action.VIEW_PUBLIC}  # the portal asks nobody's name
    beside = {Action.VIEW_ENDED, Action.VIEW_SIGN_INS}  # a part of viewing a file, and of viewing an account
    a_subjects_own = {Action.VIEW_OWN_FILE, Action.GRANT_AGENT}  # see tests/integration/me
    assert set(DEEDS.values()) == set(Action) - public - beside - a_subjects_own


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__.strip("_"))
def test_it_leaves_a_receipt_and_an_event(office: Office, deed: Deed) -> None:
    from xinheng.store.models import AuditEvent, Receipt

    events, receipts = AuditEvent.objects.count(), Receipt.objects.count()
    deed(office, office.operator)
    new = list(AuditEvent.objects.order_by("id")[events:])
    assert len(new) >= 1
    of = {event.receipt_id for event in new}  # one for a whole list, with an event for each subject in it
    assert Receipt.objects.count() - receipts == len(of)
    for event in new:
        assert event.allowed
        assert event.at == AT
        assert event.target
        assert event.receipt is not None
        assert (event.receipt.actor, event.receipt.action) == (event.actor, event.action)
        assert event.receipt.versions["software"]
    assert DEEDS[deed].value in {event.action for event in new}
    assert {event.actor for event in new} <= {"operator", "platform"}


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__.strip("_"))
def test_a_refusal_is_logged_and_nothing_else_is_done(office: Office, deed: Deed) -> None:
    from xinheng.core.errors import Refused
    from xinheng.store.models import AuditEvent, Receipt

    def state() -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE tablename ~ '^(store_|record$)'")
            tables = [name for (name,) in cursor.fetchall() if name != "store_auditevent"]
            counts = {}
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM {table}")
                counts[table] = cursor.fetchone()[0]
            return counts

    before, events, receipts = state(), AuditEvent.objects.count(), Receipt.objects.count()
    with pytest.raises(Refused) as refused:
        deed(office, NOBODY)
    assert refused.value.explanation.why.zh
    assert "nobody" in refused.value.explanation.why.en
    assert state() == before
    assert Receipt.objects.count() == receipts
    (event,) = AuditEvent.objects.order_by("id")[events:]
    assert (event.actor, event.action, event.allowed) == ("nobody", DEEDS[deed].value, False)
    assert event.receipt is None
    assert event.reasons


def test_a_clerk_hands_in_for_its_own_agency_only(office: Office) -> None:
    from xinheng.core.errors import Refused
    from xinheng.store.models import User
    from xinheng.usecases.intake.submit import submit

    User.objects.create(username="clerk")
    clerk = Actor("clerk", (Assignment(Role.DATA_CLERK, agency=office.province.other_agency),))
    with pytest.raises(Refused):
        _submit(office, clerk)
    own = office.call(penalty_sheet(office.province.penalty(6)), agency=office.province.other_agency)
    assert submit(own, actor=clerk, at=AT).counts.accepted == 1


@pytest.mark.parametrize("zone", [dt.UTC, AT.tzinfo], ids=["UTC", "China"])
def test_the_digest_of_a_receipt_can_be_computed_again(office: Office, zone: dt.tzinfo) -> None:
    from xinheng.store.models import Receipt
    from xinheng.usecases.deed import content_of

    office.withdraw(office.province.penalty()["CF_XDR_SHXYM"], office.province.penalty()["CF_WSH"])
    from xinheng.usecases.intake.waiting import resolve_waiting

    resolve_waiting(actor=office.operator, at=AT.astimezone(zone).replace(microsecond=123456))
    receipts = list(Receipt.objects.all())
    assert len(receipts) > 5
    for receipt in receipts:
        assert digest(content_of(receipt)) == receipt.digest, receipt.action


def test_a_changed_receipt_does_not_fit_its_digest(office: Office) -> None:
    from xinheng.store.models import Receipt
    from xinheng.usecases.deed import content_of

    receipt = Receipt.objects.filter(action="submit", facts__has_key="file").latest("at")
    for name, other in {
        "actor": "another",
        "at": receipt.at + dt.timedelta(microseconds=1),
        "result": {**receipt.result, "accepted": 2},
        "facts": {},
        "ledger_position": 0,
    }.items():
        changed = Receipt.objects.get(pk=receipt.pk)
        setattr(changed, name, other)
        assert digest(content_of(changed)) != receipt.digest, name


def test_a_submission_names_its_receipt_and_the_receipt_the_outcome(office: Office) -> None:
    from xinheng.store.models import Submission

    outcome = office.hand_in(office.province.penalty(7), office.province.penalty(8, CF_JDRQ="2026-02-30"))
    submission = Submission.objects.get(pk=outcome.submission)
    assert submission.receipt.result["accepted"] == 1
    assert submission.receipt.result["rejected"] == 1
    assert submission.receipt.facts["file"] == submission.file_id
    assert submission.receipt.versions["catalogue"].startswith(PENALTY)
