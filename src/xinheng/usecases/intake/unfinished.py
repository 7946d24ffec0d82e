"""Unfinished submissions (未完成的报送): whoever handed a file in was killed; the sealed file is there, so the work is brought to its end."""

from __future__ import annotations

import datetime as dt
import time

from xinheng.core.errors import UnusableFile
from xinheng.store.models import Submission
from xinheng.usecases.intake.receiving import lock, unlock
from xinheng.usecases.intake.submit import finish
from xinheng.usecases.users import actor_named


def finish_unfinished(*, at: dt.datetime) -> int:
    """Finish every submission that nobody works on, as the user who handed it in; returns how many."""
    finished = 0
    for submission in Submission.objects.filter(committed_at=None, failed=None).select_related(
        "agency", "file", "received_by"
    ):
        if not lock(submission, wait=False):
            continue
        try:
            finish(
                submission,
                actor=actor_named(submission.received_by.username, on=at.date()),
                at=at,
                progress=None,
                started=time.monotonic(),
            )
            finished += 1
        except UnusableFile:
            continue  # its failure is written down with the submission
        finally:
            unlock(submission)
    return finished
