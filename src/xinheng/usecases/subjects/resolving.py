"""Resolving a list (主体识别): whose each name and code is, for a file of any size and for a single row by the same rule.

It tells and attaches nothing; what is said is ``core.subjects.resolving``'s. The file is read and answered piece by piece; nothing of it is kept, the
receipt holds the counts.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Text, UnusableFile
from xinheng.core.intake.read import Chunk, open_table
from xinheng.core.intake.read.quoting import listed
from xinheng.core.names import LONG_ENOUGH, Answer, as_written, compare
from xinheng.core.names import Verdict as Likeness
from xinheng.core.standards.names import name_key_array
from xinheng.core.standards.resident_id import mask, mask_array
from xinheng.core.subjects.mending import one_character_away
from xinheng.core.subjects.resolving import (
    By,
    GivenCode,
    Near,
    Resolution,
    Verdict,
    given_code,
    given_codes,
    resolve,
)
from xinheng.core.subjects.subject import CodeKind
from xinheng.core.subjects.telling import LONGEST
from xinheng.store.name_index import kept_names
from xinheng.store.queries.owners import owners_of
from xinheng.store.queries.resolving import Known, known_subjects, shops_named
from xinheng.usecases.deed import deed
from xinheng.usecases.subjects.at_once import best

PIECE = 20_000
"""Rows that are answered at a time."""
Answered = tuple[tuple[str, ...], Resolution]


def resolve_rows(names: Sequence[str], codes: Sequence[str]) -> list[Resolution]:
    """Return whose each row is, from its name and code (either may be empty), by the register as it is committed now; for other use cases.

    >>> resolve_rows([], [])
    []
    """
    answers: list[Resolution] = []
    for start in range(0, len(names), PIECE):
        given = given_codes(codes[start : start + PIECE])
        answers += _Piece([name[:LONGEST] for name in names[start : start + PIECE]], given).resolved()
    return answers


class _Piece:
    """Some rows, and whom the register knows by their codes and names."""

    def __init__(self, names: Sequence[str], codes: Sequence[GivenCode]) -> None:
        self._names, self._codes = names, codes
        by_code = _owners(codes)
        holder = [by_code.get((code.kind, code.text)) if code.kind else None for code in codes]
        held = known_subjects({number for number in holder if number is not None})
        self._by_code = [
            _nearest(held[number], name) if number in held else None for number, name in zip(holder, names, strict=True)
        ]
        open_ = [at for at, near in enumerate(self._by_code) if names[at].strip() and not _agrees(near)]
        answers = best(kept_names().current(), [names[at] for at in open_])
        self._answers: dict[int, Answer] = dict(zip(open_, answers, strict=True))
        keys = dict(
            zip(open_, name_key_array(pa.array([names[at] for at in open_], pa.string())).to_pylist(), strict=True)
        )
        shops = shops_named(keys.values())
        self._shops = {at: shops[key] for at, key in keys.items() if key in shops}
        self._mended = _mended(codes)
        unknown = any(code.kind and number is None for code, number in zip(codes, holder, strict=True))
        self._known = known_subjects(self._numbers(), coded=unknown)

    def _numbers(self) -> set[int]:
        return {
            *(one.id for answer in self._answers.values() for one in answer.candidates),
            *(number for shops in self._shops.values() for number in shops),
            *(number for numbers in self._mended.values() for number in numbers),
        }

    def resolved(self) -> list[Resolution]:
        return [self._one(at) for at in range(len(self._names))]

    def _one(self, at: int) -> Resolution:
        mended = [self._known[number].bearer for number in self._mended.get(at, []) if number in self._known]
        return resolve(
            self._codes[at], self._names[at], holder=self._by_code[at], near=list(self._near(at)), mended=mended
        )

    def _near(self, at: int) -> Iterator[Near]:
        """Yield who bears a name like the row's; what the index still has and the register has not is left out."""
        for one in self._answers[at].candidates if at in self._answers else ():
            if (known := self._known.get(one.id)) and one.name in known.names:
                yield Near(known.bearer, one.name, one.comparison)
        for number in self._shops.get(at, []):
            if number in self._known:
                yield _nearest(self._known[number], self._names[at])


def _owners(codes: Iterable[GivenCode]) -> dict[tuple[CodeKind, str], int]:
    """Return whose the right ones of these codes are."""
    right = {(code.kind, code.text) for code in codes if code.kind is not None}
    return {code: owner.subject for code, owner in owners_of(right, shops=False).items()}


def _mended(codes: Sequence[GivenCode]) -> dict[int, list[int]]:
    """Return, for the rows whose code is a wrong one, the subjects that have a code of which one character differs."""
    mends = {
        at: [given_code(mend) for mend in sorted(one_character_away(code.text))]
        for at, code in enumerate(codes)
        if code.text and not code.kind
    }
    held = _owners(mend for each in mends.values() for mend in each)
    return {
        at: [held[mend.kind, mend.text] for mend in each if mend.kind and (mend.kind, mend.text) in held]
        for at, each in mends.items()
    }


def _nearest(known: Known, name: str) -> Near:
    if len(name) >= LONG_ENOUGH and name in known.names:
        return Near(known.bearer, name, as_written(name, name))
    compared = [(compare(name, held), held) for held in known.names]
    nearest, held = max(compared, key=lambda one: (one[0].verdict is Likeness.SAME, one[0].score))
    return Near(known.bearer, held, nearest)


def _agrees(near: Near | None) -> bool:
    return near is not None and near.comparison.verdict is not Likeness.DIFFERENT


def resolve_file(
    content: BinaryIO,
    *,
    name: str,
    size: int,
    name_column: str,
    code_column: str,
    write: Callable[[Sequence[str], Sequence[Answered]], None],
    actor: Actor,
    at: dt.datetime,
    progress: Callable[[int, int, int], None] | None = None,
) -> Counter[Verdict]:
    """Answer every row of a table and return how many there are of each verdict.

    ``write`` is given the headings and some rows at a time, each with its cells as they stand (personal numbers masked) and its answer; rows that could
    not be read are told as ``none`` with why. Raises ``UnusableFile`` where a column is absent, and ``Refused``.
    """
    reader = open_table(content, name=name, size=size)
    place = _place(reader.header, name_column)
    code_place = _place(reader.header, code_column) if code_column else None
    counted: Counter[Verdict] = Counter()
    asked = {"file": mask(name), "name_column": mask(name_column), "code_column": mask(code_column)}
    with deed(actor, Action.SEARCH, Target(), about="resolve a list", asked=asked, at=at) as done:
        write(reader.header, ())
        for raw in reader.chunks():
            chunk = raw.parse()
            for rows in _answered(chunk, place, code_place):
                counted.update(answer.verdict for _, answer in rows)
                write(reader.header, rows)
            if progress:
                progress(chunk.consumed, size, counted.total())
        done.result = {"rows": counted.total(), **{verdict.value: counted[verdict] for verdict in Verdict}}
    return counted


def _answered(chunk: Chunk, place: int, code_place: int | None) -> Iterator[list[Answered]]:
    """Yield the rows of a chunk in the order of the file, those that could not be read among them."""
    bad = sorted(chunk.bad, key=lambda one: one.row)
    for start in range(0, len(chunk.rows), PIECE):
        piece = chunk.table.slice(start, PIECE)
        names = _texts(piece.column(place))
        answers = resolve_rows(names, _texts(piece.column(code_place)) if code_place is not None else [""] * len(names))
        cells = zip(*(_texts(mask_array(column)) for column in piece.columns), strict=True)
        rows = list(zip(cells, answers, strict=True))
        numbers = chunk.rows[start : start + PIECE]
        for one in reversed([one for one in bad if one.row < numbers[-1]]):
            rows.insert(int(np.searchsorted(numbers, one.row)), _unread(one.cells, one.text))
        bad = [one for one in bad if one.row > numbers[-1]]
        yield rows
    if bad:
        yield [_unread(one.cells, one.text) for one in bad]


def _texts(column: pa.Array | pa.ChunkedArray) -> list[str]:
    return [cell or "" for cell in column.to_pylist()]


def _unread(cells: Sequence[str], why: Text) -> Answered:
    return tuple(mask(cell) for cell in cells), Resolution(Verdict.NONE, By.NOTHING, 0.0, why)


def _place(header: tuple[str, ...], heading: str) -> int:
    if heading in header:
        return header.index(heading)
    shown = listed(header)
    raise UnusableFile(
        Explanation(
            Text(f"文件中没有“{mask(heading)}”列", f"The file has no column {mask(heading)!r}"),
            Text(f"文件的列：{shown.zh}", f"the file's columns: {shown.en}"),
            Text("请写明表头中的列名。", "Name a column of its heading row."),
        )
    )
