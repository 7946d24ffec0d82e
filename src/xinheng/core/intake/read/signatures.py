"""Files of other kinds, known by their first bytes, and what their sender can do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xinheng.core.errors import Text, UnusableFile
from xinheng.core.intake.read import refusals

_SAVE_AS_XLSX = Text(
    "请用 Excel 或 WPS 打开后另存为 XLSX（或 CSV UTF-8），再重新报送。",
    "Open it in a spreadsheet program, save it as XLSX (or CSV UTF-8) and hand it in again.",
)
_TABLE_WANTED = Text("请改为报送数据表（如 CSV 或 XLSX）。", "Hand in the table itself, for instance as CSV or XLSX.")
_UNPACK = Text("请先解压，再逐个报送其中的数据表。", "Unpack it first and hand in the tables in it one by one.")


class _Signature(NamedTuple):
    start: bytes
    kind: Text
    mend: Text


_SIGNATURES = (
    _Signature(b"%PDF", Text("PDF 文件", "a PDF document"), _TABLE_WANTED),
    _Signature(b"Rar!", Text("RAR 压缩包", "a RAR archive"), _UNPACK),
    _Signature(b"7z\xbc\xaf\x27\x1c", Text("7z 压缩包", "a 7z archive"), _UNPACK),
    _Signature(b"\x1f\x8b", Text("GZIP 压缩包", "a GZIP archive"), _UNPACK),
    _Signature(b"\x89PNG", Text("图片（PNG）", "a picture (PNG)"), _TABLE_WANTED),
    _Signature(b"\xff\xd8\xff", Text("图片（JPEG）", "a picture (JPEG)"), _TABLE_WANTED),
    _Signature(b"GIF8", Text("图片（GIF）", "a picture (GIF)"), _TABLE_WANTED),
    _Signature(b"PAR1", Text("Parquet 文件", "a Parquet file"), _TABLE_WANTED),
    _Signature(b"SQLite format 3\x00", Text("SQLite 数据库", "an SQLite database"), _TABLE_WANTED),
    _Signature(b"{\\rtf", Text("RTF 文档", "an RTF document"), _TABLE_WANTED),
)
_MARKUP = (
    (b"<!doctype html", Text("网页（HTML）", "a web page (HTML)"), _SAVE_AS_XLSX),
    (b"<html", Text("网页（HTML）", "a web page (HTML)"), _SAVE_AS_XLSX),
    (b"<table", Text("网页（HTML）", "a web page (HTML)"), _SAVE_AS_XLSX),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def is_zip(head: bytes) -> bool:
    """Does the file start like a ZIP container, as XLSX does?"""
    return head.startswith(_ZIP)


def is_compound(head: bytes) -> bool:
    """Does the file start like an OLE compound, the container of XLS, of WPS ``.et`` and of old Word documents?"""
    return head.startswith(_OLE)


def foreign_kind(head: bytes) -> UnusableFile | None:
    """Return the refusal of a file that is evidently no table of ours, or ``None``."""
    for signature in _SIGNATURES:
        if head.startswith(signature.start):
            return refusals.other_kind(signature.kind, signature.mend)
    start = head[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for begin, kind, mend in _MARKUP:
        if start.startswith(begin):
            return refusals.other_kind(kind, mend)
    return None


def zip_without_workbook(names: list[str]) -> UnusableFile:
    """Say what a ZIP container is when no XLSX workbook is in it."""
    tops = {name.split("/", 1)[0] for name in names}
    if "word" in tops:
        return refusals.other_kind(Text("Word 文档", "a Word document"), _TABLE_WANTED)
    if "ppt" in tops:
        return refusals.other_kind(Text("演示文稿", "a presentation"), _TABLE_WANTED)
    if "content.xml" in tops:
        return refusals.other_kind(Text("OpenDocument 文件", "an OpenDocument file"), _SAVE_AS_XLSX)
    if "xl/workbook.bin" in names:
        return refusals.other_kind(Text("二进制工作簿（XLSB）", "a binary workbook (XLSB)"), _SAVE_AS_XLSX)
    return refusals.other_kind(Text("ZIP 压缩包", "a ZIP archive"), _UNPACK)


def compound_without_workbook(streams: Iterable[str]) -> UnusableFile:
    """Say what an OLE compound is when no workbook is in it, by the names of its streams."""
    names = frozenset(streams)
    if "EncryptedPackage" in names:
        return refusals.encrypted_workbook()
    if "WordDocument" in names:
        return refusals.other_kind(Text("旧版 Word 文档（.doc）", "an old Word document (.doc)"), _TABLE_WANTED)
    if "PowerPoint Document" in names:
        return refusals.other_kind(Text("旧版演示文稿（.ppt）", "an old presentation (.ppt)"), _TABLE_WANTED)
    return refusals.other_kind(Text("不含工作簿的复合文件", "a compound file without a workbook"), _SAVE_AS_XLSX)


def old_workbook() -> UnusableFile:
    """Say that a workbook is older than Excel 97."""
    return refusals.other_kind(Text("Excel 95 或更早的工作簿", "a workbook of Excel 95 or older"), _SAVE_AS_XLSX)


def other_markup() -> UnusableFile:
    """Say that an XML file is not in the exchange form."""
    return refusals.other_kind(
        Text("没有 ROWDATA 的 XML 文件", "an XML file without ROWDATA"),
        Text(
            "请按交换格式（<ROWDATA><ROW …/></ROWDATA>）导出；如为表格软件的 XML，请另存为 XLSX 后重新报送。",
            "Export it in the exchange form (<ROWDATA><ROW …/></ROWDATA>); save a spreadsheet's XML as XLSX.",
        ),
    )
