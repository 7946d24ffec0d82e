"""Reading XML in the exchange form (ROWDATA): attributes or elements, any wrapper, no entities."""

from __future__ import annotations

import pytest

from xinheng.core.intake.read import xml_rows

from .reading import lossy_of, opened, refusal_of, rows_of

FIELDS = '<METADATA><FIELDS><FIELD attrname="名称" fieldtype="string" WIDTH="20"/><FIELD attrname="备注"/></FIELDS></METADATA>'
ROWS = '<ROWDATA><ROW 名称="甲" 代码="1"/><ROW><名称>乙</名称><代码>2</代码></ROW></ROWDATA>'


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("GB2312", "gb18030"),
        ("gbk", "gbk"),
        ("GB18030", "gb18030"),
        ("UTF-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("GB2312", "utf-8"),  # a declaration that is not true
        ("UTF-8", "gb18030"),
        ("UTF-16", "utf-16"),
        ("", "gb18030"),
    ],
)
def test_the_encoding_is_what_the_bytes_show(declared: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}" standalone="yes"?>\n' if declared else ""
    table = opened((head + f"<DATAPACKET Version='2.0'>{FIELDS}{ROWS}</DATAPACKET>").encode(encoding))
    assert (table.form.kind, table.header, table.header_row) == ("xml", ("名称", "备注", "代码"), 0)
    assert rows_of(table) == ({1: ["甲", None, "1"], 2: ["乙", None, "2"]}, [])


@pytest.mark.parametrize(
    "text",
    [
        ROWS,
        f"<!-- 说明 -->\n<rowdata>{ROWS.removeprefix('<ROWDATA>').removesuffix('</ROWDATA>')}</rowdata>",
        f'<s:Envelope xmlns:s="urn:s"><s:Body><d:x xmlns:d="urn:d">{ROWS}</d:x></s:Body></s:Envelope>',
        ROWS.replace("ROWDATA", "p:ROWDATA")
        .replace("ROW ", "p:ROW ")
        .replace("<ROW>", "<p:ROW>")
        .replace("</ROW>", "</p:ROW>"),
        ROWS.replace("<ROW>", '<ROW xmlns="urn:x" xmlns:y="urn:y">').replace(
            "<代码>2", '<代码 type="string"><![CDATA[2]]>'
        ),
        ROWS.replace("/><ROW>", "/>\n  <ROW>\n    ").replace("</ROW><", "\n</ROW>\n<"),
    ],
)
def test_rows_are_found_in_any_wrapper(text: str) -> None:
    assert rows_of(opened(f'<?xml version="1.0"?>{text}'.encode())) == ({1: ["甲", "1"], 2: ["乙", "2"]}, [])


def test_signs_written_as_references_are_signs() -> None:
    table = opened(b'<ROWDATA><ROW A="&lt;&#x7532;&amp;&quot;" B="3.2E+17"/><ROW A="" B="x"/></ROWDATA>')
    assert rows_of(table)[0] == {1: ['<甲&"', "3.2E+17"], 2: [None, "x"]}
    table = opened(b'<ROWDATA><ROW A="a" B="3.2E+17"/></ROWDATA>')
    assert lossy_of(table) == [(1, 1)]


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("<ROW><A><B>1</B></A></ROW>", "S08", "“A”"),
        ('<ROW A="1"><A>2</A></ROW>', "S08", "两次"),
        ('<ROW><A 单位="元">2</A></ROW>', "S08", "“A”"),
        ("<ROW><A>1</A>文</ROW>", "S08", "文"),
        ('<RECORD A="1"/>', "S08", "RECORD"),
        ('<ROW A="1\0"/>', "S06", "NUL"),
    ],
)
def test_what_is_no_row_goes_aside_with_a_sentence(row: str, code: str, said: str) -> None:
    rows, bad = rows_of(opened(f'<ROWDATA><ROW A="0"/>{row}<ROW A="3"/></ROWDATA>'.encode()))
    assert ([(one.row, one.code) for one in bad], rows) == ([(2, code)], {1: ["0"], 3: ["3"]})
    assert said in bad[0].text.zh
    assert bad[0].text.en


def test_undecodable_bytes_make_their_row_bad_and_move_no_other() -> None:
    data = b"<ROWDATA>" + '<ROW A="甲"/>'.encode() * 20 + b'<ROW A="\xff"/>' + '<ROW A="乙"/></ROWDATA>'.encode()
    rows, bad = rows_of(opened(data))
    assert [(one.row, one.code, one.cells) for one in bad] == [(21, "S09", ("\ufffd",))]
    assert rows[22] == ["乙"]


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f'<?xml version="1.0"?>{LAUGHS}<ROWDATA><ROW A="&b;"/></ROWDATA>', "unsafe"),
        ('<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/hostname"><ROWDATA><ROW A="1"/></ROWDATA>', "unsafe"),
        ("<ROWDATA>" + "<a>" * 40, "unsafe"),
        ('<ROWDATA><ROW A="&x;"/></ROWDATA>', "cut"),
        ('<ROWDATA><ROW A="1"/>', "cut"),
        ('<ROWDATA><ROW A="1"/><ROW A="', "cut"),
        ('<ROWDATA><ROW A="1" A="2"/></ROWDATA>', "cut"),
        ('<ROWDATA><ROW A="\x01"/></ROWDATA>', "cut"),
        ('<ROWDATA><ROW A="1"/>文</ROWDATA>', "cut"),
        ("<ROWDATA></ROWDATA>", "empty"),
        ("<ROWDATA><ROW/></ROWDATA>", "empty"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "kind"),
        ('<?xml version="1.0" encoding="Big5"?><ROWDATA><ROW A="1"/></ROWDATA>', "encoding"),
        ("<ROWDATA>" + "".join(f'<ROW A{n}="1"/>' for n in range(1001)) + "</ROWDATA>", "columns"),
    ],
)
def test_files_of_which_nothing_can_be_taken(text: str, reason: str) -> None:
    assert refusal_of(text.encode()).facts["reason"] == reason


def test_ever_new_names_further_down_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_rows, "MAX_NAMES", 50)
    rows = "".join(f'<ROW A{n}="1"/>' for n in range(60))
    assert refusal_of(f"<ROWDATA>{rows}</ROWDATA>".encode()).facts["reason"] == "columns"


@pytest.mark.parametrize("chunk_bytes", [1, 64, 1 << 20])
def test_the_size_of_the_chunks_changes_nothing(chunk_bytes: int) -> None:
    data = ("<ROWDATA>" + "".join(f'<ROW A="甲{n}"/>' for n in range(60)) + "</ROWDATA>").encode("gb18030")
    chunks = [raw.parse() for raw in opened(data, chunk_bytes=chunk_bytes).chunks()]
    assert sum(chunk.consumed for chunk in chunks) == len(data)
    assert [row for chunk in chunks for row in chunk.rows.tolist()] == list(range(1, 61))
