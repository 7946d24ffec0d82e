"""One row of a screening (单行结果), or a check, in full: seen again through today's rules, with what was done with it so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, decide
from xinheng.core.errors import Missing
from xinheng.core.screening import Feed
from xinheng.core.screening.feedback import Feedback
from xinheng.store.models import ScreeningFeedback, ScreeningRow
from xinheng.usecases.screening.keeping import looked_at
from xinheng.usecases.screening.viewing import (
    RowView,
    ScreeningView,
    looking_at,
    rows_again,
    screening_within,
    target_of,
    view_of,
)
from xinheng.usecases.screening.words import NO_ROW


@dataclass(frozen=True, slots=True)
class Answered:
    """What an official said was done with a row, why where that was told, and when; ``by`` is the account."""

    kind: Feedback
    why: str
    at: dt.datetime
    by: str


@dataclass(frozen=True, slots=True)
class RowPage:
    """A row with the screening that it stands in, the feeds on which it rests, and its feedback, oldest first.

    ``may_answer`` says whether the reader may give feedback.
    """

    screening: ScreeningView
    row: RowView
    feeds: tuple[Feed, ...]
    feedback: tuple[Answered, ...]
    may_answer: bool


def view_row(number: int, row: int | None = None, *, actor: Actor, at: dt.datetime, on: dt.date) -> RowPage:
    """Return a row of a screening (without a number: its first, a check has no other); ``on`` is today.

    Its subject sees that it was looked at again. Raises ``Missing`` or ``Refused``.
    """
    kept = screening_within(number, actor, at=at)
    rows = kept.lines.select_related("subject").order_by("number")
    held = rows.first() if row is None else rows.filter(number=row).first()
    if held is None:
        raise Missing(NO_ROW, screening=number)
    with looking_at(kept, actor=actor, at=at, on=on, row=held.number) as look:
        (seen,), fed = rows_again(kept, [held], actor=actor, on=on)
        look.shown |= looked_at([seen.line])
        look.result["rows"] = 1
    may_answer = decide(actor, Action.SCREEN, target_of(kept)).allowed
    return RowPage(view_of(kept), seen, fed, _answered(held), may_answer)


def _answered(row: ScreeningRow) -> tuple[Answered, ...]:
    held = ScreeningFeedback.objects.filter(row=row).select_related("by").order_by("id")
    return tuple(Answered(Feedback(one.kind), one.why, one.at, one.by.username) for one in held)
