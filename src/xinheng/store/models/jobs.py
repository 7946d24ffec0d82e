"""What the queue of procrastinate does not keep: why a run of a job failed, in our words, and who discarded a job and why.

``job`` is the number of the job; the queue's own tables are procrastinate's, so there is no foreign key to them.
"""

from __future__ import annotations

from django.db import models


class JobFailure(models.Model):
    """A run of a job that failed. ``again_at`` is when it is tried again, empty where it was the last try; ``where`` is a place in our code.

    ``settled`` failures no longer count: a person has asked for new tries since.
    """

    job = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=100)
    where = models.CharField(max_length=200, blank=True)
    what = models.TextField()
    what_en = models.TextField()
    why = models.TextField()
    why_en = models.TextField()
    mend = models.TextField()
    mend_en = models.TextField()
    again_at = models.DateTimeField(null=True)
    settled = models.BooleanField(default=False)

    class Meta:
        """Found by job."""

        indexes = [models.Index(fields=["job", "id"], name="job_failure_job")]


class JobDiscard(models.Model):
    """Somebody took a job out of the line, with a reason."""

    job = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT)
    reason = models.TextField()
