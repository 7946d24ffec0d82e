"""The index of the register's names (名称索引) as processes share it: kept in files, read where it lies, and right the moment a registration is committed.

Names enter the register under one lock (``Lock.REGISTER``) and are numbered from a sequence, so the numbers stand in the order of their commits and are
used once: whoever has read the names up to a number needs those above it and nothing else. Each process keeps one index, asks for what is newer at every
use, and writes it to ``settings.NAMES`` once much is new; another process finds it there. The files are derived: they may be deleted. One-person
businesses are in no index (design, principle 1): they are found by code, or by the whole name as it is written.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from django.conf import settings
from django.db import connection

from xinheng import __version__
from xinheng.core.names import NameIndex, Segment
from xinheng.store.bulk import read_table

_FORM = "1"  # of the files; another one is another index
_MANIFEST = "manifest.json"
_MUCH = 20_000
_NEWER = "SELECT id, subject_id, name FROM store_subjectname WHERE id > %s AND searchable ORDER BY id"
_TYPES = {"id": pa.int64(), "subject": pa.int64(), "name": pa.string()}


class KeptNames:
    """The index of this process: where it stands in the register, and what of it is in the files."""

    def __init__(self, folder: Path, *, much: int = _MUCH) -> None:
        self._folder, self._much = folder, much
        self._lock = threading.Lock()
        self._index = NameIndex()
        self._position, self._witness, self._unsaved = 0, "", 0
        self._files: dict[Segment, str] = {}
        self._opened = False

    def current(self) -> NameIndex:
        """Return the index with every name that is committed now; the first use opens the files or, where there are none, reads the register."""
        with self._lock:
            if not self._opened:
                self._open()
            if self._position and self._seen_at(self._position) != self._witness:
                self._forget()  # another database, or an older state of this one
            self._catch_up()
            if self._unsaved >= self._much:
                self._save()
            return self._index

    def _open(self) -> None:
        with self._alone():
            held = self._manifest()
            if held is not None:
                self._files = {_read_segment(self._folder / name): name for name in held["segments"]}
                self._index = NameIndex.of(self._files)
                self._position, self._witness = held["position"], held["witness"]
        self._opened = True

    def _forget(self) -> None:
        self._index, self._files = NameIndex(), {}
        self._position, self._witness, self._unsaved = 0, "", 0

    def _catch_up(self) -> None:
        newer = read_table(_NEWER, (self._position,), _TYPES)
        if newer.num_rows:
            self._index.add(newer.column("subject").combine_chunks(), newer.column("name").combine_chunks())
            self._position = newer.column("id")[-1].as_py()
            self._witness = self._seen_at(self._position)
            self._unsaved += newer.num_rows

    def _seen_at(self, position: int) -> str:
        """Return what tells the name with a number from what another register has under it."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT n.name, s.uscc FROM store_subjectname n JOIN store_subject s ON s.id = n.subject_id WHERE n.id = %s",
                [position],
            )
            return hashlib.sha256(repr(cursor.fetchone()).encode()).hexdigest()

    def _save(self) -> None:
        """Write the segments that are in no file yet, then the manifest, then delete what it names no longer; a process that reads that keeps it."""
        with self._alone():
            held = self._manifest()
            if held is None or held["position"] <= self._position or self._seen_at(held["position"]) != held["witness"]:
                self._write()
        self._unsaved = 0

    def _write(self) -> None:
        names = {segment: self._files.get(segment, "") for segment in self._index.segments}
        self._files = {
            segment: name if name and (self._folder / name).is_dir() else _written(self._folder, segment)
            for segment, name in names.items()
        }
        kept = list(self._files.values())
        told = {"form": _form(), "position": self._position, "witness": self._witness, "segments": kept}
        draft = self._folder / f"{_MANIFEST}.new"
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(self._folder / _MANIFEST)
        for other in self._folder.iterdir():
            if other.is_dir() and other.name not in kept:
                shutil.rmtree(other)

    def _manifest(self) -> dict[str, Any] | None:
        path = self._folder / _MANIFEST
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return held if held.get("form") == _form() else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process at a time read or write the files."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@cache
def kept_names() -> KeptNames:
    """Return the index of this process."""
    return KeptNames(Path(settings.NAMES))


def _written(folder: Path, segment: Segment) -> str:
    """Write a segment into a folder of its own and return that one's name."""
    name = uuid.uuid4().hex
    (folder / name).mkdir()
    for column, numbers in segment.columns.items():
        np.save(folder / name / f"{column}.npy", numbers)
    table = pa.table({"name": segment.names})
    with pa.OSFile(os.fspath(folder / name / "names.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table)
    return name


def _read_segment(folder: Path) -> Segment:
    """Return a segment whose columns lie in their files: only what is asked of it is read."""
    columns = {
        name: np.load(folder / f"{name}.npy", mmap_mode="r")
        for name in ("ids", "order", "keys", "counts", "rows", "starts")
    }
    names = pa.ipc.open_file(pa.memory_map(os.fspath(folder / "names.arrow"))).read_all().column("name")
    return Segment.of(names.combine_chunks(), columns)


@cache
def _form() -> str:
    """Return what the files depend on: their form, and the words and characters by which names are read."""
    told = hashlib.sha256(f"{_FORM} {__version__}".encode())
    for file in sorted(resources.files("xinheng.core.names").joinpath("data").iterdir(), key=lambda file: file.name):
        told.update(file.read_bytes())
    return told.hexdigest()
