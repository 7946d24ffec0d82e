"""Mutations of a file that is written: of its bytes, its encodings, its container and its markup. After these nothing is counted on."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read.compound import Compound, packed

RECORDS = (
    0x205,
    0x207,
    0x06,
    0xFC,
    0x3C,
    0x809,
    0x0A,
    0x85,
    0xBD,
    0xE5,
    0x22,
    0x41E,
    0xE0,
    0x204,
    0xD6,
    0x203,
    0x27E,
    0xFD,
    0x201,
    0xBE,
    0x200,
)
Damage = Callable[[Random, bytes], bytes]
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33", b"\xff\xfe\x00\x00")
SIGNS = [
    *(sign.encode() for sign in ('"', '""', "\n", "\r", ",", ";", "|", "\t", "{", "}", "[", "]", ":", "<", ">", "/", "&", "=", "\\u", "\\ud800", "]]>", "<!--")),
    b"\0", b"\0\0\0\0", b"\xff", b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80", b"\xed\xa0\x80", b"\xc0\x80", b"\x1a",
]  # fmt: skip
MARKUP = [
    b'<!DOCTYPE r [<!ENTITY a "b">]>', b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>&x;', b"&undefined;", b"<![CDATA[", b"<?xml version='1.0'?>",
    b"<ROW>" * 200, b"<a>" * 60_000, b"<ROWDATA/>", b"<ROW/>", b'<ROW a="1" a="2"/>', b"<!-- " + b"-" * 100, b"<ROW xmlns:x='y' x:A='1'/>", b"&#x0;", b"&#55296;",
]  # fmt: skip
NESTED = [
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"a":{"b":[1]}}',
    b"NaN",
    b"1e999999999",
    b"9" * 5_000,
    b'{"":"x"}',
    b"null",
    b"}{",
    b'"\\u0000"',
    b"-",
    b"[[]]",
    b"{}",
]


def bytes_changed(chance: Random, data: bytes) -> bytes:
    """Change, add, remove or repeat some bytes."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        kind, place = chance.random(), chance.randrange(len(damaged) + 1)
        if kind < 0.35:
            damaged[place : place + 1] = bytes([chance.randrange(256)])
        elif kind < 0.65:
            sign = chance.choice(SIGNS)
            damaged[place : place + chance.choice([0, len(sign)])] = sign
        elif kind < 0.8:
            del damaged[place : place + chance.choice([1, 2, 3, 40, 400])]
        else:
            start = chance.randrange(len(damaged) + 1)
            damaged[place:place] = damaged[start : start + chance.choice([1, 3, 60, 600])]
    return bytes(damaged)


def cut(chance: Random, data: bytes) -> bytes:
    """Leave the end away, or the beginning."""
    place = chance.randrange(len(data) + 1)
    return data[:place] if chance.random() < 0.8 else data[place:]


def mark_somewhere(chance: Random, data: bytes) -> bytes:
    """A byte order mark where it belongs, twice, or in the middle."""
    place = chance.choice([0, 0, 0, 1, chance.randrange(len(data) + 1)])
    return data[:place] + chance.choice(BOMS) * chance.choice([1, 1, 2]) + data[place:]


def mixed_encodings(chance: Random, data: bytes) -> bytes:
    """A line or two in another encoding, or the whole file decoded and encoded wrongly."""
    if chance.random() < 0.3:
        wrong = chance.choice(["gb18030", "utf-8", "latin-1", "utf-16", "cp1252", "big5"])
        return data.decode(wrong, "replace").encode(chance.choice(["utf-8", "gb18030", "utf-16"]), "replace")
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(lines))
        lines[place] = (
            lines[place].decode("utf-8", "replace").encode(chance.choice(["gb18030", "utf-16-le", "big5"]), "replace")
        )
    return b"\n".join(lines)


def lines_shuffled(chance: Random, data: bytes) -> bytes:
    """Lines doubled, left out, emptied, joined or put elsewhere."""
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 3)):
        place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[place : place + chance.choice([0, 1])] = chance.choice(
            [[], [b""], [lines[other]] * 2, [lines[place] + lines[other]], [b"\r"], [b'"'], [b" , , "]]
        )
        lines = lines or [b""]
    return b"\n".join(lines)


def markup(chance: Random, data: bytes) -> bytes:
    """Put markup or nested JSON somewhere, mostly behind a sign of its kind."""
    pool, signs = (NESTED, b"[{:,\n") if data[:1] in b"[{" else (MARKUP, b">\n")
    places = [match.end() for match in re.finditer(b"[" + re.escape(signs) + b"]", data)] or [0]
    place = chance.choice([0, *[chance.choice(places) for _ in range(6)]])
    return data[:place] + chance.choice(pool) + data[place:]


def zip_parts(chance: Random, data: bytes) -> bytes:
    """Remove, double, rename, empty or damage parts of a workbook, or put markup into its XML."""
    try:
        parts = [
            (name, zipfile.ZipFile(io.BytesIO(data)).read(name))
            for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        ]
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, OSError):
        return bytes_changed(chance, data)
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(parts))
        name, part = parts[place]
        others = [
            [], [(name, part)] * 2, [(name + "x", part)], [(name, b"")], [(name, bytes_changed(chance, part))], [(name, cut(chance, part))], [(name, xml_changed(chance, part))],
            [(name, xml_changed(chance, part))], [(name, part), (chance.choice(["a.xlsx", "../../x", "xl/worksheets/sheet9.xml", "x" * 300]), part)],
        ]  # fmt: skip
        parts[place : place + 1] = chance.choice(others)
        parts = parts or [("x", b"")]
    return _zipped(chance, parts)


def xml_changed(chance: Random, part: bytes) -> bytes:
    """Change the sense of a part: where cells stand, of which kind they are, which are merged, or any number in it."""
    swaps = [
        (rb'r="[A-Z]+\d+"', [b'r="XFD1048576"', b'r="A1"', b'r="ZZZZ9"', b'r="A0"', b'r=""', b'r="A99999999999"', b"r='b2'"]),
        (rb' t="s"', [b' t="n"', b' t="e"', b' t="b"', b' t="d"', b' t="str"', b' t="inlineStr"', b""]),
        (rb"<v>[^<]*</v>", [b"<v>99999</v>", b"<v>-1</v>", b"<v>1e400</v>", b"<v></v>", b"<v>#N/A</v>", b"<v>3.20106E+17</v>", b"<v>46142.999999</v>", b"<v>NaN</v>"]),
        (rb"</sheetData>", [b'</sheetData><mergeCells><mergeCell ref="%s"/></mergeCells>' % ref for ref in (b"A2:A4", b"A1:C1", b"A2:B3", b"B4:A2", b"A3:XFD1048576", b"C2:C2", b"")]),
        (rb"<sheetData>", [b'<sheetData><row r="1"><c r="C9"/></row>', b"<sheetData>" * 3, b"<x>" * 50_000]),
        (rb'\d+"', [b'0"', b'-1"', b'4294967296"', b'x"']),
        (rb"<row [^>]*>", [b"", b"<row>", b'<row r="1048577">', b'<row r="1">']),
    ]  # fmt: skip
    pattern, others = chance.choice(swaps)
    return (
        re.sub(pattern, lambda _: chance.choice(others), part, count=chance.choice([1, 3, 0]))
        if chance.random() < 0.8
        else markup(chance, part)
    )


def _zipped(chance: Random, parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # doubled parts are meant
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]))
    return out.getvalue()


def stream_changed(chance: Random, data: bytes) -> bytes:
    """Change the inner stream of an old workbook, its container sound: records that lie about themselves."""
    try:
        stream = bytearray(Compound(io.BytesIO(data)).read("Workbook"))
    except (UnusableFile, KeyError):
        return bytes_changed(chance, data)
    for _ in range(chance.randint(1, 5)):
        stream[chance.randrange(len(stream))] = chance.choice([0, 1, 2, 10, 127, 128, 254, 255, chance.randrange(256)])
    if chance.random() < 0.3:
        place = chance.randrange(len(stream) - 2)
        stream[place : place + 2] = struct.pack("<H", chance.choice(RECORDS))
    return packed(bytes(stream))


TEXT: tuple[Damage, ...] = (bytes_changed, bytes_changed, cut, mark_somewhere, mixed_encodings, lines_shuffled, markup)
ZIP: tuple[Damage, ...] = (zip_parts, zip_parts, zip_parts, bytes_changed, cut)
BINARY: tuple[Damage, ...] = (bytes_changed, bytes_changed, bytes_changed, cut)


def damages_of(form: str) -> tuple[Damage, ...]:
    """Return what a file of a form may suffer."""
    return {"xlsx": ZIP, "xls": (*BINARY, stream_changed, stream_changed), "parquet": BINARY}.get(form, TEXT)
