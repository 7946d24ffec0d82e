"""Files that nobody can use: exit code 2, a clear sentence in both languages, and nothing of them is in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import pytest

from xinheng.core.intake.read.compound import packed
from xinheng.core.sample.layouts import HEADINGS

from ..commands import MEMORY, Done, Xinheng
from ..sheets import PENALTY, TODAY, Province, csv_bytes, penalty_sheet, small_province, workbook

PARTS = ("what", "why", "mend")


def _sheet(number: int = 3) -> bytes:
    return penalty_sheet(*small_province().penalties[:number])


def _renamed(column: str, name: str) -> bytes:
    return _sheet().replace(HEADINGS[column].encode(), name.encode(), 1)


def _with_column(name: str) -> bytes:
    rows = [
        {**{HEADINGS[code]: cell for code, cell in row.items()}, name: "某内容"}
        for row in small_province().penalties[:3]
    ]
    return csv_bytes(rows, list(rows[0]))


def _half_of_every_character() -> bytes:
    return bytes(byte for place, byte in enumerate(_sheet()) if byte < 128 or place % 2)


def _cut_in_a_cell() -> bytes:
    content = penalty_sheet(small_province().penalty(0), small_province().penalty(1, CF_SY='一是"甲"，二是乙。'))
    return content[: content.rindex(b"\xe4\xba\x8c\xe6\x98\xaf\xe4\xb9\x99")]


def _zip_bomb() -> bytes:
    plain, out = workbook(list(HEADINGS.values()), []), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name in given.namelist():
            with book.open(name, "w") as part:
                if "worksheets" not in name:
                    part.write(given.read(name))
                    continue
                part.write(b"<worksheet><sheetData>")
                for _ in range(80):
                    part.write(b" " * (1 << 20))
    return out.getvalue()


def _cut_workbook() -> bytes:
    return workbook(list(HEADINGS.values()), [list(row.values()) for row in small_province().penalties[:3]])[:-400]


def _laughing() -> bytes:
    entities = "".join(
        f'<!ENTITY {"abcdefgh"[at]} "{("&" + "abcdefgh"[at - 1] + ";") * 10 if at else "ha"}">' for at in range(8)
    )
    return f'<?xml version="1.0"?><!DOCTYPE l [{entities}]><ROWDATA><ROW CF_WSH="&h;"/></ROWDATA>'.encode()


FILES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "an empty file": (lambda: b"", "The file is empty", "文件是空的"),
    "blank lines": (lambda: b"\r\n , \r\n\r\n", "The file", "文件"),
    "a heading row only": (lambda: penalty_sheet(), "no data", "没有数据"),
    "bytes that are no text": (_half_of_every_character, "encoding", "编码"),
    "UTF-16 without a mark": (lambda: _sheet().decode().encode("utf-16-le"), "not a table of text", "不是文本表格"),
    "nulls": (lambda: bytes(5000), "empty", "空的"),
    "no heading row": (lambda: _sheet().partition(b"\r\n")[2], "heading row is missing", "缺少标题行"),
    "a heading twice": (lambda: _renamed("BZ", HEADINGS["CF_NR"]), "occurs twice", "出现了两次"),
    "two names of one field": (lambda: _renamed("BZ", "CF_NR"), "Two columns mean the same field", "两列对应同一项"),
    "a column outside the catalogue": (lambda: _with_column("宗教信仰"), "outside the catalogue", "目录以外的列"),
    "a mandatory column missing": (
        lambda: penalty_sheet(*small_province().penalties[:3], fields=[code for code in HEADINGS if code != "CF_WSH"]),
        "lacks mandatory columns",
        "缺少必填列",
    ),
    "a cell that never ends": (_cut_in_a_cell, "middle of a cell", "单元格中间结束"),
    "a zip bomb": (_zip_bomb, "safety check", "安全检查"),
    "half a workbook": (_cut_workbook, "damaged", "损坏"),
    "half an old workbook": (lambda: packed(bytes(9000))[:-5000], "damaged", "损坏"),
    "half an array of objects": (
        lambda: b'[{"CF_WSH": "1"}, {"CF_WSH": ',
        "cannot be read from object 2",
        "第 2 个对象",
    ),
    "laughing XML": (lambda: _laughing(), "safety check", "安全检查"),
    "half an XML file": (lambda: b'<ROWDATA><ROW CF_WSH="1"/>\n<ROW', "from its line 2 on", "第 2 行"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "cannot be read as a table", "不能作为数据表"),
}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder for large files, in memory where the machine has that."""
    made = Path(mkdtemp(prefix="xinheng-files-", dir=MEMORY if MEMORY.is_dir() else None))
    yield made
    rmtree(made)


def submit(xinheng: Xinheng, file: Path, agency: str, *more: str, **how: Any) -> Done:
    return xinheng("submit", PENALTY, file, "--agency", agency, "--on", TODAY.isoformat(), *more, **how)


def assert_explained(done: Done, english: str, chinese: str) -> None:
    error = done.json["error"]
    assert set(error) == set(PARTS)
    assert all(error[part]["zh"] and error[part]["en"] for part in PARTS)
    assert english in error["what"]["en"], error
    assert chinese in error["what"]["zh"], error
    assert done.err.splitlines()[0] == error["what"]["en"]
    assert "\n" not in error["what"]["zh"]


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_with_a_sentence_and_nothing_is_in(
    xinheng: Xinheng, province: Province, tmp_path: Path, name: str
) -> None:
    make, english, chinese = FILES[name]
    file = tmp_path / "file.csv"
    file.write_bytes(make())
    before, sealed = xinheng.counts(), xinheng.sealed_files()
    done = submit(xinheng, file, province.agency, "--json", "--rejects", str(tmp_path / "rejects.xlsx"), expect=2)
    assert_explained(done, english, chinese)
    assert xinheng.counts() == before
    assert xinheng.sealed_files() == sealed
    assert not (tmp_path / "rejects.xlsx").exists()


def test_a_chinese_terminal_is_told_in_chinese(xinheng: Xinheng, province: Province, tmp_path: Path) -> None:
    file = tmp_path / "空文件.csv"
    file.write_bytes(b"")
    done = submit(xinheng, file, province.agency, expect=2, lang="zh_CN.UTF-8")
    assert done.err.splitlines()[0].startswith("文件是空的")
    assert [line[:3] for line in done.err.splitlines()[1:]] == ["原因：", "处理："]
    assert done.out == ""


@pytest.mark.parametrize("start", [_sheet(1), b'{"CF_WSH": "1"}\n{"CF_WSH": "'])
def test_a_line_of_a_gibibyte_is_refused_in_little_memory(
    xinheng: Xinheng, province: Province, folder: Path, start: bytes
) -> None:
    file, piece = folder / "line", "无换行".encode() * (1 << 16)
    with file.open("wb") as out:
        out.write(start)
        while out.tell() < 1 << 30:
            out.write(piece)
    before = xinheng.counts()
    words = ("submit", PENALTY, file, "--agency", province.agency, "--on", TODAY.isoformat(), "--json")
    done, peak = xinheng.measured(*words)
    file.unlink()
    assert done.code == 2
    assert_explained(done, "longer than 8 MiB", "超过 8 MiB")
    assert peak < 700 << 20
    if start == _sheet(1):
        _nothing_is_visible(xinheng, before)
    else:  # noticed before it was received: these forms are looked into further
        assert xinheng.counts() == before


def test_a_large_file_that_ends_in_a_cell_leaves_nothing_of_its_good_rows(
    xinheng: Xinheng, province: Province, folder: Path
) -> None:
    rows = [province.penalty(number % 20, CF_WSH=f"断罚〔2026〕{number}号") for number in range(3000)]
    content = penalty_sheet(*rows, province.penalty(0, CF_WSH="断罚〔2026〕末号", BZ='有"引号"和一些文字'))
    assert len(content) > 2 << 20
    file = folder / "cut.csv"
    file.write_bytes(content[: content.rindex("引号".encode())])
    before = xinheng.counts()
    for _ in range(2):
        assert_explained(
            submit(xinheng, file, province.agency, "--json", expect=2), "middle of a cell", "单元格中间结束"
        )
    _nothing_is_visible(xinheng, before)
    listed = xinheng("submissions", "--json").json[0]
    assert [listed["state"], listed["received"], listed["waiting_now"]] == ["failed", 0, 0]
    file.write_bytes(content)
    taken = submit(xinheng, file, province.agency, "--json").json
    assert [taken["received"], taken["accepted"]] == [3001, 3001]


def _nothing_is_visible(xinheng: Xinheng, before: dict[str, int]) -> None:
    """The file as such was received and is marked as failed; nothing of its rows is there."""
    grown = {table: count - before[table] for table, count in xinheng.counts().items() if count != before[table]}
    assert grown == {"store_submission": 1, "store_sealedfile": 1}
    assert xinheng.value(
        "SELECT failed IS NOT NULL AND committed_at IS NULL FROM store_submission ORDER BY id DESC LIMIT 1"
    )
