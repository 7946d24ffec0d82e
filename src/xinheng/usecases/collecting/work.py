"""The queue (待办): what somebody has to do, a line each, with its due day; the number of lines stands on every page of the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xinheng.core.access import Action, Actor, Target, decide, reach
from xinheng.core.access.approval import approval_on
from xinheng.core.collecting.office import OfficeTerms, terms_on
from xinheng.core.collecting.states import TaskState, days_left, task_state
from xinheng.core.errors import Text
from xinheng.core.standards.workdays import add_working_days
from xinheng.store.queries.collecting import WorkQuestion, WorkRow, work_count, work_rows
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.listing import Listed, Wanted
from xinheng.usecases.reach import agency_names, rows_within


class WorkKind(StrEnum):
    """What kind of thing is to do."""

    TASK = "task"
    CONTRADICTED = "contradicted"
    REJECTED = "rejected"
    WAITING = "waiting"
    QUESTIONS = "questions"
    APPROVAL = "approval"
    STOP = "stop"

    @property
    def label(self) -> Text:
        """Return the kind in words."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A line of the queue. ``number`` is that of the task, submission or stop; ``rows`` how many rows or questions it is about.

    ``days_left`` are the working days until ``due``, negative once it has passed; a task has the days of its period.
    """

    kind: WorkKind
    agency: str
    agency_name: str
    item: str
    number: int
    first: dt.date | None
    last: dt.date | None
    due: dt.date
    days_left: int
    state: TaskState
    rows: int


def work_of(actor: Actor, *, at: dt.datetime, on: dt.date) -> int | None:
    """Return how many lines the actor's queue has, for the frame of every page; nothing for who has no queue."""
    if reach(actor, Action.VIEW_WORK).nothing:
        return None
    question = _question(actor, my_agencies(actor), at, on)
    return work_count(question) if question.agencies or question.confirms else 0


def page_of_work(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> Listed[WorkLine]:
    """Return lines of the actor's queue. Filters: ``kind``, ``state``, ``item``, ``agency`` (another one within reach); ordered by due day.

    Orders: ``due``, ``item``, ``agency``, ``rows``.
    """
    asked = {"filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    with deed(actor, Action.VIEW_WORK, Target(), about="work", asked=asked, at=at) as done:
        mine, agency = my_agencies(actor), wanted.filters.get("agency", "")
        if agency:
            mine = [code for _, code, _ in rows_within(actor, Action.VIEW_WORK) if code == agency]
        lines = _lines(work_rows(_question(actor, mine, at, on)), on)
        found = sorted(filter(_matching(wanted), lines), key=_order(wanted), reverse=wanted.descending)
        done.result = {"total": len(found)}
    return Listed(len(found), tuple(found[wanted.offset : wanted.offset + wanted.limit]))


def my_agencies(actor: Actor) -> list[str]:
    """Return the agencies for which the actor holds a role itself; what a region or the province holds besides is not the actor's to do."""
    held = reach(actor, Action.VIEW_WORK).agencies
    if any(one.agency and one.region for one in actor.assignments):
        return sorted(code for _, code, _ in rows_within(actor, Action.VIEW_WORK) if code in held)
    return sorted(held)


def shown_line(one: WorkLine) -> dict[str, Any]:
    """Return a line as plain data, for ``--json``."""
    return {
        "kind": one.kind.value, "agency": one.agency, "item": one.item, "number": one.number, "first": _iso(one.first), "last": _iso(one.last),
        "due": one.due.isoformat(), "days_left": one.days_left, "state": one.state.value, "rows": one.rows,
    }  # fmt: skip


def _question(actor: Actor, agencies: list[str], at: dt.datetime, on: dt.date) -> WorkQuestion:
    since = on - dt.timedelta(days=terms_on(on).rejected_shown_days)
    confirms = decide(actor, Action.CONFIRM_STOP, Target()).allowed
    approving = reach(actor, Action.APPROVE_CORRECTION)
    approves = [code for code in agencies if approving.everything or code in approving.agencies]
    return WorkQuestion(
        agencies=agencies, approves=approves, name=actor.name, confirms=confirms, on=on, at=at, rejected_since=since
    )


def _lines(rows: Iterable[WorkRow], on: dt.date) -> list[WorkLine]:
    held = list(rows)
    names, terms = agency_names({row.agency for row in held if row.agency}), terms_on(on)
    lines = []
    for row in held:
        kind = WorkKind(row.kind)
        due = row.due or add_working_days(row.since or on, _DAYS[kind](terms, on)).day
        state = task_state(due, done_on=None, on=on)
        lines.append(
            WorkLine(
                kind, row.agency, names.get(row.agency, row.agency), row.item, row.number, row.first, row.last, due,
                days_left(due, on), state, row.rows,
            )
        )  # fmt: skip
    return lines


def _matching(wanted: Wanted) -> Callable[[WorkLine], bool]:
    kind, state, item = (wanted.filters.get(name, "") for name in ("kind", "state", "item"))
    return lambda line: (
        (not kind or line.kind.value == kind)
        and (not state or line.state.value == state)
        and (not item or line.item == item)
    )


def _order(wanted: Wanted) -> Callable[[WorkLine], tuple[Any, ...]]:
    by: dict[str, Callable[[WorkLine], Any]] = {
        "item": lambda line: line.item, "agency": lambda line: line.agency_name, "rows": lambda line: line.rows,
    }  # fmt: skip
    first = by.get(wanted.order)
    return lambda line: (*((first(line),) if first else ()), line.due, line.kind.value, line.item, line.number)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


_DAYS: dict[WorkKind, Callable[[OfficeTerms, dt.date], int]] = {
    WorkKind.APPROVAL: lambda _, on: approval_on(on).working_days,
    WorkKind.CONTRADICTED: lambda terms, _: terms.contradicted_working_days,
    WorkKind.REJECTED: lambda terms, _: terms.rejected_working_days,
    WorkKind.WAITING: lambda terms, _: terms.waiting_working_days,
    WorkKind.QUESTIONS: lambda terms, _: terms.question_working_days,
}
_LABELS = {
    WorkKind.TASK: Text("归集任务", "Collection task"),
    WorkKind.CONTRADICTED: Text("零报告与报送不符", "Zero report contradicted"),
    WorkKind.REJECTED: Text("退回待更正", "Rejected rows to mend"),
    WorkKind.WAITING: Text("无代码待认领", "Waiting without a code"),
    WorkKind.QUESTIONS: Text("待核实", "Questions to answer"),
    WorkKind.APPROVAL: Text("撤回或者更正待审批", "Withdrawal or correction to approve"),
    WorkKind.STOP: Text("紧急停止待确认", "Stop to confirm"),
}
