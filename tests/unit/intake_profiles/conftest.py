"""Run verbs and profiles on hand-made rows, as intake does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa
import pytest

from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.profiles.verbs import Verb

Made = Callable[..., list[str | None]]


def source_table(header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> pa.Table:
    """Lay rows out as the reader does: c0, c1, … of text, an empty cell null."""
    columns = {f"c{place}": pa.array([row[place] or None for row in rows], pa.string()) for place in range(len(header))}
    return pa.table(columns)


@pytest.fixture(scope="session")
def calculator() -> Iterator[Calculator]:
    """One calculator for the whole run."""
    made = Calculator()
    yield made
    made.close()


@pytest.fixture
def make(calculator: Calculator) -> Made:
    """Return what a verb makes of the given rows (cells of its columns, or one cell)."""

    def run(verb: Verb, *rows: str | tuple[str | None, ...] | None) -> list[str | None]:
        header = verb.columns or ("unused",)
        cells = [row if isinstance(row, tuple) else (row,) for row in rows]
        places = {heading: f"c{place}" for place, heading in enumerate(header)}
        sql = f"SELECT {verb.sql(places.__getitem__)} AS made FROM source"
        table = calculator.query(sql, source=source_table(header, cells))
        assert table.schema.field("made").type == pa.string()
        return table.column("made").to_pylist()

    return run
