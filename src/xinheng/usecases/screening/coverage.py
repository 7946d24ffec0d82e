"""How far matters are screened (审查覆盖面): screenings, rows and business numbers of each matter and agency in a period, and matters in which nobody asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Sum

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import UnusableCall
from xinheng.core.screening import ScreeningMatter, matters
from xinheng.store.models import ScreeningFeedback
from xinheng.usecases.deed import deed
from xinheng.usecases.reach import agency_names
from xinheng.usecases.screening.viewing import within
from xinheng.usecases.screening.words import NO_PERIOD


@dataclass(frozen=True, slots=True)
class Covered:
    """A matter at an agency (empty: the centre, or nobody where there is no screening) in a period: what was screened and how much was answered.

    ``answered`` is how many of the rows have feedback.
    """

    matter: ScreeningMatter
    agency: str
    agency_name: str
    screenings: int
    business_numbers: int
    rows: int
    answered: int


def coverage(
    first: dt.date, last: dt.date, *, actor: Actor, at: dt.datetime, obligatory: bool | None = True
) -> tuple[Covered, ...]:
    """Return how far the matters (``obligatory``: only those, or only the others; ``None``: all) were screened between two days, both included.

    Within the actor's reach; a matter in force in the period of which there is no screening is there with nothing. Raises ``UnusableCall`` or ``Refused``.
    """
    if last < first:
        raise UnusableCall(NO_PERIOD)
    asked = {"first": first.isoformat(), "last": last.isoformat(), "obligatory": obligatory}
    with deed(actor, Action.VIEW_SCREENINGS, Target(), about="coverage of screening", asked=asked, at=at) as done:
        found = _found(first, last, actor)
        rows = tuple(row for one in _asked(first, last, obligatory) for row in found.get(one.code) or [_nothing(one)])
        done.result = {"matters": len({row.matter.code for row in rows}), "rows": len(rows)}
    return rows


def _asked(first: dt.date, last: dt.date, obligatory: bool | None) -> list[ScreeningMatter]:  # noqa: FBT001
    """Return the matters in force at the end of the period, or that ended in it, each once."""
    held = {
        one.code: one for one in matters() if one.since <= last and (one.until is None or first < one.until)
    }  # the last row of a code stands for it
    return [one for one in held.values() if obligatory is None or one.obligatory is obligatory]


def _found(first: dt.date, last: dt.date, actor: Actor) -> dict[str, list[Covered]]:
    query = within(actor).filter(on__range=(first, last))
    counted = query.values_list("matter", "agency__uscc").annotate(
        Count("id"), Count("business_number", distinct=True), Sum("rows")
    )
    answers = ScreeningFeedback.objects.filter(row__screening__in=query)
    answered = {
        (matter, agency): rows
        for matter, agency, rows in answers.values_list(
            "row__screening__matter", "row__screening__agency__uscc"
        ).annotate(Count("row", distinct=True))
    }
    names = agency_names({agency for _, agency, *_ in counted if agency})
    known = {one.code: one for one in matters()}
    found: dict[str, list[Covered]] = {}
    for matter, agency, screenings, numbers, rows in counted.order_by("matter", "agency__uscc"):
        found.setdefault(matter, []).append(
            Covered(
                known[matter], agency or "", names.get(agency, agency or ""), screenings, numbers, rows, answered.get((matter, agency), 0)
            )
        )  # fmt: skip
    return found


def _nothing(matter: ScreeningMatter) -> Covered:
    return Covered(matter, "", "", 0, 0, 0, 0)
