"""Adverse rows with names only (100,000): of all names that the register itself bears, exact and altered, none attaches.

Then what looking at one of them costs: candidates with their evidence, single.
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.bench import Bench, row, say

ROWS = 100_000
PROFILE = "nfra-penalty"
LOOKS = 20
_COLUMNS = (
    "party_base", "party", "suspect_parse", "province", "url", "facts", "legal_basis", "penalty_types", "fine_yuan", "authority", "doc_title", "decided",
    "published", "names_persons_too",
)  # fmt: skip


def adverse_rows(names: Sequence[str], count: int) -> list[dict[str, str]]:
    """Return penalty rows without any code under these names, every third of them altered by a character or left without its form."""
    rows = []
    for number in range(count):
        name = names[number % len(names)]
        altered = (name, name[:3] + name[4:], name.replace("有限公司", "公司"))[number % 3]
        rows.append(
            dict.fromkeys(_COLUMNS, "")
            | {
                "party_base": altered if altered.endswith(("公司", "社", "中心", "部", "行")) else f"{altered}公司", "facts": f"样例违法事实{number}",
                "penalty_types": "罚款", "fine_yuan": "10000", "authority": "样例监管局", "doc_title": f"（样金罚决字〔2026〕{number + 1}号）",
                "published": "2026-03-01", "names_persons_too": "False",
            }
        )  # fmt: skip
    return rows


def run(bench: Bench) -> Iterator[str]:
    """Hand the rows in, count what attached, look at some, and yield the table's lines."""
    assert bench.prepared
    file = _written(bench)
    outcome = bench.submit(file, "--profile", PROFILE).result
    say(f"names only: {outcome}")
    attached = outcome["received"] - outcome["waiting"] - outcome["rejected"]
    yield row(
        f"{outcome['received']:,} adverse rows with names only",
        f"{attached} attached",
        "–",
        f"{outcome['waiting']:,} wait",
        "none attached",
    )
    listed = bench.xinheng("waiting", "list", "--limit", str(LOOKS), "--json").result["rows"]
    seconds = [bench.xinheng("waiting", "candidates", str(one["number"]), "--json").seconds for one in listed]
    yield row("candidates of one row, by its command", f"{statistics.median(seconds):.2f} s", "–", "", "")


def _written(bench: Bench) -> Path:
    place = bench.folder / "names-only.csv"
    with (bench.folder / "province" / "register.csv").open(encoding="utf-8", newline="") as register:
        names = [one["name"] for one in csv.DictReader(register)]
    with place.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(_COLUMNS))
        writer.writeheader()
        writer.writerows(adverse_rows(names, ROWS))
    return place
