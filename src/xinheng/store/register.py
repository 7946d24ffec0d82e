"""The register as intake asks it: from the database for a few codes, from a snapshot in memory for millions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from xinheng.core.subjects.register import Found, Named
from xinheng.core.subjects.subject import CodeKind
from xinheng.store.bulk import read_table
from xinheng.store.names import NamesInMemory, live_names

Numbers = np.ndarray[Any, np.dtype[Any]]
_FIND = """
    SELECT c.code, s.id, s.name FROM store_subjectcode c JOIN store_subject s ON s.id = c.subject_id
    WHERE c.kind = %s AND c.code = ANY(%s)"""
_KEYS = "SELECT subject_id, key FROM store_subjectname WHERE NOT current AND subject_id = ANY(%s)"
_ALL_OF_KIND = """
    SELECT c.code, s.id, s.name FROM store_subjectcode c JOIN store_subject s ON s.id = c.subject_id WHERE c.kind = %s"""
_FORMER_KEYS = "SELECT subject_id, key FROM store_subjectname WHERE NOT current ORDER BY subject_id"


class LiveRegister:
    """Asks the database at every call: right the moment a registration is committed. For up to some ten thousand codes."""

    def find(self, kind: CodeKind, codes: pa.Array) -> Found:
        """Return whose each code is."""
        coded = pc.dictionary_encode(codes)
        wanted = coded.dictionary.to_pylist()
        answers: dict[str, tuple[int, str]] = {}
        if wanted:
            with connection.cursor() as cursor:
                cursor.execute(_FIND, [kind.value, wanted])
                answers = {code: (subject, name) for code, subject, name in cursor.fetchall()}
        subjects = pa.array([answers[code][0] if code in answers else None for code in wanted], pa.int64())
        names = pa.array([answers[code][1] if code in answers else None for code in wanted], pa.string())
        return Found(subjects.take(coded.indices), names.take(coded.indices))

    def former_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        """Return the comparison keys of the former names of these subjects."""
        with connection.cursor() as cursor:
            cursor.execute(_KEYS, [list(subjects)])
            return _grouped(cursor.fetchall())

    def find_names(self, keys: pa.Array, days: pa.Array) -> Named:
        """Return whom each name alone may attach a record to."""
        return live_names(keys).find(keys, days)


class RegisterSnapshot:
    """The register in memory as it stands now, for one large file; safe to ask from several threads.

    Only what codes of the given ``kinds`` find is read. A code is found by its 64-bit hash in a sorted column and then compared letter by
    letter, so a collision finds nobody. ``named`` is true where rows may attach by a name as well.
    """

    def __init__(self, kinds: Iterable[CodeKind], *, named: bool = False) -> None:
        self._names = NamesInMemory.read() if named else NamesInMemory.nobody()
        self._codes = {kind: _Codes(kind) for kind in kinds}
        former = read_table(_FORMER_KEYS, (), {"subject_id": pa.int64(), "key": pa.string()})
        self._key_owner = former.column("subject_id").to_numpy()
        self._keys = former.column("key").combine_chunks()

    def find(self, kind: CodeKind, codes: pa.Array) -> Found:
        """Return whose each code is; nobody's where codes of its kind were not asked for."""
        held = self._codes.get(kind)
        return held.find(codes) if held else Found(pa.nulls(len(codes), pa.int64()), pa.nulls(len(codes), pa.string()))

    def former_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        """Return the comparison keys of the former names of these subjects."""
        wanted = np.array(sorted(subjects), np.int64)
        starts = np.searchsorted(self._key_owner, wanted, side="left")
        ends = np.searchsorted(self._key_owner, wanted, side="right")
        return {
            int(who): frozenset(self._keys.slice(int(start), int(end - start)).to_pylist())
            for who, start, end in zip(wanted, starts, ends, strict=True)
            if start < end
        }

    def find_names(self, keys: pa.Array, days: pa.Array) -> Named:
        """Return whom each name alone may attach a record to; nobody where names were not asked for."""
        return self._names.find(keys, days)


class _Codes:
    """Codes of one kind with whose they are, sorted by hash."""

    def __init__(self, kind: CodeKind) -> None:
        table = read_table(_ALL_OF_KIND, (kind.value,), {"code": pa.string(), "id": pa.int64(), "name": pa.string()})
        hashes = hashed(table.column("code").combine_chunks())
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        sorted_ = table.combine_chunks().take(pa.array(order))
        self._codes, self._owners, self._names = (column.combine_chunks() for column in sorted_.columns)

    def find(self, codes: pa.Array) -> Found:
        if not len(self._hashes):
            return Found(pa.nulls(len(codes), pa.int64()), pa.nulls(len(codes), pa.string()))
        place = np.minimum(np.searchsorted(self._hashes, hashed(codes)), len(self._hashes) - 1)
        same = pc.fill_null(pc.equal(self._codes.take(pa.array(place)), codes), False)
        at = pa.array(place, mask=~same.to_numpy(zero_copy_only=False))
        return Found(self._owners.take(at), self._names.take(at))


def hashed(codes: pa.Array) -> Numbers:
    """Return a 64-bit hash of each code from its first 24 bytes and its length; null hashes like the empty text."""
    width = 24
    offsets = (
        np.frombuffer(codes.buffers()[1], np.int32)[codes.offset : codes.offset + len(codes) + 1]
        if len(codes)
        else np.zeros(1, np.int32)
    )
    data = codes.buffers()[2] if len(codes) else None
    raw = np.zeros(len(codes) * width, np.uint8).reshape(len(codes), width)
    if data is not None and data.size:
        letters = np.frombuffer(data, np.uint8)
        starts, lengths = offsets[:-1], np.minimum(np.diff(offsets), width)
        places = starts[:, None] + np.arange(width)
        inside = np.arange(width) < lengths[:, None]
        raw = np.where(inside, letters[np.minimum(places, len(letters) - 1)], 0).astype(np.uint8)
    words = np.ascontiguousarray(raw).view(np.uint64)
    mixed = words[:, 0] * np.uint64(0x9E3779B97F4A7C15)
    for column in (1, 2):
        mixed = (mixed ^ (mixed >> np.uint64(29)) ^ words[:, column]) * np.uint64(0xBF58476D1CE4E5B9)
    return mixed ^ (mixed >> np.uint64(32))


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    keys: dict[int, set[str]] = {}
    for subject, key in pairs:
        keys.setdefault(subject, set()).add(key)
    return {subject: frozenset(held) for subject, held in keys.items()}
