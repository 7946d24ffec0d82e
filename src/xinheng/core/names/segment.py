"""One part of an index of names: its pieces in columns, made once and never changed; only rows can be taken out (索引段)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from xinheng.core.names.characters import fold
from xinheng.core.names.grams import Ints, hashes, pieces
from xinheng.core.names.reading import written_out

_LEAST_BITS, _MOST_BITS = 8, 24
_FREQUENT = 2000
_PIECES_ASKED = 14
_SURELY_ASKED = 3
_BUDGET = 300
_SMOOTH = 8
_CHUNK = 2048


class Segment:
    """Names with the numbers of their bearers; finds by equal text, and by pieces in common, the rarest first."""

    def __init__(self, ids: Ints, names: pa.StringArray) -> None:
        self.ids, self.names = ids, names
        self.alive = np.ones(len(ids), bool)
        folded = [written_out(fold(name)) for name in names.to_pylist()]
        keys = hashes(folded)
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        self._keys = keys[self._order]
        self._index(folded)

    def _index(self, folded: Sequence[str]) -> None:
        expected = 3 * sum(map(len, folded)) + 1
        self._bits = int(np.clip(expected.bit_length(), _LEAST_BITS, _MOST_BITS))
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

    def near(self, folded: Sequence[str], most: int) -> list[list[tuple[int, float]]]:
        """Return, for each text, up to ``most`` living rows that share the most telling pieces with it, and how much of the text they share."""
        found: list[list[tuple[int, float]]] = []
        for start in range(0, len(folded), _CHUNK):
            found += self._near(folded[start : start + _CHUNK], most)
        return found

    def _near(self, folded: Sequence[str], most: int) -> list[list[tuple[int, float]]]:
        found: list[list[tuple[int, float]]] = [[] for _ in folded]
        asker, bucket, weight = self._asked(folded)
        whole = np.bincount(asker, weight, len(folded))
        counts = (self._starts[bucket + 1] - self._starts[bucket]).astype(np.int64)
        offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = self._rows[np.repeat(self._starts[bucket], counts) + offsets]
        pair = np.repeat(asker, counts) * np.int64(len(self.ids)) + rows
        pair, place = np.unique(pair, return_inverse=True)
        shared = np.bincount(place, np.repeat(weight, counts), len(pair))
        asked, row = pair // len(self.ids), pair % len(self.ids)
        living = self.alive[row]
        asked, row, shared = asked[living], row[living], shared[living]
        order = np.lexsort((self.ids[row], -shared, asked))
        asked, row, shared = asked[order], row[order], shared[order]
        rank = np.arange(len(asked)) - np.searchsorted(asked, asked, "left")
        keep = rank < most
        parts = zip(asked[keep].tolist(), row[keep].tolist(), (shared[keep] / whole[asked[keep]]).tolist(), strict=True)
        for which, one, share in parts:
            found[which].append((one, share))
        return found

    def _asked(self, folded: Sequence[str]) -> tuple[Ints, Ints, Ints]:
        """Return the pieces that are worth asking for, each with its asker and weight: the rarest of each text, within a budget."""
        bucket, asker = pieces(folded, self._bits)
        count = self._counts[bucket]
        present = (count > 0) & (count <= _FREQUENT)
        bucket, asker, count = bucket[present], asker[present], count[present]
        weight = np.log2((len(self.ids) + _SMOOTH) / (count + 0.5)).clip(0.1)
        order = np.lexsort((bucket, count, asker))
        bucket, asker, count, weight = bucket[order], asker[order].astype(np.int64), count[order], weight[order]
        first = np.searchsorted(asker, asker, "left")
        rank = np.arange(len(asker)) - first
        spent = np.cumsum(count, dtype=np.int64)
        spent -= (spent - count)[first]
        keep = (
            (count > 0) & (rank < _PIECES_ASKED) & (count <= _FREQUENT) & ((spent <= _BUDGET) | (rank < _SURELY_ASKED))
        )
        return asker[keep], bucket[keep].astype(np.int64), weight[keep]
