"""How many statements a page costs the database, however much there is: a page that asks once a row is seen here at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ..office import Office
from ..sheets import PENALTY

MOST = {
    "/": 1, "/about/": 1, "/search/?q={part}": 8, "/search/?q={code}": 7, "/subjects/{code}/": 11, "/subjects/{code}/records/{key}/": 11,
    "/desk/": 18, "/desk/submit/": 10, "/desk/submissions/": 12, "/desk/submissions/{number}/": 16, "/desk/submissions/{number}/issues/": 22,
    "/desk/waiting/": 11, "/desk/questions/": 10, "/desk/search/?q={code}": 14, "/desk/files/{code}/": 17, "/desk/files/{code}/{key}/": 19,
    "/desk/submit/{agency}/{item}/record/": 7,
}  # fmt: skip
"""Statements at the most, the beginning and the end of a transaction included; those of the desk for somebody who is signed in."""

SOMETIMES = 'FROM "store_cataloguestep" WHERE "store_cataloguestep"."kind" = \'signed\''
"""What a process asks at its own intervals, whichever page is opened then: whether the catalogue has a newer year."""


@pytest.fixture
def filled(office: Office) -> dict[str, Any]:
    """A submission with good, bad and waiting rows; returns what addresses are made of."""
    province = office.province
    rows = [province.penalty(number) for number in range(12)]
    bad = [province.penalty(number, CF_JDRQ="不是日期") for number in range(12, 18)]
    number = office.hand_in(*rows, *bad).submission
    subject = rows[0]["CF_XDR_SHXYM"]
    (record,) = office.records(subject)
    name = rows[0]["CF_XDR_MC"]
    return {
        "code": subject, "key": record.record_key, "part": name[2:4], "number": number, "agency": province.agency, "item": PENALTY,
    }  # fmt: skip


@pytest.mark.parametrize("path", list(MOST))
def test_a_page_asks_no_more_than_it_must(filled: dict[str, Any], clerk: Client, path: str) -> None:
    browser = clerk if path.startswith("/desk/") else Client()
    address = path.format(**filled)
    assert browser.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    counted = [str(one["sql"] or "a prepared statement") for one in asked.captured_queries]
    told = [sql for sql in counted if SOMETIMES not in sql]
    assert len(told) <= MOST[path], "\n".join(sql[:150] for sql in told)
