"""Ten thousand log-in attempts on one account, against the real server: next to none is looked at, each is refused and recorded, the pages go on.

``python -m tests.benchmarks --only tries`` (200 attempts a second for 50 seconds).
"""

from __future__ import annotations

import asyncio
import re
import urllib.request
from collections import Counter
from collections.abc import Iterator
from itertools import repeat
from urllib.parse import urlencode

from tests.benchmarks.bench import Bench, row
from tests.benchmarks.load.client import Client, Page
from tests.benchmarks.load.measuring import count, platform

from xinheng import server

TRIES, RATE = 10_000, 200
LOOKED_AT = 20
"""How many of them may be looked at in that time at the most: the waiting doubles with each failure."""
_REFUSED = "SELECT count(*) FROM store_auditevent WHERE action = 'show-password' AND NOT allowed"
_WAITING = f"{_REFUSED} AND reasons::text LIKE '%wait%'"


def run(bench: Bench) -> Iterator[str]:
    """Try and yield the table's line; ends with 1 where an attempt was not refused, not recorded, or too many were looked at."""
    assert bench.prepared
    url = server.ensure(bench.home).url
    with platform(bench) as (port, _):
        before, waited = count(url, _REFUSED), count(url, _WAITING)
        taken = asyncio.run(Client(port, repeat(_try(port)), rate=RATE, seconds=TRIES / RATE).run())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            alive = page.status == 200
    recorded, unlooked = count(url, _REFUSED) - before, count(url, _WAITING) - waited
    others = Counter(fault for fault in taken.faults if not fault.endswith("status 422"))
    looked = recorded - unlooked
    yield row(
        f"{TRIES:,} log-in attempts on one account, {RATE}/s", f"{recorded:,} recorded, {looked} looked at, {sum(others.values())} other answers", "–", "",
        "each refused and recorded",
    )  # fmt: skip
    if others or recorded != TRIES or looked > LOOKED_AT or not alive:
        raise SystemExit(f"tries: {dict(others)}")


def _try(port: int) -> Page:
    """Return a wrong password, in a form of ours; 429 is the answer while one has to wait, 422 where it was looked at."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/") as answer:
        form, given = answer.read().decode(), re.search(r"xinheng_csrf=([^;]+)", answer.headers["Set-Cookie"])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    if given is None or token is None:
        raise RuntimeError("the form has no token")
    body = urlencode({"username": "operator", "password": "guess-again", "csrfmiddlewaretoken": token[1]}).encode()
    head = (
        f"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: xinheng_csrf={given[1]}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Page("a try", head.encode() + body, 429)
