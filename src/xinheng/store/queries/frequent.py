"""How frequent pairs of characters are in names, as the database's own statistics know; asked again every few minutes, for they change slowly.

They choose how a name is looked for, never what is found.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection

from xinheng.core.standards.names import bigrams
from xinheng.core.subjects.searching import NameSought
from xinheng.store.sql import statement

KEPT = 300.0
"""Seconds for which they are kept."""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many names there are, and in which share of them each of the most common pairs of characters is."""

    names: float
    shares: Mapping[str, float]

    def expected(self, asked: NameSought) -> float:
        """Return in how many names the parts are expected: each as often as the rarest of its pairs, one independent of the other."""
        shares = [min(self.shares.get(gram, 0.0) for gram in bigrams(part)) for part in asked.parts if len(part) > 1]
        return self.names * math.prod(shares) if shares else math.inf


@dataclass(slots=True)
class _Kept:
    known: Frequencies | None = None
    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_kept = _Kept()


def frequencies() -> Frequencies:
    """Return what is known, as it was some minutes ago at the most."""
    with _kept.lock:
        now = time.monotonic()
        if _kept.known is None or now > _kept.until:
            _kept.known, _kept.until = _asked(), now + KEPT
        return _kept.known


def forget() -> None:
    """Ask the database again the next time."""
    with _kept.lock:
        _kept.known = None


def _asked() -> Frequencies:
    with connection.cursor() as cursor:
        cursor.execute(statement("search_rarity"))
        names, grams, shares = cursor.fetchone()
    return Frequencies(float(names), dict(zip(grams or (), shares or (), strict=False)))
