"""Foreseeing (试校验): what would become of a file, with nothing taken.

A mere check holds the file against the rules and the register, and its rows against each other; it does not look at what was handed in before, so
rows that are in the ledger already count as accepted.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa

from xinheng.core.intake.counts import Counts
from xinheng.core.intake.issues import IssueBatch
from xinheng.core.intake.rules import Level
from xinheng.core.intake.rules.duplicates import EXPECTED, TWICE
from xinheng.core.ledger.identity import Fate, Said
from xinheng.usecases.intake.preparing import Prepared, row_numbers
from xinheng.usecases.intake.writing import counts_of


class Foreseen:
    """Tells rows of one file apart, chunk by chunk: sixteen bytes a row are kept."""

    def __init__(self, *, number_field: str) -> None:
        self._number_field = number_field
        self._said = Said()

    def judged(self, prepared: Prepared) -> tuple[Counts, tuple[IssueBatch, ...]]:
        """Return the counts that the chunk would have, and its issues."""
        rows, issues = prepared.ledger, prepared.issues
        if not rows.num_rows:
            return counts_of(prepared, Counter({Fate.NEW: prepared.taken}), issues), issues
        identity, content = rows.column("identity").to_numpy(), rows.column("content").to_numpy()
        repeated, same = self._said.repeated(identity, content)
        twice = np.flatnonzero(repeated & ~same)
        fates = Counter({Fate.UNCHANGED: int((repeated & same).sum()), Fate.TWICE: len(twice)})
        fates[Fate.NEW] = rows.num_rows - fates.total()
        issues = (*issues, *self._issues(rows, twice))
        return counts_of(prepared, fates, issues), issues

    def _issues(self, rows: pa.Table, twice: np.ndarray) -> tuple[IssueBatch, ...]:
        if not len(twice):
            return ()
        return (IssueBatch(self._number_field, "V10", Level.REJECT, row_numbers(rows, twice), None, EXPECTED, TWICE),)
