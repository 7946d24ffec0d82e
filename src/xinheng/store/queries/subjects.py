"""Finding subjects: by code, by parts of a name, by the full name; the work is bounded, whatever is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.functions import Substr

from xinheng.core.subjects.searching import NameSought
from xinheng.core.subjects.subject import CodeKind
from xinheng.store.models import Subject, SubjectCode
from xinheng.store.queries.frequent import frequencies
from xinheng.store.queries.records import detached_value, stopped_value
from xinheng.store.sql import statement


@dataclass(frozen=True, slots=True)
class FoundSubject:
    """A subject that a search met; ``matched`` is the name that met it."""

    subject_id: int
    uscc: str
    name: str
    kind: str
    status: str
    address: str
    matched: str


@dataclass(frozen=True, slots=True)
class FoundSubjects:
    """A page of the subjects that were found, and how many there are; ``more``: there are more than that, and those first in order are found."""

    total: int
    subjects: tuple[FoundSubject, ...]
    more: bool = False


def subject_by_code(code: str) -> Subject | None:
    """Return whose code this is (unified, registration number or organisation code), or nothing."""
    kinds = [kind.value for kind in CodeKind]
    held = SubjectCode.objects.select_related("subject").filter(kind__in=kinds, code=code).order_by("kind").first()
    return held.subject if held else None


def subjects_by_codes(codes: Iterable[tuple[CodeKind, str]]) -> tuple[Subject, ...]:
    """Return whose codes these are, each of its kind; an organisation code also where it stands inside a unified code only."""
    found: dict[int, Subject] = {}
    for kind, code in codes:
        held = SubjectCode.objects.select_related("subject").filter(kind=kind.value, code=code).first()
        subjects = [held.subject] if held else []
        if held is None and kind is CodeKind.ORGANIZATION_CODE:
            subjects = list(Subject.objects.annotate(inside=Substr("uscc", 9, 9)).filter(inside=code)[:FEW])
        found |= {one.pk: one for one in subjects}
    return tuple(found.values())


def search_names(
    asked: NameSought, *, limit: int, offset: int, former: bool = True, shops: bool = False
) -> FoundSubjects:
    """Return how many subjects a name finds, and one page of them: full names first, then the beginnings of names, then the shorter ones.

    One character finds the names that begin with it. One-person businesses are met by their full name only; with ``shops`` also by the beginning
    of it. Without ``former`` names that a subject has no more find nothing. What finds more than :data:`MOST` because it is in very many names is
    not counted further.
    """
    facts = {
        "key": asked.key, "grams": list(asked.grams), "patterns": [f"%{_literal(part)}%" for part in asked.parts],
        "beginning": f"{_literal(asked.key)}%", "former": former, "shops": shops, "limit": limit, "offset": offset, "most": MOST + MOST // 4 + 1,
        "walked": WALKED if asked.grams else 0,
    }  # fmt: skip
    if frequencies().expected(asked) > MANY:
        total, found = _met("search_frequent", {**facts, "limit": min(limit, max(0, MOST - offset))})
        if total > MOST or not asked.grams:
            return FoundSubjects(min(total, MOST), found, more=total > MOST)
    total, found = _met("search_part", facts)
    return FoundSubjects(total, found)


def _met(name: str, facts: Mapping[str, Any]) -> tuple[int, tuple[FoundSubject, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(name), facts)
        rows = cursor.fetchall()
    return rows[0][0], tuple(FoundSubject(*row[1:]) for row in rows if row[1] is not None)


def _literal(text: str) -> str:
    """Return a text as a pattern that meets it alone."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


MOST = 500
"""Subjects that a very common part of a name finds at the most: nobody reads as many. Some more names are looked at, for a subject may have several."""
MANY = 8_000
"""Names above which a part of a name is very common: reading fewer through the index takes some tens of milliseconds."""
WALKED = 150_000
"""Names that are walked through for a very common part: enough of them hold it, or all names are looked at after all, through the index."""
FEW = 20


def subject_count() -> int:
    """Return how many subjects the register holds."""
    return Subject.objects.count()


def public_counts(subjects: list[int], *, on: dt.date) -> dict[int, int]:
    """Return how many records of each subject are public on the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("public_counts").format(stopped=stopped_value("newest"), detached=detached_value("r")),
            {"subjects": subjects, "on": on},
        )
        return dict(cursor.fetchall())
