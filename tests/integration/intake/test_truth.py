"""A whole province with planted defects is handed in by the real command, and of every row is said what the truth says."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xinheng.core.intake.rejects import APPENDED_HEADINGS
from xinheng.core.sample.layouts import HEADINGS

from ..commands import Xinheng, fresh_home
from ..sheets import PENALTY

DAY = "2026-05-06"
COUNTS = ("accepted", "unchanged", "corrected", "rejected", "waiting")
OUTCOMES = {"warned": "accepted"}
CODES = {heading: code for code, heading in HEADINGS.items()} | {"": ""}
UNMENDABLE = {"ragged-row"}  # the cells of such a row stand in the wrong columns: the row is to be written anew
MARKED = "FFF8CBAD"


@dataclass
class Handed:
    """One file of the sample: how the command ended, what it said of each cell, the workbook of rejected rows."""

    name: str
    agency: str
    code: int
    result: dict[str, Any]
    issues: dict[int, list[dict[str, Any]]]
    rejects: Path
    truth: dict[int, dict[str, str]]
    rows: int


@dataclass
class Journey:
    """The whole journey."""

    xinheng: Xinheng
    folder: Path
    files: list[Handed]


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """Hand a sample in as its readme says, command by command."""
    folder = tmp_path_factory.mktemp("sample")
    with fresh_home() as xinheng:
        xinheng(
            "sample", folder, "--organisations", 2000, "--records", 6000, "--seed", 7, "--defects", 0.05, "--today", DAY
        )
        xinheng("agencies", "load", folder / "agencies.csv", "--grant", PENALTY, "--from", "2026-01-01")
        xinheng("subjects", "load", folder / "register.csv")
        truth: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        for row in csv.DictReader(io.StringIO((folder / "truth.csv").read_text(encoding="utf-8"), newline="")):
            truth[row["file"]][int(row["row"])] = row
        files = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["files"]
        yield Journey(xinheng, folder, [_handed(xinheng, folder, file, truth[file["name"]]) for file in files])


def _handed(xinheng: Xinheng, folder: Path, file: dict[str, Any], truth: dict[int, dict[str, str]]) -> Handed:
    rejects = folder / f"{file['name']}.rejects.xlsx"
    words = (
        "submit",
        PENALTY,
        folder / file["name"],
        "--agency",
        file["agency"],
        "--on",
        DAY,
        "--rejects",
        rejects,
        "--json",
    )
    done = xinheng(*words, expect=3)
    listed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for issue in xinheng("issues", done.json["submission"], "--json").json:
        listed[issue["row"]].append(issue)
    return Handed(file["name"], file["agency"], done.code, done.json, listed, rejects, truth, file["rows"])


def _outcomes(xinheng: Xinheng, file: Handed) -> dict[int, str]:
    submission = file.result["submission"]
    outcomes = dict.fromkeys(range(2, file.rows + 2), "unchanged")
    for row, issues in file.issues.items():
        if any(issue["level"] == "reject" for issue in issues):
            outcomes[row] = "rejected"
    taken = "SELECT row_number FROM {} WHERE submission_id = %s"
    both = f"{taken.format('record')} UNION ALL {taken.format('store_personrecord')}"
    for (row,) in xinheng.rows(both, submission, submission):
        assert outcomes[row] == "unchanged", "a row is rejected and taken"
        outcomes[row] = "accepted"
    for (row,) in xinheng.rows("SELECT row FROM store_waitingrow WHERE submission_id = %s", submission):
        assert outcomes[row] == "unchanged", "a row waits and is taken"
        outcomes[row] = "waiting"
    return outcomes


def test_every_row_ends_as_the_truth_says(journey: Journey) -> None:
    for file in journey.files:
        planted = {row: OUTCOMES.get(true["expected"], true["expected"]) for row, true in file.truth.items()}
        outcomes = _outcomes(journey.xinheng, file)
        assert outcomes == dict.fromkeys(outcomes, "accepted") | planted, file.name


def test_every_defect_is_found_by_its_rule_at_its_cell_and_nothing_else_is_found(journey: Journey) -> None:
    for file in journey.files:
        for row in range(2, file.rows + 2):
            found = [issue for issue in file.issues[row] if issue["code"] != "V04"]
            true = file.truth.get(row)
            if true is None or not true["code"]:
                assert not found, (file.name, row, found)
                continue
            assert any(
                issue["code"] == true["code"] and issue["column"] in ("", CODES[true["column"]]) for issue in found
            ), (row, true, found)
            elsewhere = [
                issue
                for issue in found
                if issue["level"] != "warn" and issue["column"] not in ("", CODES[true["column"]])
            ]
            assert not elsewhere, (file.name, row, true, elsewhere)


def test_the_counts_add_up_and_are_those_of_the_rows(journey: Journey) -> None:
    for file in journey.files:
        assert file.result["received"] == file.rows == sum(file.result[name] for name in COUNTS)
        outcomes = Counter(_outcomes(journey.xinheng, file).values())
        assert {name: outcomes[name] for name in COUNTS} == {name: file.result[name] for name in COUNTS}
        assert file.result["issues"] == Counter(issue["code"] for issues in file.issues.values() for issue in issues)


def test_the_commands_agree_on_the_counts(journey: Journey) -> None:
    listed = {row["submission"]: row for row in journey.xinheng("submissions", "--json").json}
    assert len(listed) == len(journey.files)
    for file in journey.files:
        row = listed[file.result["submission"]]
        assert {name: row[name] for name in file.result} == file.result
        assert (row["state"], row["waiting_now"]) == ("committed", file.result["waiting"])
        (one,) = journey.xinheng.rows(
            "SELECT committed_at IS NOT NULL FROM store_submission WHERE id = %s", file.result["submission"]
        )
        assert one == (True,)


def test_each_issue_names_its_cell_and_says_what_to_do(journey: Journey) -> None:
    for file in journey.files:
        for issue in (issue for issues in file.issues.values() for issue in issues):
            assert set(issue) == {"row", "column", "title", "code", "level", "found", "expected", "mend"}
            assert issue["expected"]
            assert issue["mend"]


def _sheet(path: Path) -> Any:
    return openpyxl.load_workbook(path).worksheets[0]


def test_the_workbook_holds_the_rejected_rows_as_the_department_wrote_them_with_the_bad_cells_marked(
    journey: Journey,
) -> None:
    for file in journey.files:
        with (journey.folder / file.name).open(encoding="utf-8", newline="") as opened:
            given = list(csv.reader(opened))
        header, *rows = _sheet(file.rejects).iter_rows()
        titles = [cell.value for cell in header]
        assert titles == [*given[0], *APPENDED_HEADINGS]
        rejected = {row for row, issues in file.issues.items() if any(issue["level"] == "reject" for issue in issues)}
        assert [int(cells[-2].value) for cells in rows] == sorted(rejected)
        for cells in rows:
            number = int(cells[-2].value)
            true = file.truth[number]
            if true["kind"] in UNMENDABLE:
                continue
            written = [(cell.value or "").replace("_x0000_", "") for cell in cells[:-2]]
            assert [_plain(text) for text in written] == [_plain(text) for text in given[number - 1]], true
            marked = {title for title, cell in zip(titles, cells, strict=True) if cell.fill.fgColor.rgb == MARKED}
            if true["kind"] != "null-byte":
                assert true["column"] in marked, true
            assert true["code"] in cells[-1].value


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isprintable() and character != "\ufffd")


def test_the_mended_workbook_is_taken_and_nothing_is_doubled(journey: Journey, tmp_path: Path) -> None:
    """The last test of this journey: a clerk puts right what is marked and hands the workbook in as it is."""
    clean = ("--organisations", 2000, "--records", 6000, "--seed", 7, "--defects", 0, "--today", DAY)
    journey.xinheng("sample", tmp_path, *clean)  # the same province before anything was planted
    for file in journey.files[1:3]:
        before = journey.xinheng.value("SELECT count(*) FROM record")
        mended = tmp_path / "mended.xlsx"
        _mend(file.rejects, tmp_path / file.name).save(mended)
        done = journey.xinheng("submit", PENALTY, mended, "--agency", file.agency, "--on", DAY, "--json")
        fates = {name: done.json[name] for name in COUNTS}
        assert fates == dict.fromkeys(COUNTS, 0) | {"accepted": file.result["rejected"]}, done.json
        assert journey.xinheng.value("SELECT count(*) FROM record") == before + file.result["rejected"]
        words = ("submit", PENALTY, journey.folder / file.name, "--agency", file.agency, "--on", DAY, "--json")
        assert journey.xinheng(*words, expect=3).json == file.result
    assert journey.xinheng.value(
        "SELECT count(*) FROM (SELECT DISTINCT subject_id, record_key FROM record) AS once"
    ) == (journey.xinheng.value("SELECT count(*) FROM record"))


def _mend(rejects: Path, clean: Path) -> Any:
    """Return the workbook with each cell as it is in the same row of the clean file."""
    with clean.open(encoding="utf-8", newline="") as opened:
        right = list(csv.reader(opened))
    sheet = _sheet(rejects)
    for cells in sheet.iter_rows(min_row=2):
        for cell, text in zip(cells, right[int(cells[-2].value) - 1], strict=False):
            if (cell.value or "") != text:
                cell.value = text or None
    return sheet.parent
