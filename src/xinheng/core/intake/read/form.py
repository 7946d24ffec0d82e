"""The form of a file (文件格式): told from its first bytes, never from its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from xinheng.core.intake.read import refusals
from xinheng.core.intake.read.header import Knows, heading_place, known_in
from xinheng.core.intake.read.records import cells_of, scan
from xinheng.core.intake.read.signatures import foreign_kind, is_compound, is_zip
from xinheng.core.intake.read.transcode import MARK, decode_marked

SAMPLE_BYTES = 1 << 20
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_RECORDS = 40
_STARTS = (
    ("jsonl", re.compile(r'\s*\{\s*["}]')),
    ("json", re.compile(r"\s*\[\s*[\[{\]]")),
    ("xml", re.compile(r"\s*<(\?xml\b|!--|([\w.-]+:)?(DATAPACKET|ROWDATA)\b)", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written.

    ``kind`` is ``csv``, ``jsonl`` (one object a line), ``json`` (one array of objects), ``xml`` (ROWDATA), ``xlsx`` or
    ``xls`` (also what WPS writes as ``.et``); ``parquet`` for seeding only. For text ``encoding`` is ``utf-8``,
    ``utf-8-sig`` (with byte order mark), ``gb18030``, ``utf-16-le`` or ``utf-16-be``; for CSV ``delimiter`` is one
    character; for workbooks ``sheet`` is the sheet that is read and ``other_sheets`` the visible ones that are not.
    """

    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


def bom_length(head: bytes) -> int:
    """Return how many bytes of byte order mark stand before the text."""
    return next((len(bom) for bom, _ in _BOMS if head.startswith(bom)), 0)


def sniff(head: bytes, *, complete: bool = False, telling: bytes | None = None, knows: Knows | None = None) -> Form:
    """Tell the form of a file.

    ``head`` are its first bytes (a megabyte is plenty), ``complete`` says that there are no more. ``telling`` is a
    later stretch of it, which tells the encoding where the head is plain ASCII; ``knows`` tells headings.

    Raises:
        UnusableFile: it is empty, of another kind, or in no accepted encoding.
    """
    if not head.strip(b"\r\n\t \x00\xef\xbb\xbf\xff\xfe") and complete:
        raise refusals.empty_file()
    if is_zip(head):
        return Form("xlsx")
    if is_compound(head):
        return Form("xls")
    foreign = foreign_kind(head)
    if foreign is not None:
        raise foreign
    encoding = _encoding(head, complete=complete, telling=telling)
    text = _sample_text(head, encoding, complete=complete)
    for kind, start in _STARTS:
        if start.match(text):
            return Form(kind, encoding=encoding)
    return Form("csv", encoding=encoding, delimiter=_delimiter(text, knows, complete=complete))


def text_encoding(encoding: str) -> str:
    """The codec of the text behind the byte order mark."""
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _encoding(head: bytes, *, complete: bool, telling: bytes | None) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    _refuse_binary(head)
    return _judge(telling, head=head) if telling else _judge(head, head=head, complete=complete)


def _refuse_binary(head: bytes) -> None:
    data = np.frombuffer(head, dtype=np.uint8)
    controls = int(((data < 32) & (data != 9) & (data != 10) & (data != 13)).sum())
    if controls > max(16, len(data) // 10):
        raise refusals.not_text()


def _judge(sample: bytes, *, head: bytes, complete: bool = False) -> str:
    """UTF-8 or GB18030, whichever fits with (almost) no error; a few bad bytes make bad rows, not a bad file."""
    utf8_good, utf8_bad = _count(sample, "utf-8", complete=complete)
    if not utf8_bad:
        return "utf-8"
    gb_good, gb_bad = _count(sample, "gb18030", complete=complete)
    if utf8_good >= 4 * utf8_bad:
        return "utf-8"
    if gb_good >= 20 * gb_bad:
        return "gb18030"
    encoding = "utf-8" if utf8_bad <= gb_bad else "gb18030"
    raise refusals.wrong_encoding(*_first_undecodable(head, encoding))


def _count(sample: bytes, encoding: str, *, complete: bool) -> tuple[int, int]:
    """How many characters beyond ASCII, and how many undecodable bytes; a character cut at the end is not counted."""
    text = decode_marked(sample, encoding)
    if not complete:
        text = text[:-4].rstrip(MARK)
    bad = text.count(MARK)
    return len(text) - len(text.encode("ascii", "ignore")) - bad, bad


def _first_undecodable(head: bytes, encoding: str) -> tuple[int, int]:
    try:
        head.decode(encoding)
    except UnicodeDecodeError as error:
        before = np.frombuffer(head[: error.start], dtype=np.uint8)
        return len(scan(before, delimiter=ord(","), final=False).ends) + 1, error.start
    return 1, 0


def _sample_text(head: bytes, encoding: str, *, complete: bool) -> str:
    sample = head[bom_length(head) :]
    text = decode_marked(sample[: 1 << 18], text_encoding(encoding))
    return text if complete and len(sample) <= 1 << 18 else text.rstrip(MARK)


def first_records(text: str, delimiter: str, *, complete: bool, limit: int) -> list[list[str]]:
    """Return the cells of the first records of ``text``, blank ones too; ``complete``: it ends with the file."""
    data = text.encode("utf-8", "surrogatepass")
    ends = scan(np.frombuffer(data, dtype=np.uint8), delimiter=ord(delimiter), final=complete).ends[:limit].tolist()
    if complete and len(ends) < limit and (not ends or ends[-1] < len(data)) and data:
        ends.append(len(data))
    starts = [0, *ends][: len(ends)]
    return [
        cells_of(data[start:end].decode("utf-8", "surrogatepass"), delimiter)
        for start, end in zip(starts, ends, strict=True)
    ]


def _delimiter(text: str, knows: Knows | None, *, complete: bool) -> str:
    """The sign that parts the heading row into most cells and the rows below into as many; else a comma."""
    scores = {
        sign: _score(first_records(text, sign, complete=complete, limit=_SAMPLE_RECORDS), knows) for sign in _DELIMITERS
    }
    return max(_DELIMITERS, key=lambda sign: (scores[sign], -_DELIMITERS.index(sign)))


def _score(records: list[list[str]], knows: Knows | None) -> tuple[int, bool, int, float]:
    filled = [cells for cells in records if any(cell.strip() for cell in cells)]
    place = heading_place(filled, knows)
    if not filled or len(filled[place]) == 1:
        return 0, False, 0, 0.0
    width, rows = len(filled[place]), filled[place + 1 :]
    alike = sum(len(cells) == width for cells in rows) / len(rows) if rows else 1.0
    known = known_in(filled[place], knows) if knows else 0
    return known, alike >= 0.5, width, alike
