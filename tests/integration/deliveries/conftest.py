"""A department's database: a second database of the same server, with the province's exchange table in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from ..commands import Xinheng
from ..sheets import PENALTY, Row

VARIABLE = "DEPARTMENT_DATABASE"
COLUMNS = (
    "CF_WSH", "CF_SY", "CF_YJ", "CF_CFLB1", "CF_CFLB2", "CF_XDR_MC", "CF_XDR_SHXYM", "CF_JG", "CF_JDRQ", "CF_XZJG", "CF_ZT", "DFBM",
)  # fmt: skip
FROM_TODAY = {"CF_CFLB1": "CF_CFLB", "CF_JG": "CF_NR", "CF_XZJG": "CF_CFJG"}


class Department:
    """The department's side: its table ``L_SUZHOU_XZCF`` in the layout of 2015–2018, with RECID and SJC."""

    table = "l_suzhou_xzcf"

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url, autocommit=True)
        self.run(f"DROP TABLE IF EXISTS {self.table}")
        cells = ", ".join(f"{column} text" for column in COLUMNS)
        self.run(f"CREATE TABLE {self.table} (RECID bigserial PRIMARY KEY, {cells}, SJC timestamp)")

    def run(self, sql: str, *parameters: Any) -> None:
        """Execute a statement there."""
        self._connection.execute(sql.encode(), parameters or None)

    def write(self, *rows: Row, sjc: str | None) -> None:
        """Write penalties (rows of today's layout) with a time stamp."""
        for row in rows:
            cells = {column: row.get(FROM_TODAY.get(column, column), "") for column in COLUMNS}
            cells |= {"CF_ZT": "0", "DFBM": "320500", "CF_CFLB2": "", **{k: v for k, v in row.items() if k == "CF_ZT"}}
            signs = ", ".join(["%s"] * (len(COLUMNS) + 1))
            self.run(
                f"INSERT INTO {self.table} ({', '.join(COLUMNS)}, SJC) VALUES ({signs})",
                *(cells[column] for column in COLUMNS),
                sjc,
            )

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def database_beside(url: str, name: str) -> str:
    """Make another database on the same server and return its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="module")
def source_url(xinheng: Xinheng) -> str:
    """The address of the department's database."""
    return database_beside(xinheng.server.url, "department")


@pytest.fixture
def department(source_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Department]:
    """The department, its table empty; the address stands in the environment."""
    monkeypatch.setenv(VARIABLE, source_url)
    made = Department(source_url)
    yield made
    made.close()


@pytest.fixture
def words(xinheng: Xinheng) -> tuple[object, ...]:
    """The words of ``xinheng deliveries add`` but the name and the agency."""
    return (
        "--item", PENALTY, "--url-from-env", VARIABLE, "--table", "L_SUZHOU_XZCF", "--watermark", "SJC", "--key", "RECID",
    )  # fmt: skip
