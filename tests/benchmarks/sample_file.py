"""A made-up penalty file with its register and the truth about its rows, made once for a size: 18 columns, two in a hundred with a defect."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.bench import Bench, say

from xinheng.core.sample.layouts import HEADINGS, Layout
from xinheng.core.sample.write import write_sample

_SEED = 7
_CODES = {heading: code for code, heading in HEADINGS.items()} | {"": ""}


@dataclass(frozen=True, slots=True)
class Planted:
    """What is true of a planted row: what becomes of it, by which rule, the kind of defect, and the field (empty: the row)."""

    expected: str
    code: str
    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class SampleFile:
    """Where a sample lies and how many rows its penalty file has."""

    folder: Path
    rows: int
    today: dt.date

    @property
    def penalties(self) -> Path:
        """Return the penalty file."""
        return self.folder / "penalties.csv"

    @property
    def register(self) -> Path:
        """Return the register of organisations."""
        return self.folder / "register.csv"

    def truth(self) -> dict[int, Planted]:
        """Return the planted rows by the number that a spreadsheet shows."""
        return {
            int(row["row"]): Planted(row["expected"], row["code"], row["kind"], _CODES[row["column"]])
            for row in _records(self.folder / "truth.csv")
        }

    def decision_days(self) -> Iterator[tuple[int, dt.date | None]]:
        """Yield each row's number and its day of decision, or none where the calendar lacks it; one row after the other, without the platform."""
        place = Layout.NARROW.fields.index("CF_JDRQ")
        with self.penalties.open(encoding="utf-8", newline="") as opened:
            for number, cells in enumerate(csv.reader(opened), start=1):
                if number > 1:
                    yield number, _day(cells[place])

    def head(self, rows: int) -> SampleFile:
        """Return the same with the first rows only; a row of the sample is one line."""
        if rows >= self.rows:
            return self
        part = SampleFile(self.folder / f"first-{rows}", rows, self.today)
        part.folder.mkdir(exist_ok=True)
        for name in ("register.csv", "truth.csv"):
            (part.folder / name).write_bytes((self.folder / name).read_bytes())
        with self.penalties.open("rb") as whole, part.penalties.open("wb") as out:
            out.writelines(line for _, line in zip(range(rows + 1), whole, strict=False))
        return part


def sample_file(bench: Bench) -> SampleFile:
    """Return the sample of a run's sizes; it is made where it is not there yet."""
    folder = bench.folder / f"sample-{bench.organisations}-{bench.rows}"
    if not (folder / "summary.json").exists():
        say(f"making {bench.rows:,} rows")
        folder.mkdir(parents=True, exist_ok=True)
        write_sample(
            lambda name: (folder / name).open("wb"),
            organisations=bench.organisations, records=bench.rows, seed=_SEED, today=bench.today,
            single_file=True, layout=Layout.NARROW,
        )  # fmt: skip
    return SampleFile(folder, bench.rows, bench.today)


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)


def _day(cell: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell.replace("/", "-"))
    except ValueError:
        return None
