"""Collection tasks on a real database: made once, closed by submissions and zero reports, which later records contradict."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from xinheng.core.collecting import TaskState
from xinheng.core.errors import Missing, Refused, UnusableCall

from ..office import Office
from ..sheets import PENALTY, REGISTRATION, TODAY

D = dt.date.fromisoformat
YEAR_END = D("2026-12-31")


def _make(office: Office, on: dt.date) -> int:
    from xinheng.usecases.collecting.tasks import make_tasks

    return make_tasks(actor=office.operator, at=office.at(on), on=on)


def _task(office: Office, first: str, *, item: str = PENALTY, agency: str = "") -> Any:
    from xinheng.store.models import CollectionTask

    return CollectionTask.objects.get(agency__uscc=agency or office.province.agency, item=item, first=D(first))


def _tasks(office: Office, on: dt.date, actor: Any = None, **filters: str) -> Any:
    from xinheng.usecases.collecting.tasks import page_of_tasks
    from xinheng.usecases.intake.listing import Wanted

    wanted = Wanted(filters=filters, limit=1000)
    return page_of_tasks(wanted, actor=actor or office.operator, at=office.at(on), on=on)


def _zero(office: Office, task: Any, on: dt.date, actor: Any = None, reason: str = "本月未作出处罚决定") -> str:
    from xinheng.usecases.collecting.zero import declare_zero

    return declare_zero(task.pk, reason=reason, actor=actor or office.operator, at=office.at(on), on=on)


def test_a_year_of_two_items_of_two_agencies_is_made_once(office: Office) -> None:
    from xinheng.store.models import AuditEvent, CollectionTask, Grant
    from xinheng.usecases.agencies import grant_item

    other = "honours"
    grant_item(office.province.agency, other, actor=office.operator, at=office.at(TODAY), on=D("2026-03-02"))
    made = _make(office, TODAY)
    assert (
        made == CollectionTask.objects.count() == 2 * 2 * 3 + 1
    )  # January to March, two agencies, two daily items; one more for one of them
    made += _make(office, YEAR_END)
    counted = Counter(CollectionTask.objects.values_list("agency__uscc", "item"))
    monthly = {
        (one, item)
        for one in (office.province.agency, office.province.other_agency)
        for item in (PENALTY, REGISTRATION)
    }
    assert {pair: counted[pair] for pair in monthly} == dict.fromkeys(monthly, 12)
    assert made == sum(counted.values())
    events = AuditEvent.objects.count()
    assert _make(office, YEAR_END) == 0
    assert AuditEvent.objects.count() == events  # nothing was done, so nothing is logged
    assert CollectionTask.objects.count() == made
    Grant.objects.filter(item=other).update(valid_until=D("2026-06-01"))
    assert _make(office, D("2027-03-31")) == 2 * 2 * 3  # an item that is no longer granted has no further task


def test_where_tasks_stand_is_counted_and_listed_alike(office: Office) -> None:
    _make(office, D("2026-04-08"))
    for on in (D("2026-04-03"), D("2026-04-08"), D("2026-04-10"), D("2026-04-13")):
        all_ = _tasks(office, on)
        for state in TaskState:
            assert _tasks(office, on, state=state.value).total == sum(one.state is state for one in all_.rows), (
                on,
                state,
            )
    assert _tasks(office, D("2026-04-13"), item=PENALTY, state="late", agency=office.province.agency).total == 3


def test_a_submission_closes_the_task_of_the_days_that_it_tells_of(office: Office) -> None:
    _make(office, TODAY)
    february, march = _task(office, "2026-02-01"), _task(office, "2026-03-01")
    outcome = office.hand_in(office.province.penalty(0, CF_JDRQ="2026-02-27"))
    february.refresh_from_db()
    march.refresh_from_db()
    assert (february.done_by_id, february.done_on, march.done_by_id) == (outcome.submission, TODAY, None)
    later = office.hand_in(office.province.penalty(1, CF_JDRQ="2026-02-26"))
    february.refresh_from_db()
    assert later.submission != february.done_by_id == outcome.submission  # the first that closed it stays
    assert _task(office, "2026-02-01", agency=office.province.other_agency).done_by_id is None


def test_rows_that_went_back_close_nothing_and_mended_ones_do(office: Office) -> None:
    _make(office, TODAY)
    row = office.province.penalty(0, CF_JDRQ="2026-02-27")
    assert office.hand_in({**row, "CF_NR_FK": "一百"}).counts.rejected == 1
    assert _task(office, "2026-02-01").done_by_id is None
    outcome = office.hand_in(row)
    assert _task(office, "2026-02-01").done_by_id == outcome.submission


def test_a_waiting_row_closes_the_task_too(office: Office) -> None:
    from xinheng.core.standards import uscc

    _make(office, TODAY)
    outcome = office.hand_in(
        office.province.penalty(0, CF_JDRQ="2026-02-27", CF_XDR_SHXYM=uscc.complete("91320100MA9NEWXX0"), CF_XDR_MC="虚构新设有限公司")
    )  # fmt: skip
    assert outcome.counts.waiting == 1
    assert _task(office, "2026-02-01").done_by_id == outcome.submission


def test_a_whole_state_after_the_period_closes_it_even_where_nothing_is_new(office: Office) -> None:
    rows = [office.province.penalty(number, CF_JDRQ="2026-01-27") for number in (0, 1)]
    office.hand_in(*rows, on=D("2026-01-28"))
    outcome = office.hand_in(*reversed(rows), full=True)
    assert outcome.counts.unchanged == 2
    _make(office, TODAY)
    assert _task(office, "2026-02-01").done_by_id == outcome.submission
    assert _task(office, "2026-01-01").done_by_id != outcome.submission
    assert _task(office, "2026-03-01").done_by_id is None  # that month is not over


def test_tasks_made_after_the_submissions_are_closed_by_them(office: Office) -> None:
    outcome = office.hand_in(office.province.penalty(0, CF_JDRQ="2026-02-27"))
    _make(office, TODAY)
    assert _task(office, "2026-02-01").done_by_id == outcome.submission


def test_what_was_not_counted_at_once_is_counted_by_the_timetable(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import DecisionDay
    from xinheng.usecases.collecting import counting

    _make(office, TODAY)
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    outcome = office.hand_in(office.province.penalty(0, CF_JDRQ="2026-02-27"))
    assert not DecisionDay.objects.exists()
    assert counting.count_outstanding(at=office.at(TODAY)) == 1
    assert counting.count_outstanding(at=office.at(TODAY)) == 0
    assert _task(office, "2026-02-01").done_by_id == outcome.submission
    (day,) = DecisionDay.objects.all()
    assert (day.decided_on, day.first_on, day.rows, day.days, day.late_by) == (D("2026-02-27"), TODAY, 1, 2, 0)


def test_a_zero_report_closes_the_task_and_leaves_a_receipt(office: Office, person: Any) -> None:
    from xinheng.store.models import Receipt

    clerk = person("data-clerk", office.province.agency)
    _make(office, TODAY)
    task = _task(office, "2026-02-01")
    receipt = Receipt.objects.get(pk=_zero(office, task, TODAY, clerk))
    assert (receipt.action, receipt.actor, receipt.result["task"]) == ("declare-zero", clerk.name, task.pk)
    (shown,) = [one for one in _tasks(office, TODAY).rows if one.number == task.pk]
    assert (shown.state, shown.zero, shown.done_by, shown.done_on) == (TaskState.DONE, True, None, TODAY)
    with pytest.raises(UnusableCall):
        _zero(office, task, TODAY, clerk)
    with pytest.raises(UnusableCall):
        _zero(office, _task(office, "2026-03-01"), TODAY, clerk)  # that month is not over


def test_a_zero_report_is_refused_where_records_are_in_or_the_task_is_anothers(
    office: Office, person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import ZeroReport
    from xinheng.usecases.collecting import counting

    _make(office, TODAY)
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    office.hand_in(office.province.penalty(0, CF_JDRQ="2026-02-27"))
    task = _task(office, "2026-02-01")
    with pytest.raises(UnusableCall) as refused:
        _zero(office, task, TODAY)  # even where that submission was not counted yet
    assert "1 records" in refused.value.explanation.why.en
    with pytest.raises(Missing):
        _zero(office, task, TODAY, person("data-clerk", office.province.other_agency))
    with pytest.raises(Refused):
        _zero(office, task, TODAY, person("reviewer", office.province.agency))
    assert not ZeroReport.objects.exists()


def test_a_record_that_comes_later_contradicts_the_zero_report_which_stays(office: Office, person: Any) -> None:
    from xinheng.store.models import AuditEvent, ZeroReport
    from xinheng.usecases.collecting.work import WorkKind, page_of_work, work_of
    from xinheng.usecases.collecting.zero import settle_zero
    from xinheng.usecases.intake.listing import Wanted

    clerk, at = person("data-clerk", office.province.agency), office.at(TODAY)
    _make(office, TODAY)
    task = _task(office, "2026-02-01")
    _zero(office, task, TODAY, clerk)
    before = work_of(clerk, at=at, on=TODAY)
    outcome = office.hand_in(office.province.penalty(0, CF_JDRQ="2026-02-27"), on=D("2026-03-03"))
    report = ZeroReport.objects.get()
    assert report.contradicted_by_id == outcome.submission
    assert report.reason == "本月未作出处罚决定"
    assert (
        AuditEvent.objects.filter(
            action="run-collecting", target=f"submission {outcome.submission}", allowed=True
        ).count()
        == 1
    )
    task.refresh_from_db()
    assert task.done_by_id == outcome.submission
    page = page_of_work(Wanted(filters={"kind": "contradicted"}), actor=clerk, at=at, on=TODAY)
    (line,) = page.rows
    assert (line.kind, line.number, line.due) == (WorkKind.CONTRADICTED, task.pk, D("2026-03-10"))
    assert work_of(clerk, at=at, on=TODAY) == (before or 0) + 1
    with pytest.raises(UnusableCall):
        settle_zero(task.pk, why=" ", actor=clerk, at=at)
    settle_zero(task.pk, why="决定系补录", actor=clerk, at=at)
    assert work_of(clerk, at=at, on=TODAY) == before
    with pytest.raises(UnusableCall):
        settle_zero(task.pk, why="再次说明", actor=clerk, at=at)


def test_the_database_keeps_zero_reports_and_tasks_as_they_are(office: Office) -> None:
    from xinheng.store.models import CollectionTask, ZeroReport

    _make(office, TODAY)
    task = _task(office, "2026-02-01")
    _zero(office, task, TODAY)
    for change in ("UPDATE store_zeroreport SET reason = 'x'", "DELETE FROM store_zeroreport"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    twins = (
        lambda: CollectionTask.objects.create(agency=task.agency, item=task.item, first=task.first, last=task.last, due=task.due, made_at=office.at(TODAY)),
        lambda: ZeroReport.objects.create(task=task, reason="x", declared_at=office.at(TODAY), declared_on=TODAY, declared_by_id=1),
    )  # fmt: skip
    for twin in twins:
        with pytest.raises(IntegrityError, match=r"once|one_standing"), transaction.atomic():
            twin()
