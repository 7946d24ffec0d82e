"""Deliveries from a department's database (数据库报送): which table, how far it was read, and the runs."""

from __future__ import annotations

from django.db import models


class DatabaseDelivery(models.Model):
    """A table that an agency lets us read for an item. ``variable`` names the environment variable with the address, which is kept nowhere.

    ``reached`` is the watermark up to which rows are in the ledger, as text; it moves only in the transaction that commits a submission.
    """

    name = models.CharField(max_length=60, unique=True)
    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT)
    item = models.CharField(max_length=100)
    profile = models.CharField(max_length=60, blank=True)
    variable = models.CharField(max_length=100)
    source_table = models.CharField(max_length=200)
    watermark = models.CharField(max_length=100)
    key = models.CharField(max_length=100, blank=True)
    reached = models.TextField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("store.User", on_delete=models.PROTECT)


class DeliveryRun(models.Model):
    """Rows that were read and frozen as the file of a submission: from ``since`` (inclusive; none: the beginning) to ``upto``.

    ``moved_at`` is when the delivery's watermark moved, with the commit of the submission.
    """

    delivery = models.ForeignKey(DatabaseDelivery, on_delete=models.PROTECT, related_name="runs")
    submission = models.ForeignKey("store.Submission", on_delete=models.PROTECT)
    at = models.DateTimeField()
    since = models.TextField(null=True)
    upto = models.TextField()
    rows = models.BigIntegerField()
    without_watermark = models.BigIntegerField()
    moved_at = models.DateTimeField(null=True)

    class Meta:
        """A frozen file is one run of a delivery."""

        constraints = [models.UniqueConstraint(fields=["delivery", "submission"], name="delivery_run_once")]
        indexes = [models.Index(fields=["submission"], name="delivery_run_open", condition=models.Q(moved_at=None))]
