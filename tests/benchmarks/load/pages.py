"""What is asked for: the mix of pages of a working day, made of subjects, records and submissions that are in the home, drawn with a fixed seed."""

from __future__ import annotations

import csv
import html
import http.client
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from tests.benchmarks.bench import AGENCY, ITEM, Bench
from tests.benchmarks.load.client import Page

from xinheng.core.sample.layouts import HEADINGS

WEIGHTS = {
    "portal: front page": 8, "portal: search by name": 14, "portal: search by code": 8, "portal: subject": 16, "portal: record": 10, "portal: about": 3,
    "desk: home": 6, "desk: items to hand in": 2, "desk: submissions": 5, "desk: submission": 5, "desk: issues": 4, "desk: waiting rows": 3,
    "desk: questions": 2, "desk: search": 3, "desk: subject's file": 3, "desk: form": 1.5, "desk: one record by form": 0.5,
    "me: own file": 3, "me: who looked": 1, "style sheet": 2,
}  # fmt: skip
"""How often each kind of request comes, in hundredths."""
_SUBJECTS = """
    SELECT s.uscc, s.name, r.record_key::text FROM record r JOIN store_subject s ON s.id = r.subject_id
    WHERE r.published AND r.last_day > current_date AND r.subject_id %% 61 = %s AND s.kind <> 'individual-business' LIMIT 800"""


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the home: subjects (code, name, key of a public record), submissions by user, and the cookies of who is signed in."""

    subjects: tuple[tuple[str, str, str], ...]
    submissions: Mapping[str, tuple[int, ...]]
    cookies: Mapping[str, str]
    own: str


def some_subjects(url: str) -> tuple[tuple[str, str, str], ...]:
    """Return subjects with a public record."""
    with psycopg.connect(url) as connection:
        for part in range(7):
            found = connection.execute(_SUBJECTS.encode(), [part]).fetchall()
            if len(found) >= 100:
                return tuple(found)
    raise RuntimeError("the home has too few published records: is its ledger filled?")


def mix(bench: Bench, known: Known, port: int, *, seed: int = 7) -> Iterator[Page]:
    """Yield requests without end."""
    draw = random.Random(seed)
    makers = _makers(known, draw)
    makers["desk: one record by form"] = _records(bench, known, port)
    kinds, weights = list(WEIGHTS), list(WEIGHTS.values())
    while True:
        for kind in draw.choices(kinds, weights, k=1000):
            yield makers[kind]()


def get(kind: str, path: str, *needles: str, cookie: str = "", status: int = 200) -> Page:
    """Return a page that is asked for."""
    shown = f"Cookie: {cookie}\r\n" if cookie else ""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nUser-Agent: bench\r\n{shown}\r\n"
    return Page(kind, head.encode(), status, needles[0].encode() if needles else b"")


def _makers(known: Known, draw: random.Random) -> dict[str, Callable[[], Page]]:
    officials = [name for name in known.cookies if name != "load-owner"]
    submitters = [name for name in known.submissions if known.submissions[name]]

    def who() -> str:
        return known.cookies[draw.choice(officials)]

    def subject() -> tuple[str, str, str]:
        return draw.choice(known.subjects)

    def searched() -> Page:
        name = subject()[1]
        start = draw.randrange(max(1, len(name) - 4))
        return get("portal: search by name", f"/search/?q={quote(name[start : start + 4])}", 'class="hit')

    def searched_at_desk() -> Page:
        _, name, _ = subject()
        return get("desk: search", f"/desk/search/?q={quote(name[:-4])}", html.escape(name), cookie=who())

    def one(kind: str, path: Callable[[str, str], str], cookie: Callable[[], str] = str) -> Callable[[], Page]:
        def made() -> Page:
            code, name, key = subject()
            return get(kind, path(code, key), html.escape(name), cookie=cookie())

        return made

    def of_submission(kind: str, path: str, needle: str) -> Callable[[], Page]:
        def made() -> Page:
            name = draw.choice(submitters)
            number = draw.choice(known.submissions[name])
            return get(kind, path.format(number), needle, cookie=known.cookies[name])

        return made

    def at(kind: str, path: str, needle: str, cookie: Callable[[], str] = str) -> Callable[[], Page]:
        return lambda: get(kind, path, needle, cookie=cookie())

    def owner() -> str:
        return known.cookies["load-owner"]

    return {
        "portal: front page": at("portal: front page", "/", "查询公共信用信息"),
        "portal: search by name": searched,
        "portal: search by code": one("portal: search by code", lambda code, _: f"/search/?q={code}"),
        "portal: subject": one("portal: subject", lambda code, _: f"/subjects/{code}/"),
        "portal: record": one("portal: record", lambda code, key: f"/subjects/{code}/records/{key}/"),
        "portal: about": at("portal: about", "/about/", "公示说明"),
        "desk: home": at("desk: home", "/desk/", 'id="granted"', who),
        "desk: items to hand in": at("desk: items to hand in", "/desk/submit/", "报送", who),
        "desk: submissions": at("desk: submissions", "/desk/submissions/", "报送记录", who),
        "desk: submission": of_submission("desk: submission", "/desk/submissions/{}/", "退回"),
        "desk: issues": of_submission("desk: issues", "/desk/submissions/{}/issues/", "逐格说明"),
        "desk: waiting rows": at("desk: waiting rows", "/desk/waiting/", "待认领", who),
        "desk: questions": at("desk: questions", "/desk/questions/", "待核实", who),
        "desk: search": searched_at_desk,
        "desk: subject's file": one("desk: subject's file", lambda code, _: f"/desk/files/{code}/", who),
        "desk: form": at(
            "desk: form", f"/desk/submit/{AGENCY}/{ITEM}/record/", "CF_XDR_MC", lambda: known.cookies["load-clerk"]
        ),
        "me: own file": at("me: own file", f"/me/{known.own}/", known.own, owner),
        "me: who looked": at("me: who looked", f"/me/{known.own}/looks/", "谁查看过", owner),
        "style sheet": at("style sheet", "/static/site.css", "{"),
    }


def _records(bench: Bench, known: Known, port: int) -> Callable[[], Page]:
    """Return what makes a record by form: each a decision that was not there before, sent with the token of a form that was opened."""
    path, cookie = f"/desk/submit/{AGENCY}/{ITEM}/record/", known.cookies["load-clerk"]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    form = answer.read().decode()
    given = re.search(r"xinheng_csrf=([^;]+)", answer.headers["Set-Cookie"] or "")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    if given is None or token is None:
        raise RuntimeError("the form of a record has no token")
    cells = _a_row(bench)
    numbers = iter(range(1, 1 << 40))
    begun = random.SystemRandom().randrange(1 << 40)

    def made() -> Page:
        number = f"基压〔2026〕{begun}第{next(numbers)}号"
        body = urlencode({**cells, "CF_WSH": number, "csrfmiddlewaretoken": token[1]}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}; xinheng_csrf={given[1]}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return Page("desk: one record by form", head.encode() + body, 302, b"/desk/submissions/")

    return made


def _a_row(bench: Bench) -> dict[str, Any]:
    """Return a row of the sample that is good as it stands: an organisation's, with a warning only."""
    codes = {heading: code for code, heading in HEADINGS.items()}
    with bench.part(0).open(encoding="utf-8-sig", newline="") as sheet:
        for row in csv.DictReader(sheet):
            cells = {codes[heading]: text for heading, text in row.items() if heading in codes and text}
            sound = cells.get("CF_CFLB") == "警告" and cells.get("CF_XDR_LB") != "自然人"
            if sound and len(cells.get("CF_XDR_SHXYM", "")) == 18 and cells.get("CF_JDRQ", "").startswith("2026"):
                return cells
    raise RuntimeError("the sample has no such row")
