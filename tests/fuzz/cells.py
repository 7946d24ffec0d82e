"""What a mutated cell holds: what departments, spreadsheets and broken exports write, and worse."""

from __future__ import annotations

from random import Random

from tests.properties.intake import nasty
from tests.spec.rules.desk import PERSON

WIDE_PERSON = "".join(chr(ord(sign) + 0xFEE0) for sign in PERSON)
SIGNS = [
    '"',
    '""',
    '"a"b',
    'a"',
    '"""',
    "'",
    ",",
    ";",
    "|",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "a,b",
    'x","y',
    "{",
    "]",
    "<",
    "&amp;",
    "&#0;",
    "]]>",
    "\\",
    "\\u0000",
    "-->",
]
ODD = [
    "\ufeff", "\ufeff罚款", "\u200b", "\u202e反", "\ufffd", "\uffff", "\U0010fffe", "\U0010ffff", "e\u0301" * 20, "🧾" * 30, "\u2028", "\u0085", "\x7f", "\x01",
    "\x1b[31m", "\x0b", "\x1f", "龘𠮷", "\ue000", "nan", "NULL", "None", "#N/A", "#REF!", "TRUE", "=1+1", "=cmd|'/c calc'!A1", "@x", "+86 13800000000",
]  # fmt: skip
NUMBERS = [
    "3.2E+17", "9.13201E+17", "1e400", "-1e-400", "1E5", "NaN", "Infinity", "-0", "0x1A", "1_000", "46142", "46142.5", "2958466", "-1", "9" * 40, "1." + "0" * 300,
    "0.1e", "١٢٣", "１．２", "1,000,00", "12:30:00", "2026-02-30", "9999-12-31", "10000-01-01", "0000-00-00", "2026-04-30T00:00:00Z", "1900-02-29",
]  # fmt: skip
PERSONS = [
    PERSON,
    f"身份证{PERSON}",
    WIDE_PERSON,
    " ".join(PERSON),
    f"x{PERSON}y",
    f"{PERSON},{PERSON}",
    f"{'字' * 195}{PERSON}",
    f"{'字' * 390}{PERSON}",
]
SIZES = (300, 5_001, 32_768, 70_000, 400_000)


def cell(chance: Random) -> str:
    """Return a nasty cell."""
    kind = chance.random()
    if kind < 0.2:
        return chance.choice(SIGNS) + chance.choice(["", "样例"])
    if kind < 0.4:
        return chance.choice(ODD)
    if kind < 0.6:
        return chance.choice(NUMBERS)
    if kind < 0.7:
        return chance.choice(PERSONS)
    if kind < 0.75:
        return chance.choice(["样例", "1", "字 ", '"', ",", "\n", "\u200b"]) * chance.choice(SIZES)
    if kind < 0.8:
        return "".join(
            chr(chance.choice([chance.randrange(1, 0x3000), chance.randrange(0x4E00, 0x9FFF)]))
            for _ in range(chance.randint(1, 30))
        )
    pools = [
        nasty.USCCS,
        nasty.NAMES,
        nasty.DAYS,
        nasty.AMOUNTS,
        nasty.YEARS,
        nasty.KINDS,
        nasty.TEXTS,
        nasty.PERSONAL,
        ["", " ", "\u3000"],
    ]
    return chance.choice(chance.choice(pools))
