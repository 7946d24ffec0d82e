"""The platform's own check of a whole file with the register in memory: what ``submit --check-only`` does, without a database.

The same reader, plan of rules and comparison of rows with each other; two threads, as there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from tests.benchmarks.bench import AGENCY, ITEM
from tests.benchmarks.sample_file import SampleFile

from xinheng.core.catalogue.load import load
from xinheng.core.intake.check import compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.issues import IssueBatch
from xinheng.core.intake.layout import layout_by_headings
from xinheng.core.intake.read import open_table
from xinheng.core.intake.rules import Level
from xinheng.core.intake.rules.duplicates import EXPECTED, TWICE
from xinheng.core.intake.timeliness import late_before
from xinheng.core.ledger.identity import Said
from xinheng.core.ledger.rows import Origin
from xinheng.core.standards.names import name_key
from xinheng.core.subjects.register import Found
from xinheng.core.subjects.subject import CodeKind
from xinheng.usecases.intake.preparing import Prepared, Preparer, row_numbers

_COLUMNS = {CodeKind.USCC: "uscc", CodeKind.REGISTRATION_NUMBER: "reg_no", CodeKind.ORGANIZATION_CODE: "org_code"}
_THREADS = 2


class SampleRegister:
    """A register that holds the organisations of a sample and nobody else; a subject is its place in the table."""

    def __init__(self, sample: SampleFile) -> None:
        texts = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys([*_COLUMNS.values()], pa.string()))
        self._table = pyarrow.csv.read_csv(sample.register, convert_options=texts).combine_chunks()

    def find(self, kind: CodeKind, codes: pa.Array) -> Found:
        """Return whose each code is."""
        held = self._table.column(_COLUMNS[kind]).chunk(0)
        place = pc.index_in(codes, value_set=held, skip_nulls=True)
        return Found(place.cast(pa.int64()), self._table.column("name").chunk(0).take(place))

    def former_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        """Return the comparison keys of the former names of these subjects."""
        wanted = list(subjects)
        former = self._table.column("former_names").take(pa.array(wanted, pa.int64())).to_pylist()
        return {who: frozenset([name_key(name)]) for who, name in zip(wanted, former, strict=True) if name}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: issues as the platform keeps them, rows that say again what an earlier one said, and how many rows there were."""

    issues: tuple[IssueBatch, ...]
    unchanged: frozenset[int]
    received: int


def check(sample: SampleFile) -> Outcome:
    """Check the penalty file of a sample as its agency handed it in on the sample's day."""
    version = load(ITEM).at(sample.today)
    with sample.penalties.open("rb") as content:
        reader = open_table(content, name=sample.penalties.name, size=sample.penalties.stat().st_size)
        layout = layout_by_headings(version, reader.header)
        preparer = Preparer(
            compile_item(version, layout.allowances, layout.absent),
            layout,
            SampleRegister(sample),
            Circumstances(sample.today, late_before(sample.today), AGENCY),
            Origin(0, AGENCY, sample.today.isoformat()),
            writes=False,
        )
        said, parts, unchanged, received = Said(), [], set(), 0
        for chunk in _prepared(preparer, reader.chunks()):
            twice, same = _repeated(said, chunk)
            unchanged.update(same.tolist())
            parts += [*chunk.issues, IssueBatch("CF_WSH", "V10", Level.REJECT, twice, None, EXPECTED, TWICE)]
            received += chunk.received
    return Outcome(tuple(parts), frozenset(unchanged), received)


def _repeated(said: Said, chunk: Prepared) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows that tell an earlier decision otherwise, and those that tell it again."""
    rows = chunk.ledger
    repeated, same = said.repeated(rows.column("identity").to_numpy(), rows.column("content").to_numpy())
    otherwise, again = np.flatnonzero(repeated & ~same), np.flatnonzero(repeated & same)
    return row_numbers(rows, otherwise), row_numbers(rows, again)


def _prepared(preparer: Preparer, raws: Iterable) -> Iterator[Prepared]:
    """Prepare chunks in order, in two threads and a little ahead."""
    with ThreadPoolExecutor(_THREADS) as pool:
        ahead: deque = deque()
        for raw in raws:
            ahead.append(pool.submit(preparer.prepare, raw))
            if len(ahead) > _THREADS:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
