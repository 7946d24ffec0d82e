"""Clearing (清理): jobs that ended well or were discarded are kept for a while, dead ones until a person has decided."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from xinheng.store.models import JobDiscard, JobFailure

KEPT = dt.timedelta(days=30)
_CLEAR = """
    DELETE FROM procrastinate_jobs job WHERE job.status IN ('succeeded', 'cancelled')
      AND NOT EXISTS (SELECT FROM procrastinate_events event WHERE event.job_id = job.id AND event.at > %s)
    RETURNING job.id"""


def clear_old_jobs(*, at: dt.datetime) -> int:
    """Clear away what ended longer than ``KEPT`` ago; returns how many jobs."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, [at - KEPT])
        gone = [job for (job,) in cursor.fetchall()]
    JobFailure.objects.filter(job__in=gone).delete()
    JobDiscard.objects.filter(job__in=gone).delete()
    return len(gone)
