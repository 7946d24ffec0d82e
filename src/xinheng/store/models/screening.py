"""Screenings (信用审查) with their rows, what officials did with them, and watches. No record's content is kept: only which ones were told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from xinheng.core.screening.assessment import Outcome
from xinheng.core.screening.matching import Means


class Screening(models.Model):
    """One check or one list, asked by an account for an agency (nothing: the centre's own) on the ledger of a day.

    ``counts`` are rows by outcome as they came out then, ``feeds`` until when each item had come in. ``previous`` is the screening that it repeats.
    """

    kind = models.CharField(max_length=10)
    matter = models.CharField(max_length=60)
    business_number = models.CharField(max_length=100)
    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT, null=True, related_name="screenings")
    made_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    on = models.DateField()
    ledger_position = models.BigIntegerField()
    file_name = models.CharField(max_length=200, blank=True)
    rows = models.IntegerField()
    counts = models.JSONField()
    feeds = models.JSONField()
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="again")
    receipt = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """Listed by agency, newest first; counted by matter and time."""

        constraints = [models.CheckConstraint(condition=Q(kind__in=["check", "list"]), name="screening_kind")]
        indexes = [
            models.Index(fields=["agency", "-id"], name="screening_of_agency"),
            models.Index(fields=["matter", "on"], name="screening_of_matter"),
        ]


class ScreeningRow(models.Model):
    """A row: what was given as far as it may be kept (masked), whose it is, what it came out as; ``told`` names records by item, key, revision, standing."""

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="lines")
    number = models.IntegerField()
    given_name = models.CharField(max_length=200, blank=True)
    given_code = models.CharField(max_length=40, blank=True)
    subject = models.ForeignKey("store.Subject", on_delete=models.PROTECT, null=True, related_name="+")
    means = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    told = models.JSONField(default=list)

    class Meta:
        """Every row once; a row without a subject was not found, is to be judged, or was refused."""

        constraints = [
            models.UniqueConstraint(fields=["screening", "number"], name="screening_row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome], means__in=[one.value for one in Means]),
                name="screening_row_outcome",
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=False) | Q(outcome__in=["not-found", "to-be-judged", "refused"]),
                name="screening_row_finding_has_subject",
            ),
        ]


class ScreeningFeedback(models.Model):
    """What an official did with a row (结果反馈): appended, the last one counts."""

    row = models.ForeignKey(ScreeningRow, on_delete=models.PROTECT, related_name="feedback")
    kind = models.CharField(max_length=20)
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    receipt = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """Who does not act says why."""

        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["seen", "acted"]) | (Q(kind="not-acted") & ~Q(why="")), name="screening_feedback_kind"
            ),
        ]  # fmt: skip


class ScreeningWatch(models.Model):
    """Tell this account when what a matter sees of a subject changes; ``told`` is what it saw last. Ended once."""

    subject = models.ForeignKey("store.Subject", on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=60)
    business_number = models.CharField(max_length=100)
    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    told = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """An account watches a subject in a matter once."""

        constraints = [
            models.UniqueConstraint(
                fields=["subject", "matter", "user"], condition=Q(ended_at=None), name="screening_watch_once"
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "subject"], name="screening_watch_open", condition=Q(ended_at=None)),
        ]
