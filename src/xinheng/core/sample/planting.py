"""Where defects stand: which rows, which kinds, and which other rows or subjects they borrow.

Rows fall into groups of equal length (one in fifty for a rate of 0.02); in each group one row is planted, and the kinds
take turns, so that every kind comes up as often as every other and small samples hold them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from xinheng.core.sample.defects import DEFECTS, LOOSE_NAME, MANDATORY_MISSING, Defect, Need
from xinheng.core.sample.draws import Bools, Draws, Ints
from xinheng.core.sample.layouts import Layout
from xinheng.core.sample.organisations import Population

MOST = Fraction(1, 2)
_TRIES_FOR_SOURCE = 12
_TRIES_FOR_RENAMED = 512
_UNKNOWN = 1000  # organisations past the register that rows name


@dataclass(frozen=True, slots=True)
class Planted:
    """The plan of a block: each row's number in ``defects`` (-1: clean), the row whose content it has, its subject."""

    defects: Ints
    content: Ints
    subjects: Ints


@dataclass(frozen=True, slots=True)
class Planting:
    """The plan of a whole sample; ``defects`` are the kinds that fit its layout."""

    draws: Draws
    rate: Fraction
    defects: tuple[Defect, ...]

    @classmethod
    def of(cls, seed: int, *, rate: float, layout: Layout) -> Planting:
        """Return the plan for a share of planted rows; raises ``ValueError`` unless it is between 0 and a half."""
        exact = Fraction(rate).limit_denominator(100_000)
        if not 0 <= exact <= MOST:
            raise ValueError(f"the rate of defects is between 0 and 0.5, not {rate}")
        return cls(Draws(seed), exact, tuple(defect for defect in DEFECTS if defect.fits(layout)))

    def is_planted(self, rows: Ints) -> Bools:
        """Tell which rows are planted."""
        if not self.rate:
            return np.zeros(len(rows), dtype=np.bool_)
        group = self._groups(rows)
        first, after = self._first(group), self._first(group + 1)
        return np.asarray(rows == first + self.draws.below("planted", group, after - first))

    def plan(self, rows: Ints, *, first_row: int, subjects: Ints, population: Population) -> Planted:
        """Return the plan of a block; ``first_row`` is the file's first, ``subjects`` are those of the clean rows."""
        kinds = np.full(len(rows), -1, dtype=np.int64)
        at = np.flatnonzero(self.is_planted(rows))
        kinds[at] = (self._groups(rows[at]) + self._turn()) % len(self.defects)
        content, subjects = rows.copy(), subjects.copy()
        self._borrow_rows(kinds, content, first_row=first_row)
        self._borrow_subjects(kinds, subjects, rows=rows, population=population)
        return Planted(kinds, content, subjects)

    def _groups(self, rows: Ints) -> Ints:
        return rows * self.rate.numerator // self.rate.denominator

    def _first(self, groups: Ints) -> Ints:
        return -(-groups * self.rate.denominator // self.rate.numerator)

    def _turn(self) -> int:
        return int(self.draws.below("turn", np.zeros(1, dtype=np.int64), len(self.defects))[0])

    def _needing(self, kinds: Ints, need: Need) -> Ints:
        numbers = [number for number, defect in enumerate(self.defects) if defect.need is need]
        return np.flatnonzero(np.isin(kinds, numbers))

    def _borrow_rows(self, kinds: Ints, content: Ints, *, first_row: int) -> None:
        """Give rows that repeat another the content of a clean one shortly before them in the same file."""
        at = self._needing(kinds, Need.EARLIER_ROW)
        rows = content[at]
        found = np.full(len(at), -1, dtype=np.int64)
        for attempt in range(_TRIES_FOR_SOURCE):
            source = rows - 1 - self.draws.below(f"source-{attempt}", rows, 1 + attempt % 4 * 10)
            fits = (found < 0) & (source >= first_row) & ~self.is_planted(np.maximum(source, 0))
            found = np.where(fits, source, found)
        content[at] = np.where(found >= 0, found, rows)
        kinds[at[found < 0]] = self.defects.index(MANDATORY_MISSING)

    def _borrow_subjects(self, kinds: Ints, subjects: Ints, *, rows: Ints, population: Population) -> None:
        unknown = self._needing(kinds, Need.UNKNOWN_SUBJECT)
        subjects[unknown] = population.size + self.draws.below("unknown", rows[unknown], _UNKNOWN)
        renamed = self._needing(kinds, Need.RENAMED_SUBJECT)
        steps = np.arange(_TRIES_FOR_RENAMED, dtype=np.int64)
        for place in renamed.tolist():
            candidates = (subjects[place] + steps) % population.size
            fitting = np.flatnonzero(population.has_former(candidates))
            if len(fitting):
                subjects[place] = candidates[fitting[0]]
            else:
                kinds[place] = self.defects.index(LOOSE_NAME)
