"""How a MySQL table is asked for, seen by a driver on paper: the statements, their values, and what its errors become.

The real thing is tried by ``python -m tests.mysql`` where there is a server.
"""

from __future__ import annotations

import sys
import types
from typing import Any

import pytest

from xinheng.core.errors import Unavailable, UnusableCall
from xinheng.gateways.databases import Question, open_source

URL = "mysql://reader:s%40cret@db.example.invalid:3307/credit"
TIMESTAMP, LONGLONG, TEXT = 7, 8, 253


class MySQLError(Exception):
    pass


class OperationalError(MySQLError):
    pass


class InterfaceError(MySQLError):
    pass


class ProgrammingError(MySQLError):
    pass


class Driver(types.ModuleType):
    """The few parts of PyMySQL that the gateway uses; it keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__("pymysql")
        self.err = types.SimpleNamespace(
            MySQLError=MySQLError, OperationalError=OperationalError, InterfaceError=InterfaceError, ProgrammingError=ProgrammingError
        )  # fmt: skip
        self.cursors = types.ModuleType("pymysql.cursors")
        self.cursors.SSCursor = "unbuffered"  # type: ignore[attr-defined]
        self.place: dict[str, Any] = {}
        self.asked: list[tuple[str, tuple[object, ...] | None, str]] = []
        self.failing: dict[str, Exception] = {}
        self.kind = TIMESTAMP
        self.closed = False

    def connect(self, **place: Any) -> Driver:
        self.place = place
        return self

    def cursor(self, kind: str = "buffered") -> Cursor:
        return Cursor(self, kind)

    def close(self) -> None:
        self.closed = True


class Cursor:
    def __init__(self, driver: Driver, kind: str) -> None:
        self.driver, self.kind = driver, kind
        self.description: list[tuple[str, int]] = []
        self.answer: list[tuple[Any, ...]] = []

    def __enter__(self) -> Cursor:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def execute(self, sql: str, values: tuple[object, ...] | None = None) -> None:
        for part, error in self.driver.failing.items():
            if part in sql:
                raise error
        self.driver.asked.append((sql % tuple(map(repr, values)) if values is not None else sql, values, self.kind))
        self.description = [("RECID", LONGLONG), ("CF_WSH", TEXT), ("SJC", self.driver.kind)]
        self.answer = [(0,)] if "count(*)" in sql else [("2026-01-02 00:00:00", "1", "文号", "2026-01-02 00:00:00")]

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.answer

    def fetchmany(self, _rows: int) -> list[tuple[Any, ...]]:
        answer, self.answer = self.answer, []
        return answer


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    made = Driver()
    monkeypatch.setitem(sys.modules, "pymysql", made)
    monkeypatch.setitem(sys.modules, "pymysql.cursors", made.cursors)
    return made


def question(since: str | None = None) -> Question:
    return Question(table="credit.L_SUZHOU_XZCF", watermark="sjc", key="RECID", since=since)


def test_the_address_is_taken_apart_and_the_transaction_only_reads(driver: Driver) -> None:
    with open_source(URL, question()):
        pass
    expected = {
        "host": "db.example.invalid",
        "port": 3307,
        "user": "reader",
        "password": "s@cret",
        "database": "credit",
    }
    assert expected.items() <= driver.place.items()
    assert "READ ONLY" in driver.asked[2][0]
    assert driver.closed


def test_all_rows_then_only_those_not_below_the_watermark_through_an_unbuffered_cursor(driver: Driver) -> None:
    for since, wanted in (
        (None, "`SJC` IS NOT NULL AND CAST(`SJC` AS CHAR) <> ''"),
        ("2026-01-01", "`SJC` >= '2026-01-01'"),
    ):
        with open_source(URL, question(since)) as source:
            assert list(source.rows()) == [("2026-01-02 00:00:00", ("1", "文号", "2026-01-02 00:00:00"))]
        sql, _, kind = driver.asked[-1]
        assert sql == (
            "SELECT CAST(`SJC` AS CHAR), CAST(`RECID` AS CHAR), CAST(`CF_WSH` AS CHAR), CAST(`SJC` AS CHAR)"
            f" FROM `credit`.`L_SUZHOU_XZCF` WHERE {wanted} ORDER BY `SJC`, `RECID`"
        )
        assert kind == "unbuffered"


def test_a_number_is_compared_as_a_number(driver: Driver) -> None:
    driver.kind = LONGLONG
    with open_source(URL, question("9007199254740993")) as source:
        list(source.rows())
    assert "`SJC` >= Decimal('9007199254740993')" in driver.asked[-1][0]


@pytest.mark.parametrize(
    ("part", "raised", "error"),
    [
        ("START", OperationalError("Access denied for user 'reader'"), Unavailable),
        ("SELECT 1 FROM", ProgrammingError("Table doesn't exist"), UnusableCall),
        ("count(*)", InterfaceError(0, "s@cret"), Unavailable),
        ("ORDER BY", MySQLError("s@cret"), UnusableCall),
    ],
)
def test_what_the_driver_says_is_not_passed_on(
    driver: Driver, part: str, raised: Exception, error: type[Exception]
) -> None:
    driver.failing[part] = raised

    def read() -> None:
        with open_source(URL, question()) as source:
            list(source.rows())

    with pytest.raises(error) as refused:
        read()
    told = str(refused.value.explanation)  # type: ignore[attr-defined]
    assert "s@cret" not in told
    assert "reader" not in told


@pytest.mark.parametrize(
    "url", ["mysql://reader@/credit", "mysql://h", "mysql://h:port/credit", "mysql://h:99999/credit"]
)
def test_an_address_without_host_or_database_is_refused(driver: Driver, url: str) -> None:
    with pytest.raises(UnusableCall), open_source(url, question()):
        pass
    assert not driver.place


def test_without_the_driver_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymysql", None)
    with pytest.raises(UnusableCall) as refused, open_source(URL, question()):
        pass
    assert "xinheng[mysql]" in refused.value.explanation.mend.en
