"""``xinheng subjects resolve``: a list in, a verdict for each row out; on made-up bad input and on lists that others made."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ..commands import Xinheng

NUMBER = "11010119000101001X"  # no day of anybody's birth
ODD = [
    "", " ", "有限公司", "苏州市", "😀😀", "\u202e司公限有械机龙金州苏", "王样例", "苏州" * 2000, "=HYPERLINK(\"x\")", NUMBER,
]  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as sheet:
        return list(csv.DictReader(sheet))


def written(path: Path, headings: list[str], content: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as sheet:
        csv.writer(sheet).writerows([headings, *content])
    return path


def resolved(home: Xinheng, asked: Path, *words: str) -> list[dict[str, str]]:
    out = asked.with_suffix(".out.csv")
    home("subjects", "resolve", asked, "--name-column", "given_name", *words, "--out", out)
    return rows(out)


def test_odd_names_find_nobody_and_no_persons_number_is_repeated(xinheng: Xinheng, tmp_path: Path) -> None:
    asked = written(tmp_path / "odd.csv", ["given_name", "code"], [[name, NUMBER] for name in ODD])
    found = resolved(xinheng, asked, "--code-column", "code")
    assert [row["verdict"] for row in found] == ["none"] * len(ODD)
    assert NUMBER not in asked.with_suffix(".out.csv").read_text(encoding="utf-8")
    assert {row["code"] for row in found} == {"110101***********X"}


def test_a_list_without_the_column_is_refused_and_nothing_is_written(xinheng: Xinheng, tmp_path: Path) -> None:
    asked = written(tmp_path / "list.csv", ["名称"], [["苏州样例有限公司"]])
    out = tmp_path / "out.csv"
    out.write_text("as it was", encoding="utf-8")
    done = xinheng("subjects", "resolve", asked, "--name-column", "name", "--out", out, expect=2)
    assert "the file's columns: 名称" in done.err
    assert out.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out.csv"]


def test_every_row_of_a_list_is_answered_in_its_order_ragged_ones_too(
    xinheng: Xinheng, province: Any, tmp_path: Path
) -> None:
    names = [row["name"] for row in province.register if not row["uscc"].startswith("92")][:3]
    asked = tmp_path / "ragged.csv"
    asked.write_text("given_name,no\n" + f"{names[0]},1\n{names[1]},2,3,4\n{names[2]},3\n", encoding="utf-8")
    found = resolved(xinheng, asked)
    assert [(row["given_name"], row["verdict"]) for row in found] == [
        (names[0], "same"), (names[1], "none"), (names[2], "same"),
    ]  # fmt: skip
    assert found[1]["why"]


@pytest.fixture(scope="module")
def firms(shared_data: Path) -> list[dict[str, str]]:
    """Return the rows of public lists whose firm is known by its code."""
    held = rows(shared_data / "cn_name_code_resolution" / "resolution.csv")
    return [row for row in held if row["same_code"] == "True" and row["uscc"]]


@pytest.fixture(scope="module")
def register(own_home: Xinheng, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Xinheng:
    """Load the firms with their former names, and a part of the registrations of 2019."""
    table = pq.read_table(shared_data / "cn_registry_new_2019" / "registry.parquet", columns=["name", "uscc"])
    others = [[row["name"], row["uscc"], "", "", ""] for row in table.slice(0, 3_000).to_pylist()]
    held = rows(shared_data / "cn_name_code_resolution" / "resolution.csv")
    firms = [[row["matched_name"], row["uscc"], row["reg_no"], row["org_code"], row["former_names"]] for row in held]
    headings = ["name", "uscc", "reg_no", "org_code", "former_names"]
    own_home(
        "subjects",
        "load",
        written(tmp_path_factory.mktemp("register") / "register.csv", headings, [*others, *firms]),
    )
    return own_home


def told(home: Xinheng, firms: list[dict[str, str]], tmp_path: Path, *words: str) -> list[dict[str, str]]:
    headings = ["given_name", "given_code", "truth", "same_name"]
    content = [[row["given_name"], row["given_code"], row["uscc"], row["same_name"]] for row in firms]
    return resolved(home, written(tmp_path / "firms.csv", headings, content), *words)


def test_with_its_code_a_row_of_a_public_list_finds_its_firm(
    register: Xinheng, firms: list[dict[str, str]], tmp_path: Path
) -> None:
    found = told(register, firms, tmp_path, "--code-column", "given_code")
    right = sum(row["subject_code"] == row["truth"] for row in found if row["verdict"] == "same")
    assert len(found) > 2200
    assert right >= 0.995 * len(found)
    assert [row for row in found if row["verdict"] == "same" and row["subject_code"] != row["truth"]] == []


def test_by_its_name_alone_a_row_of_a_public_list_finds_its_firm_or_lists_it(
    register: Xinheng, firms: list[dict[str, str]], tmp_path: Path
) -> None:
    found = told(register, firms, tmp_path)
    equal = [row for row in found if row["same_name"] == "True"]
    other = [row for row in found if row["same_name"] == "False"]
    assert [row for row in found if row["verdict"] == "same" and row["subject_code"] != row["truth"]] == []
    assert sum(row["verdict"] == "same" for row in equal) >= 0.999 * len(equal)
    assert sum(row["verdict"] == "same" for row in other) >= 0.45 * len(other)
    assert sum(row["truth"] in f"{row['subject_code']} {row['candidates']}" for row in other) >= 0.95 * len(other)
