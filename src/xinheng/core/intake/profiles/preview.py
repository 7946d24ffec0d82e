"""The preview of a delivery profile (试映射): what becomes what on the first rows of a file, before anything is handed in.

For ``xinheng profile try``. Nothing is checked and nothing is kept; personal numbers are masked, and of a row about a
natural person nothing is shown but that there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from xinheng.core.catalogue.item import NATURAL_PERSON, Field, ItemVersion, Privacy
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import Text
from xinheng.core.intake.profiles.profile import Profile
from xinheng.core.intake.profiles.telling import told
from xinheng.core.intake.profiles.verbs import Constant
from xinheng.core.standards.resident_id import mask


@dataclass(frozen=True, slots=True)
class Mapped:
    """One field that the profile makes: from which ``columns`` (none for a constant), and how."""

    field: Field
    columns: tuple[str, ...]
    how: Text
    constant: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of the preview: ``old`` are the cells of the field's columns, ``new`` is what the field becomes."""

    field: str
    title: str
    old: tuple[str | None, ...]
    new: str | None

    @property
    def changed(self) -> bool:
        """Whether the field says something else than its leading column."""
        return not self.old or (self.old[0] or "") != (self.new or "")

    @property
    def dropped(self) -> bool:
        """Whether a filled cell became nothing."""
        return self.new is None and any(self.old)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the sample: its number in the file, and its cells; ``person`` rows show none."""

    row: int
    changes: tuple[Change, ...]
    person: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a profile makes of a sample.

    ``never`` are mandatory fields that the source never carries, each with the profile's reason; ``empty`` mandatory
    fields that came out empty in rows of the sample, with how many; such rows go back.
    """

    profile: Profile
    mapped: tuple[Mapped, ...]
    rows: tuple[PreviewRow, ...]
    never: tuple[tuple[Field, Text], ...]
    empty: tuple[tuple[Field, int], ...]

    @property
    def persons(self) -> int:
        """How many rows of the sample are about natural persons."""
        return sum(row.person for row in self.rows)


def mapped_fields(profile: Profile, version: ItemVersion) -> tuple[Mapped, ...]:
    """Return the fields that a profile makes, in the order of its item."""
    return tuple(
        Mapped(version.field(name), verb.columns, told(verb), verb.text if isinstance(verb, Constant) else "")
        for name, verb in profile.fields
    )


def never_carried(profile: Profile, version: ItemVersion) -> tuple[tuple[Field, Text], ...]:
    """Return the fields that the source is allowed to lack, each with the reason."""
    return tuple((version.field(name), reason) for name, reason in profile.allowance_reasons.items())


def preview(
    profile: Profile,
    version: ItemVersion,
    *,
    header: tuple[str, ...],
    table: pa.Table,
    numbers: list[int],
    calculator: Calculator,
) -> Preview:
    """Return what the profile makes of a sample: ``table`` has the columns c0, c1, … of a file, ``numbers`` its row numbers.

    Raises ``UnusableFile`` where the columns do not fit the profile.
    """
    made = calculator.query(profile.mapping_sql(header), source=table).to_pylist()
    cells: dict[str, list[str | None]] = dict.fromkeys(profile.columns, [None] * table.num_rows)
    cells |= dict(zip(profile.named(header), (column.to_pylist() for column in table.columns), strict=True))
    mapped = mapped_fields(profile, version)
    kind = version.by_role("counterpart_kind")
    rows = []
    for place, (number, fields) in enumerate(zip(numbers, made, strict=True)):
        person = kind is not None and fields.get(kind.name) == NATURAL_PERSON
        changes = () if person else tuple(_changes(mapped, cells, fields, place))
        rows.append(PreviewRow(number, changes, person))
    return Preview(profile, mapped, tuple(rows), never_carried(profile, version), tuple(_empty(profile, version, rows)))


def _changes(
    mapped: tuple[Mapped, ...], cells: dict[str, list[str | None]], fields: dict[str, str | None], place: int
) -> Iterator[Change]:
    for one in mapped:
        hidden = one.field.privacy in (Privacy.PERSON_NAME, Privacy.PERSON_IDENTIFIER)
        old = tuple(_shown(cells[column][place], hidden=hidden) for column in one.columns)
        yield Change(one.field.name, one.field.title, old, _shown(fields[one.field.name], hidden=hidden))


def _shown(cell: str | None, *, hidden: bool) -> str | None:
    if cell is None or not cell.strip():
        return None
    return "*" * len(cell) if hidden else mask(cell)


def _empty(profile: Profile, version: ItemVersion, rows: list[PreviewRow]) -> Iterator[tuple[Field, int]]:
    for field in version.fields:
        if field.required and field.name not in profile.allowances:
            times = sum(change.field == field.name and not change.new for row in rows for change in row.changes)
            if times:
                yield field, times
