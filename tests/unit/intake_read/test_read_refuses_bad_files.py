"""Files of which nothing can be taken: each is refused with what, why and what to do, and without reading it all."""

from __future__ import annotations

import io

import pytest

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read import open_table

HEAD = "名称,代码,决定日期\n"


def read_all(data: bytes, name: str, chunk_bytes: int) -> None:
    for raw in open_table(io.BytesIO(data), name=name, size=len(data), chunk_bytes=chunk_bytes).chunks():
        raw.parse()


def refusal_of(data: bytes, name: str = "f.csv", chunk_bytes: int = 1 << 20) -> UnusableFile:
    with pytest.raises(UnusableFile) as caught:
        read_all(data, name, chunk_bytes)
    refused = caught.value
    for language in ("zh", "en"):
        assert all(refused.explanation.in_language(language))
    return refused


@pytest.mark.parametrize("data", [b"", b"\n\r\n  \n", b"\xef\xbb\xbf", b"\xff\xfe\n\x00", b",,\n,,\n"])
def test_a_file_without_anything_is_empty(data: bytes) -> None:
    assert refusal_of(data).facts["reason"] == "empty"


@pytest.mark.parametrize("text", ["名称,代码", "名称,代码\n", "\n名称,代码\n\n,\n\n"])
def test_headings_alone_are_not_a_submission(text: str) -> None:
    assert refusal_of(text.encode()).facts["reason"] == "only-header"


def test_a_missing_heading_row_is_noticed() -> None:
    refused = refusal_of("某某厂,91370784MA3N03685C,2021-03-01,5000\n某某店,91370784MA3N03685C,2021-03-02,1\n".encode())
    assert refused.facts["reason"] == "header-missing"
    assert "91370784MA3N03685C" in refused.explanation.why.zh


def test_a_title_above_the_headings_is_named() -> None:
    refused = refusal_of("某某局处罚信息表,,\n名称,代码,日期\n甲,1,a\n".encode())
    assert refused.facts == {"reason": "title", "row": 1}
    assert "某某局处罚信息表" in refused.explanation.why.zh


def test_a_doubled_column_is_named_with_its_letters() -> None:
    refused = refusal_of("名称,代码, 名称\n甲,1,a\n".encode())
    assert refused.facts["name"] == "名称"
    assert refused.facts["columns"] == ("A", "C")


def test_an_empty_heading_is_named_by_its_column() -> None:
    assert refusal_of("名称,,代码\n甲,1,a\n".encode()).facts["column"] == "B"


def test_text_in_neither_encoding_is_refused_with_the_row() -> None:
    lines = [HEAD.encode(), "甲,1,a\n".encode(), *[b"\xff\xfd\xff,\x81\x20,a\n"] * 50]
    refused = refusal_of(b"".join(lines))
    assert refused.facts["reason"] == "encoding"
    assert refused.facts["row"] == 3
    assert "第 3 行" in refused.explanation.what.zh


def test_undecodable_headings_are_refused() -> None:
    data = "名称某某".encode() + b"\xff,b\n" + "某某某厂,1\n".encode() * 20
    assert refusal_of(data).facts["reason"] == "encoding"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"<html><table>", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "XML"),
    ],
)
def test_a_file_of_another_kind_is_named(start: bytes, kind: str) -> None:
    refused = refusal_of(start + bytes(2000))
    assert kind in refused.explanation.what.zh
    assert kind in refused.explanation.what.en


def test_binary_noise_is_not_a_table() -> None:
    assert refusal_of(bytes(range(256)) * 40).facts["reason"] == "binary"
    assert refusal_of((HEAD + "a,b,c\n" * 20).encode("utf-16-le")).facts["reason"] == "binary"


def test_a_file_cut_inside_quotes_names_the_row_where_they_open() -> None:
    refused = refusal_of(f'{HEAD}甲,1,a\n乙,"2\n3\n丙,3,c\n'.encode(), chunk_bytes=8)
    assert refused.facts == {"reason": "cut", "row": 3}


class Endless(io.RawIOBase):
    """A line without an end, that counts how much of it was read."""

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


@pytest.mark.parametrize("start", [HEAD + "甲,1,a\n乙,", HEAD + '甲,1,a\n乙,"\n', HEAD + "甲,1,a\n" * 500_000 + '乙,"'])
@pytest.mark.parametrize("chunk_bytes", [1 << 16, 32 << 20])
def test_an_endless_record_is_refused_without_reading_it(start: str, chunk_bytes: int) -> None:
    stream = Endless(start.encode())
    with pytest.raises(UnusableFile) as caught:
        list(open_table(stream, name="f.csv", size=1 << 30, chunk_bytes=chunk_bytes).chunks())  # type: ignore[arg-type]
    assert caught.value.facts == {"reason": "record-too-long", "row": start.count("\n", 0, start.find("乙")) + 1}
    assert stream.given < 100 << 20


def test_an_endless_heading_is_refused() -> None:
    with pytest.raises(UnusableFile) as caught:
        open_table(Endless(b"name,"), name="f.csv", size=1 << 30)  # type: ignore[arg-type]
    assert caught.value.facts["reason"] == "record-too-long"


def test_a_record_of_nine_mebibytes_inside_a_chunk_is_refused() -> None:
    refused = refusal_of(f"{HEAD}甲,1,a\n乙,2,{'b' * (9 << 20)}\n丙,3,c\n".encode(), chunk_bytes=32 << 20)
    assert refused.facts["row"] == 3
