"""Identity (一事一记录): one decision on one party is one record, however often and by whomever it is handed in.

A row whose key was seen before is *unchanged* where it says the same (a *sighting*, one more source of the record, where another submission
brought it), a *correction* where the agency that handed it in says something else in a later file, and goes back otherwise. A Bloom filter
keeps the keys of one file in a few megabytes; whatever it suspects is looked up exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np

Hashes = np.ndarray[Any, np.dtype[np.uint64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Fate(Enum):
    """What becomes of a row whose decision is known already, or not."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CORRECTED = "corrected"
    TWICE = "twice"  # the same file says it twice, differently
    OTHER_AGENCY = "other-agency"  # another agency said it, differently


@dataclass(frozen=True, slots=True)
class Standing:
    """A revision of a record that is in the ledger already; ``visible`` once its submission is committed.

    ``sighted`` tells that the submission that asks has said the same in an earlier row.
    """

    revision: int
    digest: str
    submission: int
    source_agency: str
    visible: bool
    sighted: bool = False


def counting(standing: tuple[Standing, ...], *, submission: int) -> Standing | None:
    """Return the revision that a row of ``submission`` is held against, of those of its record in order.

    Revisions of other submissions that are not committed yet do not count: they may still vanish.
    """
    return next((held for held in reversed(standing) if held.visible or held.submission == submission), None)


def sighted(standing: tuple[Standing, ...], held: Standing) -> tuple[Standing, ...]:
    """Return the revisions of a record after the asking submission said the same as ``held``."""
    return tuple(replace(one, sighted=True) if one is held else one for one in standing)


def fate(standing: tuple[Standing, ...], *, digest: str, submission: int, agency: str) -> tuple[Fate, int]:
    """Return what becomes of a row, and the revision that it would be written as.

    ``standing`` are the revisions of its record in order; what does not count (:func:`counting`) counts for the number only.
    """
    following = standing[-1].revision + 1 if standing else 0
    last = counting(standing, submission=submission)
    if last is None:
        return Fate.NEW, following
    if last.digest == digest:
        return Fate.UNCHANGED, following
    if last.submission == submission or last.sighted:
        return Fate.TWICE, following
    return (Fate.CORRECTED if last.source_agency == agency else Fate.OTHER_AGENCY), following


class Seen:
    """The keys that a file has shown so far: certain about *new*, suspicious about *seen* (a Bloom filter of fixed size)."""

    HASHES = 4

    def __init__(self, *, expected: int) -> None:
        bits = 1 << max(20, min(31, int(np.ceil(np.log2(max(1, expected) * 16)))))
        self._mask = np.uint64(bits - 1)
        self._bytes = np.zeros(bits // 8, np.uint8)

    def suspects(self, hashes: Hashes) -> Flags:
        """Return which keys may have been seen before (in this chunk, earlier, or in an earlier chunk), and remember all."""
        known = np.ones(len(hashes), np.bool_)
        places = self._places(hashes)
        for place in places:
            known &= (self._bytes[place >> np.uint64(3)] >> (place & np.uint64(7)).astype(np.uint8)) & 1 == 1
        for place in places:
            np.bitwise_or.at(self._bytes, place >> np.uint64(3), np.uint8(1) << (place & np.uint64(7)).astype(np.uint8))
        return known | repeated(hashes)

    def _places(self, hashes: Hashes) -> list[Hashes]:
        step = (hashes >> np.uint64(33)) | np.uint64(1)
        return [(hashes + np.uint64(number) * step) & self._mask for number in range(self.HASHES)]


class Said:
    """What the rows of one file have said so far, by 64-bit hashes of the decision and of its content: exact, sixteen bytes a row."""

    def __init__(self) -> None:
        self._known: list[tuple[Hashes, Hashes]] = []

    def repeated(self, identity: Hashes, content: Hashes) -> tuple[Flags, Flags]:
        """Return which rows repeat a decision and, of those, which say what was said first; remember the others."""
        if not len(identity):
            return np.zeros(0, np.bool_), np.zeros(0, np.bool_)
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
        keep = order[~repeated[order]]
        if len(keep):
            self._keep(identity[keep], content[keep])
        return repeated, same

    def _keep(self, identity: Hashes, content: Hashes) -> None:
        """Keep sorted runs, each more than twice as long as the next one, so that few must be searched."""
        while self._known and len(self._known[-1][0]) < 2 * len(identity):
            known, said = self._known.pop()
            identity, content = np.concatenate([known, identity]), np.concatenate([said, content])
            order = np.argsort(identity, kind="stable")
            identity, content = identity[order], content[order]
        self._known.append((identity, content))


def repeated(hashes: Hashes) -> Flags:
    """Return which values occurred earlier in the same array."""
    first = np.zeros(len(hashes), np.bool_)
    first[np.unique(hashes, return_index=True)[1]] = True
    return ~first
