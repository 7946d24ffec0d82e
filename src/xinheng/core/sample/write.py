"""Write a whole sample to given outputs: register, agencies, penalty files, the truth, a summary and a readme.

The caller says where an output goes; this module opens no file. Memory stays flat: everything is written in blocks.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from xinheng.core.sample.agencies import AGENCIES, AGENCY_COLUMNS, CREDIT_CENTRE, Agency, sector_agency
from xinheng.core.sample.defects import Expected
from xinheng.core.sample.files import MOST_ROWS_OF_A_BLOCK, TRUTH_COLUMNS, FileMaker, FilePlan, csv_line
from xinheng.core.sample.layouts import Layout
from xinheng.core.sample.organisations import REGISTER_COLUMNS, Population
from xinheng.core.sample.penalties import Delivery, PenaltyMaker
from xinheng.core.sample.planting import Planting

Open = Callable[[str], BinaryIO]
Progress = Callable[[str, int, int], None]
"""Called with the name of the output, the rows written of it and the rows it will have."""

SUBMITTERS = (40, 20, 15, 15, 10)
"""Shares in a hundred of the first sectors' provincial departments, which hand in the files."""

MOST_ROWS_OF_A_FILE = 500_000
_SPLIT_FROM = 10_000  # a sample of so many records has two files from each agency
_NEWLINE = "\r\n"


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A penalty file that was written: its name, the USCC and name of the agency that hands it in, and its rows."""

    name: str
    agency: str
    agency_name: str
    rows: int


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What a sample holds; ``expected`` counts all rows (clean: accepted), ``kinds`` and ``codes`` the planted."""

    seed: int
    today: dt.date
    organisations: int
    agencies: int
    records: int
    files: tuple[SampleFile, ...]
    expected: dict[str, int]
    kinds: dict[str, int]
    codes: dict[str, int]

    def as_json(self) -> str:
        """Return the summary as the text of ``summary.json``."""
        plain = {name: getattr(self, name) for name in ("seed", "organisations", "agencies", "records")}
        plain |= {"today": self.today.isoformat(), "expected": self.expected, "kinds": self.kinds, "codes": self.codes}
        plain["files"] = [{name: getattr(file, name) for name in SampleFile.__slots__} for file in self.files]
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def write_sample(
    open_output: Open,
    *,
    organisations: int,
    records: int,
    seed: int,
    today: dt.date,
    defects: float = 0.02,
    single_file: bool = False,
    layout: Layout = Layout.FULL,
    encoding: str = "utf-8",
    block_rows: int = 20_000,
    progress: Progress | None = None,
) -> SampleSummary:
    """Write a sample; ``open_output`` opens a named output for writing and is called once for each.

    ``encoding`` is that of the penalty files (``utf-8``, ``utf-8-sig``, ``gb18030``); the rest is UTF-8. The bytes
    depend on every argument but ``block_rows`` and ``progress``. Raises ``ValueError`` for sizes, rates or days out
    of range.
    """
    if records < 0 or not 1 <= block_rows <= MOST_ROWS_OF_A_BLOCK:
        raise ValueError("a sample has no less than 0 records and blocks of 1 to 100,000 rows")
    population = Population.of(seed, size=organisations, today=today)
    planting = Planting.of(seed, rate=defects, layout=layout)
    writer = _Writer(open_output, block_rows, progress or (lambda *_: None))
    writer.register(population)
    writer.agencies()
    plans = file_plans(records, single_file=single_file, layout=layout)
    expected, kinds, codes = writer.penalties(FileMaker(PenaltyMaker(population, today), planting), plans, encoding)
    expected[Expected.ACCEPTED.value] += records - kinds.total()
    files = tuple(_described(plan) for plan in plans)
    counts = (dict(sorted(each.items())) for each in (expected, kinds, codes))
    summary = SampleSummary(seed, today, organisations, len(AGENCIES), records, files, *counts)
    writer.text("summary.json", summary.as_json())
    writer.text("README.txt", _README.format(seed=seed, today=today.isoformat()))
    return summary


def file_plans(records: int, *, single_file: bool, layout: Layout) -> list[FilePlan]:
    """Return which rows stand in which file; files without rows are left out, unless there is but one."""
    if single_file:
        return [FilePlan("penalties.csv", Delivery(CREDIT_CENTRE, None, layout), 0, records)]
    plans, start = [], 0
    for sector in range(len(SUBMITTERS)):
        stop = records * sum(SUBMITTERS[: sector + 1]) // 100
        delivery = Delivery(AGENCIES[sector_agency(sector, level=0)], sector, layout)
        for number, (first, last) in enumerate(_parts(start, stop, records), start=1):
            plans.append(FilePlan(f"penalties-{delivery.agency.uscc}-{number}.csv", delivery, first, last))
        start = stop
    return plans


def _parts(start: int, stop: int, records: int) -> list[tuple[int, int]]:
    rows = stop - start
    count = max(-(-rows // MOST_ROWS_OF_A_FILE), 2 if records >= _SPLIT_FROM else 1) if rows else 0
    return [(start + rows * part // count, start + rows * (part + 1) // count) for part in range(count)]


def _described(plan: FilePlan) -> SampleFile:
    agency: Agency = plan.delivery.agency
    return SampleFile(plan.name, agency.uscc, agency.name, plan.stop - plan.start)


@dataclass(frozen=True, slots=True)
class _Writer:
    open_output: Open
    block_rows: int
    progress: Progress

    def register(self, population: Population) -> None:
        with self.open_output("register.csv") as output:
            output.write(_encoded([csv_line(REGISTER_COLUMNS)], "utf-8"))
            for start in range(0, population.size, self.block_rows):
                stop = min(start + self.block_rows, population.size)
                rows = population.register_rows(np.arange(start, stop, dtype=np.int64))
                output.write(_encoded([",".join(row) for row in rows], "utf-8"))
                self.progress("register.csv", stop, population.size)

    def agencies(self) -> None:
        rows = [csv_line((agency.uscc, agency.name, agency.region, agency.kind)) for agency in AGENCIES]
        self.text("agencies.csv", _lines([csv_line(AGENCY_COLUMNS), *rows]))

    def penalties(
        self, maker: FileMaker, plans: list[FilePlan], encoding: str
    ) -> tuple[Counter[str], Counter[str], Counter[str]]:
        expected: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        codes: Counter[str] = Counter()
        with self.open_output("truth.csv") as truth_output:
            truth_output.write(_encoded([csv_line(TRUTH_COLUMNS)], "utf-8"))
            for plan in plans:
                for truth in self._file(maker, plan, encoding):
                    truth_output.write(_encoded([csv_line(each) for each in truth], "utf-8"))
                    expected.update(each[2] for each in truth)
                    codes.update(each[3] for each in truth if each[3])
                    kinds.update(each[4] for each in truth)
        return expected, kinds, codes

    def _file(self, maker: FileMaker, plan: FilePlan, encoding: str) -> Iterable[list[tuple[str, ...]]]:
        rows = plan.stop - plan.start
        done = 0
        plain = encoding.removesuffix("-sig")
        with self.open_output(plan.name) as output:
            output.write(_lines([csv_line(plan.delivery.layout.headings)]).encode(encoding))
            for lines, truth in maker.blocks(plan, block_rows=self.block_rows):
                output.write(_encoded(lines, plain))
                done += len(lines)
                self.progress(plan.name, done, rows)
                yield [each.cells() for each in truth]

    def text(self, name: str, text: str) -> None:
        with self.open_output(name) as output:
            output.write(text.encode())


def _lines(lines: list[str]) -> str:
    return _NEWLINE.join(lines) + _NEWLINE if lines else ""


def _encoded(lines: list[str], encoding: str) -> bytes:
    return _lines(lines).encode(encoding)


_README = """样例数据，全部虚构（种子 {seed}，基准日 {today}）。
行政区划为江苏省的真实区划；其中的单位、代码、人员、处罚决定均为程序生成，与任何真实单位和个人无关。
truth.csv 的 row 是电子表格显示的行号（表头为第 1 行）；未列入 truth.csv 的行都应当被接收。

Sample data, all of it made up (seed {seed}, as of {today}).
Divisions are those of Jiangsu; every organisation, code, person and decision in it was made by a program.
In truth.csv "row" is the number a spreadsheet shows (the header is row 1); rows not named there are to be accepted.
"""
