"""The line (排队): putting a job in, in the caller's own transaction. The same work stands in line once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from procrastinate import exceptions, manager, tasks
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from xinheng.store.models import Submission
from xinheng.usecases.jobs.tasks import FINISH_SUBMISSION, LARGE, SMALL

SMALL_FILE = 8 << 20
"""Bytes up to which a file is small."""


def put_in_line(task: str, *, queue: str, once: str, **arguments: Any) -> int | None:
    """Put a job in line and return its number; nothing where the same (``once``) waits there already."""
    line = tasks.configure_task(
        name=task, job_manager=manager.JobManager(DjangoConnector()), queue=queue, queueing_lock=once
    )
    try:
        with transaction.atomic():
            return line.defer(**arguments)
    except exceptions.AlreadyEnqueued:
        return None


def put_submission_in_line(submission: Submission) -> int:
    """Put a received submission in line and return its job: the one that is in line or under work, where there is one."""
    queue = SMALL if submission.file.size <= SMALL_FILE else LARGE
    for _ in range(2):
        number = live_job_of(submission.pk) or put_in_line(
            FINISH_SUBMISSION, queue=queue, once=once_of(submission.pk), submission=submission.pk
        )
        if number is not None:
            return number
    raise AssertionError("what is in line already is found there")


def live_job_of(submission: int) -> int | None:
    """Return the job of a submission that waits or is under work."""
    waiting, running = Q(status="todo"), Q(status="doing", worker__isnull=False)  # as the queue's partial indexes are
    jobs = ProcrastinateJob.objects.filter(waiting | running, queueing_lock=once_of(submission))
    return jobs.order_by("id").values_list("id", flat=True).first()


def once_of(submission: int) -> str:
    """Return the name under which the work on a submission stands in line once."""
    return f"submission-{submission}"
