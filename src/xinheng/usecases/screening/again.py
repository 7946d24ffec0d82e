"""Screening again (增量复查): the same rows on another day, and what has changed since the last time, row by row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from xinheng.core.access import Action, Actor
from xinheng.core.errors import UnusableCall
from xinheng.core.screening import matter_named
from xinheng.core.screening.changes import Difference, difference
from xinheng.store.models import Screening, ScreeningRow
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.screening.asking import Question
from xinheng.usecases.screening.keeping import looked_at
from xinheng.usecases.screening.lists import screen_rows
from xinheng.usecases.screening.viewing import (
    RowView,
    ScreeningView,
    given_again,
    looking_at,
    rows_again,
    screening_within,
    target_of,
    view_of,
)
from xinheng.usecases.screening.words import NO_PREVIOUS


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came out otherwise than the last time, and how its records differ; of what has ended only the number is told."""

    row: RowView
    difference: Difference


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows of a screening that changed since the one that it repeats: how many in all, and some of them."""

    screening: ScreeningView
    total: int
    rows: tuple[RowChange, ...]


def screen_again(number: int, *, actor: Actor, at: dt.datetime, on: dt.date) -> ScreeningView:
    """Screen the rows of a screening again on a day, in the matter as it is now, under the same business number. Raises ``Missing`` or ``Refused``."""
    kept = screening_within(number, actor, at=at)
    ensure_allowed(actor, Action.SCREEN, target_of(kept), about=f"screening {number} again", at=at)
    asked = Question(matter_named(kept.matter, on=on), kept.business_number, kept.agency)
    rows = [(row.number, given_again(row)) for row in kept.lines.order_by("number")]
    return screen_rows(rows, asked, actor=actor, at=at, on=on, file_name=kept.file_name, previous=kept)


def view_changes(
    number: int, *, actor: Actor, at: dt.datetime, on: dt.date, offset: int = 0, limit: int = 50
) -> Changes:
    """Return which rows of a screening changed since the one that it repeats; ``on`` is today. Raises ``UnusableCall`` where it repeats none."""
    kept = screening_within(number, actor, at=at)
    if kept.previous_id is None:
        raise UnusableCall(NO_PREVIOUS)
    with looking_at(kept, actor=actor, at=at, on=on, changes=True, offset=offset, limit=limit) as look:
        rows = _changed(kept)
        total, part = rows.count(), list(rows[offset : offset + limit])
        seen, _ = rows_again(kept, part, actor=actor, on=on)
        look.shown |= looked_at(one.line for one in seen)
        look.result["changed"] = total
    found = (RowChange(one, difference(row.told_then, row.told)) for row, one in zip(part, seen, strict=True))
    return Changes(view_of(kept), total, tuple(found))


def _changed(kept: Screening) -> QuerySet[Any]:
    """Return the rows that came out otherwise than in the screening that is repeated, each with what was told then."""
    before = ScreeningRow.objects.filter(screening=kept.previous_id or 0, number=OuterRef("number"))
    rows = kept.lines.annotate(
        told_then=Subquery(before.values("told")[:1]), came_out=Subquery(before.values("outcome")[:1])
    )
    rows = rows.filter(~Q(told=F("told_then")) | ~Q(outcome=F("came_out")))
    return rows.select_related("subject").order_by("number")
