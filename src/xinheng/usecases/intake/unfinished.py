"""Unfinished submissions (未完成的报送): whoever handed a file in was killed; the sealed file is there, so the work is put in line."""

from __future__ import annotations

from procrastinate.contrib.django.models import ProcrastinateJob

from xinheng.store.models import Submission
from xinheng.usecases.intake.receiving import lock, unlock
from xinheng.usecases.jobs.line import put_submission_in_line
from xinheng.usecases.jobs.tasks import FINISH_SUBMISSION


def put_unfinished_in_line() -> list[int]:
    """Put every submission in line that nobody works on; returns their numbers.

    One whose job waits, runs, is dead or was discarded is left alone: a person decides on those.
    """
    found = []
    unfinished = Submission.objects.filter(committed_at=None, failed__isnull=True).select_related("file").order_by("id")
    spoken_for = _with_a_job([submission.pk for submission in unfinished])
    for submission in unfinished:
        if submission.pk in spoken_for or not lock(submission, wait=False):
            continue
        try:
            put_submission_in_line(submission)
            found.append(submission.pk)
        finally:
            unlock(submission)
    return found


def _with_a_job(submissions: list[int]) -> set[int]:
    jobs = ProcrastinateJob.objects.filter(task_name=FINISH_SUBMISSION, args__submission__in=submissions)
    return set(jobs.exclude(status="succeeded").values_list("args__submission", flat=True))
