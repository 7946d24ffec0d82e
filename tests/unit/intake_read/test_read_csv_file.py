"""Reading a department's CSV: what is laid out, with which row numbers, and which rows go aside."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xinheng.core.intake.read import Chunk, TableReader, open_table

HEAD = "名称,代码,决定日期\n"


def opened(text: str | bytes, encoding: str = "utf-8", chunk_bytes: int = 1 << 20, name: str = "f.csv") -> TableReader:
    data = text.encode(encoding) if isinstance(text, str) else text
    return open_table(io.BytesIO(data), name=name, size=len(data), chunk_bytes=chunk_bytes)


def only_chunk(text: str | bytes, encoding: str = "utf-8") -> Chunk:
    (raw,) = opened(text, encoding).chunks()
    return raw.parse()


def rows_of(chunk: Chunk) -> dict[int, list[str | None]]:
    columns = [column.to_pylist() for column in chunk.table.columns]
    return {int(row): list(cells) for row, *cells in zip(chunk.rows, *columns, strict=True)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_told_from_the_bytes(encoding: str) -> None:
    bom = "\ufeff" if encoding.startswith("utf-16") else ""
    table = opened(f"{bom}{HEAD}某某厂,91A,2021-03-01\n", encoding)
    assert table.header == ("名称", "代码", "决定日期")
    assert table.form.encoding == encoding
    (raw,) = table.chunks()
    assert rows_of(raw.parse()) == {2: ["某某厂", "91A", "2021-03-01"]}


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_delimiter_is_told_from_the_heading_row(delimiter: str, encoding: str) -> None:
    text = f"名称{delimiter}代码\n鍇|鍇{delimiter}2\n".replace("|鍇" if delimiter == "|" else "\0", "鍇")
    table = opened(text, encoding)
    assert table.form.delimiter == delimiter
    (raw,) = table.chunks()
    assert rows_of(raw.parse())[2][1] == "2"


def test_a_bar_inside_a_character_of_gb18030_parts_nothing() -> None:
    chunk = only_chunk('名称|代码\n鍇|"a|b\nc"\n鍇鍇|2\n', "gb18030")
    assert rows_of(chunk) == {2: ["鍇", "a|b\nc"], 3: ["鍇鍇", "2"]}
    assert "鍇".encode("gb18030")[1:] == b"|"


def test_rows_have_the_numbers_a_spreadsheet_shows() -> None:
    chunk = only_chunk(f'\n{HEAD}甲,"1\n\n1",a\n\n乙,2,b\r\n,,\n丙,3,c')
    assert rows_of(chunk) == {3: ["甲", "1\n\n1", "a"], 5: ["乙", "2", "b"], 7: ["丙", "3", "c"]}
    assert chunk.bad == ()


def test_an_empty_cell_is_null_whether_quoted_or_not() -> None:
    assert rows_of(only_chunk(f'{HEAD}甲,"",\n')) == {2: ["甲", None, None]}


def test_formulas_are_ordinary_text() -> None:
    chunk = only_chunk(f"{HEAD}=cmd|'/c calc'!A1,@SUM(1),-x\n")
    assert rows_of(chunk) == {2: ["=cmd|'/c calc'!A1", "@SUM(1)", "-x"]}


def test_ragged_rows_go_aside_with_their_counts_and_cells() -> None:
    chunk = only_chunk(f'{HEAD}甲,1\n乙,2,b\n丙,3,c,"d,e"\n丁,4,d\n')
    assert [(bad.row, bad.code, bad.cells) for bad in chunk.bad] == [
        (2, "S08", ("甲", "1")),
        (4, "S08", ("丙", "3", "c", "d,e")),
    ]
    assert "本行有 2 个单元格，标题行有 3 列，少 1 个" in chunk.bad[0].text.zh
    assert "1 too many" in chunk.bad[1].text.en
    assert list(chunk.rows) == [3, 5]


def test_a_short_last_row_hints_that_the_file_was_cut() -> None:
    (bad,) = only_chunk(f"{HEAD}甲,1,a\n乙,2").bad
    assert "可能被截断" in bad.text.zh
    assert "cut off" in bad.text.en


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_the_hint_does_not_depend_on_how_the_file_is_cut_into_chunks(ending: str) -> None:
    told = {
        size: [
            bad.text.en for raw in opened(f"a,b\n1,2\n3{ending}", chunk_bytes=size).chunks() for bad in raw.parse().bad
        ]
        for size in range(1, 12)
    }
    assert len({tuple(texts) for texts in told.values()}) == 1
    assert ("cut off" in told[1][0]) == (ending == "")


def test_null_characters_make_their_row_bad_and_no_other() -> None:
    chunk = only_chunk(f"{HEAD}甲,1,a\n乙,2\0,b\n丙,3,c\n")
    assert [(bad.row, bad.code, bad.cells) for bad in chunk.bad] == [(3, "S06", ("乙", "2\0", "b"))]
    assert list(chunk.rows) == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_undecodable_cell_makes_its_row_bad_and_no_other(encoding: str) -> None:
    lines = [HEAD.encode(encoding), *["某某县某某厂,1,a\n".encode(encoding)] * 20]
    lines[5] = "某某".encode(encoding) + b"\xff\xfe,1,a\n"
    chunk = only_chunk(b"".join(lines))
    assert [(bad.row, bad.code) for bad in chunk.bad] == [(6, "S09")]
    assert chunk.bad[0].cells[0].startswith("某某\ufffd")
    assert encoding.upper() in chunk.bad[0].text.en
    assert chunk.table.num_rows == 19


def test_half_a_surrogate_in_utf_16_makes_its_row_bad() -> None:
    data = ("\ufeff" + HEAD + "甲,1,a\n").encode("utf-16-le") + b"\x00\xd8" + ",2,b\n丙,3,c\n".encode("utf-16-le")
    chunk = only_chunk(data)
    assert [(bad.row, bad.code, bad.cells) for bad in chunk.bad] == [(3, "S09", ("\ufffd", "2", "b"))]
    assert list(chunk.rows) == [2, 4]


def test_long_codes_in_scientific_notation_are_marked_and_kept() -> None:
    chunk = only_chunk(f"{HEAD}甲,3.20106E+17,a\n乙,9.1E+05,+86\n丙,3E+14,4E+19\n")
    assert chunk.lossy == ((2, 1), (4, 1), (4, 2))
    assert rows_of(chunk)[2][1] == "3.20106E+17"


def test_headings_are_trimmed_and_nameless_columns_at_the_end_are_left_out() -> None:
    table = opened("\ufeff 名称 ,　代码\t,,\n甲,1,,\n乙,2,x,\n")
    assert table.header == ("名称", "代码")
    (raw,) = table.chunks()
    chunk = raw.parse()
    assert rows_of(chunk) == {2: ["甲", "1"]}
    assert [(bad.row, bad.code, bad.cells) for bad in chunk.bad] == [(3, "S08", ("乙", "2", "x"))]


def test_chunks_are_the_same_each_time_and_may_be_parsed_in_threads() -> None:
    text = HEAD + "".join(f'"某厂, {number}",{number},"a\n""b"""\n' for number in range(2000))
    once = [(raw.number, raw.first_row, raw.offset) for raw in opened(text, chunk_bytes=4096).chunks()]
    with ThreadPoolExecutor(4) as pool:
        chunks = list(pool.map(lambda raw: raw.parse(), opened(text, chunk_bytes=4096).chunks()))
    assert once == [(raw.number, raw.first_row, raw.offset) for raw in opened(text, chunk_bytes=4096).chunks()]
    assert len(once) > 10
    assert [int(row) for chunk in chunks for row in chunk.rows] == list(range(2, 2002))
    assert sum(chunk.consumed for chunk in chunks) == len(text.encode())
    assert chunks[-1].table.column(2)[-1].as_py() == 'a\n"b"'


def test_cells_larger_than_a_block_are_read() -> None:
    big = "长" * 700_000
    text = f'{HEAD}甲,1,a\n乙,"{big}\n",b\n丙,3,c\n'
    for chunk_bytes in (1000, 1 << 20, 32 << 20):
        rows: dict[int, list[str | None]] = {}
        for raw in opened(text, chunk_bytes=chunk_bytes).chunks():
            rows.update(rows_of(raw.parse()))
        assert rows[3] == ["乙", big + "\n", "b"]
        assert len(rows) == 3


def test_the_encoding_of_a_file_that_begins_in_ascii_is_told_further_on() -> None:
    text = "name,code\n" + "plant,1\n" * 200_000 + "某某县某某厂,2\n"
    assert opened(text, "gb18030").form.encoding == "gb18030"
    assert opened(text, "utf-8").form.encoding == "utf-8"


def test_real_files_of_penalties_and_firms_are_read_whole(shared_data: Path) -> None:
    for name in ("cn_env_penalties_shandong/penalties.csv", "cn_name_code_resolution/resolution.csv"):
        with (shared_data / name).open("rb") as stream:
            table = open_table(stream, name=name, size=0, chunk_bytes=100_000)
            chunks = [raw.parse() for raw in table.chunks()]
        assert sum(chunk.table.num_rows for chunk in chunks) > 1000
        assert all(not chunk.bad for chunk in chunks)
