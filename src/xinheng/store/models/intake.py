"""Submissions, the chunks in which they are written, the issues of their rows, and rows that wait for a subject."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

COUNTS = ("received", "accepted", "unchanged", "corrected", "rejected", "waiting", "warnings")


class Submission(models.Model):
    """A file handed in by an agency for an item. The same file of the same agency and item is the same submission.

    Its records are visible from the moment that ``committed_at`` is set, all at once. ``full`` says that the file is the agency's whole state of
    the item; ``parent`` is the submission whose rejected rows these are, mended.
    """

    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT)
    item = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    profile = models.CharField(max_length=60, blank=True)
    file = models.ForeignKey("store.SealedFile", on_delete=models.PROTECT)
    file_name = models.CharField(max_length=255)
    full = models.BooleanField(default=False, db_default=False)
    received_on = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("store.User", on_delete=models.PROTECT)
    committed_at = models.DateTimeField(null=True)
    failed = models.JSONField(null=True)
    seconds = models.FloatField(default=0)
    received = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    corrected = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    waiting = models.BigIntegerField(default=0)
    warnings = models.BigIntegerField(default=0)
    issue_counts = models.JSONField(default=dict)
    receipt = models.ForeignKey("store.Receipt", on_delete=models.PROTECT, null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="mended_by")

    class Meta:
        """Counts add up, a file is one submission; until when an item was fed is found at once."""

        constraints = [
            models.UniqueConstraint(fields=["agency", "item", "profile", "file"], name="submission_once"),
            models.CheckConstraint(
                condition=Q(received=F("accepted") + F("unchanged") + F("corrected") + F("rejected") + F("waiting")),
                name="submission_counts_add_up",
            ),
        ]
        indexes = [
            models.Index(fields=["item", "received_on"], name="submission_fed", condition=Q(committed_at__isnull=False))
        ]


class Chunk(models.Model):
    """A part of a submission that is written, in one transaction; what is here is never written again.

    ``consumed`` is how many bytes of the file it was, so that another process can tell how far the work is.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="chunks")
    number = models.IntegerField()
    received = models.IntegerField()
    accepted = models.IntegerField()
    unchanged = models.IntegerField()
    corrected = models.IntegerField()
    rejected = models.IntegerField()
    waiting = models.IntegerField()
    warnings = models.IntegerField()
    issue_counts = models.JSONField()
    consumed = models.BigIntegerField(default=0)

    class Meta:
        """A chunk is written once, and its counts add up."""

        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="chunk_once"),
            models.CheckConstraint(
                condition=Q(received=F("accepted") + F("unchanged") + F("corrected") + F("rejected") + F("waiting")),
                name="chunk_counts_add_up",
            ),
        ]


class IssueGroup(models.Model):
    """Rows of a chunk that broke one rule at one column (a field code, empty for the row) with the same words.

    ``found`` quotes a cell for each of ``rows``, or is empty where nothing is quoted. ``size`` is how many rows they are, kept by the database.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="issues", db_constraint=False)
    column = models.CharField(max_length=60)
    code = models.CharField(max_length=10)
    level = models.CharField(max_length=10)
    rows = ArrayField(models.BigIntegerField())
    found = models.JSONField(null=True)
    expected = models.TextField()
    expected_en = models.TextField()
    mend = models.TextField()
    mend_en = models.TextField()
    size = models.GeneratedField(
        expression=models.Func(F("rows"), function="cardinality"), output_field=models.IntegerField(), db_persist=True
    )

    class Meta:
        """Those that begin first in a file are found without opening the others."""

        indexes = [models.Index(F("submission"), F("rows__0"), F("id"), name="issue_begins")]


class WaitingRow(models.Model):
    """A row that is right but whose subject the register does not know, or that carries no code: unpublished, nobody's.

    ``codes`` are the comparison codes that would find its subject; ``fields`` the standardised cells. It ends with ``ended`` set.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, db_constraint=False)
    row = models.BigIntegerField()
    reason = models.CharField(max_length=10)
    code = models.CharField(max_length=40, null=True)
    fields = models.JSONField()
    ended = models.CharField(max_length=20, null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Found by code while it waits."""

        constraints = [models.UniqueConstraint(fields=["submission", "row"], name="waiting_once")]
        indexes = [models.Index(fields=["code"], name="waiting_code", condition=Q(ended=None))]
