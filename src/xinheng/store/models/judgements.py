"""Judgements (判定) on waiting rows, appended and ended once; the notes that a reversal leaves on receipts (``core.subjects.judgement``)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from xinheng.core.subjects.judgement import Verdict


class Judgement(models.Model):
    """An official's verdict on a waiting row and a subject, with its evidence; ``name_key`` is the key of the name that the row carries.

    ``became`` says what became of a row that was judged *same* (as a waiting row ends), ``record_key`` and ``revision`` its record where it has
    one of its own. ``evidence`` is what the platform showed, ``reason`` what the official rests on. ``along`` is the judgement beside which this one
    was confirmed for another row of the same name. The ``ended_…`` columns are filled once.
    """

    row = models.ForeignKey("store.WaitingRow", on_delete=models.PROTECT, related_name="judgements")
    subject = models.ForeignKey("store.Subject", on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=20)
    name_key = models.CharField(max_length=300)
    reason = models.TextField()
    evidence = models.JSONField(default=list)
    along = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="beside")
    by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    receipt = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, null=True, related_name="+")
    became = models.CharField(max_length=20, blank=True)
    record_key = models.UUIDField(null=True)
    revision = models.SmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("store.User", on_delete=models.PROTECT, null=True, related_name="+")
    ended_reason = models.TextField(blank=True)
    ended_receipt = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """A pair has one judgement in force, a row is one subject's at the most."""

        constraints = [
            models.UniqueConstraint(
                fields=["row", "subject"], condition=Q(ended_at=None), name="judgement_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["row"], condition=Q(ended_at=None, verdict="same"), name="judgement_one_same"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=[verdict.value for verdict in Verdict]), name="judgement_verdict"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="judgement_ended_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "name_key"], name="judgement_different", condition=Q(ended_at=None)),
        ]


class ReceiptNote(models.Model):
    """A remark that a later reversal leaves on a receipt that had touched the record; the receipt itself never changes."""

    about = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, related_name="notes")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()

    class Meta:
        """A reversal says it once of each receipt."""

        constraints = [models.UniqueConstraint(fields=["about", "judgement"], name="receipt_note_once")]
