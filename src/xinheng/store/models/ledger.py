"""What happened to records, and the outbox. The table ``record`` itself is made and read by SQL (``store/sql``): it is partitioned."""

from __future__ import annotations

from django.db import models


class RecordEvent(models.Model):
    """Something that happened to a record: withdrawn, its severity confirmed or that undone, and what its past was (``core.ledger.events``).

    ``detail`` holds what it changes of the record's terms; ``store/sql/standing_terms.sql`` lays it over them.
    """

    subject_id = models.BigIntegerField()
    record_key = models.UUIDField()
    revision = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT)
    reason = models.TextField()
    receipt = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        """Found by record."""

        indexes = [models.Index(fields=["subject_id", "record_key"], name="record_event_record")]


class HistoryBatch(models.Model):
    """An import of old records with their past: which system they come from, and what was told of them."""

    submission = models.OneToOneField("store.Submission", on_delete=models.PROTECT, primary_key=True)
    source_system = models.CharField(max_length=100)
    at = models.DateTimeField()
    counts = models.JSONField()
    receipt = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, null=True)


class OutboxEntry(models.Model):
    """What projections (lake, feeds) have to learn, in order; ``id`` is the ledger position."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
