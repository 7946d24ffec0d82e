"""Agreement (抽样核对): whether a record says what the row of its file says, by a reading of its own, slow and plain.

For ``xinheng history verify``. It shares nothing with the checks and the writing of intake but the catalogue, so that a fault there shows here.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from xinheng.core.catalogue.item import Field, ItemVersion, Privacy
from xinheng.core.standards.dates import parse_date
from xinheng.core.standards.resident_id import mask

_BRACKETS = str.maketrans("〔〕[]【】{}", "()()()()")
_TIMES = {"元": 100, "万元": 1_000_000}


@dataclass(frozen=True, slots=True)
class Difference:
    """What the file says and what the ledger holds instead, at a row and a column."""

    row: int
    column: str
    file: str
    ledger: str


def differences(
    version: ItemVersion, row: int, cells: Mapping[str, str | None], held: Mapping[str, Any]
) -> Iterator[Difference]:
    """Yield the fields of a row in which file and ledger differ; ``cells`` and ``held`` by field code. Identity numbers are neither kept nor shown."""
    for field in version.fields:
        if field.name not in cells or field.privacy is Privacy.PERSON_IDENTIFIER:
            continue
        written, kept = mask((cells[field.name] or "").strip()), held.get(field.name)
        if _said(field, written) != _kept(field, kept):
            yield Difference(row, field.name, written, "" if kept is None else str(kept))


def day_differences(
    row: int, told: Mapping[str, dt.date | None], held: Mapping[str, dt.date | None]
) -> Iterator[Difference]:
    """Yield the days of a past state in which file and ledger differ."""
    for column, day in told.items():
        if day != held.get(column):
            yield Difference(row, column, str(day or ""), str(held.get(column) or ""))


def _said(field: Field, text: str) -> object:
    if not text:
        return None
    if field.type == "number":
        return _amount(field, text)
    if field.type == "date":
        return parse_date(text) or text
    return _plain(text)


def _kept(field: Field, kept: Any) -> object:
    if kept in (None, ""):
        return None
    if field.type == "number":
        return Decimal(str(kept))
    if field.type == "date":
        return dt.date.fromisoformat(str(kept))
    return _plain(mask(str(kept)))


def _amount(field: Field, text: str) -> object:
    digits = re.sub(r"[,，¥￥元万\s]", "", unicodedata.normalize("NFKC", text))
    try:
        return Decimal(digits) * _TIMES.get(field.unit, 1)
    except InvalidOperation:
        return text


def _plain(text: str) -> str:
    """Fold widths, blanks and kinds of bracket away: the standard writing is not the department's."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_BRACKETS).upper().removesuffix("号")
