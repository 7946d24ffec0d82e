"""The ladder of reminders (逐级提醒): who is told of a task that is not done, on which working day before or after it is due.

Dated data in ``ladder.yaml``. A run that was missed is made up for, but nobody is told the same twice, and of several rungs that were missed
only the last one is sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from xinheng.core.access.roles import Role
from xinheng.core.collecting.office import dated_citation
from xinheng.core.law import loading
from xinheng.core.law.loading import Citation, LawDataError
from xinheng.core.standards.workdays import add_working_days, working_days_before


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: its code, the working days after the due day (negative: before), and the role whose holders are told."""

    code: str
    working_days: int
    role: Role


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs in force from a day on, in the order in which they are climbed."""

    from_day: dt.date
    citation: Citation
    rungs: tuple[Rung, ...]


def rungs_on(due: dt.date) -> tuple[Rung, ...]:
    """Return the rungs of a task that falls due on this day; before the first ladder, those of the first."""
    found = [one for one in _all() if one.from_day <= due]
    return (found[-1] if found else _all()[0]).rungs


def rung_day(rung: Rung, due: dt.date) -> dt.date:
    """Return the day from which a rung is reached."""
    if rung.working_days < 0:
        return working_days_before(due, -rung.working_days)
    return add_working_days(due, rung.working_days).day


def reminders(due: dt.date, *, on: dt.date, sent: Collection[str], role: Role) -> Rung | None:
    """Return the rung of which a holder of the role is to be told on a day, or nothing.

    ``sent`` are the codes of what this person was told of the task before. It is the last rung of the role that is reached, unless that was sent.
    """
    reached = [rung for rung in rungs_on(due) if rung.role is role and rung_day(rung, due) <= on]
    return reached[-1] if reached and reached[-1].code not in sent else None


def read(text: str) -> tuple[Ladder, ...]:
    """Return the dated ladders that a YAML text holds; raises ``LawDataError`` where it breaks the form."""
    rows = loading.check_keys(loading.parse(text), required=("values",), where="ladder")["values"]
    found = tuple(_ladder(row) for row in rows)
    if not found or [one.from_day for one in found] != sorted({one.from_day for one in found}):
        raise LawDataError("ladder: the values must stand in the order of their days")
    return found


@cache
def _all() -> tuple[Ladder, ...]:
    return read(files(__package__).joinpath("ladder.yaml").read_text(encoding="utf-8"))


def _ladder(row: object) -> Ladder:
    held = loading.check_keys(row, required={"from", "rungs", *loading.CITATION_KEYS}, where="ladder")
    day = loading.day(held["from"], where="ladder")
    rungs = tuple(_rung(one) for one in held["rungs"])
    if day is None or not rungs or [one.working_days for one in rungs] != sorted({one.working_days for one in rungs}):
        raise LawDataError("ladder: a first day, and rungs in the order of their days, one a day")
    if len({one.code for one in rungs}) != len(rungs):
        raise LawDataError("ladder: a rung has a code of its own")
    return Ladder(day, dated_citation(held, where="ladder"), rungs)


def _rung(row: object) -> Rung:
    held = loading.check_keys(row, required=("code", "working_days", "role"), where="ladder: rung")
    if type(held["working_days"]) is not int or held["role"] not in set(Role):
        raise LawDataError(f"ladder: {held['code']!r} names a number of working days and a role")
    return Rung(str(held["code"]), held["working_days"], Role(held["role"]))
