"""Looking up who a waiting row may be about (``core.subjects.candidates``): by code, by name, by a part of the name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from xinheng.core.standards.names import name_key
from xinheng.core.subjects.telling import all_pairs, telling_pairs
from xinheng.store.models import Subject
from xinheng.store.sql import statement

LIMIT = 30


def possible_subjects(name: str, codes: Iterable[str], *, limit: int = LIMIT) -> tuple[Subject, ...]:
    """Return subjects that may be meant, nearest first, with their names and codes at hand; ``codes`` are looked up as they are."""
    key = name_key(name)
    pairs = all_pairs(key)
    asked: dict[str, Any] = {
        "codes": sorted(set(codes)), "key": key, "pairs": pairs, "count": max(1, len(pairs)), "telling": telling_pairs(key), "limit": limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("candidates"), asked)
        order = [number for (number,) in cursor.fetchall()]
    found = Subject.objects.prefetch_related("names", "codes").in_bulk(order)
    return tuple(found[number] for number in order)
