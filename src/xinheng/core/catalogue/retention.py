"""Retention (保存期限): until when a record is kept, from the item's years and what they run from.

Basis: 征信业管理条例 第十六条, and the item's own (``retention`` of its definition). The day is the first on which it is kept no more (half-open).
"""

from __future__ import annotations

from xinheng.core.catalogue.item import Effect, ItemVersion

_RUNS_FROM: dict[str, tuple[str, ...]] = {
    "decision": (),
    "conduct-end": ("ended_on",),
    "validity-end": ("ended_on", "valid_until"),
    "period-end": ("period_until",),
    "deregistration": (),
}
"""What tells when the years begin, by term of the definition; the day of the decision stands in where that is not told."""


def kept_until_sql(version: ItemVersion) -> str:
    """Return the SQL (DuckDB) of the first day on which a row is kept no more, over its ``d_`` columns; null where no day is told.

    Of misconduct the years run from the decision at the latest, because it had ended by then; of a permit from the end of its validity.
    """
    roles = _RUNS_FROM[version.retention_from]
    if version.retention_from == "conduct-end" and version.effect is not Effect.ADVERSE:
        roles = (*roles, "valid_until")
    fields = [field for field in map(version.by_role, (*roles, "decided_on", "changed_on")) if field]
    days = ", ".join(f'"d_{field.name}"' for field in fields)
    return f"(coalesce({days}, NULL::DATE) + INTERVAL {version.retention_years} YEAR)::DATE"
