"""The tasks. Each may run twice without harm. What fails is written down and tried again as ``jobs.running`` says."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from xinheng.core.access.roles import PLATFORM
from xinheng.core.errors import UnusableFile
from xinheng.jobs.running import RETRIED
from xinheng.jobs.timetable import when_of
from xinheng.usecases.collecting.counting import count_outstanding
from xinheng.usecases.collecting.remind import remind
from xinheng.usecases.collecting.tasks import make_tasks
from xinheng.usecases.intake.delivering import put_deliveries_in_line, run_in_line
from xinheng.usecases.intake.queueing import finish_in_line
from xinheng.usecases.intake.unfinished import put_unfinished_in_line
from xinheng.usecases.intake.waiting import resolve_waiting
from xinheng.usecases.jobs.abandoned import take_up_abandoned
from xinheng.usecases.jobs.clearing import clear_old_jobs
from xinheng.usecases.jobs.tasks import (
    CLEAR_OLD_JOBS,
    CLEAR_SIGN_ON,
    COMPACT_LAKE,
    FINISH_SUBMISSION,
    FINISH_UNFINISHED,
    KEEP_COLLECTING,
    LARGE,
    PROJECT_LAKE,
    RENEW_KEYS,
    RESOLVE_WAITING,
    RUN_DELIVERIES,
    RUN_DELIVERY,
    RUN_RETENTION,
    SEND_NOTICES,
    SEND_REMINDERS,
    SMALL,
    TAKE_UP_ABANDONED,
    TELL_WATCHES,
    TIMETABLE,
)
from xinheng.usecases.lake.project import project
from xinheng.usecases.lake.upkeep import compact
from xinheng.usecases.notices.sending import send_outgoing
from xinheng.usecases.persons.keys import renew
from xinheng.usecases.persons.retention import run_retention
from xinheng.usecases.screening.watching import tell_watches
from xinheng.usecases.sign_on.clearing import clear_sign_on

_LOG = logging.getLogger("xinheng.jobs")
_CHINA = ZoneInfo("Asia/Shanghai")

Task = Callable[..., Any]


@app.task(name=FINISH_SUBMISSION, queue=SMALL, retry=RETRIED, pass_context=True)
def finish_submission(context: JobContext, *, submission: int) -> None:
    """Check a received file and write it, chunk by chunk; told to stop, it leaves after a chunk, and the rest is taken up later."""

    def tell(_consumed: int, _size: int, _rows: int) -> None:
        if context.should_abort():
            raise JobAborted

    started = time.monotonic()
    facts: dict[str, object] = {"job": context.job.id, "submission": submission}
    try:
        outcome = finish_in_line(submission, at=_now(), progress=tell)
    except UnusableFile:  # the submission says why; there is nothing to try again
        _LOG.warning("submission-failed", extra={"facts": {**facts, "seconds": time.monotonic() - started}})
        return
    counts = outcome.counts
    told = {
        "received": counts.received,
        "accepted": counts.accepted,
        "rejected": counts.rejected,
        "waiting": counts.waiting,
    }
    _LOG.info("submission-committed", extra={"facts": {**facts, **told, "seconds": time.monotonic() - started}})


@app.task(name=RUN_DELIVERY, queue=LARGE, retry=RETRIED)
def run_one_delivery(*, delivery: str) -> None:
    """Read what is new in a department's database and hand it in, as the user who made the delivery known."""
    delivered = run_in_line(delivery, at=_now())
    _tell_if_any("delivery-read", delivered.rows)


def _by_the_timetable(name: str) -> Callable[[Task], Task]:
    """Decorate a task that the timetable starts; it waits in line once, however late the worker is."""

    def registered(function: Task) -> Task:
        task = app.task(name=name, queue=TIMETABLE, queueing_lock=name, retry=RETRIED)(function)
        return app.periodic(cron=when_of(name).cron, periodic_id=name)(task)

    return registered


@_by_the_timetable(TAKE_UP_ABANDONED)
def take_up_abandoned_jobs(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Put jobs in line again whose worker was killed."""
    _tell_if_any("abandoned-jobs-in-line", take_up_abandoned())


@_by_the_timetable(FINISH_UNFINISHED)
def finish_unfinished_submissions(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Put submissions in line whose process was killed."""
    _tell_if_any("unfinished-submissions-in-line", len(put_unfinished_in_line()))


@_by_the_timetable(RESOLVE_WAITING)
def resolve_waiting_rows(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Take waiting rows whose subject the register knows by now, should a nudge have been lost."""
    _tell_if_any("waiting-rows-resolved", resolve_waiting(actor=PLATFORM, at=_now()).total())


@_by_the_timetable(RUN_DELIVERIES)
def run_all_deliveries(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Put every delivery from a department's database in line."""
    _tell_if_any("deliveries-in-line", put_deliveries_in_line())


@_by_the_timetable(CLEAR_OLD_JOBS)
def clear_away_old_jobs(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Clear away jobs that ended long ago."""
    _tell_if_any("old-jobs-cleared", clear_old_jobs(at=_now()))


@_by_the_timetable(PROJECT_LAKE)
def project_the_lake(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Bring the lake up to the ledger."""
    _tell_if_any("lake-projected", project(actor=PLATFORM, at=_now()).rows)


@_by_the_timetable(COMPACT_LAKE)
def compact_the_lake(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Make large files of the lake's small ones."""
    _tell_if_any("lake-compacted", compact(actor=PLATFORM, at=_now()).deleted)


@_by_the_timetable(RUN_RETENTION)
def end_retention(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Destroy what is kept no more."""
    at = _now()
    ended = run_retention(actor=PLATFORM, at=at, on=at.date(), today=at.date()).ended
    _tell_if_any("retention-ended", ended.records.total() + ended.files)


@_by_the_timetable(RENEW_KEYS)
def renew_the_keys(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Put under the current keys what still stands under old ones."""
    renewed = renew(actor=PLATFORM, at=_now())
    _tell_if_any("keys-renewed", renewed.persons + renewed.records)


@_by_the_timetable(KEEP_COLLECTING)
def keep_collecting(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Count what was handed in, and make the tasks of periods that have begun."""
    at = _now()
    _tell_if_any("submissions-counted", count_outstanding(at=at))
    _tell_if_any("collection-tasks-made", make_tasks(actor=PLATFORM, at=at, on=at.date()))


@_by_the_timetable(SEND_REMINDERS)
def send_the_reminders(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Tell whom the ladder names."""
    at = _now()
    _tell_if_any("reminders-sent", remind(actor=PLATFORM, at=at, on=at.date()).people)


@_by_the_timetable(SEND_NOTICES)
def send_the_notices(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Send the mail and the text messages that wait."""
    sent = send_outgoing(at=_now())
    _tell_if_any("notices-sent", sent.sent)
    _tell_if_any("notices-failed", sent.again + sent.dead)


@_by_the_timetable(CLEAR_SIGN_ON)
def clear_the_traces_of_signing_in(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Clear away what signing in left behind and nobody needs any more."""
    _tell_if_any("sign-on-cleared", clear_sign_on(actor=PLATFORM, at=_now()).total())


@_by_the_timetable(TELL_WATCHES)
def tell_of_watched_subjects(timestamp: int) -> None:  # noqa: ARG001 (the timetable passes it)
    """Tell whoever watches subjects which of them changed."""
    at = _now()
    _tell_if_any("watches-told", tell_watches(actor=PLATFORM, at=at, on=at.date()).changed)


def _tell_if_any(event: str, count: int) -> None:
    if count:
        _LOG.info(event, extra={"facts": {"count": count}})


def _now() -> dt.datetime:
    return dt.datetime.now(_CHINA)
