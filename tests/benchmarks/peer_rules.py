"""What the peers are told of the 18 columns: the item's own terms (required, length, listed values, days) and patterns as far as a schema goes.

One table for all three, so that none knows more than the others; it was written with the defects in view. What no schema of theirs can say
stands in ``peer_extras``. What needs the register (1001, W01) they are not told, nor how to read the money in a text (V08), which would be a program.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from tests.benchmarks.bench import ITEM

from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.intake.rules.decision_dates import FOUNDED
from xinheng.core.intake.rules.placeholders import PLACEHOLDERS
from xinheng.core.sample.layouts import HEADINGS, Layout

KEY = ("CF_CFJGDM", "CF_WSH", "CF_XDR_SHXYM")
CODES = ("CF_XDR_SHXYM", "CF_CFJGDM", "CF_SJLYDM")
FIRST_DAY = dt.date.fromisoformat(FOUNDED)
_CODE = "[0-9A-HJ-NP-RTUWXY]{18}"
_NAME = r"[^=@+\-() \u3000\x00-\x1f][^() \u3000\x00-\x1f]*".replace(r"\u3000", "\u3000")
_TEXT = r"[^=@+\-\x00-\x1f][^\x00-\x1f]*"
_AMOUNT = r"[0-9]+(\.[0-9]{1,6})?"
_KINDS = ("法人及非法人组织", "个体工商户")  # a natural person has no place in this item


@dataclass(frozen=True, slots=True)
class Column:
    """What a peer is told of a column; ``pattern`` is for the whole cell and means the same in Python and in Rust."""

    name: str
    heading: str
    type: str
    required: bool
    max_length: int | None
    pattern: str
    values: tuple[str, ...]
    forbidden: tuple[str, ...]


@lru_cache
def columns(today: dt.date) -> tuple[Column, ...]:
    """Return the columns of the file in order."""
    version = load(ITEM).at(today)
    return tuple(_column(version, name) for name in Layout.NARROW.fields)


def _column(version: ItemVersion, name: str) -> Column:
    field = version.field(name)
    return Column(
        name=name,
        heading=HEADINGS[name],
        type=field.type,
        required=field.required or name in CODES,  # this file has no other code of the subject
        max_length=field.max_length,
        pattern=_pattern(field),
        values=_KINDS if field.role == "counterpart_kind" else (),
        forbidden=PLACEHOLDERS if field.required and field.type == "string" and not field.codes else (),
    )


def _pattern(field: Field) -> str:
    if field.type == "date" or field.role == "counterpart_kind":
        return ""
    if field.type == "number":
        return _AMOUNT
    if field.name in CODES:
        return _CODE
    if field.codes:
        return _several(field)
    return _NAME if field.role == "counterpart_name" else _TEXT


def _several(field: Field) -> str:
    """Return a pattern of one or more listed values, parted by any of the separators."""
    values = [re.escape(code) for code in sorted(field.codes, key=len, reverse=True)]
    one = f"({re.escape(field.other)}[-－—:：].+|{'|'.join(values)})"
    return f"{one}([{re.escape(field.separators)}]{one})*"
