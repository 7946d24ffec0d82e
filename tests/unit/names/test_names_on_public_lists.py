"""What is reached on lists that others made, held as floors: nobody is taken for somebody else, and those who are meant are found."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from xinheng.core.names import NameIndex, Verdict, compare

Rows = list[dict[str, str]]


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def firms(shared_data: Path) -> Rows:
    rows = _rows(shared_data / "cn_name_code_resolution" / "resolution.csv")
    return [row for row in rows if row["same_code"] == "True"]


@pytest.fixture(scope="module")
def registered(shared_data: Path) -> list[tuple[str, str]]:
    table = pq.read_table(shared_data / "cn_registry_new_2019" / "registry.parquet", columns=["uscc", "name"])
    return [(row["uscc"], row["name"]) for row in table.to_pylist() if row["uscc"] and row["name"]]


def _bearer(row: dict[str, str]) -> str:
    return row["uscc"] or row["reg_no"] or row["matched_name"]


@pytest.fixture(scope="module")
def register(shared_data: Path, registered: list[tuple[str, str]]) -> tuple[NameIndex, dict[str, int]]:
    """The register of 2019 and the firms of the lists, with the names that they bore before."""
    named = list(registered)
    for row in _rows(shared_data / "cn_name_code_resolution" / "resolution.csv"):
        former = re.split(r"[\s,，;；、]+", row["former_names"].replace("查看更多", ""))
        named += [(_bearer(row), name) for name in (row["matched_name"], *former) if len(name) > 3]
    numbers: dict[str, int] = {}
    pairs = dict.fromkeys((numbers.setdefault(code, len(numbers)), name) for code, name in named)
    return NameIndex([number for number, _ in pairs], [name for _, name in pairs]), numbers


def _found(firms: Rows, register: tuple[NameIndex, dict[str, int]], same_name: str) -> dict[str, Any]:
    index, numbers = register
    rows = [row for row in firms if row["same_name"] == same_name]
    answers = index.best([row["given_name"] for row in rows])
    wanted = [numbers[_bearer(row)] for row in rows]
    said = [(want, answer) for want, answer in zip(wanted, answers, strict=True) if answer.verdict is Verdict.SAME]
    listed = sum(want in [one.id for one in answer.candidates] for want, answer in zip(wanted, answers, strict=True))
    wrong = [answer.candidates[0].name for want, answer in said if answer.candidates[0].id != want]
    return {"rows": len(rows), "same": len(said), "wrong": wrong, "listed": listed}


def test_a_name_that_is_written_as_in_the_register_finds_its_bearer(
    firms: Rows, register: tuple[NameIndex, dict[str, int]]
) -> None:
    found = _found(firms, register, "True")
    assert found["rows"] > 1800
    assert found["wrong"] == []
    assert found["same"] >= 0.999 * found["rows"]


def test_a_name_that_is_written_otherwise_finds_its_bearer_or_lists_it(
    firms: Rows, register: tuple[NameIndex, dict[str, int]]
) -> None:
    found = _found(firms, register, "False")
    assert found["rows"] > 400
    assert found["wrong"] == []
    assert found["same"] >= 0.47 * found["rows"]
    assert found["listed"] >= 0.96 * found["rows"]


def test_firms_that_are_not_in_the_register_are_never_taken_for_others(registered: list[tuple[str, str]]) -> None:
    named = sorted(dict(registered).items())
    held, others = named[::2], named[1::2]
    index = NameIndex(range(len(held)), [name for _, name in held])
    answers = index.best([name for _, name in others[:3000]])
    assert [answer.candidates[0].name for answer in answers if answer.verdict is Verdict.SAME] == []
    assert sum(answer.verdict is Verdict.ASK for answer in answers) <= 0.08 * len(answers)


def test_labelled_pairs_of_others_are_never_called_the_same_wrongly(shared_data: Path) -> None:
    rows = _rows(shared_data / "name_match_pairs" / "labelled.csv")
    found = [(row["same"] == "1", compare(row["a"], row["b"]).verdict) for row in rows]
    assert not [row for row, (same, verdict) in zip(rows, found, strict=True) if not same and verdict is Verdict.SAME]
    alike = [verdict for same, verdict in found if same]
    assert alike.count(Verdict.SAME) >= 0.76 * len(alike)
    assert alike.count(Verdict.DIFFERENT) <= 0.07 * len(alike)


def test_full_names_of_listed_companies_are_each_only_the_same_as_themselves(shared_data: Path) -> None:
    rows = _rows(shared_data / "listed_company_names" / "short_full_epiphany.csv")
    names = sorted({row["full_name"] for row in rows if len(row["full_name"]) > 5})[:4000]
    answers = NameIndex(range(len(names)), names).best(names)
    assert [names[at] for at, answer in enumerate(answers) if answer.verdict is not Verdict.SAME] == []


def test_neighbours_among_the_firms_of_public_lists_are_never_called_the_same(
    shared_data: Path, registered: list[tuple[str, str]]
) -> None:
    bearers: dict[str, set[str]] = {}
    listed = _rows(shared_data / "listed_company_names" / "short_full_epiphany.csv")
    for code, name in [*registered, *((row["full_name"], row["full_name"]) for row in listed)]:
        bearers.setdefault(name, set()).add(code)
    names = sorted(bearers)[::2]
    answers = NameIndex(range(1, len(names), 2), names[1::2]).best(names[::2][:8000])
    wrong = [
        (asked, one.name)
        for asked, answer in zip(names[::2][:8000], answers, strict=True)
        for one in answer.candidates
        if one.comparison.verdict is Verdict.SAME and not bearers[one.name] & bearers[asked]
    ]
    assert wrong == []
