"""The calculator: a statement prepared once says of each table what it would say of it alone."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from xinheng.core.engine import calculator as engine
from xinheng.core.engine.calculator import FEW, Calculator
from xinheng.core.engine.plan import Plan, Typed

SCHEMA = pa.schema([("a", pa.string()), ("b", pa.int64())])
PLAN = Plan(
    schema=SCHEMA,
    typed=(Typed("n_a", "TRY_CAST(a AS BIGINT)", pa.int64()),),
    predicates=("n_a > b", "a IS NULL"),
    keep=("n_a", "b"),
)


def table(*rows: tuple[str | None, int | None]) -> pa.Table:
    """Return rows as a table of the plan's schema."""
    return pa.table({"a": [a for a, _ in rows], "b": [b for _, b in rows]}, schema=SCHEMA)


def expected(given: pa.Table) -> list[dict[str, object]]:
    """Return by hand what the plan says."""
    said = []
    for row in given.to_pylist():
        a = int(row["a"]) if row["a"] and row["a"].isdecimal() else None
        above = None if a is None or row["b"] is None else a > row["b"]
        said.append({"n_a": a, "b": row["b"], "p0": above, "p1": row["a"] is None})
    return said


@pytest.mark.parametrize("rows", [0, 1, FEW, FEW + 1, 5000])
def test_each_table_is_answered_in_its_order_however_long_it_is(rows: int) -> None:
    calculator = Calculator()
    for shift in (0, 7, 0):
        given = table(*((None if n % 5 == 0 else str(n + shift) if n % 3 else "x", n or None) for n in range(rows)))
        assert calculator.run(PLAN, given).to_pylist() == expected(given)


def test_a_given_table_is_not_kept_after_its_run() -> None:
    calculator = Calculator()
    given = table(*((str(n), n) for n in range(1000)))
    before = pa.total_allocated_bytes()
    calculator.run(PLAN, given)
    calculator.query("SELECT sum(b) AS total FROM given", given=given)
    del given
    assert pa.total_allocated_bytes() < before


def test_statements_of_the_same_words_over_other_columns_are_others() -> None:
    calculator = Calculator()
    for values in ([1, 2], ["x", "y"], [1, 2]):
        assert calculator.query("SELECT * FROM given", given=pa.table({"v": values})).to_pydict() == {"v": values}


def test_a_broken_statement_says_so_and_the_next_one_runs() -> None:
    calculator = Calculator()
    with pytest.raises(Exception, match="nowhere"):
        calculator.query("SELECT nowhere FROM given", given=table(("1", 1)))
    with pytest.raises(Exception, match=r"(?i)convert"):
        calculator.query("SELECT a::INT FROM given", given=table(("x", 1)))
    assert calculator.query("SELECT b FROM given", given=table(("1", 4))).to_pydict() == {"b": [4]}


def test_more_statements_than_are_kept_are_all_answered_rightly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "KEPT", 3)
    calculator = Calculator()
    for _ in range(2):
        for number in range(8):
            found = calculator.query(f"SELECT b + {number} AS more FROM given", given=table(("1", 10)))
            assert found.to_pydict() == {"more": [10 + number]}


def test_it_never_draws_a_bar_of_its_progress_into_what_a_program_prints() -> None:
    """DuckDB does so by itself where it takes the process for a person at a console, as in ``python -c`` and in spawned processes."""
    program = (
        "from xinheng.core.engine.calculator import Calculator\n"
        "print(Calculator().query(\"SELECT current_setting('enable_progress_bar') AS drawn\").to_pylist())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[{'drawn': False}]\n"
