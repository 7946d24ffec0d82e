"""Parquet, of which the register's seed may be: read as text, or refused with a sentence."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read.columnar import is_parquet, open_columns


def parquet(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def rows_of(data: bytes) -> list[dict[str, str | None]]:
    assert is_parquet(io.BytesIO(data))
    return [row for raw in open_columns(io.BytesIO(data)).chunks() for row in raw.parse().table.to_pylist()]


GOOD = parquet(name=["甲", "", None], uscc=["1", "2", "3"], capital=[1.5, 2.0, None])


def test_columns_are_read_as_text() -> None:
    assert rows_of(GOOD) == [
        {"c0": "甲", "c1": "1", "c2": "1.5"},
        {"c0": None, "c1": "2", "c2": "2"},
        {"c0": None, "c1": "3", "c2": None},
    ]


@pytest.mark.parametrize(
    "data",
    [
        GOOD[:-9],
        GOOD[:4],
        GOOD[:-40] + b"\xff" * 32 + GOOD[-8:],
        GOOD[:6] + b"\xff" * 60 + GOOD[66:],
        parquet(name=[["甲"], ["乙"]], uscc=["1", "2"]),
        parquet(name=[b"\xff\xfe", b"x"], uscc=["1", "2"]),
    ],
    ids=["cut off", "nothing but its mark", "a damaged footer", "a damaged page", "lists", "bytes that are no text"],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UnusableFile) as caught:
        rows_of(data)
    assert all(caught.value.explanation.in_language("zh"))
    assert all(caught.value.explanation.in_language("en"))
