"""Requests to withdraw or correct a standing record, how each was decided, and who was told; what was asked is never changed, a decision is made once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Correction(models.Model):
    """What was asked about a revision of a record, by whom and why, and how another person decided.

    ``agency`` is the record's source, ``cells`` what a correction says instead (all cells of the form, by field code) and ``changes`` what of it
    differs (code, before, after). The asker acted ``on_behalf_of`` somebody or for themselves; ``covers_for`` is whom they could stand in for at that
    moment. ``begun_at`` is set before an approved correction is handed in, so that it is finished even where the process dies. ``submission`` is what
    it was handed in as; ``replaced_by`` names the new revision (``KEY/REVISION``); ``shown_publicly`` how often the portal showed the record.
    """

    kind = models.CharField(max_length=20)
    subject = models.ForeignKey("store.Subject", on_delete=models.PROTECT, related_name="+")
    record_key = models.UUIDField()
    revision = models.SmallIntegerField()
    item = models.CharField(max_length=100)
    decision_number = models.CharField(max_length=300)
    agency = models.CharField(max_length=18)
    reason = models.TextField()
    cells = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.CharField(max_length=64, blank=True)
    covers_for = models.JSONField(default=list)
    state = models.CharField(max_length=20, default="asked")
    begun_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("store.User", on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.TextField(blank=True)
    submission = models.ForeignKey("store.Submission", on_delete=models.PROTECT, null=True, related_name="+")
    replaced_by = models.CharField(max_length=60, blank=True)
    shown_publicly = models.IntegerField(null=True)

    class Meta:
        """A record has one open request at a time; who decides is not who asked, unless it is taken back."""

        constraints = [
            models.UniqueConstraint(
                fields=["subject", "record_key"], condition=Q(state="asked"), name="correction_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None, decided_by=None)
                | Q(
                    state__in=["approved", "refused", "taken-back"], decided_at__isnull=False, decided_by__isnull=False
                ),
                name="correction_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | ~Q(decided_by=models.F("asked_by")),
                name="correction_two_people",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="correction_agency")]


class CorrectionTold(models.Model):
    """Somebody was shown the record and was told, or cannot be (``notice`` is empty: the account is closed, or it is a system's)."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="told")
    user = models.ForeignKey("store.User", on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.OneToOneField("store.Notice", on_delete=models.PROTECT, null=True, related_name="+")
    door = models.CharField(max_length=20)
    looks = models.IntegerField()
    last_look = models.DateTimeField(null=True)

    class Meta:
        """Each is told once; the subject itself stands there without a user."""

        constraints = [
            models.UniqueConstraint(fields=["correction", "user"], name="correction_told_once", nulls_distinct=False)
        ]
