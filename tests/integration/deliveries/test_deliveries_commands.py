"""``xinheng deliveries`` as an operator types it: no address anywhere, exit codes, and a run that is killed."""

from __future__ import annotations

import signal

from ..commands import Xinheng
from ..sheets import Province
from .conftest import VARIABLE, Department

DAY = "2026-03-02"
STATE = """SELECT d.reached, count(r.id), count(r.moved_at) FROM store_databasedelivery d LEFT JOIN store_deliveryrun r ON r.delivery_id = d.id
    WHERE d.name = %s GROUP BY d.reached"""


def known(xinheng: Xinheng, name: str, province: Province, words: tuple[object, ...]) -> None:
    xinheng("deliveries", "add", name, "--agency", province.agency, *words)


def test_the_journey_of_a_delivery_and_no_address_anywhere(
    xinheng: Xinheng, province: Province, department: Department, words: tuple[object, ...]
) -> None:
    department.write(province.penalty(50), province.penalty(51, CF_ZT="1"), sjc="2026-02-26 08:00:00")
    known(xinheng, "journey", province, words)
    listed = xinheng("deliveries", "list", "--json")
    [one] = [row for row in listed.json if row["name"] == "journey"]
    assert (one["reached"], one["state"], one["url_from_env"], one["url_is_set"]) == (None, "never", VARIABLE, True)
    done = xinheng("deliveries", "run", "journey", "--on", DAY, "--json", expect=3)
    result = done.json
    assert (result["rows"], result["upto"]) == (2, "2026-02-26 08:00:00")
    assert (result["submission"]["accepted"], result["submission"]["rejected"]) == (1, 1)
    told = xinheng("deliveries", "run", "journey", "--on", DAY, expect=3, lang="zh_CN.UTF-8")
    assert "水位 2026-02-26 08:00:00" in told.out
    again = xinheng("deliveries", "list")
    assert "committed" in again.out
    dumped = "".join(
        str(xinheng.rows(f"SELECT t::text FROM {table} t"))
        for table in (
            "store_receipt",
            "store_auditevent",
            "store_databasedelivery",
            "store_deliveryrun",
            "store_submission",
        )
    )
    password = xinheng.server.password
    said = "".join(part for run in (listed, done, told, again) for part in (run.out, run.err))
    assert password not in dumped + said
    assert "postgresql://" not in dumped + said


def test_a_run_that_is_killed_is_made_up_for_once(
    xinheng: Xinheng, province: Province, department: Department, words: tuple[object, ...]
) -> None:
    rows = [province.penalty(20 + number, CF_WSH=f"样例罚字〔2026〕{9000 + number}号") for number in range(41)]
    *rows, late = rows
    department.write(*rows, sjc="2026-02-26 08:00:00")
    known(xinheng, "killed", province, words)
    process = xinheng.started("deliveries", "run", "killed", "--on", DAY, "--json")
    while process.poll() is None and xinheng.rows(STATE, "killed") == [(None, 0, 0)]:
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate()
    department.write(late, sjc="2026-02-26 08:00:00")
    last = xinheng("deliveries", "run", "killed", "--on", DAY, "--json").json
    assert last["submission"]["received"] == len(rows) + 1
    assert last["submission"]["accepted"] + last["submission"]["unchanged"] == len(rows) + 1
    [(reached, runs, moved)] = xinheng.rows(STATE, "killed")
    assert (reached, moved) == ("2026-02-26 08:00:00", runs)
    subjects = [row["CF_WSH"] for row in [*rows, late]]
    held = "SELECT count(*), count(DISTINCT decision_number), max(revision) FROM record WHERE decision_number = ANY(%s)"
    assert xinheng.rows(held, subjects) == [(len(subjects), len(set(subjects)), 0)]
