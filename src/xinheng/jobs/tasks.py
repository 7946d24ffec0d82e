"""The tasks and the timetable. Each may run twice without harm; times of the timetable are UTC."""

from __future__ import annotations

import datetime as dt

from procrastinate.contrib.django import app

from xinheng.core.access.roles import PLATFORM
from xinheng.usecases.intake.unfinished import finish_unfinished
from xinheng.usecases.intake.waiting import resolve_waiting


@app.task(name="resolve-waiting", queueing_lock="resolve-waiting", retry=5)
def resolve_waiting_rows() -> None:
    """Take the waiting rows whose subject the register knows by now."""
    resolve_waiting(actor=PLATFORM, at=_now())


@app.periodic(cron="*/5 * * * *", periodic_id="resolve-waiting")
@app.task(name="resolve-waiting-regularly", queueing_lock="resolve-waiting-regularly")
def resolve_waiting_regularly(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Look for waiting rows every five minutes, should a nudge have been lost."""
    resolve_waiting(actor=PLATFORM, at=_now())


@app.periodic(cron="* * * * *", periodic_id="finish-unfinished")
@app.task(name="finish-unfinished", queueing_lock="finish-unfinished")
def finish_unfinished_submissions(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Bring submissions to their end whose process was killed."""
    finish_unfinished(at=_now())


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
