"""Tasks (归集任务): made from grants and the catalogue's frequency, once; listed, and looked at one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.catalogue.item import Status
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.collecting.office import terms_on
from xinheng.core.collecting.states import TaskState, days_left, task_state
from xinheng.core.collecting.tasks import GrantedItem, due_day, tasks_between
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.standards.periods import Period
from xinheng.core.standards.workdays import working_days_before
from xinheng.store.collecting import close_tasks
from xinheng.store.models import CollectionTask, Grant, ZeroReport
from xinheng.store.queries.collecting import records_between
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.listing import Listed, Wanted
from xinheng.usecases.reach import agencies_within, agency_names

_ONE_DAY = dt.timedelta(days=1)
_ORDERS = {"due": "due", "first": "first", "item": "item"}


@dataclass(frozen=True, slots=True)
class ZeroView:
    """A zero report as it is shown; ``contradicted_by`` is the submission that brought a record of its period."""

    reason: str
    declared_on: dt.date
    declared_by: str
    contradicted_on: dt.date | None
    contradicted_by: int | None
    settled_why: str


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task and where it stands on the day that was asked; ``days_left`` in working days, negative once it is late."""

    number: int
    item: str
    agency: str
    agency_name: str
    first: dt.date
    last: dt.date
    due: dt.date
    provisional: bool
    state: TaskState
    days_left: int
    done_on: dt.date | None
    done_by: int | None
    zero: bool


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task with its zero reports, how many records of its period are in, and what the reader may do."""

    task: TaskView
    zero_reports: tuple[ZeroView, ...]
    records: int
    may_declare: bool
    may_settle: bool


def make_tasks(*, actor: Actor, at: dt.datetime, on: dt.date) -> int:
    """Make the tasks of all periods that have begun by ``on`` and were not made before; returns how many. Closes those that are fulfilled."""
    ensure_allowed(actor, Action.RUN_COLLECTING, Target(), about="collection tasks", at=at)
    fresh = list(_missing(at, on))
    _settle_due_days()
    if not fresh:
        return 0
    with deed(
        actor, Action.RUN_COLLECTING, Target(), about="collection tasks", asked={"on": on.isoformat()}, at=at
    ) as done:
        CollectionTask.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=5000)
        done.result = {"made": len(fresh), "closed": close_tasks(None)}
        done.basis = terms_on(on).citation.instrument
    return len(fresh)


def page_of_tasks(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> Listed[TaskView]:
    """Return tasks of the agencies that the actor reaches. Filters: ``agency``, ``item``, ``state``; orders: ``due``, ``first``, ``item``."""
    asked = {"filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    with deed(actor, Action.VIEW_WORK, Target(), about="collection tasks", asked=asked, at=at) as done:
        reached = {one.pk: one for one in agencies_within(actor, Action.VIEW_WORK)}
        query = with_zero(CollectionTask.objects.filter(agency_id__in=reached)).filter(first__lte=on)
        if agency := wanted.filters.get("agency"):
            query = query.filter(agency__uscc=agency)
        if item := wanted.filters.get("item"):
            query = query.filter(item=item)
        query = query.filter(_in_state(wanted.filters.get("state", ""), on))
        order = ("-" if wanted.descending or not wanted.order else "") + _ORDERS.get(wanted.order, "due")
        total = query.count()
        held = query.order_by(order, "-id")[wanted.offset : wanted.offset + wanted.limit]
        rows = tuple(_view(one, reached[one.agency_id].uscc, reached[one.agency_id].name, on) for one in held)
        done.result = {"total": total}
    return Listed(total, rows)


def view_task(number: int, *, actor: Actor, at: dt.datetime, on: dt.date) -> TaskPage:
    """Return a task with all that its page shows; raises ``Missing`` for one that is not the actor's to see, or ``Refused``."""
    held = task_within(number, actor, at=at)
    target = target_of(held)
    with deed(actor, Action.VIEW_WORK, target, about=f"task {number}", asked={"task": number}, at=at) as done:
        code = held.agency.uscc
        shown = _view(held, code, agency_names([code]).get(code, code), on)
        reports = held.zero_reports.select_related("declared_by").order_by("-id")
        may = decide(actor, Action.DECLARE_ZERO, target).allowed
        page = TaskPage(
            task=shown,
            zero_reports=tuple(_zero(one) for one in reports),
            records=records_between(held.agency_id, held.item, held.first, held.last),
            may_declare=may and shown.state is not TaskState.DONE and on > held.last,
            may_settle=may and any(one.contradicted_at and not one.settled_at for one in reports),
        )
        done.result = {"task": number, "state": shown.state.value}
    return page


def task_within(number: int, actor: Actor, *, at: dt.datetime) -> CollectionTask:
    """Return a task that the actor may know of; raises ``Missing`` for any other, ``Refused`` for who may see no work at all."""
    ensure_allowed(actor, Action.VIEW_WORK, Target(), about=f"task {number}", at=at)
    held = with_zero(CollectionTask.objects.select_related("agency").filter(pk=number)).first()
    if held is None or not decide(actor, Action.VIEW_WORK, target_of(held)).allowed:
        raise Missing(_NONE, task=number)
    return held


def target_of(task: CollectionTask) -> Target:
    """Return whose a task is, for the question of access."""
    return Target(agency=task.agency.uscc, region=task.agency.region_code, item=task.item)


def with_zero(query: QuerySet[CollectionTask]) -> QuerySet[CollectionTask]:
    """Add to tasks whether a zero report stands, and since when (``zero_on``)."""
    standing = ZeroReport.objects.filter(task=OuterRef("pk"), contradicted_at=None)
    return query.annotate(zero=Exists(standing), zero_on=standing.values("declared_on")[:1])


def shown_task(one: TaskView) -> dict[str, Any]:
    """Return a task as plain data, for ``--json``."""
    return {
        "task": one.number, "item": one.item, "agency": one.agency, "first": one.first.isoformat(), "last": one.last.isoformat(),
        "due": one.due.isoformat(), "provisional": one.provisional, "state": one.state.value, "days_left": one.days_left,
        "done_on": one.done_on.isoformat() if one.done_on else None, "done_by": one.done_by, "zero_report": one.zero,
    }  # fmt: skip


def _missing(at: dt.datetime, on: dt.date) -> Iterator[CollectionTask]:
    made: Mapping[tuple[int, str], dt.date] = {
        (agency, item): last
        for agency, item, last in CollectionTask.objects.values_list("agency_id", "item").annotate(last=Max("last"))
    }
    since = on - dt.timedelta(days=terms_on(on).reaches_back_days)
    grants = Grant.objects.filter(item__in=item_names(), valid_from__lte=on).select_related("agency")
    for grant in grants:
        last = made.get((grant.agency_id, grant.item))
        first = last + _ONE_DAY if last else since
        if first > on:
            continue
        for one in _granted(grant):
            for task in tasks_between(one, first, on):
                yield CollectionTask(
                    agency_id=grant.agency_id, item=task.item, first=task.first, last=task.last, due=task.due,
                    provisional=task.provisional, made_at=at,
                )  # fmt: skip


def _granted(grant: Grant) -> Iterator[GrantedItem]:
    """Yield a grant once for each version of its item, for the days on which both hold: a version may come at another frequency."""
    versions = load(grant.item).versions
    for number, version in enumerate(versions):
        begins = dt.date.min if number == 0 else version.revision.in_force
        ends = versions[number + 1].revision.in_force if number + 1 < len(versions) else None
        first = max(begins, grant.valid_from)
        end = min((day for day in (ends, grant.valid_until) if day is not None), default=None)
        if version.status is Status.REPORTABLE and (end is None or first < end):
            yield GrantedItem(grant.agency.uscc, grant.item, version.frequency, Period(first, end))


def _settle_due_days() -> None:
    """Count the due days again that were provisional: the holidays of the year may be known by now."""
    for task in CollectionTask.objects.filter(provisional=True, done_by=None):
        frequency = load(task.item).at(task.first).frequency
        found = due_day(terms_on(task.first).rhythms[frequency], task.last)
        if (found.day, found.provisional) != (task.due, task.provisional):
            CollectionTask.objects.filter(pk=task.pk).update(due=found.day, provisional=found.provisional)


def _in_state(state: str, on: dt.date) -> Q:
    is_done = Q(done_by__isnull=False) | Q(zero=True)
    soon = on
    while working_days_before(soon + _ONE_DAY, terms_on(on).due_soon_working_days) <= on:
        soon += _ONE_DAY
    return {
        TaskState.DONE.value: is_done,
        TaskState.LATE.value: ~is_done & Q(due__lt=on),
        TaskState.DUE_SOON.value: ~is_done & Q(due__gte=on, due__lte=soon),
        TaskState.OPEN.value: ~is_done & Q(due__gt=soon),
    }.get(state, Q())


def _view(one: Any, agency: str, name: str, on: dt.date) -> TaskView:
    done_on = one.done_on or one.zero_on
    return TaskView(
        number=one.pk, item=one.item, agency=agency, agency_name=name, first=one.first, last=one.last, due=one.due,
        provisional=one.provisional, state=task_state(one.due, done_on=done_on, on=on), days_left=days_left(one.due, on), done_on=done_on,
        done_by=one.done_by_id, zero=one.zero,
    )  # fmt: skip


def _zero(one: ZeroReport) -> ZeroView:
    return ZeroView(
        one.reason, one.declared_on, one.declared_by.username, localtime(one.contradicted_at).date() if one.contradicted_at else None,
        one.contradicted_by_id, one.settled_why,
    )  # fmt: skip


_NONE = Explanation(
    Text("没有该归集任务", "There is no such collection task"),
    Text("编号不存在，或者不在您的职责范围内", "the number is not known, or it is outside your remit"),
    Text("请在归集任务列表（xinheng work tasks）中选择。", "Choose it from the list (xinheng work tasks)."),
)
