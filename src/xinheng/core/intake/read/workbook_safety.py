"""A workbook is looked through before it is opened (工作簿安全检查): no bomb, no password, no tricks of XML.

The central directory is believed only as far as unpacking each part proves it; what calamine would allocate for the
farthest cell is reckoned beforehand. The pass also collects error cells (#N/A, …), which calamine gives as empty.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree import ElementTree

from xinheng.core.intake.read import refusals
from xinheng.core.intake.read.signatures import zip_without_workbook

MAX_ENTRIES = 2_000
MAX_UNPACKED = 1 << 30
MAX_RATIO, RATIO_FROM = 200, 50 << 20
MAX_CELLS = 60_000_000
_PIECE = 1 << 20
_LOCAL_HEADER = 30
_NESTED = (".zip", ".xlsx", ".xlsm", ".xls", ".rar", ".7z", ".gz", ".tar", ".docx")
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)|<\x00!\x00(D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(D\x00O\x00C|E\x00N\x00T)")
_ODD_SPELLING = (b"'", b"\t", b"\n", b"\r", b" =", b"= ")  # of an attribute; may also stand in text
_WIDE = re.compile(rb'r="([A-Z]{3,}|[B-Z][A-Z])\d')
_LONG = re.compile(rb'r="[A-Z]+\d{6,}')
_WIDE_ODD = re.compile(rb"""r\s*=\s*["']([A-Z]{3,}|[B-Z][A-Z])\d""")
_LONG_ODD = re.compile(rb"""r\s*=\s*["'][A-Z]+\d{6,}""")
_ERROR_CELL = re.compile(
    rb"""<c (?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>""", re.DOTALL
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

Errors = dict[tuple[int, int], str]  # (row, column), both from 0, of a sheet → what the cell shows


@dataclass(slots=True)
class _Sheet:
    errors: Errors = field(default_factory=dict)
    widest: int = 52  # columns up to AZ are always reckoned with
    tallest: int = 99_999

    def look(self, piece: bytes) -> None:
        odd = any(sign in piece for sign in _ODD_SPELLING)
        for letters in set((_WIDE_ODD if odd else _WIDE).findall(piece)):
            self.widest = max(self.widest, column_index(letters.decode()) + 1)
        if self.tallest < 1_048_576 and (_LONG_ODD if odd else _LONG).search(piece):
            self.tallest = 1_048_576
        if self.widest * self.tallest > MAX_CELLS:
            raise refusals.unsafe_workbook(
                (
                    "工作表中有单元格远在数据区之外，所占范围过大。",
                    "A cell stands so far outside the data that the sheet spans more cells than can be read.",
                )
            )
        if b't="e"' in piece:
            for letters, row, shown in _ERROR_CELL.findall(piece):
                self.errors[int(row) - 1, column_index(letters.decode())] = shown.decode("utf-8", "replace")


def column_index(letters: str) -> int:
    """Return the index (from 0) of a column by its letters."""
    index = 0
    for letter in letters[:6]:
        index = index * 26 + ord(letter) - 64
    return index - 1


def inspect(stream: BinaryIO) -> dict[str, Errors]:
    """Look a workbook through; return the error cells of each sheet, by the sheet's name.

    Raises:
        UnusableFile: it is no workbook, damaged, protected, or unsafe to open.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            return _inspect(archive, stream)
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, OSError, EOFError, KeyError) as error:
        raise refusals.damaged_workbook(str(error)) from error
    except (ValueError, OverflowError, RuntimeError, IndexError, LookupError) as error:
        raise refusals.damaged_workbook() from error


def _inspect(archive: zipfile.ZipFile, stream: BinaryIO) -> dict[str, Errors]:
    entries = archive.infolist()
    _check_directory(entries, stream)
    if "xl/workbook.xml" not in archive.NameToInfo:
        raise zip_without_workbook(archive.namelist())
    sheets: dict[str, _Sheet] = {}
    for entry in entries:
        sheet = sheets.setdefault(entry.filename, _Sheet()) if "/worksheets/" in entry.filename else None
        _look_through(entry, stream, sheet)
    return {
        name: sheets[part].errors for name, part in _parts(archive).items() if part in sheets and sheets[part].errors
    }


def _check_directory(entries: list[zipfile.ZipInfo], stream: BinaryIO) -> None:
    size = stream.seek(0, 2)
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise refusals.unsafe_workbook(("内部文件过多。", f"It holds more than {MAX_ENTRIES} inner files."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusals.encrypted_workbook()
    if unpacked > MAX_UNPACKED or packed > size:
        raise _bomb()
    if any(entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * entry.compress_size for entry in entries):
        raise _bomb()
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed:
        raise _bomb()
    if any(entry.filename.lower().endswith(_NESTED) for entry in entries):
        raise refusals.unsafe_workbook(("其中嵌有其他文件。", "Other files are embedded in it."))


def _bomb() -> Exception:
    return refusals.unsafe_workbook(
        (
            "解压后的内容异常庞大（疑似压缩炸弹，或超过 1 GiB）。",
            "Unpacked it is unreasonably large: a zip bomb, or more than 1 GiB.",
        )
    )


def _look_through(entry: zipfile.ZipInfo, stream: BinaryIO, sheet: _Sheet | None) -> None:
    rest = b""
    for number, piece in enumerate(_unpack(entry, stream)):
        if number == 0 and entry.filename.lower().endswith((".xml", ".rels", ".vml")) and _DTD.search(piece):
            raise refusals.unsafe_workbook(
                ("其 XML 含有实体定义（DTD）。", "Its XML defines entities (a DTD), which a workbook never does.")
            )
        if sheet is not None:
            piece = rest + piece
            cut = max(piece.rfind(b"<c "), len(piece) - _PIECE // 8)
            sheet.look(piece)
            rest = piece[cut:]


def _unpack(entry: zipfile.ZipInfo, stream: BinaryIO) -> Iterator[bytes]:
    """Unpack one part piece by piece; more than the directory says is a lie, and refused."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("compression method")
    stream.seek(entry.header_offset)
    local = stream.read(_LOCAL_HEADER)
    if len(local) < _LOCAL_HEADER or not local.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile("local header")
    lengths = int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
    stream.seek(lengths, 1)
    stored = entry.compress_type == zipfile.ZIP_STORED
    told, left = 0, entry.compress_size
    unpacker = zlib.decompressobj(-15)
    while left > 0:
        packed = stream.read(min(left, _PIECE))
        if not packed:
            raise zipfile.BadZipFile("cut off")
        left -= len(packed)
        while packed:
            piece = packed if stored else unpacker.decompress(packed, _PIECE)
            packed = b"" if stored else unpacker.unconsumed_tail
            told += len(piece)
            if told > entry.file_size:
                raise _bomb()
            yield piece
            if not stored and unpacker.eof:
                break


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 (no DTD: checked)
    targets = {item.get("Id"): str(item.get("Target", "")) for item in relations.iter(f"{_PACKAGE}Relationship")}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 (no DTD: checked)
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found
