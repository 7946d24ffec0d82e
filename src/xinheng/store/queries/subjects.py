"""Finding subjects: by code, by a part of a name, by the full name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.standards.names import name_key
from xinheng.store.models import Subject, SubjectCode
from xinheng.store.prepared import prepared_cursor
from xinheng.store.queries.records import stopped_value
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


def subject_by_code(code: str) -> Subject | None:
    """Return whose code this is (unified, registration number or organisation code), or nothing."""
    held = SubjectCode.objects.select_related("subject").filter(code=code).order_by("kind").first()
    return held.subject if held else None


def search_names(text: str, *, limit: int, offset: int, former: bool = True) -> tuple[int, tuple[FoundSubject, ...]]:
    """Return how many subjects a text finds in all, and one page of them: exact names first, then the shorter ones.

    One-person businesses are met by their full name only. A text of one character finds exact names only. Without ``former`` names that a subject
    has no more find nothing.
    """
    key = name_key(text)
    if not key:
        return 0, ()
    name = "search_part" if len(key) > 1 else "search_exact"
    with prepared_cursor() as cursor:
        cursor.execute(statement(name), {"key": key, "limit": limit, "offset": offset, "former": former})
        rows = cursor.fetchall()
    return rows[0][0], tuple(FoundSubject(*row[1:]) for row in rows if row[1] is not None)


def subject_count() -> int:
    """Return how many subjects the register holds."""
    return Subject.objects.count()


def public_counts(subjects: list[int], *, on: dt.date) -> dict[int, int]:
    """Return how many records of each subject are public on the day."""
    with prepared_cursor() as cursor:
        cursor.execute(
            statement("public_counts").format(stopped=stopped_value("newest")), {"subjects": subjects, "on": on}
        )
        return dict(cursor.fetchall())
