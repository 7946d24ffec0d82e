"""One part of an index of names: its pieces in columns, made once and never changed; only rows can be taken out (索引段)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from xinheng.core.names.characters import fold
from xinheng.core.names.grams import Ints, hashes, pieces
from xinheng.core.names.reading import written_out

_LEAST_BITS, MOST_BITS = 16, 24
_FREQUENT = 2000
_PIECES_ASKED = 14
_SURELY_ASKED = 3
_BUDGET = 300
_SMOOTH = 8


class Segment:
    """Names with the numbers of their bearers; finds by equal text, and by pieces in common, the rarest first."""

    def __init__(self, ids: Ints, names: pa.StringArray) -> None:
        self.ids, self.names = ids, names
        self.alive = np.ones(len(ids), bool)
        self._sort(names)

    @classmethod
    def of(cls, names: pa.StringArray, columns: Mapping[str, Ints]) -> Segment:
        """Return a segment from what :attr:`columns` of one gave, all of its names living; the arrays may lie in files."""
        held = cls.__new__(cls)
        held.names, held.ids = names, columns["ids"]
        held.alive = np.ones(len(held.ids), bool)
        held._order, held._keys, held._counts = columns["order"], columns["keys"], columns["counts"]
        held._rows, held._starts = columns["rows"], columns["starts"]
        held._bits = len(held._counts).bit_length() - 1
        return held

    @property
    def columns(self) -> dict[str, Ints]:
        """The numbers that the segment consists of beside its names; together they make it again, without reading a name."""
        return {
            "ids": self.ids, "order": self._order, "keys": self._keys, "counts": self._counts, "rows": self._rows, "starts": self._starts,
        }  # fmt: skip

    def _sort(self, names: pa.StringArray) -> None:
        folded = [written_out(fold(name)) for name in names.to_pylist()]
        keys = hashes(folded)
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        self._keys = keys[self._order]
        self._index(folded)

    def _index(self, folded: Sequence[str]) -> None:
        expected = 3 * sum(map(len, folded)) + 1
        self._bits = int(np.clip(expected.bit_length(), _LEAST_BITS, MOST_BITS))
        buckets, owners = pieces(folded, self._bits)
        self._counts = np.bincount(buckets, minlength=1 << self._bits).astype(np.int32)
        usable = self._counts <= _FREQUENT
        kept = usable[buckets]
        buckets, owners = buckets[kept], owners[kept]
        self._rows = owners[np.argsort(buckets, kind="stable")]
        held = np.where(usable, self._counts, 0)
        self._starts = np.concatenate(([0], np.cumsum(held, dtype=np.int64)))

    def __len__(self) -> int:
        return len(self.ids)

    def equal(self, folded: Sequence[str]) -> list[list[int]]:
        """Return, for each text, the living rows whose names are written so once they are folded."""
        keys = hashes(folded)
        first, last = np.searchsorted(self._keys, keys, "left"), np.searchsorted(self._keys, keys, "right")
        spans = zip(first.tolist(), last.tolist(), strict=True)
        return [[int(row) for row in self._order[start:end] if self.alive[row]] for start, end in spans]

    def counts(self, pieces: Ints) -> Ints:
        """Return how many names of the segment hold each piece (a bucket of ``MOST_BITS`` bits)."""
        return self._counts[self._places(pieces)]

    def near(self, asked: Asked, most: int) -> list[tuple[int, int, float]]:
        """Return up to ``most`` living rows a text that share the most telling pieces with it, as (text, row, weight of what they share)."""
        bucket = self._places(asked.piece)
        counts = self._starts[bucket + 1] - self._starts[bucket]
        offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = self._rows[np.repeat(self._starts[bucket], counts) + offsets]
        pair = np.repeat(asked.text, counts) * np.int64(len(self.ids)) + rows
        pair, place = np.unique(pair, return_inverse=True)
        shared = np.bincount(place, np.repeat(asked.weight, counts), len(pair))
        text, row = pair // len(self.ids), pair % len(self.ids)
        living = self.alive[row]
        text, row, shared = text[living], row[living], shared[living]
        order = np.lexsort((self.ids[row], -shared, text))
        text, row, shared = text[order], row[order], shared[order]
        keep = np.arange(len(text)) - np.searchsorted(text, text, "left") < most
        return list(zip(text[keep].tolist(), row[keep].tolist(), shared[keep].tolist(), strict=True))

    def _places(self, pieces: Ints) -> Ints:
        return pieces >> (MOST_BITS - self._bits)


class Asked(NamedTuple):
    """The pieces of some texts that are worth asking for: each with the number of its text and its weight, and for each text what its pieces weigh."""

    text: Ints
    piece: Ints
    weight: Ints
    whole: Ints


def ask(texts: Sequence[str], segments: Sequence[Segment]) -> Asked:
    """Choose the pieces of texts that are looked up in segments: of each text the rarest in all of them together, within a budget.

    What one segment holds is weighed by how rare it is in all: in a small one everything is rare.
    """
    piece, text = pieces(texts, MOST_BITS)
    piece = piece.astype(np.int64)
    count = sum((segment.counts(piece).astype(np.int64) for segment in segments), np.zeros(len(piece), np.int64))
    present = (count > 0) & (count <= _FREQUENT)
    piece, text, count = piece[present], text[present], count[present]
    weight = np.log2((sum(map(len, segments)) + _SMOOTH) / (count + 0.5)).clip(0.1)
    order = np.lexsort((piece, count, text))
    piece, text, count, weight = piece[order], text[order].astype(np.int64), count[order], weight[order]
    first = np.searchsorted(text, text, "left")
    rank = np.arange(len(text)) - first
    spent = np.cumsum(count, dtype=np.int64)
    spent -= (spent - count)[first]
    keep = (rank < _PIECES_ASKED) & ((spent <= _BUDGET) | (rank < _SURELY_ASKED))
    text, piece, weight = text[keep], piece[keep], weight[keep]
    return Asked(text, piece, weight, np.bincount(text, weight, len(texts)))
