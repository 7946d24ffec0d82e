"""Abandoned jobs (遗留任务): their worker was killed. Each worker holds a lock on the job in its hands, which ends with its connection."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.db import connection, transaction
from django.db.utils import IntegrityError

from xinheng.store import locks
from xinheng.store.locks import Lock
from xinheng.store.sql import statement

_AGAIN = "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, scheduled_at = NULL WHERE id = %s AND status = 'doing'"
_OVER = "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s AND status = 'doing'"


def in_hand(job: int) -> AbstractContextManager[None]:
    """Hold a job while it is worked on."""
    return locks.held(Lock.JOB, job)


def sign_on() -> int:
    """Count this process as a worker for as long as its connection lives; returns how many jobs it found abandoned and put in line again.

    Where no other worker lives, whatever is said to be under work is abandoned; else only what nobody holds and was not taken up just now.
    """
    alone = locks.try_to_take(Lock.WORKERS, 0)
    try:
        return take_up_abandoned(alone=alone)
    finally:
        locks.take(Lock.WORKERS, 0, shared=True)
        if alone:
            locks.let_go(Lock.WORKERS, 0)


def take_up_abandoned(*, alone: bool = False) -> int:
    """Put jobs in line again that are said to be under work and that nobody holds; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement("jobs_abandoned"), {"lock": Lock.JOB.value, "alone": alone})
        jobs = [job for (job,) in cursor.fetchall()]
        for job in jobs:
            try:
                with transaction.atomic():
                    cursor.execute(_AGAIN, [job])
            except IntegrityError:  # the same work has been put in line since
                cursor.execute(_OVER, [job])
    return len(jobs)
