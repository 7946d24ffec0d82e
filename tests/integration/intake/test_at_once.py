"""Two processes hand in at the same moment: the same file, or other files about the same decisions. Nothing is twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..commands import Xinheng
from ..sheets import PENALTY, TODAY, penalty_sheet

COUNTS = ("received", "accepted", "unchanged", "corrected", "rejected", "waiting")


def _both(xinheng: Xinheng, *files: Path, agency: str) -> list[dict[str, Any]]:
    words = ("--agency", agency, "--on", TODAY.isoformat(), "--json")
    ended = xinheng.at_once(*(("submit", PENALTY, file, *words) for file in files))
    assert [one.code for one in ended] == [0] * len(files), ended
    return [one.json for one in ended]


def _is_once(xinheng: Xinheng, submissions: set[int]) -> int:
    """Return how many records came in with these submissions, each decision once."""
    query = "SELECT count(*), count(DISTINCT (subject_id, record_key)) FROM record WHERE submission_id = ANY(%s)"
    ((rows, decisions),) = xinheng.rows(query, list(submissions))
    assert rows == decisions
    return int(rows)


def test_the_same_file_from_two_processes_is_one_submission(own_home: Xinheng, province: Any, tmp_path: Path) -> None:
    file = tmp_path / "same.csv"
    file.write_bytes(penalty_sheet(*province.penalties[:60]))
    first, second = _both(own_home, file, file, agency=province.agency)
    assert first == second
    assert [first[name] for name in COUNTS] == [60, 60, 0, 0, 0, 0]
    assert _is_once(own_home, {first["submission"]}) == 60


def test_the_sealed_file_can_still_be_read_after_two_processes_handed_it_in(
    own_home: Xinheng, province: Any, tmp_path: Path
) -> None:
    rows = [province.penalty(number, CF_WSH=f"并罚〔2026〕{number}号", CF_JDRQ="2026-02-30") for number in range(20)]
    file = tmp_path / "bad.csv"
    file.write_bytes(penalty_sheet(*rows))
    words = ("submit", PENALTY, file, "--agency", province.agency, "--on", TODAY.isoformat(), "--json")
    ended = own_home.at_once(words, words)
    assert [one.code for one in ended] == [3, 3], ended
    own_home("issues", ended[0].json["submission"], "--rejects", tmp_path / "rejects.xlsx")


def test_files_with_the_same_decisions_from_two_processes_take_each_once(
    own_home: Xinheng, province: Any, tmp_path: Path
) -> None:
    rows = [{**row, "CF_WSH": f"同罚〔2026〕{number}号"} for number, row in enumerate(province.penalties[:80])]
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_bytes(penalty_sheet(*rows))
    other.write_bytes(penalty_sheet(*reversed(rows)))
    first, second = _both(own_home, one, other, agency=province.agency)
    assert first["submission"] != second["submission"]
    assert [first["accepted"] + second["accepted"], first["unchanged"] + second["unchanged"]] == [80, 80]
    assert _is_once(own_home, {first["submission"], second["submission"]}) == 80


def test_what_a_file_shows_is_once_after_two_processes(own_home: Xinheng, province: Any) -> None:
    for row in province.penalties[:2]:
        held = own_home("file", row["CF_XDR_SHXYM"], "--as-of", TODAY.isoformat(), "--json").json
        numbers = [record["decision_number"] for record in held["records"]]
        assert len(numbers) == len(set(numbers))
