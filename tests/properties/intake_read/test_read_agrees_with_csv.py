"""The fast reading and its slow, obvious twin (Python's csv) agree on random tables, dialects and chunk sizes."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read import BadRow, open_table
from xinheng.core.intake.read.records import cells_of, scan

SIGNS = st.sampled_from(
    [*'",;|\t\n\r =+-@E1.', "\r\n", '""', "甲", "乙", "行政处罚", "a", "b", "0", "é", "😀", "\ufeff", "鍇|"]
)
CELLS = st.lists(SIGNS, max_size=6).map("".join)
DELIMITERS = st.sampled_from([",", "\t", ";", "|"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
CHUNK_BYTES = st.integers(1, 400)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    header = [f"标题{place}" for place in range(width)]
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=12))
    return [header, ["甲", *(["乙"] * (width - 1))], *rows]


Read = tuple[tuple[str, ...], dict[int, list[str]], tuple[BadRow, ...]]


def read_or_refusal(data: bytes, *, chunk_bytes: int) -> Read | UnusableFile:
    try:
        return read_fast(data, chunk_bytes=chunk_bytes)
    except UnusableFile as refused:
        return refused


def read_fast(data: bytes, *, chunk_bytes: int) -> Read:
    table = open_table(io.BytesIO(data), name="f.csv", size=len(data), chunk_bytes=chunk_bytes)
    rows: dict[int, list[str]] = {}
    bad: list[BadRow] = []
    consumed = 0
    for raw in table.chunks():
        chunk = raw.parse()
        columns = [column.to_pylist() for column in chunk.table.columns]
        assert len(columns) == len(table.header)
        assert chunk.rows.dtype == np.int64
        assert chunk.table.num_rows == len(chunk.rows)
        rows.update(
            (int(row), [cell or "" for cell in cells]) for row, *cells in zip(chunk.rows, *columns, strict=True)
        )
        bad.extend(chunk.bad)
        consumed += chunk.consumed
    assert consumed == len(data)
    return table.header, rows, tuple(bad)


def read_slow(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(tables(), DELIMITERS, ENCODINGS, LINE_ENDS, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), CHUNK_BYTES)
def test_what_csv_wrote_is_read_back_cell_by_cell_with_its_row_numbers(
    table: list[list[str]], delimiter: str, encoding: str, line_end: str, quoting: int, chunk_bytes: int
) -> None:
    out = io.StringIO(newline="")
    if line_end != "\r\n":
        quoting = csv.QUOTE_ALL  # csv leaves line breaks of another kind inside a cell unquoted
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(table)
    header, rows, bad = read_fast(out.getvalue().encode(encoding), chunk_bytes=chunk_bytes)
    assert header == tuple(table[0])
    assert bad == ()
    assert rows == {number: row for number, row in enumerate(table[1:], start=2) if any(row)}


@given(st.lists(SIGNS, max_size=60).map("".join), DELIMITERS, ENCODINGS, CHUNK_BYTES)
def test_any_text_is_laid_out_as_csv_does_whatever_its_quotes(
    text: str, delimiter: str, encoding: str, chunk_bytes: int
) -> None:
    text = f"标题0{delimiter}标题1\n甲{delimiter}乙\n甲{delimiter}乙\n甲{delimiter}乙\n" + text
    data = text.encode(encoding)
    outcome = read_or_refusal(data, chunk_bytes=chunk_bytes)
    if isinstance(outcome, UnusableFile):
        assert outcome.facts["reason"] == "cut"
        return
    _, rows, bad = outcome
    expected = {
        number: cells
        for number, cells in enumerate(read_slow(text, delimiter)[1:], start=2)
        if any(cell.strip() for cell in cells) or (len(cells) == 2 and any(cells))
    }
    assert rows == {number: cells for number, cells in expected.items() if len(cells) == 2}
    assert {row.row: list(row.cells) for row in bad} == {n: cells for n, cells in expected.items() if len(cells) != 2}
    assert {row.code for row in bad} <= {"S08"}


@given(st.lists(SIGNS, max_size=60).map("".join), DELIMITERS)
def test_records_end_where_csv_ends_them(text: str, delimiter: str) -> None:
    data = text.encode()
    found = scan(np.frombuffer(data, dtype=np.uint8), delimiter=ord(delimiter), final=True)
    if found.open_quote:
        return
    ends = found.ends.tolist()
    if data and (not ends or ends[-1] < len(data)):
        ends.append(len(data))
    records = [data[start:end].decode() for start, end in zip([0, *ends[:-1]], ends, strict=True)] if ends else []
    slow = [cells or [""] for cells in read_slow(text, delimiter)]
    assert [cells_of(record, delimiter) for record in records] == slow


@given(st.binary(max_size=60), st.integers(15, 400), st.integers(15, 400))
def test_undecodable_bytes_never_move_a_row_whatever_the_chunk_size(noise: bytes, one: int, other: int) -> None:
    data = "名称,代码\n".encode() + "甲,乙\n".encode() * 60 + noise.replace(b'"', b"'") + "\n丙,丁\n".encode()
    first, second = read_fast(data, chunk_bytes=one), read_fast(data, chunk_bytes=other)
    assert first == second
    _, rows, bad = first
    assert {row.code for row in bad} <= {"S06", "S08", "S09"}
    assert rows[max(rows)] == ["丙", "丁"]


@given(
    st.binary(max_size=120), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"%PDF"])
)
def test_any_bytes_are_read_or_refused_with_an_explanation(noise: bytes, start: bytes) -> None:
    outcome = read_or_refusal(start + noise, chunk_bytes=64)
    if isinstance(outcome, UnusableFile):
        assert all(outcome.explanation.in_language("zh"))
        assert all(outcome.explanation.in_language("en"))


@given(st.data())
def test_a_damaged_csv_is_read_or_refused_with_an_explanation(data: st.DataObject) -> None:
    encoding = data.draw(ENCODINGS)
    file = bytearray(('名称,代码,日期\n"甲,\n1",91370784MA3N03685C,2021-03-01\n' * 20).encode(encoding))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(file[: data.draw(st.integers(1, len(file)))])
    outcome = read_or_refusal(cut, chunk_bytes=data.draw(CHUNK_BYTES))
    if isinstance(outcome, UnusableFile):
        assert outcome.explanation.what.zh.endswith("。")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_stream_that_cannot_seek_gives_the_same_table(encoding: str) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self._inner = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1, /) -> bytes:
            return self._inner.read(min(size, 7) if size >= 0 else 7)

        def readinto(self, target: memoryview) -> int:  # type: ignore[override]
            return self._inner.readinto(target[:5])

    data = ("名称,代码\n" + "甲,乙\n" * 50).encode(encoding)
    table = open_table(Pipe(data), name="f.csv", size=len(data), chunk_bytes=100)  # type: ignore[arg-type]
    assert sum(raw.parse().table.num_rows for raw in table.chunks()) == 50
