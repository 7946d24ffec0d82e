"""Deciding on a dead job (处置): a person has it tried again, or discards it with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.utils import IntegrityError
from procrastinate.contrib.django.models import ProcrastinateJob

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import JobDiscard, JobFailure, Submission
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.jobs.tasks import FINISH_SUBMISSION
from xinheng.usecases.jobs.views import DEAD, RUNNING, STATES, WAITING, job_of
from xinheng.usecases.users import user_named

_RETRY = "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL WHERE id = %s AND status = ANY(%s)"
_DISCARD = "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s AND status = ANY(%s)"


def retry_job(number: int, *, actor: Actor, at: dt.datetime) -> None:
    """Put a dead job in line again with all its tries; one that waits for its next try starts at once. Raises ``UnusableCall``."""
    ensure_allowed(actor, Action.MANAGE_JOBS, Target(), about=f"job {number}", at=at)
    job = job_of(number)
    if STATES[job.status] not in (DEAD, WAITING):
        raise UnusableCall(_not_dead(job), job=number)
    asked = {"job": number, "decision": "retry"}
    with deed(actor, Action.MANAGE_JOBS, Target(), about=f"job {number}", asked=asked, at=at) as done:
        try:
            with transaction.atomic():
                _move(_RETRY, job, "failed", "aborted", "todo")
        except IntegrityError as error:
            raise UnusableCall(_IN_LINE, job=number) from error
        JobFailure.objects.filter(job=number).update(settled=True)
        done.result = {"job": number, "state": WAITING}


def discard_job(number: int, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Take a job that is dead or waits out of the line for good; its submission, where it has one, counts as failed for this reason."""
    if not reason.strip():
        raise UnusableCall(_NO_REASON)
    ensure_allowed(actor, Action.MANAGE_JOBS, Target(), about=f"job {number}", at=at)
    job, reason = job_of(number), mask(reason.strip())
    if STATES[job.status] not in (DEAD, WAITING):
        raise UnusableCall(_not_dead(job), job=number)
    asked = {"job": number, "decision": "discard", "reason": reason}
    with deed(actor, Action.MANAGE_JOBS, Target(), about=f"job {number}", asked=asked, at=at) as done:
        _move(_DISCARD, job, "failed", "aborted", "todo")
        JobDiscard.objects.create(job=number, at=at, by=user_named(actor.name), reason=reason)
        if job.task_name == FINISH_SUBMISSION:
            failed = {"what": f"任务已作废：{reason}", "what_en": f"its job was discarded: {reason}"}
            Submission.objects.filter(pk=job.args["submission"], committed_at=None).update(failed=failed)
        done.result = {"job": number, "state": "discarded"}


def _move(statement: str, job: ProcrastinateJob, *from_states: str) -> None:
    """Change a job's state, unless a worker has taken it up since it was looked at."""
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("ANY(%s)", "ANY(%s::procrastinate_job_status[])"), [job.pk, list(from_states)])
        if not cursor.rowcount:
            raise UnusableCall(_not_dead(job), job=job.pk)


def _not_dead(job: ProcrastinateJob) -> Explanation:
    state = STATES[job.status] if STATES[job.status] != WAITING else RUNNING
    return Explanation(
        Text(f"任务 {job.pk} 现在不能处置", f"Nothing can be decided about job {job.pk} now"),
        Text(f"其状态为 {state}", f"its state is {state}"),
        Text(
            "失败或等待中的任务才可重试或作废：xinheng jobs list",
            "Only a dead or waiting job can be: xinheng jobs list",
        ),
    )


_IN_LINE = Explanation(
    Text("同一工作已在排队", "The same work is in line already"),
    Text("后来又交办了一次", "it was asked for again since"),
    Text("请等待其完成，并将此任务作废。", "Wait for that one, and discard this job."),
)
_NO_REASON = Explanation(
    Text("请说明作废理由", "Say why the job is discarded"),
    Text("作废须说明理由", "a discarded job keeps its reason"),
    Text("请用 --reason 填写。", "Give it with --reason."),
)
