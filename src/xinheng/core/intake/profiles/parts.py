"""Verbs made of other verbs, and the verb for days: ``first``, ``join``, ``date``.

Like every verb they are compiled to one SQL expression of type VARCHAR; what a part makes is what it would make alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.intake.profiles.verbs import Cell, Verb, literal, trimmed


@dataclass(frozen=True, slots=True)
class First:
    """What the first of ``parts`` makes that makes anything: a column that stands in where another is empty."""

    parts: tuple[Verb, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of all parts, those of the first part first."""
        return _together(self.parts)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        return f"coalesce({', '.join(_filled(part, cell) for part in self.parts)})"


@dataclass(frozen=True, slots=True)
class Join:
    """What all of ``parts`` make, with ``between`` between them; an empty part leaves nothing behind."""

    parts: tuple[Verb, ...]
    between: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of all parts, those of the first part first."""
        return _together(self.parts)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        parts = ", ".join(_filled(part, cell) for part in self.parts)
        return f"nullif(concat_ws({literal(self.between)}, {parts}), '')"


class DateForm(StrEnum):
    """A way of writing a day that the rules do not read by themselves, because it says more or could mean two days."""

    TIMESTAMP = "timestamp"  # 2026-04-29 15:26:33: the day is kept, the time of day is not
    DAY_FIRST = "day-first"  # 29/4/2026
    MONTH_FIRST = "month-first"  # 4/29/2026
    SERIAL = "serial"  # 46141: days since 1899-12-30, as spreadsheets count


_TWO = "[0-9]{1,2}"
_SPLIT = f"({_TWO})[-/.]({_TWO})[-/.]([0-9]{{4}})"
_WRITTEN = {
    DateForm.TIMESTAMP: f"([0-9]{{4}}[-/.年]{_TWO}[-/.月]{_TWO}日?)[ T]{_TWO}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.][0-9]{{1,9}})?)?",
    DateForm.DAY_FIRST: _SPLIT,
    DateForm.MONTH_FIRST: _SPLIT,
    DateForm.SERIAL: "([2-6][0-9]{4})",
}
_MEANT = {DateForm.TIMESTAMP: "\\1", DateForm.DAY_FIRST: "\\3-\\2-\\1", DateForm.MONTH_FIRST: "\\3-\\1-\\2"}


@dataclass(frozen=True, slots=True)
class DateIn:
    """A day that the department writes in one of ``forms``, as a day that the rules read.

    What is in none of the forms goes on as written and rule S03 explains it.
    """

    column: str
    forms: tuple[DateForm, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The one heading."""
        return (self.column,)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        text = trimmed(cell(self.column))
        cases = "".join(
            f" WHEN regexp_full_match({text}, {literal(_WRITTEN[form])}) THEN {_day(text, form)}" for form in self.forms
        )
        return f"CASE{cases} ELSE {cell(self.column)} END"


def _day(text: str, form: DateForm) -> str:
    if form is DateForm.SERIAL:
        return f"CAST(DATE '1899-12-30' + CAST({text} AS INTEGER) AS VARCHAR)"
    return f"regexp_replace({text}, {literal('^' + _WRITTEN[form] + '$')}, {literal(_MEANT[form])})"


def _filled(part: Verb, cell: Cell) -> str:
    """Return a part's expression, null where there is nothing to see."""
    return f"nullif({trimmed(part.sql(cell))}, '')"


def _together(parts: tuple[Verb, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for part in parts for column in part.columns))
