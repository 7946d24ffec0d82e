"""Resolving names and codes among all subjects of a province: the index (built, opened again), lists of names, single rows, and strangers.

``python -m tests.benchmarks --only resolve --organisations 2000000``: in the home that ``--only search`` furnishes with the same numbers. Names are
drawn from the register itself and a part of them is written otherwise; strangers bear a brand that nobody in the register has.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.benchmarks import searching
from tests.benchmarks.bench import Bench, row, say

from xinheng import server

NAMES = 100_000
SINGLES = 400
SLIP = {"械": "诫", "限": "眼", "份": "分", "贸": "茂", "建": "健", "技": "枝", "程": "呈", "物": "务"}
BRANDS = "昶晗芸晖琰翊珺玥彧祺霖沣澍熠铄骐骥鹭鸢蘅芷筠荟蓁"


def run(bench: Bench) -> Iterator[str]:
    """Furnish the home where it is not yet, build the index, ask, and yield the table's lines."""
    bench = replace(bench, folder=bench.folder / f"search-{bench.organisations}-{bench.rows}-{bench.rounds}")
    searching.furnish(bench)
    held = server.ensure(bench.home)
    os.environ |= {"XINHENG_HOME": str(bench.home), "DJANGO_SETTINGS_MODULE": "xinheng.project.settings"}
    import django

    django.setup()
    yield from _index(bench.home / "names")
    names, codes = _drawn()
    yield from _lists(names, codes)
    yield from _singles(names)
    assert held


def _index(folder: Path) -> Iterator[str]:
    from xinheng.store.name_index import KeptNames

    shutil.rmtree(folder, ignore_errors=True)
    seconds, index = _timed(lambda: KeptNames(folder).current())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield row(
        f"index of {len(index):,} names, built and kept", f"{seconds:.0f} s, {peak:,} MiB", "–", "", "≤ 3 min, ≤ 4 GiB"
    )
    again, _ = _timed(lambda: KeptNames(folder).current())
    yield row("the same opened by another process", f"{again * 1000:.0f} ms", "–", "", "")
    say(f"index: {seconds:.0f} s, {peak:,} MiB, opened again {again * 1000:.0f} ms")


def _drawn() -> tuple[list[str], list[str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) store_subjectname")
        cursor.execute("ANALYZE store_subject; ANALYZE store_subjectcode")
        cursor.execute(
            "SELECT name, uscc FROM store_subject WHERE kind <> 'individual-business' ORDER BY md5(uscc) LIMIT %s",
            [NAMES],
        )
        names, codes = zip(*cursor.fetchall(), strict=True)
    return list(names), list(codes)


def otherwise(name: str, number: int) -> str:
    """Write a name otherwise, in one of four ways: without 市, the form spelt out, a character misread, a character left out of the brand."""
    way = number % 4
    if way == 0:
        return name.replace("市", "", 1)
    if way == 1:
        return name.replace("有限公司", "有限责任公司")
    if way == 2:
        return next((name.replace(right, wrong, 1) for right, wrong in SLIP.items() if right in name), f"{name} ")
    return name[:3] + name[4:]


def stranger(name: str, draw: random.Random) -> str:
    """Give a name another brand, that nobody bears."""
    return name[:2] + "".join(draw.choice(BRANDS) for _ in range(3)) + name[5:]


def _lists(names: Sequence[str], codes: Sequence[str]) -> Iterator[str]:
    draw = random.Random(7)
    none = [""] * len(names)
    mixed = [otherwise(name, place) if draw.random() < 0.2 else name for place, name in enumerate(names)]
    altered = [otherwise(name, place) for place, name in enumerate(names[: NAMES // 4])]
    strangers = [stranger(name, draw) for name in names]
    asked: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        "by code and name": (names, codes), "names as registered": (names, none), "names, one in five written otherwise": (mixed, none),
        "names all written otherwise": (altered, none), "names of strangers": (strangers, none),
    }  # fmt: skip
    for kind, (given, coded) in asked.items():
        from xinheng.usecases.subjects.resolving import resolve_rows

        seconds, answers = _timed(lambda given=given, coded=coded: resolve_rows(given, coded[: len(given)]))
        same = [(answer, code) for answer, code in zip(answers, codes, strict=False) if answer.bearer]
        wrong = sum(answer.bearer.uscc != code for answer, code in same if answer.bearer)
        wrong = len(same) if "strangers" in kind else wrong
        told = f"{len(given) / seconds:,.0f}/s, same {len(same):,}, of them wrong {wrong}"
        say(f"{kind}: {told}")
        yield row(f"resolve {len(given):,}: {kind}", told, "–", "", "≥ 10,000/s with candidates, none wrong")


def _singles(names: Sequence[str]) -> Iterator[str]:
    from xinheng.usecases.subjects.resolving import resolve_rows

    asked = [otherwise(name, place) for place, name in enumerate(names[-SINGLES:])]
    resolve_rows(asked[:1], [""])
    times = sorted(_timed(lambda name=name: resolve_rows([name], [""]))[0] * 1000 for name in asked)
    told = f"p50 {statistics.median(times):.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms"
    say(f"single: {told}")
    yield row("resolve one name written otherwise", told, "–", "", "≤ 20 ms")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer
