"""Laying a file under an item (列与字段对应): which column is which field, by headings or by a delivery profile.

A column outside the catalogue makes the file unusable (nothing outside the catalogue is collected); so does a mandatory field without a column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.headings import field_by_heading, is_heading
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import Explanation, Text, UnusableFile
from xinheng.core.intake.facts import FINDERS
from xinheng.core.intake.marks import marked, whole
from xinheng.core.intake.profiles import Profile, recognisable
from xinheng.core.intake.read import Chunk
from xinheng.core.intake.read.quoting import listed, quoted
from xinheng.core.intake.rejects import APPENDED_HEADINGS
from xinheng.core.standards.names import name_key
from xinheng.core.subjects.subject import CodeKind


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of ``version`` are in a file with ``header``: ``places`` by field code, or a profile's mapping.

    ``present`` are the fields that the file can fill. ``agency_codes`` are fields filled with the code of the agency which another field
    names, where ``agencies`` (code by key of the name) knows it.
    """

    version: ItemVersion
    header: tuple[str, ...]
    places: dict[str, int]
    present: frozenset[str]
    mapping: str = ""
    allowances: frozenset[str] = frozenset()
    publish: bool = True
    agency_codes: tuple[tuple[str, str], ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)

    def columns(self, chunk: Chunk, calculator: Calculator) -> dict[str, pa.Array]:
        """Return the cells of a chunk by field code."""
        if self.mapping:
            table = calculator.query(self.mapping, source=chunk.table)
            cells = {name: whole(table.column(name)) for name in table.column_names}
            return cells | {code: self._coded(cells[name]) for code, name in self.agency_codes}
        return {name: whole(chunk.table.column(place)) for name, place in self.places.items()}

    def _coded(self, names: pa.Array) -> pa.Array:
        """Return the codes of the agencies that a column names."""
        named = pc.dictionary_encode(names)
        codes = [self.agencies.get(name_key(name)) if name else None for name in named.dictionary.to_pylist()]
        return pa.array(codes, pa.string()).take(named.indices)

    def lossy(self, chunk: Chunk) -> dict[str, pa.Array]:
        """Return, by field, which rows hold a number whose digits a spreadsheet destroyed; nothing where there are none."""
        found = {}
        for name, place in self.places.items():
            rows = [row for row, column in chunk.lossy if column == place]
            if rows:
                found[name] = marked(np.searchsorted(chunk.rows, np.array(sorted(rows))), len(chunk.rows))
        return found

    def sources(self, chunk: Chunk) -> dict[str, pa.Array]:
        """Return, by field, the cells from which a delivery profile makes it; nothing where the columns are the fields themselves."""
        if not self.mapping:
            return {}
        return {name: whole(chunk.table.column(place)) for name, place in self.places.items()}

    @property
    def code_kinds(self) -> tuple[CodeKind, ...]:
        """Return the kinds of code by which the file can name a subject."""
        roles = {field.role for field in self.version.fields if field.name in self.present}
        return tuple(kind for role, kind, _ in FINDERS if role in roles)

    @property
    def absent(self) -> frozenset[str]:
        """Return the fields for which the file has no column."""
        return frozenset(field.name for field in self.version.fields) - self.present

    def place(self, field: str) -> int | None:
        """Return the column of the file in which a field stands, for marking its cell."""
        return self.places.get(field)


def heading_known(version: ItemVersion, profile: Profile | None = None) -> Callable[[str], bool]:
    """Return what tells whether a text is a heading of the item, or of the delivery profile; for finding the heading row."""
    if profile is not None:
        return profile.knows
    legacy = recognisable(version.name)
    return lambda text: is_heading(version, text) or any(one.knows(text) for one in legacy)


def layout_by_headings(
    version: ItemVersion, header: tuple[str, ...], *, beside: frozenset[str] = frozenset()
) -> Layout:
    """Return the layout of a file whose headings are the catalogue's (code, Chinese name or alias); columns ``beside`` are another reader's."""
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(header):
        if heading in APPENDED_HEADINGS or heading in beside:
            continue
        field = field_by_heading(version, heading)
        if field is None:
            unknown.append(quoted(heading))  # a first row that is no header may hold anything
        elif field.name in places:
            raise UnusableFile(_doubled(header[places[field.name]], heading, field.title))
        else:
            places[field.name] = place
    if unknown:
        raise UnusableFile(_outside(version, unknown), columns=unknown)
    needed = (field for field in version.fields if field.required and not field.allowance)
    missing = [field.title for field in needed if field.name not in places]
    missing += [
        "／".join(version.field(name).title for name in group)
        for group in version.groups
        if not places.keys() & {*group}
    ]
    if missing:
        raise UnusableFile(_missing(version, missing), columns=missing)
    return Layout(version, header, places, frozenset(places))


def layout_by_profile(
    version: ItemVersion,
    header: tuple[str, ...],
    profile: Profile,
    *,
    beside: frozenset[str] = frozenset(),
    agencies: Mapping[str, str] = MappingProxyType({}),
) -> Layout:
    """Return the layout of a file that a delivery profile describes; columns ``beside`` are another reader's.

    ``agencies`` are the codes of known agencies by the key of their names, for a source that names its authorities only.
    """
    mapping = profile.mapping_sql(header, beside=beside)
    sources = {field.name: profile.source_column(field.name) for field in version.fields}
    named, made = profile.named(header), profile.made_of(header)
    codes = tuple((code, name) for code, name in profile.agency_codes if agencies and name in made)
    places = {name: named.index(source) for name, source in sources.items() if source in named}
    return Layout(
        version,
        header,
        places,
        made | {code for code, _ in codes},
        mapping,
        profile.allowances,
        profile.publish,
        codes,
        agencies,
    )


def _outside(version: ItemVersion, unknown: list[str]) -> Explanation:
    shown = listed(unknown, marks=("「", "」"))
    return Explanation(
        Text(f"文件中有目录以外的列：{shown.zh}", f"The file has columns outside the catalogue: {shown.en}"),
        Text("未纳入目录的信息不得归集", "nothing outside the catalogue is collected"),
        Text(
            f"请删除这些列，或改用目录中的列名（xinheng catalogue show {version.name}）。",
            f"Remove them, or use the catalogue's headings (xinheng catalogue show {version.name}).",
        ),
    )


def _missing(version: ItemVersion, missing: list[str]) -> Explanation:
    shown = "、".join(f"「{title}」" for title in missing)
    return Explanation(
        Text(f"文件缺少必填列：{shown}", f"The file lacks mandatory columns: {shown}"),
        Text(f"「{version.title}」的每一行都须填写这些项", f"every row of {version.title_en} must fill them"),
        Text(
            "请补充这些列；如第一行不是表头，请在第一行加上表头。",
            "Add them; if the first row is no header, put one there.",
        ),
    )


def _doubled(first: str, second: str, title: str) -> Explanation:
    first, second = quoted(first), quoted(second)
    return Explanation(
        Text(f"两列对应同一项：「{first}」与「{second}」", f"Two columns mean the same field: {first} and {second}"),
        Text(f"都是「{title}」，无法判断以哪一列为准", f"both are {title}, and nobody can tell which one counts"),
        Text("请只保留一列后重新报送。", "Keep one of them and hand the file in again."),
    )
