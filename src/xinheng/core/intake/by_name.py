"""Rows that no code attaches, held against the register's names (凭名称归入): favourable and neutral items only (``core.subjects.by_name``).

A row is looked at where no code of it is wrong and none is a unified code: what carries another subject's code never attaches by name. An
organisation code must be the one inside the unified code of the subject that the name finds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.intake.marks import none_marked, whole
from xinheng.core.standards.dates import parse_date
from xinheng.core.standards.names import name_key
from xinheng.core.subjects.by_name import may_attach
from xinheng.core.subjects.register import Register
from xinheng.core.subjects.subject import CodeKind


@dataclass(slots=True)
class CodesGiven:
    """What the cells of codes of some rows hold: whether any is filled and finds nobody's kind of code, whether one is a unified code."""

    rows: int
    organisation: pa.Array = field(init=False)
    _unified: pa.Array = field(init=False)
    _filled: dict[str, pa.Array] = field(default_factory=dict)
    _right: dict[str, pa.Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with nothing given."""
        self.organisation = pa.nulls(self.rows, pa.string())
        self._unified = none_marked(self.rows)

    def note(self, role: str, kind: CodeKind, column: pa.Array, codes: pa.Array) -> None:
        """Take in a column of codes: its cells, and those of them that are right codes of a kind."""
        right = pc.is_valid(codes)
        self._filled[role] = pc.is_valid(column)
        self._right[role] = pc.or_(self._right[role], right) if role in self._right else right
        if kind is CodeKind.USCC:
            self._unified = pc.or_(self._unified, right)
        elif kind is CodeKind.ORGANIZATION_CODE:
            self.organisation = pc.coalesce(self.organisation, codes)

    def leave_open(self) -> pa.Array:
        """Mark the rows whose codes say nothing against a name."""
        against = self._unified
        for role, filled in self._filled.items():
            against = pc.or_(against, pc.and_(filled, pc.invert(self._right[role])))
        return pc.invert(against)


def find_by_name(
    version: ItemVersion, table: pa.Table, *, given: CodesGiven, open_: pa.Array, register: Register, today: dt.date
) -> tuple[pa.Array, pa.Array]:
    """Return the subject and its name for the rows that a name alone attaches, null for all others; ``open_`` are those without a subject."""
    subjects, names = pa.nulls(given.rows, pa.int64()), pa.nulls(given.rows, pa.string())
    role = version.by_role("counterpart_name")
    if role is None or not open_.true_count:
        return subjects, names
    asked = pc.and_(pc.and_(open_, given.leave_open()), pc.is_valid(whole(table.column(role.name))))
    places = np.flatnonzero(asked.to_numpy(zero_copy_only=False))
    keys = [name_key(text) for text in whole(table.column(role.name)).take(pa.array(places, pa.int64())).to_pylist()]
    kept = [place for place, key in enumerate(keys) if may_attach(key)]
    if not kept:
        return subjects, names
    places, keys = places[kept], [keys[place] for place in kept]
    found = register.find_names(pa.array(keys, pa.string()), _days(version, table, places, today))
    fits = _fits(found.uscc, given.organisation.take(pa.array(places)))
    mask = np.zeros(given.rows, np.bool_)
    mask[places] = True
    none = pa.scalar(None)
    subject = pc.if_else(fits, found.subject, none.cast(pa.int64()))
    name = pc.if_else(fits, found.name, none.cast(pa.string()))
    return pc.replace_with_mask(subjects, pa.array(mask), subject), pc.replace_with_mask(names, pa.array(mask), name)


def _fits(codes: pa.Array, organisation: pa.Array) -> pa.Array:
    """Tell which subjects, by their unified codes, carry the organisation code that a row gives, or whose row gives none."""
    same = pc.fill_null(pc.equal(pc.utf8_slice_codeunits(codes, 8, 17), organisation), False)
    return pc.and_(pc.is_valid(codes), pc.or_(pc.is_null(organisation), same))


def _days(version: ItemVersion, table: pa.Table, places: np.ndarray, today: dt.date) -> pa.Array:
    """Return the day of each row's decision: the last of the year that an evaluation is about, or today, where there is none."""
    decided, year = version.by_role("decided_on"), version.by_role("evaluated_year")
    field = decided or year
    if field is None:
        return pa.repeat(pa.scalar(today), len(places))
    texts = whole(table.column(field.name)).take(pa.array(places)).to_pylist()
    read = parse_date if decided is not None else _end_of_year
    return pa.array([(read(text) if text else None) or today for text in texts], pa.date32())


def _end_of_year(text: str) -> dt.date | None:
    return parse_date(f"{text.strip()}-12-31")
