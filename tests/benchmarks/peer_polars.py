"""How the tools on Polars get the file: cells as text, days and amounts turned beforehand, each row with its number.

Polars itself stops at a row with more cells than the header unless it may cut them off, and fills a short row up in silence. Days are written in two
ways, which no cast takes (Polars has none from text to a day), so they are parsed here; what is no day becomes empty, and is then found as missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.benchmarks.peer_rules import Column

NUMBER = "row"
AMOUNT = "_amount"
"""Ending of the column with an amount as a number, beside the text."""


def read(path: Path, columns: tuple[Column, ...]) -> Any:
    """Return the file as a frame with field codes for headings."""
    import polars as pl

    frame = pl.read_csv(
        path, infer_schema=False, truncate_ragged_lines=True, new_columns=[each.name for each in columns]
    )
    days = [each.name for each in columns if each.type == "date"]
    amounts = [each.name for each in columns if each.type == "number"]
    return frame.with_row_index(NUMBER, offset=2).with_columns(
        *(pl.col(name).str.replace_all("/", "-").str.to_date("%Y-%m-%d", strict=False) for name in days),
        *(pl.col(name).cast(pl.Float64, strict=False).alias(name + AMOUNT) for name in amounts),
    )
