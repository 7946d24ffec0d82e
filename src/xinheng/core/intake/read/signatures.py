"""Files of other kinds, known by their first bytes, and what their sender can do."""

from __future__ import annotations

from typing import NamedTuple

from xinheng.core.errors import Text, UnusableFile
from xinheng.core.intake.read import refusals

_SAVE_AS_XLSX = Text(
    "请用 Excel 或 WPS 打开后另存为 XLSX（或 CSV UTF-8），再重新报送。",
    "Open it in a spreadsheet program, save it as XLSX (or CSV UTF-8) and hand it in again.",
)
_TABLE_WANTED = Text("请改为报送数据表（CSV 或 XLSX）。", "Hand in the table itself, as CSV or XLSX.")
_UNPACK = Text(
    "请先解压，再逐个报送其中的 CSV 或 XLSX 文件。", "Unpack it first and hand in the CSV or XLSX files one by one."
)


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
    (b"<?xml", Text("XML 文件", "an XML file"), _SAVE_AS_XLSX),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def is_zip(head: bytes) -> bool:
    """Does the file start like a ZIP container, as XLSX does?"""
    return head.startswith(_ZIP)


def foreign_kind(head: bytes, name: str) -> UnusableFile | None:
    """Return the refusal of a file that is evidently no table of ours, or ``None``."""
    if head.startswith(_OLE):
        return _old_office(head, name)
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


def _old_office(head: bytes, name: str) -> UnusableFile:
    if _wide("EncryptedPackage") in head:
        return refusals.encrypted_workbook()
    if _wide("WordDocument") in head:
        return refusals.other_kind(Text("旧版 Word 文档（.doc）", "an old Word document (.doc)"), _TABLE_WANTED)
    if name.lower().endswith(".et"):
        return refusals.other_kind(Text("WPS 表格文件（.et）", "a WPS spreadsheet (.et)"), _SAVE_AS_XLSX)
    if name.lower().endswith(".xlsx") and _wide("Workbook") not in head:
        return refusals.encrypted_workbook()
    return refusals.other_kind(Text("旧版 Excel 工作簿（.xls）", "an old Excel workbook (.xls)"), _SAVE_AS_XLSX)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")
