"""The commands about jobs, in the test's own process: what they say, in both languages, and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from xinheng.cli import main
from xinheng.core.errors import Explanation, Missing, Text

from ..office import Office
from ..sheets import PENALTY, TODAY, penalty_sheet

AT = Office.at(TODAY)


def run(*words: object, locale: str = "en") -> Result:
    return CliRunner().invoke(main, ["--locale", locale, *map(str, words)])


@pytest.fixture
def file(office: Office, tmp_path: Path) -> Path:
    place = tmp_path / "file.csv"
    place.write_bytes(penalty_sheet(office.province.penalty(1), office.province.penalty(2)))
    return place


@pytest.fixture
def queued(office: Office, file: Path) -> Any:
    done = run("submit", PENALTY, file, "--agency", office.province.agency, "--on", TODAY, "--queue", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def dead(queued: Any) -> Any:
    """A submission whose job is dead: its file cannot be read any more."""
    from django.db import connection

    from xinheng.usecases.jobs.failing import note_failure

    note_failure(
        queued["job"],
        Missing(Explanation(Text("原文件已不可读", "The file is gone"), Text("因", "it is"), Text("重报", "Send it"))),
        at=AT,
    )
    with connection.cursor() as cursor:
        for status in ("doing", "failed"):
            cursor.execute("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status", [status])
    return queued


def test_a_queued_file_is_told_by_its_number_and_state(office: Office, file: Path, queued: Any) -> None:
    assert (queued["state"], queued["rows"], queued["size"]) == ("waiting", 0, file.stat().st_size)
    again = run("submit", PENALTY, file, "--agency", office.province.agency, "--on", TODAY, "--queue")
    assert f"Submission {queued['submission']}: waiting" in again.output
    assert "--watch" in again.output


@pytest.mark.parametrize("option", ["--check-only", "--rejects"])
def test_what_only_a_finished_file_gives_is_refused_for_a_queued_one(office: Office, file: Path, option: str) -> None:
    more = [file.with_suffix(".xlsx")] if option == "--rejects" else []
    done = run("submit", PENALTY, file, "--agency", office.province.agency, "--queue", option, *more)
    assert done.exit_code == 2
    assert "xinheng issues" in done.stderr


def test_a_folder_stands_in_line_or_is_refused(office: Office, file: Path) -> None:
    done = run("submit", PENALTY, file.parent, "--agency", office.province.agency, locale="zh")
    assert done.exit_code == 2
    assert "--queue" in done.stderr
    (file.parent / "empty.csv").write_bytes(b"a,b\r\n1,2\r\n")
    queued = run(
        "submit", PENALTY, file.parent, "--agency", office.province.agency, "--on", TODAY, "--queue", locale="zh"
    )
    assert queued.exit_code == 2
    assert "已排队 1 个文件，不能读取 1 个。" in queued.output


def test_progress_is_watched_to_its_end(office: Office, queued: Any) -> None:
    from xinheng.usecases.intake.queueing import finish_in_line

    finish_in_line(queued["submission"], at=AT, progress=None)
    done = run("submissions", "show", queued["submission"], "--watch", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["state"] == "committed"
    assert "已入库，已写入 2 行" in run("submissions", "show", queued["submission"], locale="zh").output
    assert run("submissions", "show", 10**6).exit_code == 2
    listed = json.loads(run("submissions", "--json").stdout)
    assert [one["submission"] for one in listed] == [queued["submission"]]


def test_a_dead_job_says_what_why_and_what_to_do(dead: Any) -> None:
    number = dead["job"]
    (listed,) = json.loads(run("jobs", "list", "--dead", "--json").stdout)
    assert (listed["job"], listed["state"], listed["submission"]) == (number, "dead", dead["submission"])
    assert listed["failure"]["why"] == {"zh": "因", "en": "it is"}
    for locale, parts in {
        "en": (
            f"check submission {dead['submission']} and take it in",
            "State: dead",
            "Why: it is",
            "What to do: Send it",
            f"jobs retry {number}",
        ),
        "zh": (
            f"校验报送 {dead['submission']} 并入库",
            "失败待处置",
            "原因：因",
            "处理：重报",
            f"jobs discard {number}",
        ),
    }.items():
        shown = run("jobs", "show", number, locale=locale).output
        assert [part for part in parts if part not in shown] == []
        assert str(number) in run("jobs", "list", "--dead", locale=locale).output
    failed = run("submissions", "show", dead["submission"], "--watch")
    assert failed.exit_code == 2
    assert "The file is gone" in failed.output
    assert f"xinheng jobs show {number}" in failed.output


def test_a_dead_job_is_tried_again_or_discarded(dead: Any) -> None:
    assert "in line again" in run("jobs", "retry", dead["job"]).output
    assert json.loads(run("jobs", "list", "--dead", "--json").stdout) == []
    assert run("jobs", "discard", dead["job"]).exit_code == 2  # without a reason
    assert "已作废" in run("jobs", "discard", dead["job"], "--reason", "单位已重新报送", locale="zh").output
    assert "单位已重新报送" in run("jobs", "show", dead["job"], locale="zh").output
    assert run("jobs", "retry", dead["job"]).exit_code == 2
    assert run("jobs", "show", 10**6).exit_code == 2


def test_the_timetable_is_told_in_words() -> None:
    assert "每天 02:30" in run("jobs", "timetable", locale="zh").output
    assert {"task": "resolve-waiting", "cron_utc": "30 18 * * *"}.items() <= json.loads(
        run("jobs", "timetable", "--json").stdout
    )[2].items()


def test_an_unknown_queue_is_explained(office: Office) -> None:
    from xinheng.cli.serving import known_queues
    from xinheng.core.errors import UnusableCall

    assert known_queues("small, large") == ["small", "large"]
    with pytest.raises(UnusableCall) as refused:
        known_queues("big")
    assert "timetable" in refused.value.explanation.why.en
