"""Keeping a screening (留痕): its rows, the receipt, and an event for each subject looked at, in the transaction of the deed."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db import connection

from xinheng.core.access import Actor
from xinheng.core.screening import Assessment, Feed, Means, Seen, assess
from xinheng.core.screening.assessment import Told
from xinheng.core.screening.matching import Given, Match
from xinheng.store.bulk import copy_table
from xinheng.store.models import Receipt, Screening
from xinheng.store.sql import statement
from xinheng.usecases.deed import ledger_position
from xinheng.usecases.screening.asking import Question
from xinheng.usecases.screening.seeing import feeds, see
from xinheng.usecases.screening.whose import Found, whose
from xinheng.usecases.users import user_named

LOOKED_AT = frozenset({Means.CODE, Means.NAME})


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a screening: its number, what was given (masked), whose it is (``subject`` is the number in the register), and what it came out as."""

    number: int
    given: Given
    match: Match
    subject: int | None
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Screened:
    """Lines that were assessed, with the feeds on which they rest."""

    lines: tuple[Line, ...]
    feeds: tuple[Feed, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows came out as what."""
        return dict(Counter(line.assessment.outcome.value for line in self.lines))


def screened(
    rows: Sequence[tuple[int, Given]], asked: Question, *, actor: Actor, on: dt.date
) -> Screened:  # fmt: skip
    """Assess rows (number and what was given) in a matter on a day; nothing is kept."""
    found = whose([given for _, given in rows])
    fed = feeds(asked.matter, asked.access_matter, actor=actor, on=on)
    seen = see(
        {one.subject for one in found if one.subject is not None}, asked.matter, asked.access_matter, actor=actor, on=on
    )
    numbers = (number for number, _ in rows)
    lines = tuple(line(number, one, seen, asked, fed, on) for number, one in zip(numbers, found, strict=True))
    return Screened(lines, fed)


def line(
    number: int, found: Found, seen: Mapping[int, Sequence[Seen]], asked: Question, fed: Sequence[Feed], on: dt.date
) -> Line:  # fmt: skip
    """Return a line with its assessment."""
    held = seen.get(found.subject, ()) if found.subject is not None else ()
    return Line(number, found.given, found.match, found.subject, assess(found.match, held, asked.matter, fed, on=on))


def keep(
    kind: str, asked: Question, held: Screened, *, actor: Actor, at: dt.datetime, on: dt.date, file_name: str = "",
    previous: Screening | None = None,
) -> Screening:  # fmt: skip
    """Write a screening with its rows; the receipt is added by ``close``, once the deed has it."""
    kept = Screening.objects.create(
        kind=kind, matter=asked.matter.code, business_number=asked.business_number, agency=asked.agency, made_by=user_named(actor.name),
        on_behalf_of=actor.on_behalf_of, at=at, on=on, ledger_position=ledger_position(), file_name=file_name, rows=len(held.lines),
        counts=held.counts, feeds=[shown_feed(one) for one in held.feeds], previous=previous,
    )  # fmt: skip
    _keep_rows(kept, held.lines)
    return kept


def close(kept: Screening, receipt: Receipt | None, lines: Iterable[Line], *, own_event: str, actor: Actor) -> None:
    """Note the receipt of a screening, and that each of its subjects was looked at; ``own_event`` is the code that the deed's own event names."""
    if receipt is None:
        raise ValueError("the deed is not over")
    Screening.objects.filter(pk=kept.pk).update(receipt=receipt)
    kept.receipt = receipt
    note_looks(receipt, looked_at(lines) - {own_event}, actor=actor)


def looked_at(lines: Iterable[Line]) -> set[str]:
    """Return the codes of the subjects of whom lines tell."""
    return {one.match.code for one in lines if one.match.means in LOOKED_AT}


def note_looks(receipt: Receipt | None, codes: Collection[str], *, actor: Actor) -> None:
    """Write an event for each subject that was shown, by its code, under the receipt of the deed that showed it."""
    if receipt is None or not codes:
        return
    asked: dict[str, Any] = {
        "at": receipt.at, "actor": actor.name, "on_behalf_of": actor.on_behalf_of, "action": receipt.action, "receipt": receipt.pk, "codes": sorted(codes),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("screening_looks"), asked)


def references(assessment: Assessment) -> list[list[str | int]]:
    """Return which records a line told of (item, key, revision, standing): what is kept of them."""
    return [_reference(one) for one in (*assessment.entries, *assessment.records)]


def _reference(told: Told) -> list[str | int]:
    return [told.seen.item, told.seen.key, told.seen.revision, told.standing.value]


def shown_feed(feed: Feed) -> dict[str, object]:
    """Return a feed as plain data."""
    return {
        "item": feed.item, "until": feed.until.isoformat() if feed.until else None, "zero": feed.zero, "shown": feed.shown,
        "stopped": feed.stopped is not None,
    }  # fmt: skip


def _keep_rows(kept: Screening, lines: Sequence[Line]) -> None:
    rows = pa.table(
        {
            "screening_id": pa.repeat(pa.scalar(kept.pk, pa.int64()), len(lines)),
            "number": pa.array([one.number for one in lines], pa.int32()),
            "given_name": pa.array([one.given.name for one in lines], pa.string()),
            "given_code": pa.array([one.given.code for one in lines], pa.string()),
            "subject_id": pa.array([one.subject for one in lines], pa.int64()),
            "means": pa.array([one.match.means.value for one in lines], pa.string()),
            "outcome": pa.array([one.assessment.outcome.value for one in lines], pa.string()),
            "told": pa.array([json.dumps(references(one.assessment)) for one in lines], pa.string()),
        }
    )
    copy_table(rows, into="store_screeningrow")
