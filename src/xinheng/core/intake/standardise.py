"""Standardising (标准化): widths, spaces, brackets and case of every cell, before any rule looks at it.

The department's own writing stays in the sealed file; only how a value is written changes here, never what it says.
Identity numbers of natural persons are dropped at this point and go no further, and so is all of a natural person's row but its kind; only in
rows that were set aside as persons' own (``core.intake.persons``) the counterpart's number stays, in its plain form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import NATURAL_PERSON, Field, ItemVersion, Privacy
from xinheng.core.intake.marks import none_marked
from xinheng.core.standards.names import standardise_name
from xinheng.core.standards.person_documents import plain_number

CODE_ROLES = frozenset(
    {
        "uscc", "registration_number", "organization_code", "taxpayer_number", "deciding_authority_code", "source_agency_code",
        "registration_authority_code",
    }
)  # fmt: skip
NAME_ROLES = frozenset({"counterpart_name"})
_UNUSUAL_NAME = r"[\pZ\p{Cf}\t\r\n()﹙﹚\x{ff01}-\x{ff07}\x{ff0a}-\x{ff5e}]"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNUSUAL_CODE = r"[^0-9A-Z]"


@dataclass(frozen=True, slots=True)
class Standardised:
    """``table`` has one text column per field of the version; ``dropped`` marks, by identifier field, the rows in which it was filled.

    ``name_mended`` marks the rows whose counterpart's name had to be standardised.
    """

    table: pa.Table
    dropped: dict[str, pa.Array]
    name_mended: pa.Array


def standardise(version: ItemVersion, columns: Mapping[str, pa.Array], rows: int) -> Standardised:
    """Return the standard form of the given columns (by field code; an absent field is empty) for a chunk of ``rows`` rows."""
    standard = _standardised(version, columns, rows, kept="")
    return replace(standard, table=_without_persons(version, standard.table))


def standardise_persons(version: ItemVersion, columns: Mapping[str, pa.Array], rows: int) -> Standardised:
    """Return the same of rows that are about natural persons: the counterpart's own number is kept, every other one dropped."""
    own = version.by_role("person_id")
    return _standardised(version, columns, rows, kept=own.name if own else "")


def _standardised(version: ItemVersion, columns: Mapping[str, pa.Array], rows: int, *, kept: str) -> Standardised:
    arrays: list[pa.Array] = []
    dropped: dict[str, pa.Array] = {}
    mended = none_marked(rows)
    for field in version.fields:
        given = columns.get(field.name)
        if given is None:
            arrays.append(pa.nulls(rows, pa.string()))
        elif field.name == kept:
            arrays.append(_where(_trimmed(given), _UNUSUAL_CODE, plain_number))
        elif field.privacy is Privacy.PERSON_IDENTIFIER:
            dropped[field.name] = pc.is_valid(_trimmed(given))
            arrays.append(pa.nulls(rows, pa.string()))
        else:
            array = _standard(field, given)
            if field.role in NAME_ROLES:
                mended = pc.fill_null(pc.not_equal(array, given), False)
            arrays.append(array)
    return Standardised(pa.table(arrays, names=[field.name for field in version.fields]), dropped, mended)


def _without_persons(version: ItemVersion, table: pa.Table) -> pa.Table:
    """Empty the rows about natural persons but for their kind, by which rule V06 refuses them."""
    kind = version.by_role("counterpart_kind")
    if kind is None:
        return table
    persons = pc.fill_null(pc.equal(table.column(kind.name), NATURAL_PERSON), False)
    if not pc.any(persons).as_py():
        return table
    nothing = pa.scalar(None, pa.string())
    columns = {
        name: column if name == kind.name else pc.if_else(persons, nothing, column)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return pa.table(columns)


def _standard(field: Field, given: pa.Array) -> pa.Array:
    text = _trimmed(given)
    if field.role in NAME_ROLES:
        return _where(text, _UNUSUAL_NAME, standard_name)
    if field.role in CODE_ROLES:
        return _where(text, _UNUSUAL_CODE, standard_code)
    return text


def standard_name(text: str) -> str | None:
    """Return a name in its display form, nothing where nothing of it can be seen; control characters are left to rule S06."""
    return text if _CONTROL.search(text) else standardise_name(text) or None


def standard_code(text: str) -> str:
    """Return a code with half-width characters, upper case, without spaces or hyphens: how it is written, not what it is."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in folded if character not in " -\t\u00ad\u200b\ufeff") or text


def _trimmed(given: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(given)
    empty = pc.equal(trimmed, "")
    return pc.if_else(empty, pa.scalar(None, pa.string()), trimmed) if pc.any(empty).as_py() else trimmed


def _where(text: pa.Array, pattern: str, mend: Callable[[str], str | None]) -> pa.Array:
    unusual = pc.fill_null(pc.match_substring_regex(text, pattern), False)
    if not unusual.true_count:
        return text
    mended = pa.array([mend(value) for value in pc.filter(text, unusual).to_pylist()], pa.string())
    return pc.replace_with_mask(text, unusual, mended)
