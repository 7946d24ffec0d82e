"""Reading JSON: one object a line or one array; digits are kept, and nothing that is no cell is lost in silence."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read import keyed, open_table

from .reading import lossy_of, opened, refusal_of, rows_of

PLAIN = '{"名称": "甲", "代码": "1"}\n{"名称": "乙", "代码": "2"}\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("array", [False, True])
def test_the_encoding_is_told_from_the_bytes(encoding: str, array: bool) -> None:
    text = "[" + ",\n".join(PLAIN.splitlines()) + "]" if array else PLAIN
    table = opened(text.encode(encoding))
    assert (table.form.kind, table.header, table.header_row) == ("json" if array else "jsonl", ("名称", "代码"), 0)
    assert rows_of(table) == ({1: ["甲", "1"], 2: ["乙", "2"]}, [])


def test_a_row_has_the_number_of_its_line_and_in_an_array_its_place() -> None:
    assert list(rows_of(opened(b'\n{"a":"1"}\r\n\n  \n{"a":"2"}'))[0]) == [2, 5]
    assert list(rows_of(opened(b'[\n\n{"a":"1"},\n\n{"a":\n"2"}]'))[0]) == [1, 2]


@pytest.mark.parametrize(
    ("written", "text", "lossy"),
    [
        ("320106199001011234", "320106199001011234", False),
        ("91370784303550268.00", "91370784303550268.00", False),
        ("1.50", "1.50", False),
        ("-0", "-0", False),
        ("1e3", "1000", False),
        ("1.5E-7", "0.00000015", False),
        ("3.20106E+17", "320106000000000000", True),
        ("3.20106e17", "320106000000000000", True),
        ("1e999999999", "1e999999999", True),
        ('"3.20106E+17"', "3.20106E+17", True),
        ('"011"', "011", False),
        ("true", "TRUE", False),
        ("false", "FALSE", False),
        ("null", None, False),
        ('""', None, False),
        ('"\\u7532\\n"', "甲\n", False),
        ('"\\ud83d\\ude00"', "😀", False),
    ],
)
def test_a_value_keeps_what_is_written(written: str, text: str | None, lossy: bool) -> None:
    data = f'{{"a": {written}, "b": "x"}}'.encode()
    assert rows_of(opened(data))[0] == {1: [text, "x"]}
    assert lossy_of(opened(data)) == ([(1, 0)] if lossy else [])


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ('{"a": {"b": 1}}', "S08", "“a”"),
        ('{"a": [1]}', "S08", "“a”"),
        ('{"a": 1, " a ": 2}', "S08", "两次"),
        ('{"a": 1, "": 2}', "S08", "没有列名"),
        ('{"a": NaN}', "S08", "JSON 对象"),
        ('{"a": 1', "S08", "第 8 个字符"),
        ('{"a": 1} {"a": 2}', "S08", "JSON 对象"),
        ("[1]", "S08", "JSON 对象"),
        ("甲,乙", "S08", "JSON 对象"),
        ("[" * 100_000, "S08", "JSON 对象"),
        ('{"a": "\0"}', "S06", "NUL"),
        ('{"a": "\\u0000"}', "S06", "NUL"),
        ('{"a": "\\ud800"}', "S09", "UTF-8"),
    ],
)
def test_what_is_no_row_goes_aside_with_a_sentence(line: str, code: str, said: str) -> None:
    rows, bad = rows_of(opened(('{"a": "1", "b": "2"}\n' * 20 + line + "\n" + '{"a": "3"}').encode()))
    assert ([(one.row, one.code) for one in bad], rows[22]) == ([(21, code)], ["3", None])
    assert said in bad[0].text.zh
    assert bad[0].text.en


def test_undecodable_bytes_make_their_line_bad_and_move_no_other() -> None:
    data = PLAIN.encode() * 20 + '{"名称": "甲'.encode() + b"\xff" + b'"}\n' + PLAIN.encode()
    rows, bad = rows_of(opened(data))
    assert [(one.row, one.code, one.cells) for one in bad] == [(41, "S09", ("甲\ufffd", ""))]
    assert list(rows)[-2:] == [42, 43]


def test_a_name_that_comes_late_counts_where_it_is_empty_and_is_told_where_it_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xinheng.core.intake.read.opening.SAMPLE_BYTES", 64)
    monkeypatch.setattr("xinheng.core.intake.read.opening.KEYS_FROM", 128)
    rows, bad = rows_of(opened(b'{"a": "1"}\n' * 20 + b'{"a": "2", "b": null}\n{"a": "3", "b": "4"}\n'))
    assert rows[21] == ["2"]
    assert [(one.row, one.code, one.cells) for one in bad] == [(22, "S08", ("3", "4"))]


def test_columns_stand_in_the_order_in_which_they_appear() -> None:
    assert opened(b'{"b": 1}\n{"a": 1, "b": 2}\n{"c": null}').header == ("b", "a", "c")


@pytest.mark.parametrize("chunk_bytes", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize("array", [False, True])
def test_the_size_of_the_chunks_changes_nothing(chunk_bytes: int, array: bool) -> None:
    lines = [f'{{"名称": "甲{n}", "代码": {n}}}' for n in range(60)]
    data = ("[" + ",".join(lines) + "]" if array else "\n".join(lines)).encode()
    table = opened(data, chunk_bytes=chunk_bytes)
    chunks = list(table.chunks())
    assert [raw.number for raw in chunks] == list(range(len(chunks)))
    with ThreadPoolExecutor(3) as pool:
        parsed = list(pool.map(lambda raw: raw.parse(), chunks))
    assert sum(chunk.consumed for chunk in parsed) == len(data)
    assert [row for chunk in parsed for row in chunk.rows.tolist()] == list(range(1, 61))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}", "empty"),
        ('{"a": null}\n{"b": ""}', "empty"),
        ("[]", "empty"),
        ("[{}]", "empty"),
        ('{"a": ', "json"),
        ('{\n  "a": 1,\n  "b": 2\n}', "json"),
        ('{"data": [{"a": 1}]}', "json"),
        ("[[1], [2]]", "json"),
        ('[{"a": 1}', "cut"),
        ('[{"a": 1},', "cut"),
        ('[{"a": 1}, {"a": "', "cut"),
        ('[{"a": 1} {"a": 2}]', "cut"),
        ('[{"a": 1}] x', "cut"),
        ("[" * 100_000, "cut"),
    ],
)
def test_files_of_which_nothing_can_be_taken(text: str, reason: str) -> None:
    assert refusal_of(text.encode()).facts["reason"] == reason


def test_ever_new_names_are_no_table() -> None:
    lines = (f'{{"a{n}": 1}}' for n in range(keyed.MAX_COLUMNS + 1))
    assert refusal_of("\n".join(lines).encode()).facts["reason"] == "columns"


class Endless(io.RawIOBase):
    """A record without an end, that counts how much of it was read."""

    def __init__(self, start: bytes) -> None:
        self.start = start
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        head = self.start[self.given : self.given + len(target)]
        target[:] = head + b"x" * (len(target) - len(head))
        self.given += len(target)
        return len(target)


@pytest.mark.parametrize(
    "start",
    [
        PLAIN + '{"名称": "',
        f"[{PLAIN.splitlines()[0]}, {{" + '"名称": "',
        "<ROWDATA><ROW A='1'/><ROW A='",
        "<ROWDATA><ROW A='1'/><ROW><A>",
        "<ROWDATA><!--",
    ],
)
def test_a_record_without_an_end_is_refused_without_reading_it(start: str) -> None:
    stream = Endless(start.encode())
    with pytest.raises(UnusableFile) as caught:
        open_table(stream, name="f", size=1 << 30)  # type: ignore[arg-type]
    assert caught.value.facts["reason"] in {"record-too-long", "cut"}
    assert stream.given < 100 << 20
