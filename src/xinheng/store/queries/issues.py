"""Reading the issues of a submission, page by page: a file of millions of rows may have as many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from xinheng.store.prepared import prepared_cursor
from xinheng.store.sql import statement


class StoredIssue(NamedTuple):
    """An issue of one cell: spreadsheet row, field code, rule, level, the quoted cell, and the words in both languages."""

    row: int
    column: str
    code: str
    level: str
    found: str | None
    expected: str
    expected_en: str
    mend: str
    mend_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueQuestion:
    """Which issues of a submission are asked for; ``rows`` are spreadsheet rows, empty for all."""

    submission: int
    code: str = ""
    level: str = ""
    rows: Sequence[int] | None = None


def issues_of(asked: IssueQuestion, *, limit: int | None, offset: int = 0) -> tuple[StoredIssue, ...]:
    """Return issues in the order of their rows."""
    with prepared_cursor() as cursor:
        cursor.execute(statement("issues"), {**_parameters(asked), "limit": limit, "offset": offset})
        return tuple(StoredIssue(*row) for row in cursor.fetchall())


def issue_count(asked: IssueQuestion) -> int:
    """Return how many issues there are."""
    with prepared_cursor() as cursor:
        cursor.execute(statement("issue_count" if asked.rows else "issue_sizes"), _parameters(asked))
        return int(cursor.fetchone()[0])


def rejected_rows(submission: int) -> tuple[tuple[int, bool], ...]:
    """Return the spreadsheet rows that went back, in order, each with whether it is about a natural person or holds a number of one."""
    with connection.cursor() as cursor:
        cursor.execute(statement("rejected_rows"), {"submission": submission})
        return tuple((int(row), bool(personal)) for row, personal in cursor.fetchall())


def _parameters(asked: IssueQuestion) -> dict[str, Any]:
    rows = None if asked.rows is None else list(asked.rows)
    return {"submission": asked.submission, "code": asked.code, "level": asked.level, "rows": rows}
