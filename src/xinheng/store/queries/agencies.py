"""Reading what agencies are called."""

from __future__ import annotations

from collections.abc import Iterable

from xinheng.store.prepared import prepared_cursor

_NAMES = """
    SELECT a.uscc, n.name FROM store_agency a JOIN store_agencyname n ON n.agency_id = a.id AND n.valid_until IS NULL
    WHERE a.uscc = ANY(%s::text[])"""


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the current names of agencies by their code; asks nothing where no code is given."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(_NAMES, [wanted])
        return dict(cursor.fetchall())
