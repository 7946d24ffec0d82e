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
from xinheng.core.ledger.identity import Fate
from xinheng.usecases.intake.preparing import Prepared, row_numbers
from xinheng.usecases.intake.writing import counts_of


class Foreseen:
    """Tells rows of one file apart, chunk by chunk: sixteen bytes a row are kept."""

    def __init__(self, *, number_field: str) -> None:
        self._number_field = number_field
        self._known: list[tuple[np.ndarray, np.ndarray]] = []

    def counts(self, prepared: Prepared) -> Counts:
        """Return the counts that the chunk would have."""
        rows = prepared.ledger
        if not rows.num_rows:
            return counts_of(prepared, Counter({Fate.NEW: prepared.taken}), prepared.issues)
        identity, content = rows.column("identity").to_numpy(), rows.column("content").to_numpy()
        repeated, same = self._repeated(identity, content)
        twice = np.flatnonzero(repeated & ~same)
        fates = Counter({Fate.UNCHANGED: int((repeated & same).sum()), Fate.TWICE: len(twice)})
        fates[Fate.NEW] = rows.num_rows - fates.total()
        return counts_of(prepared, fates, (*prepared.issues, *self._issues(rows, twice)))

    def _repeated(self, identity: np.ndarray, content: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(identity, kind="stable")
        ordered = identity[order]
        first_of = np.arange(len(ordered))
        again = np.concatenate([[False], ordered[1:] == ordered[:-1]])
        first_of = np.maximum.accumulate(np.where(again, 0, first_of))
        repeated = np.zeros(len(identity), np.bool_)
        same = np.zeros(len(identity), np.bool_)
        repeated[order] = again
        same[order] = content[order] == content[order[first_of]]
        for known, said in self._known:
            place = np.minimum(np.searchsorted(known, identity), len(known) - 1)
            met = known[place] == identity
            repeated |= met
            same = np.where(met, said[place] == content, same)
        keep = order[~again]
        self._known.append((identity[keep], content[keep]))
        return repeated, same

    def _issues(self, rows: pa.Table, twice: np.ndarray) -> tuple[IssueBatch, ...]:
        if not len(twice):
            return ()
        return (IssueBatch(self._number_field, "V10", Level.REJECT, row_numbers(rows, twice), None, EXPECTED, TWICE),)
