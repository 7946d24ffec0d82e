"""Whose codes are (编码归属): many at once, for resolving and for screening."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

from xinheng.core.subjects.subject import CodeKind


class Owner(NamedTuple):
    """A subject that a code or a name finds."""

    subject: int
    code: str
    name: str
    kind: str


def owners_of(codes: Collection[tuple[CodeKind, str]], *, shops: bool) -> dict[tuple[CodeKind, str], Owner]:
    """Return whose codes these are; an organisation code also where it stands inside one unified code only, that of a one-person business with ``shops``."""
    if not codes:
        return {}
    asked: dict[str, Any] = {"kinds": [kind.value for kind, _ in codes], "codes": [code for _, code in codes]}
    with connection.cursor() as cursor:
        cursor.execute(_BY_CODE, asked)
        found = {(CodeKind(kind), code): Owner(*owner) for kind, code, *owner in cursor.fetchall()}
        inner = [code for kind, code in codes if kind is CodeKind.ORGANIZATION_CODE and (kind, code) not in found]
        if inner:
            cursor.execute(_INSIDE, {"codes": inner, "shops": shops})
            found |= {(CodeKind.ORGANIZATION_CODE, code): Owner(*owner) for code, *owner in cursor.fetchall()}
    return found


_BY_CODE = """
    SELECT c.kind, c.code, s.id, s.uscc, s.name, s.kind FROM unnest(%(kinds)s::text[], %(codes)s::text[]) AS asked (kind, code)
    JOIN store_subjectcode c ON c.kind = asked.kind AND c.code = asked.code JOIN store_subject s ON s.id = c.subject_id"""
_INSIDE = """
    SELECT substr(s.uscc, 9, 9), min(s.id), min(s.uscc), min(s.name), min(s.kind) FROM store_subject s
    WHERE substr(s.uscc, 9, 9) = ANY (%(codes)s) AND (s.kind <> 'individual-business' OR %(shops)s) GROUP BY 1 HAVING count(*) = 1"""
