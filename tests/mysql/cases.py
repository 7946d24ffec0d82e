"""What the reading of a department's table must hold, whatever database it is in: the same for PostgreSQL (in the suite) and MySQL (beside it).

``run_sql`` executes a statement in that database; the table ``xinheng_delivery_case`` is made and taken away again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xinheng.core.errors import UnusableCall
from xinheng.gateways.databases import Question, open_source

RunSql = Callable[[str], None]
Read = list[tuple[str, tuple[str | None, ...]]]
TABLE = "xinheng_delivery_case"
MAKE = f"CREATE TABLE {TABLE} (id BIGINT PRIMARY KEY, sjc TIMESTAMP NULL, seen BIGINT, spelt VARCHAR(20), name VARCHAR(200), fine DECIMAL(18, 6))"
FILL = f"""INSERT INTO {TABLE} VALUES
    (3, '2026-02-01 08:00:00', 9007199254740993, '2026/02/01', '乙“公司”, 一行', 1.5),
    (1, '2026-01-31 23:59:59', 9007199254740992, '2026/01/31', '甲公司', NULL),
    (2, '2026-02-01 08:00:00', 9007199254740993, '2026/02/01', '', 0.000001),
    (4, '2026-02-02 00:00:00', 9007199254740995, '2026/02/02', '丁公司 100%', 20000),
    (5, NULL, NULL, '', '无水位公司', 1)"""
NAMES = ["甲公司", "", "乙“公司”, 一行", "丁公司 100%"]


def read(url: str, *, since: str | None = None, watermark: str = "sjc", table: str = TABLE, key: str = "id") -> Read:
    """Return the rows newer than a watermark."""
    with open_source(url, Question(table=table, watermark=watermark, key=key, since=since)) as source:
        assert source.columns == ("id", "sjc", "seen", "spelt", "name", "fine")
        assert source.without_watermark == 1
        return list(source.rows())


def check(url: str, run_sql: RunSql) -> Iterator[str]:
    """Hold the reading against the cases; yields the name of each that holds."""
    run_sql(f"DROP TABLE IF EXISTS {TABLE}")
    run_sql(MAKE)
    run_sql(FILL)
    try:
        yield from _cases(url)
    finally:
        run_sql(f"DROP TABLE {TABLE}")


def _cases(url: str) -> Iterator[str]:
    found = read(url)
    assert [cells[4] for _, cells in found] == NAMES, found
    assert [cells[5] for _, cells in found] == [None, "0.000001", "1.500000", "20000.000000"]
    yield "all rows come in the order of watermark and key, every cell as text"
    for watermark in ("sjc", "seen", "spelt", "SJC"):
        marks = [mark for mark, _ in read(url, watermark=watermark)]
        for place, mark in enumerate(marks):
            newer = [cells[0] for _, cells in read(url, watermark=watermark, since=mark)]
            first = marks.index(mark)
            assert newer == ["1", "2", "3", "4"][first:], (watermark, mark, place, newer)
    yield "rows that share the watermark with the last one are read again, by a time, a number beyond 2^53, a text"
    assert read(url, since=read(url)[-1][0]) == found[-1:]
    yield "a watermark that was read is understood when it is asked for again"
    for wrong in ({"table": "no_such_table"}, {"watermark": "no_such_column"}, {"key": "no_such_column"}):
        try:
            read(url, **wrong)
        except UnusableCall as refused:
            assert url not in str(refused.explanation)
        else:
            raise AssertionError(f"{wrong} was read")
    yield "a table or a column that is not there is told"
