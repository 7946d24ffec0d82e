"""The verbs of a delivery profile: how one field is made from the department's columns, each compiled to DuckDB SQL.

Every verb has ``columns``, the headings that it reads (the first is the one whose cell is marked when the field is
wrong), and ``sql(cell)``, an expression of type VARCHAR; ``cell`` turns a heading into the SQL name of its column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from xinheng.core.standards.money import Unit, fen_sql
from xinheng.core.standards.text import WIDE_TO_PLAIN

Cell = Callable[[str], str]
"""From a heading to the SQL name of its column."""

NOTHING = "CAST(NULL AS VARCHAR)"
_EDGES = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)"
_UNSEEN = "\\x{00a0}\\x{00ad}\\x{200b}\\x{3000}\\x{feff}"
_WIDE = "".join(map(chr, WIDE_TO_PLAIN))
_PLAIN = "".join(WIDE_TO_PLAIN.values())


class Verb(Protocol):
    """How one field is made."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings it reads, the leading one first; none for a constant."""
        ...

    def sql(self, cell: Cell) -> str:
        """Return the expression, of type VARCHAR."""
        ...


def literal(text: str) -> str:
    """Return ``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def trimmed(column: str) -> str:
    """Return a cell without the spaces at its edges."""
    return f"trim({column}, {_EDGES})"


def folded(column: str) -> str:
    """Return a cell without spaces, in half width and capitals: how codes are compared, not how they are handed on."""
    bare = f"regexp_replace({column}, '[\\s{_UNSEEN}]', '', 'g')"
    return f"upper(translate({bare}, {literal(_WIDE)}, {literal(_PLAIN)}))"


def found(text: str, pattern: str) -> str:
    """Return the predicate that ``pattern`` stands somewhere in ``text``; a dot is any character."""
    return f"regexp_matches({text}, {literal(pattern)}, 's')"


@dataclass(frozen=True, slots=True)
class Column:
    """The cell as written."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The one heading."""
        return (self.column,)

    def sql(self, cell: Cell) -> str:
        """Return the column."""
        return cell(self.column)


@dataclass(frozen=True, slots=True)
class Constant:
    """The same text in every row: what is true of the whole source."""

    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        """No heading."""
        return ()

    def sql(self, cell: Cell) -> str:  # noqa: ARG002 (a verb like any other)
        """Return the text."""
        return literal(self.text)


class Shape(StrEnum):
    """What a code looks like. Everything that is no older code is left to the unified field, whose rules explain it."""

    UNIFIED = "unified"
    REGISTRATION_NUMBER = "registration-number"
    ORGANIZATION_CODE = "organization-code"


_SHAPES = {Shape.REGISTRATION_NUMBER: "[0-9]{15}", Shape.ORGANIZATION_CODE: "[0-9A-Z]{8}-?[0-9A-Z]"}


@dataclass(frozen=True, slots=True)
class CodeShape:
    """The cell as written if it has this shape, else nothing: a column of mixed codes is split over several fields."""

    column: str
    shape: Shape

    @property
    def columns(self) -> tuple[str, ...]:
        """The one heading."""
        return (self.column,)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        code = folded(cell(self.column))
        if self.shape is Shape.UNIFIED:
            older = " OR ".join(f"regexp_full_match({code}, '{pattern}')" for pattern in _SHAPES.values())
            return f"CASE WHEN {older} THEN NULL ELSE {cell(self.column)} END"
        return f"CASE WHEN regexp_full_match({code}, '{_SHAPES[self.shape]}') THEN {cell(self.column)} END"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of :class:`Choose`: the folded cell begins with one of ``starts_with`` or is all ``matches``."""

    say: str
    starts_with: tuple[str, ...] = ()
    matches: str = ""

    def where(self, code: str) -> str:
        """Return the predicate over the folded cell."""
        if self.matches:
            return f"regexp_full_match({code}, {literal(self.matches)}, 's')"
        return "(" + " OR ".join(f"starts_with({code}, {literal(start)})" for start in self.starts_with) + ")"


@dataclass(frozen=True, slots=True)
class Choose:
    """A word by what a code looks like: the first case that fits, else ``otherwise``; nothing for an empty cell.

    Cells of the columns ``also`` stand behind it, each after a bar: ``张某|对该行违法行为负直接责任``.
    """

    column: str
    cases: tuple[Case, ...]
    otherwise: str | None
    also: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings, the leading one first."""
        return (self.column, *self.also)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        cells = [f"coalesce({cell(column)}, '')" for column in self.also]
        code = folded(" || '|' || ".join([cell(self.column), *cells]) if cells else cell(self.column))
        cases = "".join(f" WHEN {case.where(code)} THEN {literal(case.say)}" for case in self.cases)
        otherwise = NOTHING if self.otherwise is None else literal(self.otherwise)
        return f"CASE WHEN coalesce({code}, '') = '' THEN NULL{cases} ELSE {otherwise} END"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A word for a word, or for nothing where the word only says that nothing is known (``未披露``).

    One that is not listed is ``otherwise``, or stays as written so that a rule explains it. A word among ``refused`` becomes a text that the
    field does not take, so that the row goes back and shows it.
    """

    column: str
    words: tuple[tuple[str, str | None], ...]
    otherwise: str | None = None
    as_written: bool = True
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The one heading."""
        return (self.column,)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        written = trimmed(cell(self.column))
        words = "".join(
            f" WHEN {literal(word)} THEN {NOTHING if say is None else literal(say)}"
            for word, say in (*self.words, *self.refused)
        )
        rest = literal(self.otherwise) if self.otherwise is not None else NOTHING
        otherwise = cell(self.column) if self.as_written else f"CASE WHEN {written} <> '' THEN {rest} END"
        return f"CASE {written}{words} ELSE {otherwise} END"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the one group of ``find`` takes out of a text, nothing where it is not there: a title is no number."""

    column: str
    find: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The one heading."""
        return (self.column,)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        return f"nullif(regexp_extract({trimmed(cell(self.column))}, {literal(self.find)}, 1, 's'), '')"


@dataclass(frozen=True, slots=True)
class InUnit:
    """An amount that the department writes in ``written`` and the field wants in ``wanted``: converted exactly.

    What is no amount goes on as written and rule S04 explains it. Two writings must not slip through as another amount:
    ``5万元`` in a column of 元 says its own unit and is right as it stands; ``1.2345`` is no amount in 元, and would be
    one in 万元, so it goes on with its 元 behind it.
    """

    column: str
    written: Unit
    wanted: Unit

    @property
    def columns(self) -> tuple[str, ...]:
        """The one heading."""
        return (self.column,)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        column = cell(self.column)
        if self.written == self.wanted:
            return column
        fen, stray = fen_sql(column, self.written), fen_sql(column, self.wanted)
        tagged = f"{trimmed(column)} || '{self.written}'"
        own = f"CASE WHEN contains({column}, '元') THEN {column} ELSE {tagged} END"
        rest = f"CASE WHEN {stray} IS NULL THEN {column} ELSE {own} END"
        return f"CASE WHEN {fen} IS NULL THEN {rest} ELSE {_written(fen, self.wanted)} END"


def _written(fen: str, unit: Unit) -> str:
    """Return an amount in 分 as a plain decimal in ``unit``, without superfluous zeros."""
    places = {"元": 2, "万元": 6}[unit]
    whole = f"CAST({fen} // {10**places} AS VARCHAR)"
    rest = f"lpad(CAST({fen} % {10**places} AS VARCHAR), {places}, '0')"
    return f"rtrim(rtrim({whole} || '.' || {rest}, '0'), '.')"
