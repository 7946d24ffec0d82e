"""An index of names: who might be meant, among millions (名称索引).

It is made from columns of names, grows and shrinks one name at a time, and answers a list of names at once. New names stand in small segments that
are joined to larger ones as they come, so that a name is found the moment after it was added. Same names in, same answers out: equal candidates
are in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from xinheng.core.names.bulk import collector_at_rest
from xinheng.core.names.characters import fold
from xinheng.core.names.compare import Comparison, Verdict, as_written, compare_read
from xinheng.core.names.reading import read, written_out
from xinheng.core.names.segment import Segment, ask

_GROWTH = 8
_LOOKED_AT = 5
_LEAST_SHARE, _LEAST_OF_BEST = 0.3, 0.55
_CHUNK = 2048
LONG_ENOUGH = 7
"""Characters from which on a name is looked up without reading it first: it is no person's, and no mere form or city."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bearer of a name in the index: its number, the name, and how that compares with the name asked for."""

    id: int
    name: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is meant by a name. ``verdict`` is ``same`` where exactly one bearer's name is, ``ask`` where a person has to look, else ``different``.

    ``candidates`` are in order of likeness, one a bearer; those whose names say that they are somebody else are told too (the parent of a branch).
    """

    verdict: Verdict
    candidates: tuple[Candidate, ...]


_NOBODY = Answer(Verdict.DIFFERENT, ())


class NameIndex:
    """Names and their bearers' numbers. A bearer may have several names (former ones); two bearers may have the same."""

    def __init__(self, ids: Sequence[int] | pa.Array = (), names: Sequence[str] | pa.Array = ()) -> None:
        self._segments: tuple[Segment, ...] = ()
        self._append(np.asarray(ids, np.int64), _texts(names))

    @classmethod
    def of(cls, segments: Iterable[Segment]) -> NameIndex:
        """Return an index of segments that another one had (:attr:`segments`), e.g. before the program ended."""
        held = cls()
        held._segments = tuple(segments)
        return held

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments, largest first; each stays as it is but for names that are taken out. A reader holds on to those that it began with."""
        return self._segments

    def __len__(self) -> int:
        return sum(int(segment.alive.sum()) for segment in self._segments)

    def add(self, ids: Sequence[int] | pa.Array, names: Sequence[str] | pa.Array) -> None:
        """Add names of bearers; the same name of the same bearer twice is found once."""
        self._append(np.asarray(ids, np.int64), _texts(names))

    def remove(self, ids: Iterable[int]) -> None:
        """Take all names of these bearers out."""
        gone = np.fromiter(ids, np.int64)
        for segment in self._segments:
            segment.alive &= ~np.isin(segment.ids, gone)

    def _append(self, ids: np.ndarray, names: pa.StringArray) -> None:
        if len(ids) != len(names):
            raise ValueError("as many numbers as names are needed")
        segments = list(self._segments)
        while segments and len(ids) and len(segments[-1]) < _GROWTH * len(ids):
            last = segments.pop()
            kept = np.flatnonzero(last.alive)
            ids = np.concatenate([last.ids[kept], ids])
            names = pa.concat_arrays([last.names.take(pa.array(kept)), names])
        if len(ids):
            self._segments = (*segments, Segment(ids, names))

    def holds(self, names: Sequence[str]) -> list[bool]:
        """Tell, for each name, whether somebody's is written so (widths, brackets, traditional characters and known short names aside)."""
        found = self._equal([written_out(fold(name)) for name in names])
        return [any(rows for _, rows in equal) for equal in found]

    def best(self, names: Sequence[str], *, limit: int = 5) -> list[Answer]:
        """Return, for each name, who is meant by it, with up to ``limit`` candidates; a natural person's name finds nobody."""
        with collector_at_rest():
            return self._best(names, limit)

    def _best(self, names: Sequence[str], limit: int) -> list[Answer]:
        folded = [fold(name) for name in names]
        open_ = [at for at, text in enumerate(folded) if _names_an_organisation(text)]
        answers = [_NOBODY] * len(names)
        for at, rows in zip(open_, self._rows([written_out(folded[at]) for at in open_]), strict=True):
            if rows:
                answers[at] = _answer([_candidate(segment, row, names[at], folded[at]) for segment, row in rows], limit)
        return answers

    def _rows(self, folded: list[str]) -> list[list[_Row]]:
        """Return the rows worth comparing with each text: those that are written so, or else those that share the most."""
        found: list[list[_Row]] = [
            [(segment, row) for segment, rows in equal for row in rows] for equal in self._equal(folded)
        ]
        others = [at for at, rows in enumerate(found) if not rows]
        for start in range(0, len(others), _CHUNK):
            places = others[start : start + _CHUNK]
            for at, near in zip(places, self._near([folded[at] for at in places]), strict=True):
                found[at] = near
        return found

    def _near(self, folded: Sequence[str]) -> list[list[_Row]]:
        """Return, for each text, the rows of all segments that share enough of its most telling pieces."""
        segments = self._segments
        asked = ask(folded, segments)
        shared: list[list[tuple[float, Segment, int]]] = [[] for _ in folded]
        for segment in segments:
            for text, row, weight in segment.near(asked, _LOOKED_AT):
                shared[text].append((weight / float(asked.whole[text]), segment, row))
        return [
            [(segment, row) for share, segment, row in held if share >= max(_LEAST_SHARE, _LEAST_OF_BEST * best)]
            for held, best in ((held, max((share for share, _, _ in held), default=0.0)) for held in shared)
        ]

    def _equal(self, folded: list[str]) -> list[list[tuple[Segment, list[int]]]]:
        found: list[list[tuple[Segment, list[int]]]] = [[] for _ in folded]
        for segment in self._segments:
            for held, rows in zip(found, segment.equal(folded), strict=True):
                held.append((segment, rows))
        return found


_Row = tuple[Segment, int]


def _names_an_organisation(folded: str) -> bool:
    """Tell whether a text can be looked up; short ones are read for it: a person's name, a legal form, a city."""
    if len(folded) >= LONG_ENOUGH:
        return True
    reading = read(folded)
    return reading.comparable and not reading.person


def _candidate(segment: Segment, row: int, asked: str, folded: str) -> Candidate:
    name = segment.names[row].as_py()
    found = fold(name)
    comparison = as_written(asked, name) if found == folded else compare_read(read(folded), read(found))
    return Candidate(int(segment.ids[row]), name, comparison)


def _texts(names: Sequence[str] | pa.Array) -> pa.StringArray:
    if isinstance(names, pa.ChunkedArray):
        names = names.combine_chunks()
    return names.cast(pa.string()) if isinstance(names, pa.Array) else pa.array(names, pa.string())


def _answer(candidates: list[Candidate], limit: int) -> Answer:
    candidates = [one for one in candidates if one.comparison.findings[0].code != "text.insufficient"]
    order = {Verdict.SAME: 0, Verdict.ASK: 1, Verdict.DIFFERENT: 2}
    ranked = sorted(
        candidates, key=lambda one: (order[one.comparison.verdict], -one.comparison.score, one.id, one.name)
    )
    bearers = {one.id: one for one in reversed(ranked)}
    best = sorted(bearers.values(), key=lambda one: ranked.index(one))[:limit]
    same = sum(one.comparison.verdict is Verdict.SAME for one in best)
    if same == 1:
        return Answer(Verdict.SAME, tuple(best))
    asked = same or any(one.comparison.verdict is Verdict.ASK for one in best)
    return Answer(Verdict.ASK if asked else Verdict.DIFFERENT, tuple(best))
