"""Looking at jobs: what each is to do, where it stands, and, where it failed, why and what to do now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.store.models import JobDiscard, JobFailure
from xinheng.usecases.deed import deed
from xinheng.usecases.jobs.tasks import words_of

WAITING, RUNNING, DEAD, DONE, DISCARDED = "waiting", "running", "dead", "done", "discarded"
STATES = {
    "todo": WAITING, "doing": RUNNING, "failed": DEAD, "aborted": DEAD, "succeeded": DONE, "cancelled": DISCARDED,
}  # fmt: skip
MOST = 500
"""How many jobs are listed at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A job as a person reads it. ``due`` is empty where it may start at once; ``since`` is the last thing that happened to it.

    ``failure`` is why its last run failed, ``failures`` how many runs failed in all; ``discarded`` the reason somebody gave.
    """

    number: int
    task: str
    what: Text
    state: str
    queue: str
    submission: int | None
    due: dt.datetime | None
    since: dt.datetime | None
    failures: int
    failure: Explanation | None
    failed_at: dt.datetime | None
    discarded: str


def list_jobs(*, actor: Actor, at: dt.datetime, dead: bool = False, ended: bool = False) -> tuple[JobView, ...]:
    """Return the jobs that wait, run or are dead, newest first, at most ``MOST``; only dead ones; or those that ended well, too."""
    with deed(actor, Action.VIEW_JOBS, Target(), about="jobs", asked={"dead": dead, "ended": ended}, at=at) as done:
        wanted = [status for status, state in STATES.items() if state == DEAD or not dead]
        if not ended:
            wanted = [status for status in wanted if STATES[status] not in (DONE, DISCARDED)]
        jobs = ProcrastinateJob.objects.filter(status__in=wanted).order_by("-id")[:MOST]
        found = _views(jobs)
        done.result = {"jobs": len(found)}
    return found


def view_job(number: int, *, actor: Actor, at: dt.datetime) -> JobView:
    """Return one job; raises ``Missing``."""
    with deed(actor, Action.VIEW_JOBS, Target(), about=f"job {number}", asked={"job": number}, at=at) as done:
        found = _views([job_of(number)])[0]
        done.result = {"job": number, "state": found.state}
    return found


def job_of(number: int) -> ProcrastinateJob:
    """Return the stored job; raises ``Missing``."""
    job = ProcrastinateJob.objects.filter(pk=number).first()
    if job is None:
        raise Missing(_NONE, job=number)
    return job


def explanation_of(failure: JobFailure) -> Explanation:
    """Return a failure's three sentences."""
    return Explanation(
        Text(failure.what, failure.what_en), Text(failure.why, failure.why_en), Text(failure.mend, failure.mend_en)
    )


def _views(jobs: Iterable[ProcrastinateJob]) -> tuple[JobView, ...]:
    held = list(jobs)
    numbers = [job.pk for job in held]
    failures: dict[int, list[JobFailure]] = {}
    for failure in JobFailure.objects.filter(job__in=numbers).order_by("id"):
        failures.setdefault(failure.job, []).append(failure)
    reasons = dict(JobDiscard.objects.filter(job__in=numbers).values_list("job", "reason"))
    happened = ProcrastinateJob.objects.filter(pk__in=numbers).annotate(
        last=Max("procrastinateevent__at", filter=~Q(procrastinateevent__type="scheduled"))
    )
    since = dict(happened.values_list("pk", "last"))
    return tuple(_view(job, failures.get(job.pk, []), reasons.get(job.pk, ""), since.get(job.pk)) for job in held)


def _view(job: ProcrastinateJob, failures: list[JobFailure], reason: str, since: dt.datetime | None) -> JobView:
    last = failures[-1] if failures else None
    return JobView(
        number=job.pk, task=job.task_name, what=words_of(job.task_name, job.args), state=STATES[job.status], queue=job.queue_name,
        submission=job.args.get("submission"), due=job.scheduled_at if job.status == "todo" else None, since=since,
        failures=len(failures), failure=explanation_of(last) if last else None, failed_at=last.at if last else None, discarded=reason,
    )  # fmt: skip


_NONE = Explanation(
    Text("没有该任务", "There is no such job"),
    Text("编号不存在，或任务早已完成并清除", "the number is not known, or the job ended long ago and was cleared away"),
    Text("请用 xinheng jobs list 查看任务编号。", "See the numbers with xinheng jobs list."),
)
