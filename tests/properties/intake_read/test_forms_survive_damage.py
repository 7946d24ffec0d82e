"""Some thousand damaged files of each form: read or refused with a sentence, never an exception, never a wrong count."""

from __future__ import annotations

import io
import json
import random
import struct
from collections import Counter
from xml.etree import ElementTree

import pytest
import xlsxwriter
import xlwt

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read import open_table
from xinheng.core.intake.read.compound import Compound, packed

HEAD = ("名称", "代码", "日期", "金额")
KNOWN = frozenset(HEAD).__contains__
ROWS = [dict(zip(HEAD, (f"某某厂{n}", f"91{n}", f"2021-03-{n:02d}", n * 1.5), strict=True)) for n in range(1, 14)]
SIGNS = [
    *map(
        bytes, (b'"', b"{", b"}", b"[", b"]", b"<", b">", b"/", b"=", b"\n", b"\0", b"\xff", b"\\u", b",", b":", b"&")
    ),
    bytes(4),
    b"\xff" * 4,
    b"\xfe\xff\xff\xff",
]
Read = tuple[list[int], list[tuple[int, str]]]


def old_book() -> bytes:
    book, out = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 3, "某某局处罚信息表")
    for number, cells in enumerate([HEAD, *(row.values() for row in ROWS)], 1):
        for column, cell in enumerate(cells):
            sheet.write(number, column, cell)
    sheet.write_merge(15, 16, 0, 0, "甲")
    sheet.write(15, 3, True)
    sheet.write(16, 1, xlwt.Formula('"a"&"b"'))
    book.save(out)
    return out.getvalue()


def new_book() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("表")
    sheet.merge_range(0, 0, 0, 3, "某某局处罚信息表")
    for number, cells in enumerate([HEAD, *(row.values() for row in ROWS)], 1):
        sheet.write_row(number, 0, list(cells))
    sheet.merge_range(15, 0, 16, 0, "甲")
    sheet.write(15, 3, 1)
    sheet.write(16, 3, 2)
    book.close()
    return out.getvalue()


def rowdata() -> str:
    rows = "".join("<ROW " + " ".join(f'{key}="{value}"' for key, value in row.items()) + "/>" for row in ROWS)
    return f"<DATAPACKET><ROWDATA>{rows}<ROW><名称>甲</名称><代码><![CDATA[x]]></代码></ROW></ROWDATA></DATAPACKET>"


LINES = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
FILES = {
    "csv": (
        "题\n" + "\n".join(",".join(map(str, cells)) for cells in [HEAD, *(row.values() for row in ROWS)])
    ).encode(),
    "xls": old_book(),
    "xlsx": new_book(),
    "jsonl": LINES.encode("gb18030"),
    "json": json.dumps(ROWS, ensure_ascii=False, indent=1).encode(),
    "xml": ('<?xml version="1.0" encoding="GB2312"?>' + rowdata()).encode("gb18030"),
}


def damaged(chance: random.Random, data: bytes) -> bytes:
    damage = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        kind, place = chance.random(), chance.randrange(len(damage) + 1)
        if kind < 0.5:
            damage[place : place + 1] = bytes([chance.randrange(256)])
        elif kind < 0.7:
            sign = chance.choice(SIGNS)
            damage[place : place + chance.choice([0, len(sign)])] = sign
        elif kind < 0.8:
            del damage[place : place + chance.randint(1, 40)]
        elif kind < 0.95:
            source = chance.randrange(len(damage) + 1)
            damage[place:place] = damage[source : source + chance.randint(1, 60)]
        else:
            del damage[place:]
    return bytes(damage)


def attempt(data: bytes, chunk_bytes: int) -> Read | str:
    try:
        table = open_table(io.BytesIO(data), name="f", size=len(data), chunk_bytes=chunk_bytes, knows=KNOWN)
        chunks = [raw.parse() for raw in table.chunks()]
    except UnusableFile as refused:
        assert all(refused.explanation.in_language("zh"))
        assert all(refused.explanation.in_language("en"))
        return str(refused.facts["reason"])
    for chunk in chunks:
        assert chunk.table.num_rows == len(chunk.rows)
        chunk.table.validate(full=True)
    rows = [int(row) for chunk in chunks for row in chunk.rows]
    bad = [(one.row, one.code) for chunk in chunks for one in chunk.bad]
    assert rows == sorted(set(rows))
    assert not {row for row, _ in bad} & set(rows)
    return rows, bad


@pytest.mark.parametrize(
    ("form", "times", "chunk_bytes"),
    [
        ("csv", 300, 64),
        ("xls", 1000, 8 << 12),
        ("xlsx", 1500, 8 << 12),
        ("jsonl", 300, 64),
        ("json", 800, 64),
        ("xml", 800, 64),
    ],
)
def test_a_damaged_file_is_read_or_refused_the_same_whatever_the_chunks(
    form: str, times: int, chunk_bytes: int
) -> None:
    chance = random.Random(form)
    outcomes: Counter[str] = Counter()
    for _ in range(times):
        data = damaged(chance, FILES[form])
        outcome = attempt(data, 1 << 20)
        assert outcome == attempt(data, chunk_bytes)
        outcomes["read" if isinstance(outcome, tuple) else outcome] += 1
    assert outcomes["read"]
    assert len(outcomes) > 1


def test_a_damaged_old_workbook_in_a_sound_container_is_read_or_refused() -> None:
    chance, stream = random.Random(5), Compound(io.BytesIO(FILES["xls"])).read("Workbook")
    kinds = (0x205, 0x207, 0x06, 0xFC, 0x3C, 0x809, 0x0A, 0x85, 0xBD, 0xE5, 0x22, 0x41E, 0xE0, 0x204, 0xD6)
    outcomes: Counter[str] = Counter()
    for _ in range(600):
        damage = bytearray(stream)
        for _ in range(chance.randint(1, 5)):
            damage[chance.randrange(400, len(damage))] = chance.choice([0, 1, 254, 255, chance.randrange(256)])
        if chance.random() < 0.2:
            place = chance.randrange(len(damage) - 2)
            damage[place : place + 2] = struct.pack("<H", chance.choice(kinds))
        outcome = attempt(packed(bytes(damage)), 1 << 20)
        outcomes["read" if isinstance(outcome, tuple) else outcome] += 1
    assert outcomes["read"] > 100
    assert outcomes["damaged"] > 100


def test_every_line_of_damaged_json_is_counted_once() -> None:
    chance = random.Random(6)
    for _ in range(300):
        data = damaged(chance, LINES.encode()).replace(b"\r", b"") + b'\n{"z": 1}'
        outcome = attempt(data, 256)
        if isinstance(outcome, tuple) and data.startswith(b'{"'):
            filled = [number for number, line in enumerate(data.split(b"\n"), 1) if line.strip(b" \t")]
            assert sorted([*outcome[0], *(row for row, _ in outcome[1])]) == filled


def test_every_row_of_xml_that_is_still_well_formed_is_counted_once() -> None:
    chance, counted = random.Random(7), 0
    for _ in range(1500):
        data = damaged(chance, rowdata().encode())
        try:
            root = ElementTree.fromstring(data)
        except ElementTree.ParseError:
            continue
        outcome = attempt(data, 256)
        found = root.find("ROWDATA")
        if isinstance(outcome, tuple) and found is not None:
            filled = [number for number, row in enumerate(found, 1) if row.attrib or len(row)]
            assert set(filled) >= set(outcome[0])
            assert len(outcome[0]) + len(outcome[1]) >= len(filled) - 1
            counted += 1
    assert counted
