"""The course of a file through intake without a database: opened, laid out, prepared chunk by chunk, counted; with everything it says."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field

from tests.fuzz.sources import Source
from tests.spec.rules.desk import PUBLIC_BODY, TODAY, PaperRegister

from xinheng.core.errors import Explanation, Text, UnusableCall, UnusableFile
from xinheng.core.intake.check import compile_item
from xinheng.core.intake.counts import Counts, total
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.issues import IssueBatch, issue_counts
from xinheng.core.intake.read import BadRow, open_table
from xinheng.core.intake.read.columnar import is_parquet, open_columns
from xinheng.core.intake.rules import Level
from xinheng.core.intake.timeliness import late_before
from xinheng.core.ledger.identity import Said
from xinheng.core.ledger.rows import Origin
from xinheng.usecases.intake.preparing import Prepared, Preparer

REGISTER = PaperRegister()
AROUND = Circumstances(TODAY, late_before(TODAY), PUBLIC_BODY)
ORIGIN = Origin(1, PUBLIC_BODY, TODAY.isoformat())
SMALL = 1 << 20
Told = tuple[str, str, str, str | None, str]


@dataclass(slots=True)
class Read:
    """A file that was read: its counts, what was said of each row, and every text that would be kept.

    ``layout`` are the fields that its columns are.
    """

    header: tuple[str, ...] = ()
    counts: Counts = field(default_factory=Counts)
    rows: list[int] = field(default_factory=list)
    told: dict[int, list[Told]] = field(default_factory=dict)
    verdicts: dict[int, str] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that was refused as a whole."""

    explanation: Explanation
    reason: str


Course = Read | Unusable
_NO = Text("不是", "not")


def run(source: Source, data: bytes, *, chunk_bytes: int) -> Course:
    """Take a file through intake; whatever is no refusal with its sentences is raised."""
    try:
        return _read(source, data, chunk_bytes)
    except (UnusableFile, UnusableCall) as refused:
        return Unusable(refused.explanation, str(refused.facts.get("reason", type(refused).__name__)))


def _read(source: Source, data: bytes, chunk_bytes: int) -> Read:
    reader = open_table(io.BytesIO(data), name="f", size=len(data), chunk_bytes=chunk_bytes, knows=source.knows)
    layout = source.layout(reader.header)
    item = compile_item(source.version, layout.allowances, layout.absent)
    preparer = Preparer(item, layout, REGISTER, AROUND, ORIGIN)
    read, parts, said = Read(header=reader.header), [], Said()
    for raw in reader.chunks():
        chunk = raw.parse()
        if not len(chunk.rows) and not chunk.bad and chunk_bytes < SMALL:
            continue  # a cell far below the data makes thousands of empty chunks where they are cut so small
        prepared = preparer.prepare(raw)
        if len(chunk.rows) != chunk.table.num_rows:
            read.faults.append("a chunk has not as many row numbers as rows")
        read.rows += [*chunk.rows.tolist(), *(one.row for one in chunk.bad)]
        read.bad += chunk.bad
        parts.append(_counts(preparer, raw, prepared, said))
        _listen(read, prepared.issues)
        read.lines += prepared.ledger.column("line").to_pylist() if prepared.ledger.num_rows else []
        read.waiting += prepared.waiting.column("fields").to_pylist() if prepared.waiting.num_rows else []
    read.counts = total(parts)
    return read


def _counts(preparer: Preparer, raw: object, prepared: Prepared, said: Said) -> Counts:
    """Count as a mere check does (``usecases.intake.foreseeing``)."""
    fates = Counter(accepted=prepared.taken)
    if prepared.ledger.num_rows:
        checker = Preparer(preparer.item, preparer.layout, preparer.register, AROUND, ORIGIN, writes=False)
        rows = checker.prepare(raw).ledger  # type: ignore[arg-type]
        repeated, same = said.repeated(rows.column("identity").to_numpy(), rows.column("content").to_numpy())
        unchanged, twice = int((repeated & same).sum()), int((repeated & ~same).sum())
        fates = Counter(accepted=rows.num_rows - unchanged - twice, unchanged=unchanged, twice=twice)
    return Counts(
        received=prepared.received,
        accepted=fates["accepted"],
        unchanged=fates["unchanged"],
        rejected=prepared.rejected + fates["twice"],
        waiting=prepared.waiting.num_rows,
        warnings=sum(len(batch.rows) for batch in prepared.issues if batch.level is Level.WARN),
        issues=issue_counts(prepared.issues),
    )


def _listen(read: Read, batches: tuple[IssueBatch, ...]) -> None:
    for batch in batches:
        found = [None] * len(batch.rows) if batch.found is None else batch.found.to_pylist()
        if len(found) != len(batch.rows):
            read.faults.append(f"{batch.code} quotes {len(found)} cells for {len(batch.rows)} rows")
        if not all((batch.expected.zh, batch.expected.en, batch.mend.zh, batch.mend.en)):
            read.faults.append(f"{batch.code} says nothing")
        for row, cell in zip(batch.rows.tolist(), found, strict=False):
            words = f"{batch.expected.zh} {batch.mend.zh} {batch.expected.en} {batch.mend.en}"
            read.told.setdefault(row, []).append((batch.code, batch.column, batch.level.value, cell, words))
            worst = read.verdicts.get(row, "warn")
            order = ("warn", "wait", "reject")
            read.verdicts[row] = max(worst, batch.level.value, key=order.index)


def seeded(data: bytes) -> Course:
    """Take a Parquet file through what the register's seed reads."""
    try:
        content = io.BytesIO(data)
        if not is_parquet(content):
            return Unusable(Explanation(*[_NO] * 3), "no-parquet")
        reader, read = open_columns(content), Read()
        for raw in reader.chunks():
            chunk = raw.parse()
            read.rows += chunk.rows.tolist()
    except UnusableFile as refused:
        return Unusable(refused.explanation, str(refused.facts.get("reason")))
    read.counts = Counts(received=len(read.rows), accepted=len(read.rows))
    return read
