"""The exchange form of XML (ROWDATA) as a stream of rows, read without entities and with little in memory.

``<ROWDATA><ROW A="…" B="…"/></ROWDATA>`` and ``<ROW><A>…</A></ROW>``, at any depth and in any wrapper (``DATAPACKET``, a
SOAP envelope); columns announced by ``METADATA/FIELDS/FIELD`` come first. Rows are counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from xinheng.core.errors import Text
from xinheng.core.intake.read import bad_rows, refusals
from xinheng.core.intake.read.header import trimmed
from xinheng.core.intake.read.keyed import KeyedRow
from xinheng.core.intake.read.quoting import quoted

MAX_RECORD = 8 << 20
MAX_DEPTH = 32
MAX_NAMES = 10_000
NULL = "\U0010ffff"
"""Stands for a null character while expat, which stops at one, reads the text."""

_QUIET = 12 << 20  # bytes without an event: an attribute or a comment of that size is no data
_ABOUT_THE_CELL = frozenset({"nil", "null", "type"})


class RowReader:
    """Takes the text of the file piece by piece (``feed``, UTF-8) and gives the rows that are whole (``rows``)."""

    def __init__(self) -> None:
        self.announced: list[str] = []
        self.found = False
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.ordered_attributes = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.CommentHandler = self._parser.ProcessingInstructionHandler = self._other
        self._path: list[str] = []
        self._names: set[str] = set()
        self._row: _Row | None = None
        self._rows: list[KeyedRow] = []
        self._count = 0
        self._quiet = 0

    def feed(self, piece: bytes, *, last: bool) -> None:
        """Read on.

        Raises:
            UnusableFile: it is not well-formed, cut off, or unsafe.
        """
        try:
            self._parser.Parse(piece.replace(b"\0", NULL.encode()), last)
        except expat.ExpatError as error:
            raise refusals.broken_xml(self._count, error.lineno, expat.ErrorString(error.code)) from error
        self._quiet += len(piece)
        if self._quiet > _QUIET:
            raise refusals.record_too_long(self._count + 1, MAX_RECORD)

    def rows(self) -> Iterator[KeyedRow]:
        """Give the rows read since the last call."""
        rows, self._rows = self._rows, []
        yield from rows

    def _doctype(self, *_: object) -> None:
        raise refusals.unsafe_xml(
            (
                "其中含有 DTD（文档类型或实体定义）。",
                "It holds a DTD (document type or entities), which data never need.",
            )
        )

    def _start(self, name: str, attributes: list[str]) -> None:
        self._quiet = 0
        local = name.rpartition(":")[2]
        self._path.append(local.upper())
        if len(self._path) > MAX_DEPTH:
            raise refusals.unsafe_xml(("其中的元素嵌套过深。", f"Its elements are nested deeper than {MAX_DEPTH}."))
        self._note(name, *attributes[::2])
        members = list(zip(attributes[::2], attributes[1::2], strict=True))
        if self._row is not None:
            self._row.start(local, members)
        elif self._path[-2:-1] == ["ROWDATA"]:
            self._count += 1
            self._row = _Row(self._count, local, members)
        elif self._path[-1] == "ROWDATA":
            self.found = True
        elif self._path[-2:] == ["FIELDS", "FIELD"]:
            given = {key.lower(): value for key, value in members}
            self.announced += [trimmed(given[key]) for key in ("attrname", "fieldname", "name") if given.get(key)][:1]

    def _note(self, *names: str) -> None:
        """Expat keeps every name for good: there must not be ever new ones."""
        self._names.update(names)
        if len(self._names) > MAX_NAMES:
            raise refusals.too_many_columns(MAX_NAMES)

    def _end(self, _: str) -> None:
        self._quiet = 0
        self._path.pop()
        if self._row is not None and self._row.end():
            self._rows.append(self._row.whole())
            self._row = None

    def _characters(self, text: str) -> None:
        self._quiet = 0
        if self._row is not None:
            self._row.characters(text)
        elif self._path[-1:] == ["ROWDATA"] and text.strip():
            raise refusals.broken_xml(self._count, self._parser.CurrentLineNumber, f"ROWDATA: {quoted(text)}")

    def _other(self, *_: object) -> None:
        self._quiet = 0


class _Row:
    """The row that is being read."""

    def __init__(self, number: int, name: str, members: list[tuple[str, str]]) -> None:
        self._number = number
        self._depth = 0
        self._size = 0
        self._cells: dict[str, str] = {}
        self._field = ""
        self._parts: list[str] = []
        self._fault: Text | None = None if name.upper() == "ROW" else bad_rows.no_row(name)
        for key, value in members:
            if key.split(":")[0] != "xmlns":
                self._put(key, value)

    def start(self, name: str, members: list[tuple[str, str]]) -> None:
        self._depth += 1
        if self._depth > 1:
            self._fail(bad_rows.nested(self._field))
            return
        self._field, self._parts = name, []
        if any(key.rpartition(":")[2].lower() not in _ABOUT_THE_CELL for key, _ in members):
            self._fail(bad_rows.nested(name))

    def end(self) -> bool:
        """Close an element; tell whether it was the row itself."""
        if self._depth == 1:
            self._put(self._field, "".join(self._parts))
        self._depth -= 1
        return self._depth < 0

    def characters(self, text: str) -> None:
        self._count(text)
        if self._depth:
            self._parts.append(text)
        elif text.strip():
            self._fail(bad_rows.stray_text(text))

    def whole(self) -> KeyedRow:
        return KeyedRow(self._number, self._cells, fault=self._fault)

    def _put(self, key: str, value: str) -> None:
        self._count(value)
        name = trimmed(key.replace(NULL, "\0"))
        if name in self._cells:
            self._fail(bad_rows.doubled_key(name))
        else:
            self._cells[name] = value.replace(NULL, "\0")

    def _count(self, text: str) -> None:
        self._size += len(text)
        if self._size > MAX_RECORD:
            raise refusals.record_too_long(self._number, MAX_RECORD)

    def _fail(self, fault: Text) -> None:
        self._fault = self._fault or fault
