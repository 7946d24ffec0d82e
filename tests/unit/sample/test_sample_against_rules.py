"""The truth of a sample is what the platform's own rules say of its rows, and they say nothing of the clean ones."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pytest

from xinheng.core.catalogue.load import load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.check import check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.layout import layout_by_headings
from xinheng.core.intake.persons import set_apart, takes_persons
from xinheng.core.intake.read import open_table
from xinheng.core.intake.rules import About
from xinheng.core.sample.defects import DEFECTS
from xinheng.core.sample.layouts import Layout
from xinheng.core.standards.names import name_key
from xinheng.core.subjects.register import Found
from xinheng.core.subjects.subject import CodeKind

TODAY = dt.date(2026, 5, 6)
DECIDED_WHILE_WRITING = {"V10", ""}
FOLLOWS = {defect.kind: defect.follows for defect in DEFECTS}
OUTCOMES = {"reject": "rejected", "wait": "waiting", "warn": "warned"}


class SampleRegister:
    """A register that holds the sample's organisations and nobody else."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self._rows = rows
        columns = {
            CodeKind.USCC: "uscc",
            CodeKind.REGISTRATION_NUMBER: "reg_no",
            CodeKind.ORGANIZATION_CODE: "org_code",
        }
        self._holders = {
            kind: {row[column]: number for number, row in enumerate(rows) if row[column]}
            for kind, column in columns.items()
        }

    def find(self, kind: CodeKind, codes: pa.Array) -> Found:
        found = [self._holders[kind].get(code) for code in codes.to_pylist()]
        names = [None if number is None else self._rows[number]["name"] for number in found]
        return Found(pa.array(found, pa.int64()), pa.array(names, pa.string()))

    def former_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        return {number: self._keys(self._rows[number]) for number in subjects}

    def _keys(self, row: dict[str, str]) -> frozenset[str]:
        return frozenset(name_key(name) for name in (row["name"], row["former_names"]) if name)


def judged(sample: Any) -> dict[int, tuple[str, set[str]]]:
    """Return for each row of the sample's only file what became of it and by which rules."""
    (file,) = sample.summary.files
    content = sample.outputs.kept[file.name]
    reader = open_table(io.BytesIO(content), name=file.name, size=len(content))
    version = load("administrative-penalty").versions[-1]
    layout = layout_by_headings(version, reader.header)
    calculator = Calculator()
    issues: dict[int, set[tuple[str, str]]] = {}
    around = Circumstances(today=TODAY, late_before=dt.date(2000, 1, 1), agency=file.agency)
    register = SampleRegister(sample.outputs.records("register.csv"))
    for chunk in (raw.parse() for raw in reader.chunks()):
        columns, lossy = layout.columns(chunk, calculator), layout.lossy(chunk)
        apart = set_apart(version, columns) if takes_persons(version, layout.present) else None
        parts = [(About.ORGANISATIONS, columns, chunk.rows, lossy)]
        if apart is not None:
            theirs, others = apart.rows(chunk.rows)
            parts = [
                (About.ORGANISATIONS, apart.others(columns), others, apart.others(lossy)),
                (About.PERSONS, apart.persons(columns), theirs, apart.persons(lossy)),
            ]
        for about, cells, rows, marks in parts:
            checked = check_rows(
                compile_item(version, frozenset(), layout.absent, about),
                cells,
                rows=rows,
                calculator=calculator,
                register=register,
                circumstances=around,
                lossy=marks,
            )
            issues |= {int(row): set() for row in checked.rows}
            for batch in checked.issues:
                for row in batch.rows:
                    issues[row].add((batch.level.value, batch.code))
    return {row: outcome(found) for row, found in issues.items()}


def outcome(issues: set[tuple[str, str]]) -> tuple[str, set[str]]:
    levels = {level for level, _ in issues}
    word = next((word for level, word in OUTCOMES.items() if level in levels), "accepted")
    return word, {code for _, code in issues}


@pytest.mark.parametrize("layout", list(Layout))
def test_rules_and_truth_agree_on_every_row(make_sample: Any, layout: Layout) -> None:
    sample = make_sample(records=6000, defects=0.05, single_file=True, layout=layout, seed=8)
    truth = {int(row["row"]): row for row in sample.outputs.records("truth.csv")}
    for number, (word, codes) in judged(sample).items():
        planted = truth.get(number)
        if planted is None:
            assert (word, codes) == ("accepted", set()), number
        elif planted["code"] in DECIDED_WHILE_WRITING:
            assert (word, codes) == ("accepted", set()), planted
        else:
            assert word == planted["expected"], planted
            assert codes == {planted["code"], *FOLLOWS[planted["kind"]]}, planted
