"""Looking subjects up for resolving (``core.subjects.resolving``): many numbers of subjects, or many whole names at once; by codes ``store.queries.owners``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from xinheng.core.subjects.resolving import Bearer
from xinheng.core.subjects.subject import CodeKind, SubjectKind

_SUBJECTS = "SELECT id, uscc, name, kind FROM store_subject WHERE id = ANY(%s)"
_NAMES = "SELECT subject_id, name FROM store_subjectname WHERE subject_id = ANY(%s) ORDER BY current DESC, id"
_HELD = "SELECT subject_id, kind, code FROM store_subjectcode WHERE subject_id = ANY(%s)"
_SHOPS = "SELECT key, subject_id FROM store_subjectname WHERE key = ANY(%s) AND NOT searchable ORDER BY subject_id"


_KINDS = {kind.value: kind for kind in SubjectKind}


@dataclass(frozen=True, slots=True)
class Known:
    """A subject with every name that it bears or bore, the current one first."""

    bearer: Bearer
    names: tuple[str, ...]


def known_subjects(numbers: Iterable[int], *, coded: bool = False) -> dict[int, Known]:
    """Return the subjects with these numbers, with all their names (``coded``: and codes); a number that nobody has is absent."""
    wanted = sorted(set(numbers))
    names: dict[int, list[str]] = {number: [] for number in wanted}
    codes: dict[int, set[tuple[CodeKind, str]]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [wanted])
        for subject, name in cursor.fetchall():
            names[subject].append(name)
        if coded:
            cursor.execute(_HELD, [wanted])
            for subject, kind, code in cursor.fetchall():
                codes[subject].add((CodeKind(kind), code))
        cursor.execute(_SUBJECTS, [wanted])
        return {
            number: Known(
                Bearer(number, uscc, name, _KINDS[kind], frozenset(codes.get(number, ()))),
                tuple(names[number]) or (name,),
            )
            for number, uscc, name, kind in cursor.fetchall()
        }


def shops_named(keys: Iterable[str]) -> dict[str, list[int]]:
    """Return, for whole names (their keys), the one-person businesses that bear or bore them; by a part of its name none is found."""
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SHOPS, [sorted(set(keys))])
        for key, subject in cursor.fetchall():
            found.setdefault(key, []).append(subject)
    return found
