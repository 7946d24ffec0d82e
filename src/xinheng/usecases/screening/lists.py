"""Screening a list (批量审查): rows of a CSV or a workbook with recognisable columns, or given as they are; one receipt."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from django.db import transaction

from xinheng.core.access import Action, Actor
from xinheng.core.audit import digest
from xinheng.core.errors import UnusableCall, UnusableFile
from xinheng.core.intake.read import open_table
from xinheng.core.screening.headings import columns_of
from xinheng.core.screening.matching import Given, given, sure_codes
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Screening
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.screening.asking import Question, question
from xinheng.usecases.screening.keeping import Screened, close, keep, references, screened
from xinheng.usecases.screening.viewing import ScreeningView, view_of
from xinheng.usecases.screening.words import NO_COLUMNS, NO_ROWS, TOO_MANY

MOST_ROWS = 1_000_000
AT_ONCE = 20_000
"""Rows that are assessed together."""


def screen_list(
    rows: Iterable[tuple[str, str]], *, matter: str, business_number: str, actor: Actor, at: dt.datetime, on: dt.date, agency: str = "",
    file_name: str = "",
) -> ScreeningView:  # fmt: skip
    """Screen rows of (name, code), numbered from 1; returns the screening with its counts (its rows: ``viewing.view_screening``).

    A natural person's number is refused for its row, and neither kept nor said again. Raises ``UnusableCall`` or ``Refused``.
    """
    numbered = _given(((number, name, code) for number, (name, code) in enumerate(rows, 1)))
    asked = question(matter, business_number, agency, actor=actor, on=on)
    ensure_allowed(actor, Action.SCREEN, asked.target, about="a list", at=at)
    return screen_rows(_no_more(numbered), asked, actor=actor, at=at, on=on, file_name=file_name)


def screen_file(
    content: BinaryIO, *, name: str, size: int, matter: str, business_number: str, actor: Actor, at: dt.datetime, on: dt.date, agency: str = ""
) -> ScreeningView:  # fmt: skip
    """Screen a CSV or a workbook; rows keep the numbers that a spreadsheet shows. Raises ``UnusableFile`` where no column is recognised."""
    asked = question(matter, business_number, agency, actor=actor, on=on)
    ensure_allowed(actor, Action.SCREEN, asked.target, about="a list", at=at)
    rows = _no_more(_rows(content, name, size))
    return screen_rows(rows, asked, actor=actor, at=at, on=on, file_name=mask(name)[:200])


def screen_rows(
    rows: Sequence[tuple[int, Given]], asked: Question, *, actor: Actor, at: dt.datetime, on: dt.date, file_name: str = "",
    previous: Screening | None = None,
) -> ScreeningView:  # fmt: skip
    """Screen rows as they may be looked up, keep them, and leave one receipt and an event for each subject."""
    if not rows:
        raise UnusableCall(NO_ROWS)
    told = asked.asked(rows=len(rows), file=file_name, as_of=on.isoformat(), previous=previous.pk if previous else None)
    with transaction.atomic():
        with deed(actor, Action.SCREEN, asked.target, about="a list", asked=told, at=at) as done:
            held = _in_parts(rows, asked, actor, on)
            kept = keep("list", asked, held, actor=actor, at=at, on=on, file_name=file_name, previous=previous)
            done.about, done.basis = f"screening {kept.pk}", asked.basis[:300]
            done.result = {"screening": kept.pk, "rows": len(rows), "counts": held.counts, "digest": _digest(held)}
        close(kept, done.receipt, held.lines, own_event="", actor=actor)
    return view_of(kept)


def _in_parts(rows: Sequence[tuple[int, Given]], asked: Question, actor: Actor, on: dt.date) -> Screened:
    parts = [
        screened(rows[start : start + AT_ONCE], asked, actor=actor, on=on) for start in range(0, len(rows), AT_ONCE)
    ]
    return Screened(tuple(line for part in parts for line in part.lines), parts[0].feeds)


def _digest(held: Screened) -> str:
    """Return a digest of all that the rows came out as, for the receipt."""
    rows = [
        [one.number, one.match.code, one.assessment.outcome.value, references(one.assessment)] for one in held.lines
    ]
    return digest({"rows": rows})


def _rows(content: BinaryIO, name: str, size: int) -> Iterator[tuple[int, Given]]:
    reader = open_table(content, name=name, size=size)
    places = columns_of(reader.header)
    if not places:
        raise UnusableFile(NO_COLUMNS)
    for raw in reader.chunks():
        chunk = raw.parse()
        columns = {column: chunk.table.column(place).to_pylist() for column, place in places.items()}
        names = columns.pop("name", [""] * chunk.table.num_rows)
        codes = zip(*columns.values(), strict=True) if columns else [()] * chunk.table.num_rows
        cells = zip(chunk.rows.tolist(), names, codes, strict=True)
        yield from _given((number, name or "", next((one for one in held if one), "")) for number, name, held in cells)
        for bad in chunk.bad:
            yield bad.row, Given("", "")


def _given(rows: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, Given]]:
    """Yield rows of number, name and code as they may be looked up and kept, some thousands at a time."""
    rest = iter(rows)
    while part := list(itertools.islice(rest, AT_ONCE)):
        sure = sure_codes([code for *_, code in part])
        for (number, name, code), known in zip(part, sure, strict=True):
            yield number, given(name, code, sure=known)


def _no_more(rows: Iterable[tuple[int, Given]]) -> list[tuple[int, Given]]:
    held: list[tuple[int, Given]] = []
    for row in rows:
        if len(held) == MOST_ROWS:
            raise UnusableCall(TOO_MANY)
        held.append(row)
    return held
