"""The rules on publication periods as the help page lists them: taken from the law's own data, newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.errors import Text
from xinheng.core.law.clauses import clause_table
from xinheng.core.law.instruments import instrument
from xinheng.core.law.publication import Era, eras


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for decisions of one stretch of time: from its ``first`` to its ``last`` day, on what ``basis``."""

    first: dt.date | None
    last: dt.date | None
    basis: Text
    sentences: tuple[Text, ...]


def published_rules() -> tuple[Rules, ...]:
    """Return the rules of all eras, the newest first."""
    return tuple(_rules(era) for era in reversed(eras()))


def _rules(era: Era) -> Rules:
    clauses = [clause for clause in clause_table().clauses if clause.from_day == era.from_day]
    return Rules(
        first=era.from_day,
        last=era.until - dt.timedelta(days=1) if era.until else None,
        basis=instrument(clauses[0].citation.instrument).cite(),
        sentences=tuple(clause.words for clause in clauses),
    )
