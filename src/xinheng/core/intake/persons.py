"""Setting rows about natural persons aside (自然人分流): before anything else sees a chunk, they leave it for a plan and a ledger of their own.

Legal basis: 个人信息保护法 第三十四条 (within statutory powers). An item takes them where its catalogue names 自然人 among ``subject_kinds`` and the
file has the column of their numbers; elsewhere rule V06 refuses them. Tables: ``store.models.persons``; use cases: ``usecases.intake.writing_persons``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import NATURAL_PERSON, ItemVersion
from xinheng.core.intake.marks import Places, holds

Columns = Mapping[str, pa.Array]


@dataclass(frozen=True, slots=True)
class Apart:
    """The rows of a chunk told apart: a flag a row, true where it is about a natural person."""

    flags: pa.Array

    def persons(self, columns: Columns) -> dict[str, pa.Array]:
        """Return the columns of the rows about persons."""
        return {name: pc.filter(column, self.flags) for name, column in columns.items()}

    def others(self, columns: Columns) -> dict[str, pa.Array]:
        """Return the columns of all other rows."""
        rest = pc.invert(self.flags)
        return {name: pc.filter(column, rest) for name, column in columns.items()}

    def rows(self, numbers: Places) -> tuple[Places, Places]:
        """Return the row numbers of the persons' rows, and of the others."""
        flags = self.flags.to_numpy(zero_copy_only=False)
        return numbers[flags], numbers[~flags]


def takes_persons(version: ItemVersion, present: frozenset[str]) -> bool:
    """Tell whether a file with these fields may hold rows about natural persons."""
    number = version.by_role("person_id")
    return NATURAL_PERSON in version.subject_kinds and number is not None and number.name in present


def set_apart(version: ItemVersion, columns: Columns) -> Apart | None:
    """Tell the rows about natural persons apart; nothing where there are none, which one look at the bytes of the column shows."""
    kind = version.by_role("counterpart_kind")
    given = columns.get(kind.name) if kind else None
    if given is None or not holds(given, NATURAL_PERSON.encode()):
        return None
    flags = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(given), NATURAL_PERSON), False)
    return Apart(flags) if flags.true_count else None
