"""What a rule is, and the register of all rules."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xinheng.core.catalogue.item import Basis, Effect, Field, ItemVersion
from xinheng.core.errors import Text

Row = Mapping[str, Any]
Words = Text | Callable[[Row], Text]


class Level(StrEnum):
    """What a broken rule does to the row: it goes back, it waits for its subject, or it is taken with a note."""

    REJECT = "reject"
    WAIT = "wait"
    WARN = "warn"


class About(StrEnum):
    """Of whom a rule speaks: rows about natural persons run through a plan of their own (``core.intake.persons``)."""

    ORGANISATIONS = "organisations"
    PERSONS = "persons"
    BOTH = "both"

    def speaks_of(self, whom: About) -> bool:
        """Tell whether a rule that is about this speaks of ``whom``."""
        return self in (whom, About.BOTH)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule applied to a field of an item version.

    ``where`` is an SQL predicate that is true where the rule is broken; its columns are the field codes (text, standardised),
    ``d_CODE`` (dates), ``n_CODE`` (分) and the facts of ``core.intake.facts``. ``confirm`` looks again, exactly, at the few rows that
    a coarse predicate names. ``column`` is the field's code, empty where the rule is about the row. ``of_value`` tells that an empty cell never
    breaks the rule, so that it need not be asked where a file has no such column. ``reads`` are the columns of the :data:`Row` that ``confirm`` and
    the words are given. ``of_absence`` tells that an empty cell is what breaks the rule, so that a source which never carries the field may be
    allowed it.
    """

    code: str
    level: Level
    column: str
    where: str
    expected: Words
    mend: Words
    confirm: Callable[[Row], bool] | None = None
    of_value: bool = False
    reads: tuple[str, ...] = ()
    of_absence: bool = False

    def words(self, row: Row) -> tuple[Text, Text]:
        """Return what was expected and how to mend it, for this row."""
        expected = self.expected if isinstance(self.expected, Text) else self.expected(row)
        mend = self.mend if isinstance(self.mend, Text) else self.mend(row)
        return expected, mend

    @property
    def plain_words(self) -> tuple[Text, Text]:
        """Return the words without anything of the row in them: the rule's title stands for what would quote it."""
        expected = self.expected if isinstance(self.expected, Text) else rule_named(self.code).title
        return expected, self.mend if isinstance(self.mend, Text) else _SEE_DECISION

    @property
    def fact(self) -> str:
        """Return the fact column that is the whole predicate, or nothing: such a check need not go through SQL."""
        name = self.where.strip('"')
        return name if name.isidentifier() else ""

    @property
    def plain(self) -> bool:
        """Tell whether the words are the same for every row."""
        return isinstance(self.expected, Text) and isinstance(self.mend, Text)


Builder = Callable[[ItemVersion], Iterable[Check]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule: ``code``, ``title``, its ``basis``, ``since`` when, of whom it speaks (``about``), and where it is written."""

    code: str
    title: Text
    basis: Basis
    since: dt.date
    build: Builder
    effects: frozenset[Effect]
    about: About
    file: str
    line: int


_RULES: dict[str, Rule] = {}
_PACKAGE = "xinheng/core/intake/rules"


def rule(
    code: str,
    title: Text,
    *,
    basis: Basis,
    since: dt.date,
    effects: Iterable[Effect] = tuple(Effect),
    about: About = About.BOTH,
) -> Callable[[Builder], Builder]:
    """Register the decorated builder as the rule ``code``; a second rule of the same code is an error."""

    def register(build: Builder) -> Builder:
        if code in _RULES:
            raise ValueError(f"rule {code} is registered twice")
        name = inspect.getmodule(build).__name__.rsplit(".", 1)[-1]  # type: ignore[union-attr]
        line = build.__code__.co_firstlineno
        place = f"src/{_PACKAGE}/{name}.py"
        _RULES[code] = Rule(code, title, basis, since, build, frozenset(effects), about, place, line)
        return build

    return register


def registry() -> tuple[Rule, ...]:
    """Return all rules by code, for the command line, the documentation and the tests."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def rule_named(code: str) -> Rule:
    """Return the rule with this code; raises ``KeyError``."""
    return _RULES[code]


def checks_for(version: ItemVersion, about: About = About.ORGANISATIONS) -> tuple[Check, ...]:
    """Return every check of an item version's rows about organisations, or about persons, in the order in which a reader would mend them."""
    rules = (known for known in registry() if version.effect in known.effects and known.about.speaks_of(about))
    return tuple(check for known in rules for check in known.build(version))


def quoted(field: Field) -> str:
    """Return the field's code as an SQL column."""
    return f'"{field.name}"'


def date_column(field: Field) -> str:
    """Return the SQL column with the field's date."""
    return f'"d_{field.name}"'


def fen_column(field: Field) -> str:
    """Return the SQL column with the field's amount in 分."""
    return f'"n_{field.name}"'


def one_of(column: str, texts: Iterable[str]) -> str:
    """Return an SQL predicate that ``column`` is one of ``texts`` (null where it is empty): one search, where an IN list makes a comparison of each.

    For a form's row a plan costs what its expressions are, not what they do: the lists of placeholders were a third of them. A text with the
    separator in it, a control character, goes back by S06.
    """
    listed = "\x1f".join(["", *(text.replace("'", "''") for text in texts), ""])
    return f"contains('{listed}', chr(31) || {column} || chr(31))"


_SEE_DECISION = Text("请与决定书核对。", "Compare it with the decision document.")


def lazily(guard: str, expensive: str) -> str:
    """Return an SQL predicate that evaluates ``expensive`` only where ``guard`` holds."""
    return f"CASE WHEN {guard} THEN {expensive} ELSE false END"
