"""Rows about natural persons into their ledger: checked, sealed, each under a key of its own, and then all of it once more as unchanged."""

from __future__ import annotations

import csv
import statistics
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.benchmarks.bench import Bench, row, say

from xinheng.core.sample.codes import identity_number
from xinheng.core.sample.layouts import HEADINGS

ROWS = 100_000


def run(bench: Bench) -> Iterator[str]:
    """Hand the rows in as new, in a home of their own, and yield the table's lines."""
    speeds, again = [], []
    for number in range(bench.rounds):
        file = _written(bench, number)
        for kept in (speeds, again):
            outcome = bench.submit(file)
            kept.append(outcome.result["rows_per_second"])
            file = _with_a_last_line(file)
        say(f"persons {number + 1}: {speeds[-1]:,} rows/s new, {again[-1]:,} rows/s unchanged")
    yield row(f"persons {ROWS:,} rows, sealed", f"{statistics.median(speeds):,.0f} rows/s", "–", "", "≥ 10,000 rows/s")
    yield row("the same again, unchanged", f"{statistics.median(again):,.0f} rows/s", "–", "", "")


def _written(bench: Bench, number: int) -> Path:
    """Write made-up persons (division 320999, born 1900; some have several decisions) in the layout of the sample's rows."""
    place = bench.folder / f"persons-{number}.csv"
    with (
        bench.part(0).open(encoding="utf-8-sig", newline="") as given,
        place.open("w", encoding="utf-8", newline="") as out,
    ):
        titles = [*(csv.DictReader(given).fieldnames or ()), HEADINGS["CF_XDR_ZJLX"], HEADINGS["CF_XDR_ZJHM"]]
        given.seek(0)
        writer = csv.DictWriter(out, titles)
        writer.writeheader()
        rows = (one for one in csv.DictReader(given) if None not in one and one[HEADINGS["CF_CFLB"]] == "警告")
        for count, one in enumerate(_repeated(list(islice(rows, 500)))):
            writer.writerow(one | _person(bench, number, count))
    return place


def _repeated(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    for count in range(ROWS):
        yield rows[count % len(rows)]


def _person(bench: Bench, number: int, count: int) -> dict[str, str]:
    cells = {
        "CF_XDR_MC": "样例某甲", "CF_XDR_LB": "自然人", "CF_XDR_SHXYM": "", "CF_FRDB": "", "CF_XDR_ZJLX": "身份证",
        "CF_XDR_ZJHM": identity_number(count * 3 + number), "CF_WSH": f"基罚〔2026〕{number}第{count}号", "CF_JDRQ": bench.today.isoformat(),
        "CF_YXQ": "2099-12-31",
    }  # fmt: skip
    return {HEADINGS[code]: text for code, text in cells.items()}


def _with_a_last_line(file: Path) -> Path:
    """Return the same rows as another file: the same file would be the same submission."""
    other = file.with_name(f"again-{file.name}")
    other.write_bytes(file.read_bytes() + b"\r\n")
    return other
