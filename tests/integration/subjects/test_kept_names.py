"""The index of the register's names: right the moment a registration is committed, the same after a restart, made again where the register is another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection

from xinheng.core.names import Verdict
from xinheng.store.name_index import KeptNames

from ..office import Office
from ..sheets import csv_bytes

CODE = "91320000598737102L"
HEADINGS = ["name", "uscc", "former_names"]


def found(kept: KeptNames, name: str) -> str | None:
    """Return the code of the subject that the index takes a name for."""
    [answer] = kept.current().best([name])
    if answer.verdict is not Verdict.SAME:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT uscc FROM store_subject WHERE id = %s", [answer.candidates[0].id])
        return str(cursor.fetchone()[0])


def enter(office: Office, *names: str) -> None:
    for name in names:
        office.load_register(csv_bytes([{"name": name, "uscc": CODE, "former_names": ""}], HEADINGS))


def test_a_name_is_found_the_moment_it_is_registered_and_so_is_the_one_that_replaced_it(
    office: Office, tmp_path: Path
) -> None:
    kept = KeptNames(tmp_path / "names")
    assert found(kept, "苏州样例旧机械有限公司") is None
    enter(office, "苏州样例旧机械有限公司")
    assert found(kept, "蘇州樣例舊機械有限責任公司") == CODE
    enter(office, "苏州样例新机械有限公司")
    assert found(kept, "苏州样例新机械有限公司") == found(kept, "苏州样例旧机械有限公司") == CODE


def test_a_restart_finds_in_the_files_what_was_known_and_asks_for_the_rest(office: Office, tmp_path: Path) -> None:
    first = KeptNames(tmp_path / "names", much=1)
    before = first.current()
    enter(office, "苏州样例旧机械有限公司")
    again = KeptNames(tmp_path / "names", much=1_000_000)
    assert found(again, "苏州样例旧机械有限公司") == CODE
    assert len(again.current()) == len(before) + 1
    held = json.loads((tmp_path / "names" / "manifest.json").read_text(encoding="utf-8"))
    assert len(held["segments"]) == len(before.segments)
    asked = [row["name"][1:] for row in office.province.register]
    whole = KeptNames(tmp_path / "nothing yet").current().best(asked)
    assert [[(one.id, one.name) for one in answer.candidates] for answer in again.current().best(asked)] == [
        [(one.id, one.name) for one in answer.candidates] for answer in whole
    ]


def test_files_of_another_register_are_not_believed(office: Office, tmp_path: Path) -> None:
    enter(office, "苏州样例旧机械有限公司")
    KeptNames(tmp_path / "names", much=1).current()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_subjectname SET name = '无锡样例风机有限公司' WHERE name = '苏州样例旧机械有限公司'"
        )
    other = KeptNames(tmp_path / "names", much=1)
    assert found(other, "苏州样例旧机械有限公司") is None
    assert found(other, "无锡样例风机有限公司") == CODE
    assert found(KeptNames(tmp_path / "names"), "无锡样例风机有限公司") == CODE


def test_folders_that_nothing_names_are_cleared(office: Office, tmp_path: Path) -> None:
    kept = KeptNames(tmp_path / "names", much=1)
    kept.current()
    for number in range(4):
        enter(office, f"苏州样例第{number}机械有限公司")
        kept.current()
    held = json.loads((tmp_path / "names" / "manifest.json").read_text(encoding="utf-8"))
    assert {path.name for path in (tmp_path / "names").iterdir() if path.is_dir()} == set(held["segments"])


def test_a_one_person_business_is_in_no_index(office: Office, tmp_path: Path) -> None:
    shops = [row["name"] for row in office.province.register if row["uscc"].startswith("92")]
    if not shops:
        pytest.fail("the small province has no one-person business")
    answers = KeptNames(tmp_path / "names").current().best(shops)
    assert all(one.name not in shops for answer in answers for one in answer.candidates)
