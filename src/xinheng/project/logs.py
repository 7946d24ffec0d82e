"""Logs (日志): a line an event, as JSON for machines or as text for a terminal. No line carries a cell, a name, a code of a person or a file name.

That holds by construction: only events of ours and facts with a known name are written, an error only by its class and its place in the code, and
what other libraries say only by who said it and where. What an error says is never written: the database quotes rows.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
FACTS = frozenset(
    {
        "job", "task", "submission", "attempt", "again_at", "again_in", "seconds", "error", "where", "count", "concurrency", "abandoned", "queue",
        "received", "accepted", "rejected", "waiting",
    }
)  # fmt: skip
"""The names of what an event may tell."""
_EVENT = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_TEXT = re.compile(r"[\w.:/+ <>-]{0,200}", re.ASCII)  # names of our tasks and places in our code; nothing Chinese
_LONG_NUMBER = re.compile(r"\d{8,}")


def configuration(*, form: str, level: str) -> dict[str, Any]:
    """Return Django's ``LOGGING`` for a form (``json`` or ``text``) and the level of our own events."""
    formatter = JsonLines if form == "json" else TextLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "xinheng": {"level": level},
            # A job that failed is told by our own event, with its reason.
            "procrastinate": {"level": "CRITICAL" if level != "DEBUG" else "DEBUG"},
            # What somebody looked for and did not find is nobody's business: its address is no line in a log.
            "django.request": {"level": "ERROR"},
        },
    }


def facts_of(record: logging.LogRecord) -> dict[str, object]:
    """Return what may be told of a record: moment in Chinese time, level, event, and the known facts."""
    at = dt.datetime.fromtimestamp(record.created, CHINA).isoformat(timespec="milliseconds")
    told: dict[str, object] = {"time": at, "level": record.levelname.lower(), "event": _event(record)}
    if not record.name.startswith("xinheng."):
        told |= {"logger": record.name, "where": f"{Path(record.pathname).name}:{record.lineno}"}
    given = getattr(record, "facts", {})
    told |= {name: _shown(value) for name, value in given.items() if name in FACTS and value is not None}
    if record.exc_info and record.exc_info[1] is not None:
        told |= _error(record.exc_info[1])
    return told


class JsonLines(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        return json.dumps(facts_of(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for a reader at a terminal: time of day, level, event, facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        told = facts_of(record)
        moment, level, event = str(told.pop("time"))[11:19], told.pop("level"), told.pop("event")
        facts = "  ".join(f"{name}={value}" for name, value in told.items())
        return f"{moment} {level} {event}  {facts}".rstrip()


def _event(record: logging.LogRecord) -> str:
    """Return the name of an event: our own messages are names; procrastinate has one beside its message."""
    name = record.msg if record.name.startswith("xinheng.") and not record.args else getattr(record, "action", "")
    return name if isinstance(name, str) and _EVENT.fullmatch(name) else "log"


def _shown(value: object) -> object:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return round(value, 3)
    text = str(value)
    return text if _TEXT.fullmatch(text) and not _LONG_NUMBER.search(text) else "…"


def _error(error: BaseException) -> dict[str, object]:
    """Return the classes of an error and of its causes, and the line of code where it arose."""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__
    frames = traceback.extract_tb(chain[-1].__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": " < ".join(type(one).__name__ for one in chain), "where": places[-1] if places else ""}
