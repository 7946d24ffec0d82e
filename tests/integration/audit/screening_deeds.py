"""The deeds of screening, for the test of every deed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from xinheng.core.access import Action, Actor, Assignment, Role

from ..office import Office
from ..sheets import TODAY

AT = Office.at(TODAY)
MATTER = {"matter": "finance-procurement", "business_number": "采购〔2026〕1号"}


def with_a_screening(office: Office) -> Office:
    """Screen a list of one, and that again."""
    from xinheng.usecases.screening.again import screen_again
    from xinheng.usecases.screening.lists import screen_list

    rows = [("", office.province.penalty(9)["CF_XDR_SHXYM"])]
    made = screen_list(rows, **MATTER, actor=office.operator, at=AT, on=TODAY)
    screen_again(made.number, actor=office.operator, at=AT, on=TODAY)
    return office


def _number() -> int:
    from xinheng.store.models import Screening

    return Screening.objects.latest("id").pk


def _seeing(actor: Actor) -> Actor:
    """Who has no role at all may be somebody who sees screenings, and may not screen."""
    return actor if actor.assignments else Actor(actor.name, (Assignment(Role.AUDIT_ADMINISTRATOR),))


def _check(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.checking import check_one

    return check_one(code=office.province.penalty(9)["CF_XDR_SHXYM"], **MATTER, actor=actor, at=AT, on=TODAY)


def _list(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.lists import screen_list

    return screen_list([("虚构不存在有限公司", "")], **MATTER, actor=actor, at=AT, on=TODAY)


def _file(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.lists import screen_file

    content = "名称\n虚构不存在有限公司\n".encode()
    return screen_file(
        io.BytesIO(content), name="名单.csv", size=len(content), **MATTER, actor=actor, at=AT, on=TODAY
    )  # fmt: skip


def _again(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.again import screen_again

    return screen_again(_number(), actor=_seeing(actor), at=AT, on=TODAY)


def _feedback(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.feedback import give_feedback

    return give_feedback(_number(), kind="acted", row=1, actor=_seeing(actor), at=AT)


def _watch(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.watching import watch

    return watch(office.province.penalty(9)["CF_XDR_SHXYM"], **MATTER, actor=actor, at=AT, on=TODAY)


def _watch_all(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.watching import watch_screening

    return watch_screening(_number(), actor=_seeing(actor), at=AT, on=TODAY)


def _tell(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.watching import tell_watches

    return tell_watches(actor=actor, at=AT, on=TODAY)


def _watches(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.watching import own_watches

    return own_watches(actor=actor, at=AT)


def _past(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.intake.listing import Wanted
    from xinheng.usecases.screening.viewing import page_of_screenings

    return page_of_screenings(Wanted(filters={}), actor=actor, at=AT)


def _one(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.viewing import view_screening

    return view_screening(_number(), actor=actor, at=AT, on=TODAY)


def _changes(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.again import view_changes

    return view_changes(_number(), actor=actor, at=AT, on=TODAY)


def _workbook(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.workbook import write_workbook

    return write_workbook(_number(), io.BytesIO(), actor=actor, at=AT, on=TODAY)


def _coverage(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.coverage import coverage

    return coverage(TODAY, TODAY, actor=actor, at=AT)


def _sample(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.screening.sampling import recheck_sample

    return recheck_sample(_number(), size=3, seed=1, actor=actor, at=AT)


SCREENING_DEEDS: dict[Callable[[Office, Actor], Any], Action] = {
    _check: Action.SCREEN,
    _list: Action.SCREEN,
    _file: Action.SCREEN,
    _again: Action.SCREEN,
    _feedback: Action.SCREEN,
    _watch: Action.SCREEN,
    _watch_all: Action.SCREEN,
    _tell: Action.TELL_WATCHES,
    _watches: Action.VIEW_SCREENINGS,
    _past: Action.VIEW_SCREENINGS,
    _one: Action.VIEW_SCREENINGS,
    _changes: Action.VIEW_SCREENINGS,
    _workbook: Action.VIEW_SCREENINGS,
    _coverage: Action.VIEW_SCREENINGS,
    _sample: Action.VIEW_SCREENINGS,
}
