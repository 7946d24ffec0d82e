"""After a full run on rows that hold them everywhere, no identity number of a natural person is in the data folder in clear.

Every number is made up (division 320999 does not exist, nobody was born in 1900 and lives); each place has its own, so that
a number that is found tells where it came from. The database is looked through twice: as tables, and as the bytes on disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest

from xinheng.core.sample.codes import identity_number
from xinheng.core.sample.layouts import HEADINGS

from ..commands import Xinheng, fresh_home
from ..conftest import furnish
from ..sheets import PENALTY, REGISTRATION, TODAY, Province, Row, csv_bytes, penalty_sheet, registration

DAY = TODAY.isoformat()
SEPARATORS = {
    "space": " ",
    "two spaces": "  ",
    "hyphen": "-",
    "wide space": "\u3000",
    "no-break space": "\u00a0",
    "zero width": "\u200b",
    "dash": "–",
}
OTHERS = {"a passport": "E99999917", "a permit": "H99999917", "fifteen digits": "320999000101918"}


def _ways(sign: str) -> bytes:
    """Return a pattern for a sign in any encoding, narrow or wide."""
    wide = chr(ord(sign) + 0xFEE0)
    return (
        b"(?:" + b"|".join(re.escape(way.encode(code)) for way in (sign, wide) for code in ("utf-8", "gb18030")) + b")"
    )


BETWEEN = "".join(SEPARATORS.values()) + "\0\t\r\n_\u2002\u2003\u2009\u200c\u200d\u2060\ufeff\u00ad‐‑‒—―−－"
_PARTS = {sign.encode(code) for sign in BETWEEN for code in ("utf-8", "gb18030")}
_GAP = b"(?:" + b"|".join(map(re.escape, sorted(_PARTS, key=len, reverse=True))) + b"){0,4}"
START = re.compile(_GAP.join(map(_ways, "3209991900")))
REST = re.compile(_GAP.join([_GAP, *[b"(" + b"|".join(map(_ways, "0123456789Xx")) + b")"] * 8]))
"""Every number that is planted begins alike: where that start stands in the bytes, the rest is read sign by sign."""


@dataclass
class Plants:
    """The numbers planted so far, by the number itself: where each stands."""

    places: dict[str, str]

    def new(self, place: str) -> str:
        number = identity_number(len(self.places) * 7 + 1)
        assert number not in self.places
        self.places[number] = place
        return number


def _wide(text: str) -> str:
    return "".join(chr(ord("０") + int(sign)) if sign.isdigit() else sign for sign in text)


def _parted(number: str, sign: str) -> str:
    return sign.join((number[:6], number[6:10], number[10:14], number[14:]))


def _every_digit(number: str, sign: str) -> str:
    return sign.join(number)


def _penalties(province: Province, plants: Plants) -> list[Row]:
    """Return rows with a number in every column, in every writing, and in rows that wait, go back or cannot be read."""
    rows, new = iter(province.penalties), plants.new
    base = {"CF_CFLB": "警告", "CF_NR": "决定给予警告。", "CF_NR_FK": "", "CF_NR_WFFF": ""}
    made: list[Row] = []

    def plant(**cells: str) -> None:
        row = next(rows)
        made.append({**row, **base, "CF_WSH": f"密罚〔2026〕{len(made)}号", **cells})

    for field in HEADINGS:
        plant(**{field: new(f"column {field}")})
        plant(**{field: f"当事人{new(f'inside column {field}')}"})
    for field in ("CF_SY", "CF_NR", "CF_YJ", "CF_WFXW", "BZ", "CF_NR_ZKDX"):
        plant(**{field: f"负责人（身份证号码：{new(f'labelled in {field}')}）在场。"})
    for name, sign in SEPARATORS.items():
        plant(CF_SY=f"负责人 {_parted(new(f'parted by {name}'), sign)} 在场。")
        plant(CF_SY=f"负责人 {_every_digit(new(f'every digit parted by {name}'), sign)} 在场。")
    plant(CF_SY=f"负责人 {_wide(new('wide digits'))} 在场。")
    plant(CF_SY=f"负责人{new('between others')}13800000000，另一人{new('after another')}。")
    plant(CF_SY=f"负责人 {new('small x')[:-1].lower()}x 在场。")
    plant(CF_SY="，".join(f"第{n}人{new(f'number {n} of a list')}" for n in range(3)))
    plant(CF_SY=f"护照号码：{OTHERS['a passport']}，港澳居民来往内地通行证号码：{OTHERS['a permit']}。")
    plant(CF_SY=f"身份证：{OTHERS['fifteen digits']}。", BZ=f"原证号{OTHERS['fifteen digits']}")
    plant(CF_SY=f"违法\x00事实{new('a row with a null byte')}")
    plant(
        CF_JDRQ="2026-02-30",
        CF_SY=f"事实{new('a row that goes back')}",
        CF_FR_ZJHM=new("the representative of such a row"),
    )
    for kind in ("自然人", " 自然人 ", "自然人（样例）"):
        plant(
            CF_XDR_LB=kind,
            CF_XDR_MC=f"样例甲{new(f'the name of {kind}')}",
            CF_XDR_SHXYM="",
            CF_XDR_ZZJG="",
            CF_XDR_ZJLX="身份证",
            CF_XDR_ZJHM=new(f"the number of {kind}"),
            CF_SY=f"样例甲{new(f'the facts on {kind}')}",
        )
    return made


def _cut(content: bytes) -> bytes:
    return content[: content.rindex(b'"') - 3]


@pytest.fixture(scope="module")
def plants() -> Plants:
    return Plants({})


@pytest.fixture(scope="module")
def home(province: Province, plants: Plants, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xinheng]:
    """Run everything that there is on such rows; yield the home with its server still up."""
    folder = tmp_path_factory.mktemp("privacy")
    known, unknown = (
        province.without(*(row["CF_XDR_SHXYM"] for row in province.penalties[:40])),
        province.penalties[:40],
    )
    rows = _penalties(_again(province), plants)
    with fresh_home() as xinheng:
        furnish(xinheng, known, folder)
        _submit(xinheng, folder / "rows.csv", penalty_sheet(*rows), known.agency, expect=3)
        call = ("submit", PENALTY, folder / "rows.csv", "--agency", known.agency, "--on", DAY)
        xinheng(*call, "--check-only", expect=3)
        xinheng(*call, "--rejects", folder / "rejects.xlsx", expect=3)
        _submit(xinheng, folder / "gb.csv", penalty_sheet(*rows[1:20], encoding="gb18030"), known.agency, expect=3)
        waiting = [
            {**row, "CF_SY": f"事实{plants.new('a row that waits')}", "CF_FR_ZJHM": plants.new("its representative")}
            for row in unknown[:4]
        ]
        waiting[3] |= {"CF_XDR_MC": f"另有其名{plants.new('a name that the register refuses')}"}
        _submit(xinheng, folder / "waiting.csv", penalty_sheet(*waiting), known.agency, expect=0)
        _refused_files(xinheng, folder, known, plants)
        _registers(xinheng, folder, province, plants)
        _questions(xinheng, rows[0], known, plants)
        yield xinheng


def _again(province: Province) -> Province:
    """Return a province with more rows, so that there is one for every plant; those of known subjects come first."""
    return replace(province, penalties=(*province.penalties[40:], *province.penalties[:40]) * 3)


def _submit(xinheng: Xinheng, file: Path, content: bytes, agency: str, *, expect: int, item: str = PENALTY) -> None:
    file.write_bytes(content)
    words = ("submit", item, file, "--agency", agency, "--on", DAY, "--json")
    xinheng(*words, expect=expect)


def _refused_files(xinheng: Xinheng, folder: Path, province: Province, plants: Plants) -> None:
    """Files that are refused as a whole: at their heading, and at their very end, when much of them was written."""
    many = [
        {
            **province.penalty(40 + n % 40),
            "CF_WSH": f"整退〔2026〕{n}号",
            "CF_SY": "事实" * 300 + (plants.new(f"row {n} of a file that is cut") if n % 500 == 0 else ""),
        }
        for n in range(2001)
    ]
    last = {
        **province.penalty(0),
        "CF_WSH": "整退〔2026〕末号",
        "BZ": f'有"引号"{plants.new("the cell that is cut")}"号"',
    }
    _submit(xinheng, folder / "cut.csv", _cut(penalty_sheet(*many, last)), province.agency, expect=2)
    number = plants.new("a heading")
    spoilt = penalty_sheet(many[0]).replace("备注".encode(), f"备注{number}".encode(), 1)
    _submit(xinheng, folder / "heading.csv", spoilt, province.agency, expect=2)
    named = folder / f"张样例{plants.new('the name of a file')}.csv"
    _submit(xinheng, named, penalty_sheet(province.penalty(45, CF_WSH="名罚〔2026〕1号")), province.agency, expect=0)
    _submit(xinheng, folder / f"b{plants.new('the name of a refused file')}.csv", b"", province.agency, expect=2)


def _registers(xinheng: Xinheng, folder: Path, province: Province, plants: Plants) -> None:
    """The register learns of those who were unknown, from a sheet and from registrations that hold numbers too."""
    waited = province.penalties[:4]
    sheet = [
        {
            "name": row["CF_XDR_MC"],
            "uscc": row["CF_XDR_SHXYM"],
            "address": f"某路{plants.new('an address of the register')}号房",
            "status": f"在业{plants.new('a status of the register')}",
            "former_names": f"旧名{plants.new('a former name of the register')}有限公司",
            "reg_no": plants.new("a registration number of the register"),
            "org_code": plants.new("an organisation code of the register"),
            "start_date": plants.new("a start date of the register"),
            "法定代表人证件号码": plants.new("a column that the register ignores"),
        }
        for row in waited
    ]
    file = folder / "more.csv"
    file.write_bytes(csv_bytes(sheet, list(sheet[0])))
    xinheng("subjects", "load", file)
    names = {
        "name": f"某某{plants.new('a name of the register')}",
        "uscc": province.penalties[10]["CF_XDR_SHXYM"],
    }
    file.write_bytes(csv_bytes([names], list(names)))
    xinheng("subjects", "load", file)
    rows = [
        registration(
            row["CF_XDR_SHXYM"],
            row["CF_XDR_MC"],
            FR_ZS=f"某路{plants.new('an address of a registration')}号",
            FR_CYM=f"旧名{plants.new('a former name of a registration')}公司",
            FR_FRDB=f"样例甲{plants.new('the representative of a registration')}",
            FR_FR_ZJHM=plants.new("the number in a registration"),
            FR_GSZC=plants.new("a registration number"),
            FR_ZT=plants.new("a status"),
        )
        for row in waited[:2]
    ]
    content = csv_bytes(rows, list(rows[0]))
    file.write_bytes(content)
    done = xinheng("submit", REGISTRATION, file, "--agency", province.agency, "--on", DAY, "--json", expect=None)
    assert done.code in (0, 3), done


def _questions(xinheng: Xinheng, row: Row, province: Province, plants: Plants) -> None:
    """Numbers in what people type."""
    xinheng("search", f"样例 {plants.new('inside a search')}")
    xinheng("file", plants.new("the code of a file"), expect=2)
    held = province.penalty(45)
    call = ("withdraw", held["CF_XDR_SHXYM"])
    by = ("--agency", province.agency, "--on", DAY)
    reason = f"当事人{plants.new('the reason of a withdrawal')}申诉成立"
    xinheng(*call, f"某罚{plants.new('the decision number of a withdrawal')}号", *by, "--reason", reason, expect=2)
    xinheng(*call, "名罚〔2026〕1号", *by, "--reason", reason)
    xinheng(
        "agencies",
        "add",
        province.agency,
        "--name",
        f"某局{plants.new('the name of an agency')}",
        "--from",
        "2026-02-01",
    )
    xinheng("identify", plants.new("a code to identify"))


def _found(content: bytes, plants: Plants) -> set[str]:
    """Return the places whose numbers are in the content, however they are written; an unknown one is told as it is."""
    places = {
        place for place, number in OTHERS.items() for code in ("utf-8", "utf-16-le") if number.encode(code) in content
    }
    for start in START.finditer(content):
        rest = REST.match(content, start.end())
        digits = [_narrow(sign) for sign in rest.groups()] if rest else []
        places.add(
            plants.places.get("3209991900" + "".join(digits), f"an unknown one: {content[start.start() :][:80]!r}")
        )
    return places


def _narrow(sign: bytes) -> str:
    for code in ("ascii", "utf-8", "gb18030"):
        try:
            text = sign.decode(code)
        except UnicodeDecodeError:
            continue
        return text.upper() if len(text) == 1 and ord(text) < 128 else chr(ord(text[0]) - 0xFEE0).upper()
    raise AssertionError(sign)


def test_no_table_holds_a_number(home: Xinheng, plants: Plants) -> None:
    found: dict[str, set[str]] = {}
    tables = home.rows(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    assert len(tables) > 20
    with psycopg.connect(home.server.url) as connection:
        for schema, table in tables:
            with (
                connection.cursor() as cursor,
                cursor.copy(f'COPY (SELECT * FROM "{schema}"."{table}") TO STDOUT'.encode()) as copy,
            ):
                if places := _found(b"".join(copy), plants):
                    found[table] = places
    assert found == {}


def test_no_byte_of_the_data_folder_shows_a_number(home: Xinheng, plants: Plants) -> None:
    """The last test on this home: its server is stopped, so that everything is on disk."""
    home.close()
    found: dict[str, set[str]] = {}
    files = [path for path in home.home.rglob("*") if path.is_file()]
    assert any(path.name == "server.log" for path in files)
    assert any(path.suffix == ".sealed" for path in files)
    for path in files:
        if places := _found(path.read_bytes(), plants):
            found[str(path.relative_to(home.home))] = places
    assert found == {}


def test_a_number_in_clear_would_be_found(plants: Plants) -> None:
    """The search itself is searched: written in any of the ways, a number is found."""
    number, place = next(iter(plants.places.items()))
    ways = [
        number,
        _wide(number),
        number.encode("utf-16-le").decode("latin-1"),
        number.encode("utf-16-be").decode("latin-1"),
    ]
    ways += [write(number, sign) for sign in SEPARATORS.values() for write in (_parted, _every_digit)]
    for text in ways:
        for encoding in ("utf-8", "gb18030"):
            assert place in _found(b"\x01\x02" + f"事实{text}。".encode(encoding, "ignore"), plants), repr(text)
