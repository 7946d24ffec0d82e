"""The deeds of collecting, for the test of every deed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from xinheng.core.access import Action, Actor, Assignment, Role

from ..office import Office
from ..sheets import PENALTY, TODAY

AT = Office.at(TODAY)


def with_a_task(office: Office) -> Office:
    """Write down a task of a month in which nothing was decided."""
    from xinheng.store.models import Agency, CollectionTask

    CollectionTask.objects.create(
        agency=Agency.objects.get(uscc=office.province.agency), item=PENALTY, first=dt.date(2026, 1, 1), last=dt.date(2026, 1, 31),
        due=dt.date(2026, 2, 10), made_at=AT,
    )  # fmt: skip
    return office


def _number() -> int:
    from xinheng.store.models import CollectionTask

    return CollectionTask.objects.order_by("id").values_list("pk", flat=True)[0]


def _wanted() -> Any:
    from xinheng.usecases.intake.listing import Wanted

    return Wanted(filters={})


def _work(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.collecting.work import page_of_work

    return page_of_work(_wanted(), actor=actor, at=AT, on=TODAY)


def _tasks(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.collecting.tasks import page_of_tasks

    return page_of_tasks(_wanted(), actor=actor, at=AT, on=TODAY)


def _task(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.collecting.tasks import view_task

    return view_task(_number(), actor=actor, at=AT, on=TODAY)


def _figures(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.collecting.figures import page_of_figures

    return page_of_figures(_wanted(), actor=actor, at=AT, on=TODAY)


def _late(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.collecting.figures import page_of_late

    return page_of_late(_wanted(), actor=actor, at=AT, on=TODAY)


def _make(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.collecting.tasks import make_tasks

    return make_tasks(actor=actor, at=AT, on=TODAY)


def _remind(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.collecting.remind import remind

    return remind(actor=actor, at=AT, on=TODAY)


def _zero(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.collecting.zero import declare_zero

    reviewer = Actor(actor.name, (Assignment(Role.REVIEWER, agency=office.province.agency),))
    seeing = actor if actor.assignments else reviewer  # who may see the task, and not declare
    return declare_zero(_number(), reason="本月未作出决定", actor=seeing, at=AT, on=TODAY)


WORK_DEEDS: dict[Callable[[Office, Actor], Any], Action] = {
    _work: Action.VIEW_WORK,
    _tasks: Action.VIEW_WORK,
    _task: Action.VIEW_WORK,
    _figures: Action.VIEW_WORK,
    _late: Action.VIEW_WORK,
    _make: Action.RUN_COLLECTING,
    _remind: Action.RUN_COLLECTING,
    _zero: Action.DECLARE_ZERO,
}
