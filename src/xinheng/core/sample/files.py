"""The rows of one penalty file as lines of text, with the truth about the planted ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xinheng.core.sample.defects import Defect, Need
from xinheng.core.sample.draws import Ints
from xinheng.core.sample.edits import Circumstance
from xinheng.core.sample.layouts import HEADINGS
from xinheng.core.sample.penalties import Block, Delivery, PenaltyMaker
from xinheng.core.sample.planting import Planted, Planting

TRUTH_COLUMNS = ("file", "row", "expected", "code", "kind", "column", "uscc")
MOST_ROWS_OF_A_BLOCK = 100_000
_HEADER_ROWS = 1
_MUST_QUOTE = re.compile(r'["\r\n]')


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One file: its name, what it holds, and its range of row numbers of the whole sample."""

    name: str
    delivery: Delivery
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a planted row; ``row`` is the number that a spreadsheet shows (the header is row 1)."""

    file: str
    row: int
    defect: Defect
    column: str
    uscc: str

    def cells(self) -> tuple[str, ...]:
        """Return the row of ``truth.csv`` in the order of :data:`TRUTH_COLUMNS`."""
        defect = self.defect
        return (self.file, str(self.row), defect.expected.value, defect.code, defect.kind, self.column, self.uscc)


@dataclass(frozen=True, slots=True)
class FileMaker:
    """Makes the files of one sample."""

    penalties: PenaltyMaker
    planting: Planting

    def blocks(self, plan: FilePlan, *, block_rows: int) -> Iterator[tuple[list[str], list[Truth]]]:
        """Yield the lines of the file (without line ends and header) and the truth, a block of rows at a time."""
        for start in range(plan.start, plan.stop, block_rows):
            yield self._block(plan, np.arange(start, min(start + block_rows, plan.stop), dtype=np.int64))

    def _block(self, plan: FilePlan, rows: Ints) -> tuple[list[str], list[Truth]]:
        population = self.penalties.population
        subjects = self.penalties.subjects(rows)
        planted = self.planting.plan(rows, first_row=plan.start, subjects=subjects, population=population)
        repeats = planted.content != rows
        planted.subjects[repeats] = self.penalties.subjects(planted.content[repeats])
        block = self.penalties.block(planted.content, planted.subjects, plan.delivery)
        fields = plan.delivery.layout.fields
        lines = list(map(",".join, zip(*(block.columns[field] for field in fields), strict=True)))
        return lines, self._plant(plan, rows, block, planted, lines=lines)

    def _plant(self, plan: FilePlan, rows: Ints, block: Block, planted: Planted, *, lines: list[str]) -> list[Truth]:
        """Rewrite the lines of the planted rows; return the truth about them."""
        at = np.flatnonzero(planted.defects >= 0)
        truth, fields = [], plan.delivery.layout.fields
        for place, circumstance in zip(at.tolist(), self._circumstances(rows, at, block), strict=True):
            defect = self.planting.defects[int(planted.defects[place])]
            cells = {field: column[place] for field, column in block.columns.items()}
            uscc = "" if defect.person else cells["CF_XDR_SHXYM"]
            field = defect.edit(cells, circumstance)
            kept = [cells[each] for each in fields]
            lines[place] = csv_line(_ragged(kept, circumstance.number) if defect.need is Need.RAGGED else kept)
            row = int(rows[place]) - plan.start + 1 + _HEADER_ROWS
            truth.append(Truth(plan.name, row, defect, HEADINGS.get(field, ""), uscc))
        return truth

    def _circumstances(self, rows: Ints, at: Ints, block: Block) -> list[Circumstance]:
        population, today = self.penalties.population, self.penalties.today
        subjects, numbers = block.subjects[at], population.draws.below("edit", rows[at], 1_000_000)
        others = (subjects + 1 + numbers % (population.size - 1)) % population.size
        parts = (
            numbers.tolist(),
            block.fines[at].tolist(),
            population.current_names(others),
            population.former_names(subjects),
            [block.columns["CF_XDR_MC"][place] for place in at.tolist()],
        )
        return [
            Circumstance(number, today, fine, other if other != own else f"{own}第二门市部", former)
            for number, fine, other, former, own in zip(*parts, strict=True)
        ]


def csv_line(cells: Sequence[str]) -> str:
    """Return cells as one line of CSV (RFC 4180), quoted only where they must be."""
    line = ",".join(cells)
    if line.count(",") == len(cells) - 1 and not _MUST_QUOTE.search(line):
        return line
    return ",".join(_quoted(cell) if "," in cell or _MUST_QUOTE.search(cell) else cell for cell in cells)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _ragged(cells: list[str], number: int) -> list[str]:
    return cells[:-3] if number % 2 else [*cells, "多出的一格"]
