"""Reminding (逐级提醒): tells whom the ladder names of tasks that are not done, each once; one message a person and run, however many tasks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from xinheng.core.access import Action, Actor, Role, Target
from xinheng.core.access.tree import inside
from xinheng.core.catalogue.load import load
from xinheng.core.collecting.ladder import Rung, reminders
from xinheng.core.collecting.states import TaskState, task_state
from xinheng.core.errors import Text
from xinheng.core.notices import Message
from xinheng.core.standards.workdays import is_working_day
from xinheng.store.models import CollectionTask, CountedPosition, Reminder, RoleAssignment, User
from xinheng.usecases.collecting.tasks import make_tasks, with_zero
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.notices.send import notify_account
from xinheng.usecases.reach import agency_names

SAID = 20
"""Tasks that a message names at the most; the queue has them all."""
_AHEAD = dt.timedelta(days=31)  # no rung is reached earlier before a due day
_ROLES = (Role.DATA_CLERK, Role.DEPARTMENT_MANAGER, Role.REGION_MANAGER)


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people were told, and of how many tasks together."""

    people: int
    tasks: int


@dataclass(frozen=True, slots=True)
class _Told:
    task: CollectionTask
    rung: Rung


def remind(*, actor: Actor, at: dt.datetime, on: dt.date) -> Reminded:
    """Send what the ladder asks for on a day; nothing on a day on which offices are closed. What was sent before is not sent again."""
    ensure_allowed(actor, Action.RUN_COLLECTING, Target(), about="reminders", at=at)
    make_tasks(actor=actor, at=at, on=on)
    if not is_working_day(on):
        return Reminded(0, 0)
    with deed(actor, Action.RUN_COLLECTING, Target(), about="reminders", asked={"on": on.isoformat()}, at=at) as done:
        CountedPosition.objects.get_or_create(pk=1)
        CountedPosition.objects.select_for_update().get(pk=1)  # one run at a time
        told = _due(on)
        for user, lines in sorted(told.items(), key=lambda one: one[0].pk):
            Reminder.objects.bulk_create(
                Reminder(task=one.task, rung=one.rung.code, user=user, sent_at=at) for one in lines
            )
            notify_account(user, _message(lines, on), at=at)
        reminded = Reminded(len(told), sum(len(lines) for lines in told.values()))
        done.result = {"people": reminded.people, "tasks": reminded.tasks}
    return reminded


def _due(on: dt.date) -> Mapping[User, list[_Told]]:
    open_ = with_zero(CollectionTask.objects.filter(done_by=None, due__lte=on + _AHEAD, last__lt=on)).filter(
        Q(zero=False)
    )
    tasks = list(open_.select_related("agency").order_by("due", "id"))
    sent: dict[tuple[int, int], set[str]] = defaultdict(set)
    for number, account, code in Reminder.objects.filter(task__in=tasks).values_list("task_id", "user_id", "rung"):
        sent[number, account].add(code)
    holders = _Holders(on)
    told: dict[User, list[_Told]] = defaultdict(list)
    for task in tasks:
        for role, user in holders.of(task):
            rung = reminders(task.due, on=on, sent=sent[task.pk, user.pk], role=role)
            if rung is not None:
                sent[task.pk, user.pk].add(rung.code)
                told[user].append(_Told(task, rung))
    return {user: lines for user, lines in told.items() if lines}


class _Holders:
    """Who holds a role to be reminded on a day, by agency, and by region looked up once: there are very many tasks."""

    def __init__(self, on: dt.date) -> None:
        self._on, self._of_region = on, dict[str, list[RoleAssignment]]()
        self._of_agency: dict[int | None, list[RoleAssignment]] = defaultdict(list)
        self._managers: list[RoleAssignment] = []
        in_force = Q(valid_until=None) | Q(valid_until__gt=on)
        held = RoleAssignment.objects.filter(in_force, valid_from__lte=on, role__in=_ROLES, user__is_active=True)
        for one in held.filter(user__closed_at=None).select_related("user").order_by("id"):
            of_region = one.role == Role.REGION_MANAGER
            (self._managers if of_region else self._of_agency[one.agency_id]).append(one)

    def of(self, task: CollectionTask) -> Iterable[tuple[Role, User]]:
        """Return whom the ladder may name for a task, each in the role in which they are told."""
        region = task.agency.region_code
        if region not in self._of_region:
            self._of_region[region] = [
                one for one in self._managers if one.region_code and inside(region, one.region_code, on=self._on)
            ]
        return (
            (Role(one.role), one.user) for one in (*self._of_agency.get(task.agency_id, ()), *self._of_region[region])
        )


def _message(lines: Sequence[_Told], on: dt.date) -> Message:
    late = sum(task_state(one.task.due, done_on=None, on=on) is TaskState.LATE for one in lines)
    coming = len(lines) - late
    counted = [Text(f"{late} 项尚未报送", f"{late} not yet reported")] if late else []
    counted += [Text(f"{coming} 项即将到期", f"{coming} due soon")] if coming else []
    names = agency_names({one.task.agency.uscc for one in lines})
    said = [_line(one.task, names) for one in lines[:SAID]]
    more = len(lines) - len(said)
    rest = [Text(f"另有 {more} 项，见待办。", f"{more} more: see the queue.")] if more else []
    end = Text("确无应报送信息的，可以作零报告。", "Where there is nothing to report, a zero report may be made.")
    body = [*said, *rest, end]
    return Message(
        kind="task-late" if late else "task-due",
        title=Text(
            "归集任务提醒：" + "，".join(one.zh for one in counted),
            "Collection tasks: " + ", ".join(one.en for one in counted),
        ),
        body=Text("\n".join(one.zh for one in body), "\n".join(one.en for one in body)),
        link="/desk/work/",
    )


def _line(task: CollectionTask, names: Mapping[str, str]) -> Text:
    latest, name = load(task.item).latest, names.get(task.agency.uscc, task.agency.uscc)
    return Text(
        f"{name}：{latest.title}，{task.first} 至 {task.last}，{task.due} 到期",
        f"{name}: {latest.title_en}, {task.first} to {task.last}, due {task.due}",
    )
