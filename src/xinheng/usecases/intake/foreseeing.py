"""Foreseeing (试校验): what would become of a file, with nothing taken.

A mere check holds the file against the rules and the register, and its rows against each other; it does not look at what was handed in before, so
rows that are in the ledger already count as accepted.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from xinheng.core.intake.counts import Counts
from xinheng.core.intake.issues import IssueBatch
from xinheng.core.intake.marks import Places
from xinheng.core.intake.rules import Level
from xinheng.core.intake.rules.duplicates import EXPECTED, TWICE
from xinheng.core.ledger.identity import Fate, Hashes, Said
from xinheng.core.ledger.persons import PersonRow
from xinheng.usecases.intake.preparing import Prepared, row_numbers
from xinheng.usecases.intake.writing import counts_of


class Foreseen:
    """Tells rows of one file apart, chunk by chunk: sixteen bytes a row are kept."""

    def __init__(self, *, number_field: str) -> None:
        self._number_field = number_field
        self._said = Said()

    def judged(self, prepared: Prepared) -> tuple[Counts, tuple[IssueBatch, ...]]:
        """Return the counts that the chunk would have, and its issues."""
        fates, issues = self._of_rows(prepared)
        of_persons, more = self._of_persons(prepared.persons)
        every = (*prepared.issues, *issues, *more)
        return counts_of(prepared, fates + of_persons, every), every

    def _of_rows(self, prepared: Prepared) -> tuple[Counter[Fate], tuple[IssueBatch, ...]]:
        rows = prepared.ledger
        if not rows.num_rows:
            return Counter({Fate.NEW: prepared.taken}), ()
        fates, twice = self._told(rows.column("identity").to_numpy(), rows.column("content").to_numpy())
        return fates, self._issues(row_numbers(rows, twice))

    def _of_persons(self, rows: tuple[PersonRow, ...]) -> tuple[Counter[Fate], tuple[IssueBatch, ...]]:
        """Return the same of rows about natural persons, told apart by hashes that are good within this process only."""
        if not rows:
            return Counter(), ()
        identity = np.array([hash((row.who, row.decision)) for row in rows], np.int64).astype(np.uint64)
        content = np.array([hash(row.said) for row in rows], np.int64).astype(np.uint64)
        fates, twice = self._told(identity, content)
        return fates, self._issues(np.array([rows[place].row for place in twice], np.int64))

    def _told(self, identity: Hashes, content: Hashes) -> tuple[Counter[Fate], Places]:
        repeated, same = self._said.repeated(identity, content)
        twice = np.flatnonzero(repeated & ~same)
        fates = Counter({Fate.UNCHANGED: int((repeated & same).sum()), Fate.TWICE: len(twice)})
        fates[Fate.NEW] = len(identity) - fates.total()
        return fates, twice

    def _issues(self, numbers: Places) -> tuple[IssueBatch, ...]:
        if not len(numbers):
            return ()
        return (IssueBatch(self._number_field, "V10", Level.REJECT, numbers, None, EXPECTED, TWICE),)
