"""Searching: 500 different texts of each kind over a whole province, through the use case and through the real page.

``python -m tests.benchmarks --only search --organisations 2000000 --rows 1000000``: a home of its own for each size, with the register of the sample
and ``--rounds`` files of ``--rows`` records handed in. Names are drawn from the register itself, so that what is rare and what is common is real.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from tests.benchmarks.bench import Bench, row, say

from xinheng import server

TEXTS = 500
GOAL = 100.0
"""Milliseconds at the 95th percentile."""
_FORMS = ("有限公司", "贸易有限公司", "科技有限公司", "股份有限公司", "合作社", "分公司", "有限责任公司", "公司")


@dataclass(frozen=True, slots=True)
class Known:
    """What the province holds, of which texts are made: names and codes of subjects, numbers of documents."""

    names: Sequence[str]
    codes: Sequence[str]
    numbers: Sequence[str]


def run(bench: Bench) -> Iterator[str]:
    """Furnish the home where it is not yet, ask, and yield a line for each kind of text and door."""
    bench = replace(bench, folder=bench.folder / f"search-{bench.organisations}-{bench.rows}-{bench.rounds}")
    furnish(bench)
    held = server.ensure(bench.home)
    os.environ |= {"XINHENG_HOME": str(bench.home), "DJANGO_SETTINGS_MODULE": "xinheng.project.settings"}
    import django

    django.setup()
    known = _known()
    doors = {"use case": _by_use_case(), "page": _by_page()}
    for kind, texts in _texts(known).items():
        for door, ask in doors.items():
            ask(texts[0])
            times = sorted(_timed(ask, text) for text in texts)
            p50, p95, longest = times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]
            say(f"{kind}, {door}: {p50:.1f} / {p95:.1f} / {longest:.1f} ms")
            yield row(
                f"search among {bench.organisations:,}: {kind}, {door}", f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, max {longest:.1f} ms", "–",
                "", f"p95 ≤ {GOAL:.0f} ms",
            )  # fmt: skip
    assert held


def furnish(bench: Bench) -> None:
    """Hand the files of records in that the home does not hold yet."""
    bench.folder.mkdir(parents=True, exist_ok=True)
    while bench.handed_in < bench.rounds:
        file = bench.part(bench.handed_in + 1)
        say(f"handing {file.name} in")
        bench.submit(file)
        file.unlink()
        bench.forget_files()


def _known() -> Known:
    """Read a sample of what is there, and let the database look at its tables once, as it does by itself after some minutes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) store_subjectname")
        cursor.execute("ANALYZE record; ANALYZE store_subject; ANALYZE store_subjectcode")
        cursor.execute(
            "SELECT name, uscc FROM store_subject WHERE kind <> 'individual-business' ORDER BY md5(uscc) LIMIT 4000"
        )
        names, codes = zip(*cursor.fetchall(), strict=True)
        cursor.execute("SELECT decision_number FROM record WHERE decision_number <> '' ORDER BY record_key LIMIT 4000")
        numbers = [number for (number,) in cursor.fetchall()]
    return Known(names, codes, numbers)


def _texts(known: Known) -> dict[str, list[str]]:
    """Return the texts of each kind, the same ones in every run."""
    draw = random.Random(7)

    def some(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(TEXTS)]

    def name() -> str:
        return draw.choice(known.names)

    def part(shortest: int, longest: int) -> str:
        whole = name()
        length = draw.randint(shortest, longest)
        start = draw.randint(0, max(0, len(whole) - length))
        return whole[start : start + length]

    def brand() -> str:
        whole = name()
        middle = len(whole) // 3
        return whole[middle : middle + draw.randint(3, 4)]

    return {
        "rare part of a name": some(brand),
        "any two characters": some(lambda: part(2, 2)),
        "any three to eight characters": some(lambda: part(3, 8)),
        "common part": some(lambda: draw.choice((f"{name()[:2]}", draw.choice(_FORMS), f"{name()[:3]}"))),
        "parts: 南京 … 有限公司": some(lambda: f"{name()[:2]}{draw.choice(('…', ' '))}{draw.choice(_FORMS)}"),
        "one character": some(lambda: part(1, 1)),
        "full name": some(name),
        "code": some(lambda: draw.choice((known.codes, [code[8:17] for code in known.codes[:50]]))[draw.randrange(50)]),
        "document number": some(lambda: _respelt(draw.choice(known.numbers), draw)),
        "nonsense": some(lambda: "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(draw.randint(2, 9)))),
        "SQL": some(lambda: f"'; SELECT * FROM record WHERE id = {draw.randrange(10**6)} OR '{part(1, 3)}' LIKE '%"),
        "200 characters": some(lambda: "".join(name() for _ in range(40))[:200]),
        "200 common characters": some(lambda: ("有限公司" * 50)[draw.randrange(4) :][: draw.randint(150, 196)]),
    }  # fmt: skip


def _respelt(number: str, draw: random.Random) -> str:
    opening, closing = draw.choice(("〔〕", "()", "[]", "（）"))
    written = number.replace("〔", opening).replace("〕", closing)
    return draw.choice((written, written.removesuffix("号"), written.replace(closing, f"{closing} ")))


def _by_use_case() -> Callable[[str], object]:
    from xinheng.usecases.searching import search
    from xinheng.usecases.users import actor_named
    from xinheng.web.today import now, today

    actor = actor_named("operator", on=today())
    return lambda text: search(text, actor=actor, at=now(), on=today())


def _by_page() -> Callable[[str], object]:
    from tests.integration.signing_in import signed_in

    browser: Any = signed_in("operator", HTTP_HOST="127.0.0.1")

    def ask(text: str) -> object:
        answer = browser.get(f"/desk/search/?q={quote(text)}")
        assert answer.status_code in (200, 302), (text, answer.status_code)
        return answer

    return ask


def _timed(ask: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1000
