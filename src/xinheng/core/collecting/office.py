"""Practice of the office (办理期限): periods and due days by frequency, and within how many working days what is asked is answered.

Dated data with their basis in ``office.yaml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from xinheng.core.catalogue.terms import FREQUENCIES
from xinheng.core.law import loading
from xinheng.core.law.loading import SURE, Citation, LawDataError

_FIGURES = (
    "due_soon_working_days", "reaches_back_days", "question_working_days", "rejected_working_days", "waiting_working_days",
    "contradicted_working_days", "rejected_shown_days",
)  # fmt: skip


class Span(StrEnum):
    """How long the period of a task is; a week begins on Monday, the others on the first of a month."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The period of an item's tasks, and when they fall due: on a ``day`` of the month after it, else ``working_days`` after its last day."""

    span: Span
    day: int | None
    working_days: int | None


@dataclass(frozen=True, slots=True)
class OfficeTerms:
    """What holds from a day on: the rhythm of each frequency, and figures in working days, or in days where the name says so.

    ``reaches_back_days`` is how far back tasks are made where nobody made them before; ``rejected_shown_days`` how long rejected rows that nobody
    mended stand in the queue: the file may have been handed in anew.
    """

    from_day: dt.date
    citation: Citation
    rhythms: Mapping[str, Rhythm]
    due_soon_working_days: int
    reaches_back_days: int
    question_working_days: int
    rejected_working_days: int
    waiting_working_days: int
    contradicted_working_days: int
    rejected_shown_days: int


def terms_on(day: dt.date) -> OfficeTerms:
    """Return what is in force on a day; before the first day, what came first."""
    found = [one for one in _all() if one.from_day <= day]
    return found[-1] if found else _all()[0]


def read(text: str) -> tuple[OfficeTerms, ...]:
    """Return the dated values that a YAML text holds; raises ``LawDataError`` where it breaks the form."""
    rows = loading.check_keys(loading.parse(text), required=("values",), where="office")["values"]
    found = tuple(_terms(row) for row in rows)
    if not found or [one.from_day for one in found] != sorted({one.from_day for one in found}):
        raise LawDataError("office: the values must stand in the order of their days")
    return found


def dated_citation(held: Mapping[str, Any], *, where: str) -> Citation:
    """Read ``basis``, ``source`` and ``sure`` of a value whose basis is told in words."""
    if not all(isinstance(held[name], str) and held[name].strip() for name in loading.CITATION_KEYS):
        raise LawDataError(f"{where}: each value has a basis, a source and how sure it is")
    if held["sure"] not in SURE:
        raise LawDataError(f"{where}: sure is {held['sure']!r}, not one of {sorted(SURE)}")
    return Citation(held["basis"], "", held["source"], held["sure"])


@cache
def _all() -> tuple[OfficeTerms, ...]:
    return read(files(__package__).joinpath("office.yaml").read_text(encoding="utf-8"))


def _terms(row: object) -> OfficeTerms:
    keys = {"from", "rhythms", *_FIGURES, *loading.CITATION_KEYS}
    held = loading.check_keys(row, required=keys, where="office")
    day = loading.day(held["from"], where="office")
    if day is None or not all(type(held[name]) is int and held[name] > 0 for name in _FIGURES):
        raise LawDataError("office: each value has a first day, and whole figures above nought")
    rhythms = loading.check_keys(held["rhythms"], required=FREQUENCIES, where="office: rhythms")
    return OfficeTerms(
        from_day=day,
        citation=dated_citation(held, where="office"),
        rhythms={name: _rhythm(rhythms[name], where=f"office: {name}") for name in FREQUENCIES},
        **{name: held[name] for name in _FIGURES},
    )


def _rhythm(row: object, *, where: str) -> Rhythm:
    held = loading.check_keys(row, required=("period", "due"), where=where)
    due = loading.check_keys(held["due"], required=(), optional=("day", "working_days"), where=where)
    if (
        held["period"] not in set(Span)
        or len(due) != 1
        or not all(type(n) is int and 0 < n <= 31 for n in due.values())
    ):
        raise LawDataError(f"{where}: a period, and one day of the month or number of working days")
    return Rhythm(Span(held["period"]), due.get("day"), due.get("working_days"))
