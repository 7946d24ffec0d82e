"""Made-up persons for the tests: division 320999 does not exist, and nobody born in 1900 lives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xinheng.core.sample.codes import identity_number

from ..sheets import Province, Row

NAME = "样例某甲"
SECRETS = (NAME, "样例某乙", "虚构经过")


def person(province: Province, number: int, *, decision: str = "", **cells: str) -> Row:
    """Return a penalty row about made-up person ``number``."""
    return province.penalty(
        0,
        **{
            "CF_XDR_MC": NAME, "CF_XDR_LB": "自然人", "CF_XDR_SHXYM": "", "CF_XDR_ZZJG": "", "CF_FRDB": "", "CF_XDR_ZJLX": "身份证",
            "CF_XDR_ZJHM": identity_number(number), "CF_WSH": decision or f"人罚〔2026〕{number}号", "CF_SY": f"虚构经过{number}：{NAME}在场。",
            **cells,
        },
    )  # fmt: skip


def clear_texts(numbers: range) -> list[str]:
    """Return what must stand nowhere in clear."""
    return [*SECRETS, *(identity_number(number) for number in numbers)]


def table_contents() -> Iterator[tuple[str, bytes]]:
    """Yield every table of the test database with its contents as COPY writes them, binary columns as their bytes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            parts: list[Any] = []
            with cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT (FORMAT binary)'.encode()) as copy:
                parts.extend(bytes(part) for part in copy)
            yield table, b"".join(parts)
