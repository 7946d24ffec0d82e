"""Abandoned jobs (遗留任务): their worker was killed. Each worker holds a lock on the job in its hands, which ends with its connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.utils import IntegrityError

from xinheng.store.sql import statement

_JOB_LOCK = 7004  # the class of our advisory locks on jobs in hand
_WORKER_LOCK = 7005  # the class of the lock that all workers share
_AGAIN = "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, scheduled_at = NULL WHERE id = %s AND status = 'doing'"
_OVER = "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s AND status = 'doing'"


@contextmanager
def in_hand(job: int) -> Iterator[None]:
    """Hold a job while it is worked on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_JOB_LOCK, job % 2**31])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_JOB_LOCK, job % 2**31])


def sign_on() -> int:
    """Count this process as a worker for as long as its connection lives; returns how many jobs it found abandoned and put in line again.

    Where no other worker lives, whatever is said to be under work is abandoned; else only what nobody holds and was not taken up just now.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, 0)", [_WORKER_LOCK])
        alone = bool(cursor.fetchone()[0])
        try:
            return take_up_abandoned(alone=alone)
        finally:
            cursor.execute("SELECT pg_advisory_lock_shared(%s, 0)", [_WORKER_LOCK])
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [_WORKER_LOCK])


def take_up_abandoned(*, alone: bool = False) -> int:
    """Put jobs in line again that are said to be under work and that nobody holds; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement("jobs_abandoned"), {"lock": _JOB_LOCK, "alone": alone})
        jobs = [job for (job,) in cursor.fetchall()]
        for job in jobs:
            try:
                with transaction.atomic():
                    cursor.execute(_AGAIN, [job])
            except IntegrityError:  # the same work has been put in line since
                cursor.execute(_OVER, [job])
    return len(jobs)
