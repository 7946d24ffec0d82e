"""Screening: every code of the register once, in one list, beside a DuckDB hash join of the same keys; and checks of one subject, one after the other.

``python -m tests.benchmarks --only screening --organisations 200000 --rows 1000000``: a home of its own for each size, with the register of the sample and
``--rounds`` files of ``--rows`` records handed in.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from tests.benchmarks.bench import Bench, row, say
from tests.benchmarks.searching import furnish

from xinheng import server

CHECKS = 300
MATTER = {"matter": "finance-special-funds", "business_number": "2026-0001"}
LIMIT, GOAL = 3.0, 25.0


def run(bench: Bench) -> Iterator[str]:
    """Furnish the home where it is not yet; screen, join, check, and yield a line each."""
    bench = replace(bench, folder=bench.folder / f"screening-{bench.organisations}-{bench.rows}-{bench.rounds}")
    furnish(bench)
    held = server.ensure(bench.home)
    os.environ |= {"XINHENG_HOME": str(bench.home), "DJANGO_SETTINGS_MODULE": "xinheng.project.settings"}
    import django

    django.setup()
    from xinheng.usecases.users import actor_named

    at = dt.datetime.now(ZoneInfo("Asia/Shanghai"))
    acting: dict[str, Any] = {"actor": actor_named("operator", on=at.date()), "at": at, "on": at.date()}
    codes = _codes()
    ours, joined = _screen(codes, acting), _join(codes)
    say(f"{len(codes):,} codes: {ours:.2f} s, join {joined:.2f} s")
    yield row(
        f"screen {len(codes):,} codes, kept and told", f"{ours:.2f} s", f"{joined:.2f} s",
        f"{ours / joined:.1f} ×; {len(codes) / ours:,.0f} codes/s", f"≤ {LIMIT:.0f} ×",
    )  # fmt: skip
    times = sorted(_check(code, acting) for code in codes[:CHECKS])
    p50, p95, longest = times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]
    yield row(
        "check one subject, kept and told",
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, max {longest:.1f} ms",
        "–",
        "",
        f"p99 ≤ {GOAL:.0f} ms",
    )
    assert held


def _codes() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE record; ANALYZE store_subject; ANALYZE store_subjectcode; ANALYZE store_submission")
        cursor.execute("SELECT uscc FROM store_subject ORDER BY md5(uscc)")
        return [code for (code,) in cursor.fetchall()]


def _screen(codes: Sequence[str], acting: dict[str, Any]) -> float:
    from xinheng.usecases.screening.lists import screen_list

    started = time.perf_counter()
    screen_list((("", code) for code in codes), **MATTER, **acting)
    return time.perf_counter() - started


def _join(codes: Sequence[str]) -> float:
    """Return the seconds of the join alone: both sides are in memory, as Arrow tables."""
    import duckdb
    import pyarrow as pa

    from xinheng.store.bulk import read_table

    asked = pa.table({"code": codes})
    held = read_table(
        "SELECT s.uscc, r.item, r.decided_on, r.last_day FROM record r JOIN store_subject s ON s.id = r.subject_id", (),
        {"code": pa.string(), "item": pa.string(), "decided_on": pa.date32(), "last_day": pa.date32()},
    )  # fmt: skip
    with duckdb.connect() as engine:
        engine.register("asked", asked)
        engine.register("held", held)
        started = time.perf_counter()
        engine.execute("SELECT a.code, h.* FROM asked a LEFT JOIN held h USING (code)").to_arrow_table()
        return time.perf_counter() - started


def _check(code: str, acting: dict[str, Any]) -> float:
    from xinheng.usecases.screening.checking import check_one

    started = time.perf_counter()
    check_one(code=code, **MATTER, **acting)
    return (time.perf_counter() - started) * 1000
