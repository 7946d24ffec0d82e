"""Standardising (标准化): widths, spaces, brackets and case of every cell, before any rule looks at it.

The department's own writing stays in the sealed file; only how a value is written changes here, never what it says.
Identity numbers of natural persons are dropped at this point and go no further.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import Field, ItemVersion, Privacy
from xinheng.core.standards.names import standardise_name

CODE_ROLES = frozenset(
    {
        "uscc", "registration_number", "organization_code", "deciding_authority_code", "source_agency_code",
        "registration_authority_code",
    }
)  # fmt: skip
NAME_ROLES = frozenset({"counterpart_name"})
_UNUSUAL_NAME = r"[ \t\x{3000}\x{a0}()\[\]{}【】〔〕·•・．\x{200b}-\x{200f}\x{feff}\x{ff01}-\x{ff07}\x{ff0a}-\x{ff5e}]"
_UNUSUAL_CODE = r"[^0-9A-Z]"


@dataclass(frozen=True, slots=True)
class Standardised:
    """``table`` has one text column per field of the version; ``dropped`` names, per row, the identifier fields that were filled."""

    table: pa.Table
    dropped: pa.Array
    has_dropped: bool
    name_mended: pa.Array


def standardise(version: ItemVersion, columns: Mapping[str, pa.Array], rows: int) -> Standardised:
    """Return the standard form of the given columns (by field code; an absent field is empty) for a chunk of ``rows`` rows."""
    arrays: list[pa.Array] = []
    filled: list[tuple[str, pa.Array]] = []
    mended = pa.repeat(pa.scalar(False), rows)
    for field in version.fields:
        given = columns.get(field.name)
        if given is None:
            arrays.append(pa.nulls(rows, pa.string()))
        elif field.privacy is Privacy.PERSON_IDENTIFIER:
            if given.null_count < rows:
                filled.append((field.name, pc.is_valid(given)))
            arrays.append(pa.nulls(rows, pa.string()))
        else:
            array = _standard(field, given)
            if field.role in NAME_ROLES:
                mended = pc.fill_null(pc.not_equal(array, given), False)
            arrays.append(array)
    table = pa.table(arrays, names=[field.name for field in version.fields])
    dropped = _lists(filled, rows)
    return Standardised(table, dropped, bool(filled), mended)


def _standard(field: Field, given: pa.Array) -> pa.Array:
    text = _trimmed(given)
    if field.role in NAME_ROLES:
        return _where(text, _UNUSUAL_NAME, standardise_name)
    if field.role in CODE_ROLES:
        return _where(text, _UNUSUAL_CODE, standard_code)
    return text


def standard_code(text: str) -> str:
    """Return a code with half-width characters, upper case, without spaces or hyphens: how it is written, not what it is."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in folded if character not in " -\t\u00ad\u200b\ufeff") or text


def _trimmed(given: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(given)
    empty = pc.equal(trimmed, "")
    return pc.if_else(empty, pa.scalar(None, pa.string()), trimmed) if pc.any(empty).as_py() else trimmed


def _where(text: pa.Array, pattern: str, mend) -> pa.Array:  # type: ignore[no-untyped-def]
    unusual = pc.fill_null(pc.match_substring_regex(text, pattern), False)
    if not unusual.true_count:
        return text
    mended = pa.array([mend(value) for value in pc.filter(text, unusual).to_pylist()], pa.string())
    return pc.replace_with_mask(text, unusual, mended)


def _lists(filled: list[tuple[str, pa.Array]], rows: int) -> pa.Array:
    if not filled:
        return pa.ListArray.from_arrays(pa.array([0] * (rows + 1), pa.int32()), pa.array([], pa.string()))
    names = [name for name, _ in filled]
    flags = zip(*(mask.to_pylist() for _, mask in filled), strict=True)
    return pa.array([[n for n, f in zip(names, row, strict=True) if f] for row in flags], pa.list_(pa.string()))
