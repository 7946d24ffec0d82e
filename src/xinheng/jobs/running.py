"""Around every job (任务执行): it is held while it is worked on, and what fails is written down in our words before the queue hears of it.

The queue is only told when to try again: what the error itself says never leaves the thread, because it may quote a row.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from typing import Any
from zoneinfo import ZoneInfo

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.middleware import SyncCallNext
from procrastinate.worker import Worker

from xinheng.usecases.catalogue.signed import know_signed_versions
from xinheng.usecases.jobs.abandoned import in_hand
from xinheng.usecases.jobs.failing import OUTAGE, Verdict, note_failure, place_of
from xinheng.usecases.outages import outage_of

_LOG = logging.getLogger("xinheng.jobs")
_CHINA = ZoneInfo("Asia/Shanghai")


class JobFailed(Exception):
    """A run failed; ``again_at`` is when the next is due, empty where there is none. Carries nothing else."""

    def __init__(self, again_at: dt.datetime | None) -> None:
        self.again_at = again_at
        super().__init__()


class Retried(BaseRetryStrategy):
    """Tries a job again when the verdict says so, and at once where the worker was told to stop."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002 (the interface)
        """Return when a job is tried again."""
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, JobFailed) and exception.again_at is not None:
            return RetryDecision(retry_at=exception.again_at)
        return None


RETRIED = Retried()


def held_and_explained(call_next: SyncCallNext, context: JobContext, worker: Worker) -> Any:  # noqa: ARG001 (the interface)
    """Run a job; a middleware of the worker."""
    number = context.job.id or 0
    started = time.monotonic()
    try:
        with in_hand(number):
            know_signed_versions()
            return call_next()
    except JobAborted:
        _LOG.info("job-interrupted", extra={"facts": {"job": number, "task": context.job.task_name}})
        raise
    except Exception as error:
        verdict = _verdict(number, error)
    facts: dict[str, object] = {
        "job": number, "task": context.job.task_name, "submission": context.job.task_kwargs.get("submission"), "error": verdict.kind,
        "where": verdict.where, "seconds": time.monotonic() - started,
    }  # fmt: skip
    if verdict.again_at is None:
        _LOG.error("job-dead", extra={"facts": facts})
    else:
        _LOG.warning(
            "job-failed", extra={"facts": {**facts, "again_at": verdict.again_at.astimezone(_CHINA).isoformat()}}
        )
    raise JobFailed(verdict.again_at)


def _verdict(job: int, error: Exception) -> Verdict:
    at = dt.datetime.now(_CHINA)
    try:
        return note_failure(job, error, at=at)
    except Exception as second:
        if outage_of(second) is None:
            raise
        return Verdict(at + dt.timedelta(seconds=OUTAGE[0]), type(error).__name__, place_of(error))
