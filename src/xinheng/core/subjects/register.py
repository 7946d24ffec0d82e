"""The register of subjects as intake sees it: codes in, subjects and their names out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from xinheng.core.subjects.subject import CodeKind


@dataclass(frozen=True, slots=True)
class Found:
    """Aligned with the codes asked for: ``subject`` (int64, null where nobody has the code) and its current ``name``."""

    subject: pa.Array
    name: pa.Array


@dataclass(frozen=True, slots=True)
class Named:
    """Aligned with the names asked for: the one subject that ever bore the name and bore it on the day, its name as registered and its code.

    Null where there is none, where several bore the name, or where that is not known of the day.
    """

    subject: pa.Array
    name: pa.Array
    uscc: pa.Array


class Register(Protocol):
    """What resolution asks of the register; served from the database for a few rows, from a snapshot of it for millions."""

    def find(self, kind: CodeKind, codes: pa.Array) -> Found:
        """Return whose each code is; a null code finds nobody."""
        ...

    def former_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        """Return the comparison keys of the names that these subjects bore before, for those that did."""
        ...

    def find_names(self, keys: pa.Array, days: pa.Array) -> Named:
        """Return whom each name alone may attach a record to (``core.subjects.by_name``); ``keys`` are comparison keys, ``days`` of decisions."""
        ...
