"""The register as intake asks it: from the database for a few codes, from a snapshot in memory for millions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from xinheng.core.subjects.register import Found
from xinheng.core.subjects.subject import CodeKind
from xinheng.store.bulk import read_table

Numbers = np.ndarray[Any, np.dtype[Any]]
_FIND = """
    SELECT c.code, s.id, s.name FROM store_subjectcode c JOIN store_subject s ON s.id = c.subject_id
    WHERE c.kind = %s AND c.code = ANY(%s)"""
_KEYS = "SELECT subject_id, key FROM store_subjectname WHERE subject_id = ANY(%s)"
_ALL_CODES = "SELECT kind, code, subject_id FROM store_subjectcode"
_ALL_SUBJECTS = "SELECT id, name FROM store_subject ORDER BY id"
_FORMER_KEYS = "SELECT subject_id, key FROM store_subjectname ORDER BY subject_id"


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

    def name_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        """Return the comparison keys of every name of these subjects."""
        with connection.cursor() as cursor:
            cursor.execute(_KEYS, [list(subjects)])
            return _grouped(cursor.fetchall())


class RegisterSnapshot:
    """The whole register in memory as it stands now, for one large file; safe to ask from several threads.

    A code is found by its 64-bit hash in a sorted column and then compared letter by letter, so a collision finds nobody.
    """

    def __init__(self) -> None:
        subjects = read_table(_ALL_SUBJECTS, (), {"id": pa.int64(), "name": pa.string()})
        codes = read_table(_ALL_CODES, (), {"kind": pa.string(), "code": pa.string(), "subject_id": pa.int64()})
        keys = read_table(_FORMER_KEYS, (), {"subject_id": pa.int64(), "key": pa.string()})
        self._ids = subjects.column("id").to_numpy()
        self._names = subjects.column("name").combine_chunks()
        self._codes = {kind: _Codes(codes.filter(pc.equal(codes.column("kind"), kind.value))) for kind in CodeKind}
        self._key_owner = keys.column("subject_id").to_numpy()
        self._keys = keys.column("key").combine_chunks()

    def find(self, kind: CodeKind, codes: pa.Array) -> Found:
        """Return whose each code is."""
        subject = self._codes[kind].owner(codes)
        place = np.searchsorted(self._ids, pc.fill_null(subject, -1).to_numpy())
        missing = subject.is_null().to_numpy(zero_copy_only=False)
        return Found(subject, self._names.take(pa.array(place, mask=missing)))

    def name_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        """Return the comparison keys of every name of these subjects."""
        wanted = np.array(sorted(subjects), np.int64)
        starts = np.searchsorted(self._key_owner, wanted, side="left")
        ends = np.searchsorted(self._key_owner, wanted, side="right")
        return {
            int(who): frozenset(self._keys.slice(int(start), int(end - start)).to_pylist())
            for who, start, end in zip(wanted, starts, ends, strict=True)
        }


class _Codes:
    """Codes of one kind, sorted by hash."""

    def __init__(self, table: pa.Table) -> None:
        codes = table.column("code").combine_chunks()
        hashes = hashed(codes)
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._codes = codes.take(pa.array(order))
        self._owners = table.column("subject_id").combine_chunks().take(pa.array(order))

    def owner(self, codes: pa.Array) -> pa.Array:
        if not len(self._hashes):
            return pa.nulls(len(codes), pa.int64())
        place = np.minimum(np.searchsorted(self._hashes, hashed(codes)), len(self._hashes) - 1)
        at = pa.array(place)
        same = pc.fill_null(pc.equal(self._codes.take(at), codes), False)
        return pc.if_else(same, self._owners.take(at), pa.scalar(None, pa.int64()))


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
