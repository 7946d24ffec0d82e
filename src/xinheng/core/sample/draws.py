"""Random numbers that depend on the seed, a purpose and a row number only, so that any block can be made on its own.

A counter-based generator (SplitMix64 over the row number) stands where NumPy's generators would draw in sequence: the
same row gives the same number in blocks of any size and in any order, on every machine and release.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

PERMUTED_BITS = 22
_MASK64 = (1 << 64) - 1
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Draws:
    """All the random numbers of one seed."""

    seed: int

    def below(self, purpose: str, index: Ints, bound: int | Ints) -> Ints:
        """Return for each row number an integer in ``[0, bound)``, always the same for the same purpose and row."""
        high = self._mixed(purpose, index) >> np.uint64(33)
        return ((high * np.asarray(bound, dtype=np.uint64)) >> np.uint64(31)).astype(np.int64)

    def hits(self, purpose: str, index: Ints, *, per_thousand: int) -> Bools:
        """Tell for each row number whether it is one of so many in a thousand."""
        return np.asarray(self.below(purpose, index, 1000) < per_thousand)

    def permuted(self, index: Ints, *, bits: int) -> Ints:
        """Return a one-to-one shuffle of the numbers below ``2**bits`` (index must lie in that range)."""
        mask = np.int64((1 << bits) - 1)
        key = _key(self.seed, "permutation")
        value = index & mask
        for turn in range(3):
            odd = np.int64(((key >> (turn * 16)) & 0x3FFFFF) | 1)
            value = (value * odd + np.int64((key >> (turn * 8)) & 0x3FFFFF)) & mask
            value ^= value >> np.int64(bits // 2)
        return value

    def _mixed(self, purpose: str, index: Ints) -> npt.NDArray[np.uint64]:
        value = index.astype(np.uint64)
        value *= _GOLDEN
        value += np.uint64(_key(self.seed, purpose))
        value ^= value >> np.uint64(30)
        value *= _MIX1
        value ^= value >> np.uint64(27)
        value *= _MIX2
        value ^= value >> np.uint64(31)
        return value


def _key(seed: int, purpose: str) -> int:
    value = (seed * 0x9E3779B97F4A7C15 + zlib.crc32(purpose.encode()) * 0xD1342543DE82EF95 + 1) & _MASK64
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK64
    return value ^ (value >> 31)


def pool(texts: Any) -> Texts:
    """Return texts as an array from which ``take`` picks by number."""
    array = np.empty(len(texts), dtype=np.object_)
    array[:] = texts
    return array


def slots(weights: list[int]) -> Ints:
    """Return a table in which choice ``k`` stands ``weights[k]`` times: an even draw from it is a weighted choice."""
    return np.repeat(np.arange(len(weights), dtype=np.int64), weights)
