"""The verb ``phrases``: the kinds of penalty that a free text names, and what it is where it names none.

What is no penalty must not be called one. A text is read in four steps: what is quoted in it is left out; a text that
decides nothing (``before``) is called what it is; else the kinds found are joined by ``；``; and where there is none,
``otherwise`` says what was found instead. The words of ``before`` and ``otherwise`` are no values of the field, so the
rule of the code list sends the row back and shows them.
"""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.intake.profiles.verbs import NOTHING, Cell, found, literal
from xinheng.core.standards.money import Unit, fen_sql

Words = tuple[tuple[str, tuple[str, ...]], ...]
"""A word and the patterns, each of which means it; in order."""

SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class Amount:
    """A positive amount in ``column`` means the kind ``says``, whatever the text leaves out."""

    column: str
    unit: Unit
    says: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Kinds found in a text, in the order of ``kinds``."""

    column: str
    kinds: Words
    leave_out: tuple[str, ...] = ()
    before: Words = ()
    amount: Amount | None = None
    otherwise: Words = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The text's heading, and that of the amount."""
        return (self.column,) if self.amount is None else (self.column, self.amount.column)

    def sql(self, cell: Cell) -> str:
        """Return the expression."""
        text = f"coalesce({cell(self.column)}, '')"
        for pattern in self.leave_out:
            text = f"regexp_replace({text}, {literal(pattern)}, '', 'gs')"
        kinds = ", ".join(self._kind(kind, patterns, text, cell) for kind, patterns in self.kinds)
        joined = f"nullif(concat_ws('{SEPARATOR}', {kinds}), '')"
        named = f"coalesce({joined}, {_otherwise(self.otherwise, text)})"
        return f"CASE{_cases(self.before, text)} ELSE {named} END" if self.before else named

    def _kind(self, kind: str, patterns: tuple[str, ...], text: str, cell: Cell) -> str:
        signs = [found(text, pattern) for pattern in patterns]
        if self.amount is not None and self.amount.says == kind:
            signs.append(f"coalesce({fen_sql(cell(self.amount.column), self.amount.unit)} > 0, false)")
        return f"CASE WHEN {' OR '.join(signs)} THEN {literal(kind)} END"


def _cases(words: Words, text: str) -> str:
    return "".join(
        f" WHEN {' OR '.join(found(text, pattern) for pattern in patterns)} THEN {literal(word)}"
        for word, patterns in words
    )


def _otherwise(words: Words, text: str) -> str:
    return f"CASE{_cases(words, text)} END" if words else NOTHING
