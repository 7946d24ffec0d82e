"""What happened to records, and the outbox. The table ``record`` itself is made and read by SQL (``store/sql``): it is partitioned."""

from __future__ import annotations

from django.db import models


class RecordEvent(models.Model):
    """Something that happened to a record after it was taken: withdrawn, and what later concepts add."""

    subject_id = models.BigIntegerField()
    record_key = models.UUIDField()
    revision = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT)
    reason = models.TextField()
    receipt = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, null=True)

    class Meta:
        """Found by record."""

        indexes = [models.Index(fields=["subject_id", "record_key"], name="record_event_record")]


class OutboxEntry(models.Model):
    """What projections (lake, feeds) have to learn, in order; ``id`` is the ledger position."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
