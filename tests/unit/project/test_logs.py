"""A log tells events, numbers and places in the code; nothing that somebody wrote into a cell gets through."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from xinheng.project.logs import FACTS, JsonLines, TextLines

NUMBER = "110101199003070011"
NAME = "张某某"
FORMATTERS = [JsonLines(), TextLines()]


def record(name: str, message: object, *arguments: object, **extra: object) -> logging.LogRecord:
    found = logging.LogRecord(name, logging.WARNING, __file__, 7, message, arguments, None)
    found.__dict__.update(extra)
    return found


def failing() -> logging.LogRecord:
    """A record of an error that quotes a row, caused by one that does too."""
    try:
        try:
            raise KeyError(f"row of {NAME}")
        except KeyError as cause:
            raise ValueError(f"Failing row contains ({NAME}, {NUMBER})") from cause
    except ValueError:
        return logging.LogRecord("xinheng.jobs", logging.ERROR, __file__, 9, "job-dead", (), sys.exc_info())


def test_a_line_is_json_with_chinese_time_level_event_and_facts() -> None:
    one = record("xinheng.jobs", "submission-committed", facts={"submission": 4, "job": 9, "seconds": 0.12345})
    one.created = 1_777_000_000.25
    told = json.loads(JsonLines().format(one))
    assert told == {
        "time": "2026-04-24T11:06:40.250+08:00", "level": "warning", "event": "submission-committed", "submission": 4, "job": 9,
        "seconds": 0.123,
    }  # fmt: skip
    assert TextLines().format(one) == "11:06:40 warning submission-committed  submission=4  job=9  seconds=0.123"


@pytest.mark.parametrize("formatter", FORMATTERS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize(
    "one",
    [
        failing(),
        record("xinheng.jobs", f"job of {NAME} {NUMBER}"),
        record("xinheng.jobs", "job-done", facts={"where": NAME, "error": NUMBER, "name": NAME, "task": f"{NAME}.csv"}),
        record("django.request", "%s: %s", "Internal Server Error", f"/subjects/{NUMBER}/"),
        record("django.db", f"INSERT … ({NAME}, {NUMBER})"),
        record(
            "procrastinate.worker",
            f"Job x[1](name={NAME}) ended",
            action="job_error",
            job={"task_kwargs": {"name": NAME}},
        ),
        record("asyncio", "Task exception was never retrieved: %r", ValueError(NUMBER)),
    ],
    ids=lambda one: one.name,
)
def test_no_word_of_a_cell_gets_into_a_line(formatter: logging.Formatter, one: logging.LogRecord) -> None:
    line = formatter.format(one)
    assert NUMBER not in line
    assert NAME not in line
    assert "\n" not in line


def test_an_error_is_told_by_its_classes_and_its_place() -> None:
    told = json.loads(JsonLines().format(failing()))
    assert told["error"] == "ValueError < KeyError"
    assert told["where"].startswith("test_logs.py:")


def test_another_library_is_told_by_its_name_and_place() -> None:
    told = json.loads(JsonLines().format(record("procrastinate.worker", "free text", action="start_job")))
    assert (told["event"], told["logger"], told["where"]) == ("start_job", "procrastinate.worker", "test_logs.py:7")


def test_no_fact_is_named_after_a_person_a_file_or_a_cell() -> None:
    assert not FACTS & {"name", "file", "file_name", "code", "cell", "found", "agency", "subject", "user"}
