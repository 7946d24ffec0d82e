"""Figures (报送时效统计): per agency how many tasks are open and late, how much came in time, and which records came late.

They are about agencies; a share of nothing is no figure, and an agency that reported nothing is "not yet reported", not at fault.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.collecting.clock import Figures, figures
from xinheng.core.ledger.visibility import ENDED
from xinheng.core.standards.regions import region as division
from xinheng.store.models import CollectionTask, Submission
from xinheng.store.queries.collecting import LateQuestion, LateRecord, TimedRows, late_records, timed_rows
from xinheng.usecases.collecting.tasks import with_zero
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.listing import Listed, Wanted
from xinheng.usecases.ledger.file import state_of
from xinheng.usecases.reach import Reached, agencies_within

LOOK_BACK = dt.timedelta(days=365)
"""The figures are about what was received within this time before the day that is asked for."""


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """An agency, or with no agency's code all of a city: tasks whose period is over, those not done, those late, how timely its records came."""

    agency: str
    name: str
    city: str
    city_name: str
    tasks: int
    undone: int
    late: int
    timely: Figures


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """A part of the agencies that were asked for, and the figures of all of them together."""

    listed: Listed[AgencyFigures]
    tasks: int
    undone: int
    late: int
    timely: Figures


@dataclass(frozen=True, slots=True)
class LateView:
    """A record that came late: which row of which submission, its decision, and by how many working days.

    It names no subject, and no decision number once the record has ended.
    """

    agency: str
    agency_name: str
    item: str
    submission: int
    row: int
    decision_number: str
    decided_on: dt.date
    first_on: dt.date
    days: int
    late_by: int


def page_of_figures(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> FiguresPage:
    """Return the figures of the agencies that the actor reaches. Filters: ``city``, ``item``, ``late`` (``yes``: only those that have late tasks),
    ``by`` (``city``: a line for each city, with no agency).

    Orders: ``name``, ``city``, ``undone``, ``late``, ``share``, ``median``.
    """
    asked = {"filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    with deed(actor, Action.VIEW_WORK, Target(), about="figures of collecting", asked=asked, at=at) as done:
        reached, item = agencies_within(actor, Action.VIEW_WORK), wanted.filters.get("item", "")
        tasks, timed = _tasks(reached, item, on), _timed([one.pk for one in reached], item, on)
        rows = [_figures(one, tasks, timed, on) for one in reached]
        chosen = list(filter(_matching(wanted), rows))
        pks = {one.uscc: one.pk for one in reached}
        whole = _together(chosen, timed, pks)
        if wanted.filters.get("by") == "city":
            cities = sorted({one.city for one in chosen})
            chosen = [_together([one for one in chosen if one.city == city], timed, pks) for city in cities]
        found = sorted(chosen, key=_order(wanted.order), reverse=wanted.descending)
        done.result = {"total": len(found)}
    part = tuple(found[wanted.offset : wanted.offset + wanted.limit])
    return FiguresPage(Listed(len(found), part), whole.tasks, whole.undone, whole.late, whole.timely)


def page_of_late(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> Listed[LateView]:
    """Return records that came late to the agencies within reach. Filters: ``agency``, ``item``, ``submission``."""
    asked = {"filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    with deed(actor, Action.VIEW_WORK, Target(), about="late records", asked=asked, at=at) as done:
        agency, number = wanted.filters.get("agency", ""), wanted.filters.get("submission", "")
        reached = {one.pk: one for one in agencies_within(actor, Action.VIEW_WORK) if not agency or one.uscc == agency}
        question = LateQuestion(
            agencies=list(reached), since=on - LOOK_BACK, until=on, item=wanted.filters.get("item", ""),
            submission=int(number[:18]) if number.isdecimal() else None,
        )  # fmt: skip
        total = sum(one.rows for one in timed_rows(question) if one.late_by)
        held = late_records(question, on=on, offset=wanted.offset, limit=wanted.limit) if total else ()
        ended = decide(actor, Action.VIEW_ENDED, Target()).allowed
        rows = tuple(_late(one, reached[one.agency], on, ended=ended) for one in held)
        done.result = {"total": total}
    return Listed(total, rows)


def figures_of(submission: Submission) -> Figures | None:
    """Return how timely the records of a submission came; nothing where its item has no limit, or it was not counted yet."""
    day = submission.received_on
    question = LateQuestion(agencies=[submission.agency_id], since=day, until=day, submission=submission.pk)
    found = timed_rows(question)
    return _sum(found) if found else None


def shown_figures(one: AgencyFigures) -> dict[str, Any]:
    """Return figures as plain data, for ``--json``."""
    return {
        "agency": one.agency, "name": one.name, "city": one.city, "tasks": one.tasks, "undone": one.undone, "late": one.late,
        "records": one.timely.rows, "in_time": one.timely.in_time, "share": one.timely.share, "median_working_days": one.timely.median,
    }  # fmt: skip


def cities_of(actor: Actor, *, on: dt.date) -> tuple[tuple[str, str], ...]:
    """Return the cities that the actor's agencies belong to, with their names, by code."""
    codes = {_city(one.region_code) for one in agencies_within(actor, Action.VIEW_WORK)}
    return tuple((code, _city_name(code, on)) for code in sorted(codes) if code)


def _tasks(reached: Sequence[Reached], item: str, on: dt.date) -> Mapping[int, tuple[int, int, int]]:
    query = with_zero(CollectionTask.objects.filter(agency_id__in=[one.pk for one in reached], last__lt=on))
    undone = Q(done_by=None, zero=False)
    query = query.filter(item=item) if item else query
    counted = query.values_list("agency_id").annotate(
        tasks=Count("id"), undone=Count("id", filter=undone), late=Count("id", filter=undone & Q(due__lt=on))
    )
    return {agency: (tasks, open_, late) for agency, tasks, open_, late in counted}


def _timed(agencies: Sequence[int], item: str, on: dt.date) -> Mapping[int, list[TimedRows]]:
    found: dict[int, list[TimedRows]] = defaultdict(list)
    for one in timed_rows(LateQuestion(agencies=agencies, since=on - LOOK_BACK, until=on, item=item)):
        found[one.agency].append(one)
    return found


def _sum(rows: Iterable[TimedRows]) -> Figures:
    counted: Counter[tuple[int, bool]] = Counter()
    for one in rows:
        counted[one.days, one.late_by > 0] += one.rows
    return figures(counted)


def _figures(
    one: Reached, tasks: Mapping[int, tuple[int, int, int]], timed: Mapping[int, list[TimedRows]], on: dt.date
) -> AgencyFigures:
    city = _city(one.region_code)
    counted = tasks.get(one.pk, (0, 0, 0))
    return AgencyFigures(one.uscc, one.name, city, _city_name(city, on), *counted, _sum(timed.get(one.pk, ())))


def _together(
    of: Sequence[AgencyFigures], timed: Mapping[int, list[TimedRows]], pks: Mapping[str, int]
) -> AgencyFigures:
    """Return the figures of some agencies together, under the city of the first."""
    city, name = (of[0].city, of[0].city_name) if of else ("", "")
    return AgencyFigures(
        agency="", name=name, city=city, city_name=name, tasks=sum(one.tasks for one in of), undone=sum(one.undone for one in of),
        late=sum(one.late for one in of), timely=_sum(row for one in of for row in timed.get(pks[one.agency], ())),
    )  # fmt: skip


def _city(region_code: str) -> str:
    return f"{region_code[:4]}00" if len(region_code) >= 4 else ""


def _city_name(code: str, on: dt.date) -> str:
    held = division(code, on) if code else None
    return held.name if held else code


def _matching(wanted: Wanted) -> Callable[[AgencyFigures], bool]:
    city, late = wanted.filters.get("city", ""), wanted.filters.get("late", "")
    return lambda one: (not city or one.city == city) and (late != "yes" or one.late > 0)


def _order(name: str) -> Callable[[AgencyFigures], tuple[Any, ...]]:
    orders: dict[str, Callable[[AgencyFigures], tuple[Any, ...]]] = {
        "city": lambda one: (one.city, one.name),
        "undone": lambda one: (one.undone, one.name),
        "late": lambda one: (one.late, one.name),
        "share": lambda one: (-1.0 if one.timely.share is None else one.timely.share, one.name),
        "median": lambda one: (-1.0 if one.timely.median is None else one.timely.median, one.name),
    }
    return orders.get(name, lambda one: (one.name, one.agency))


def _late(one: LateRecord, agency: Reached, on: dt.date, *, ended: bool) -> LateView:
    record = one.record
    told = ended or state_of(record, on) not in ENDED
    return LateView(
        agency=agency.uscc, agency_name=agency.name, item=record.item, submission=record.submission_id, row=record.row_number,
        decision_number=record.decision_number if told else "", decided_on=record.decided_on, first_on=one.first_on, days=one.days,
        late_by=one.late_by,
    )  # fmt: skip
