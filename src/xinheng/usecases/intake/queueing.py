"""Queueing (排队报送): a file is received and sealed now, checked and written by a worker; how far it is, any process can see."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Sum
from procrastinate.contrib.django.models import ProcrastinateJob

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Text
from xinheng.store.models import JobFailure, Submission
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.receiving import is_locked
from xinheng.usecases.intake.submit import Call, Outcome, finish, take_in
from xinheng.usecases.intake.views import submission_of
from xinheng.usecases.jobs.line import once_of, put_submission_in_line
from xinheng.usecases.users import actor_named

WAITING, RUNNING, COMMITTED, FAILED = "waiting", "running", "committed", "failed"
ENDED = (COMMITTED, FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a submission is. ``rows`` and ``bytes_done`` count what is written; ``size`` is that of the file in bytes.

    ``reason`` says why it failed, or why its last try did; ``again_at`` when it is tried again. ``job`` is the last that stood in line for it.
    """

    submission: int
    item: str
    agency: str
    state: str
    rows: int
    bytes_done: int
    size: int
    job: int | None
    reason: Text | None
    again_at: dt.datetime | None


def queue(call: Call, *, actor: Actor, at: dt.datetime) -> Progress:
    """Receive a file and put it in line; the same file again is the same submission, and stands in line once.

    Raises ``Refused``, ``UnusableCall`` or ``UnusableFile`` (then nothing is kept) as ``submit`` does. Where the process is killed before the
    submission stands in line, the timetable puts it there.
    """
    submission = take_in(call, actor=actor, at=at)
    if submission.committed_at is None:
        Submission.objects.filter(pk=submission.pk, committed_at=None).update(failed=None)
        put_submission_in_line(submission)
    return progress_of(submission.pk)


def view_progress(number: int, *, actor: Actor, at: dt.datetime) -> Progress:
    """Return how far a submission is, to somebody who may see it; raises ``Refused`` or ``Missing``."""
    submission = submission_of(number)
    target = Target(agency=submission.agency.uscc, region=submission.agency.region_code)
    asked = {"submission": number}
    with deed(actor, Action.VIEW_SUBMISSIONS, target, about=f"submission {number}", asked=asked, at=at) as done:
        found = progress_of(number)
        done.result = {"state": found.state, "rows": found.rows}
    return found


def progress_of(number: int) -> Progress:
    """Return how far a submission is, as it stands in the tables this moment."""
    submission = submission_of(number)
    job = ProcrastinateJob.objects.filter(queueing_lock=once_of(number)).order_by("-id").first()
    written = submission.chunks.aggregate(rows=Sum("received"), consumed=Sum("consumed"))
    state = _state(submission, job)
    size = submission.file.size
    return Progress(
        submission=number, item=submission.item, agency=submission.agency.uscc, state=state, size=size,
        rows=written["rows"] or 0, bytes_done=size if state == COMMITTED else min(written["consumed"] or 0, size),
        job=job.pk if job else None, reason=None if state == COMMITTED else _reason(submission, job),
        again_at=job.scheduled_at if job and job.status == "todo" else None,
    )  # fmt: skip


def _state(submission: Submission, job: ProcrastinateJob | None) -> str:
    if submission.committed_at is not None:
        return COMMITTED
    if submission.failed is not None:
        return FAILED
    if is_locked(submission):
        return RUNNING
    if job is not None and job.status in ("failed", "aborted", "cancelled"):
        return FAILED
    return WAITING


def _reason(submission: Submission, job: ProcrastinateJob | None) -> Text | None:
    if submission.failed is not None:
        return Text(submission.failed["what"], submission.failed["what_en"])
    failure = JobFailure.objects.filter(job=job.pk).order_by("-id").first() if job else None
    if failure is None:
        return None
    return Text(f"{failure.what}：{failure.why}", f"{failure.what_en}: {failure.why_en}")


def finish_in_line(number: int, *, at: dt.datetime, progress: Callable[[int, int, int], None] | None) -> Outcome:
    """Bring a submission to its end as the user who handed it in, for the worker whose turn it is; raises as ``submit`` does."""
    submission = Submission.objects.select_related("agency", "file", "received_by").get(pk=number)
    actor = actor_named(submission.received_by.username, on=at.date())
    return finish(submission, actor=actor, at=at, progress=progress, started=time.monotonic())
