"""The fields of a definition as a revision leaves them: its changes laid over the base, retired fields left out."""

from __future__ import annotations

from typing import Any

FOREVER = "9999-12-31"


def fields_in(definition: dict[str, Any], position: int) -> list[dict[str, Any]]:
    """Return the field descriptors of the revision at ``position`` of a definition whose structure is sound."""
    revisions = definition["revisions"][: position + 1]
    day = revisions[-1]["from"]
    return [
        _changed(field, revisions)
        for field in definition["fields"]
        if field.get("from", "") <= day < field.get("until", FOREVER)
    ]


def allowed_values(field: dict[str, Any]) -> tuple[str, ...]:
    """Return the values a field may hold: ``codes`` where a cell may hold several, else the ``enum``."""
    return tuple(field.get("codes") or field.get("constraints", {}).get("enum", ()))


def _changed(field: dict[str, Any], revisions: list[dict[str, Any]]) -> dict[str, Any]:
    for revision in revisions:
        change = revision.get("changes", {}).get(field["name"], {})
        constraints = {**field.get("constraints", {}), **change.get("constraints", {})}
        field = {**field, **change, "constraints": constraints}
    return field
