"""Questions about records (待核实事项), and what of a full file went back and yet is known to be in it."""

from __future__ import annotations

from django.db import models


class Question(models.Model):
    """A question about a record that a submission raised: asked once, answered once, and nothing else changes by it.

    ``untold`` is how many rows of that file went back, or wait, without telling a decision that the ledger knows. ``answered_in`` is the later
    submission that answered it by itself.
    """

    kind = models.CharField(max_length=20)
    submission = models.ForeignKey("store.Submission", on_delete=models.PROTECT, related_name="questions")
    subject_id = models.BigIntegerField()
    record_key = models.UUIDField()
    asked_at = models.DateTimeField()
    untold = models.BigIntegerField()
    answer = models.CharField(max_length=20, null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("store.User", on_delete=models.PROTECT, null=True)
    answered_in = models.ForeignKey("store.Submission", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        """A submission asks a question once; an answer says when and by whom."""

        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "subject_id", "record_key"], name="question_once"),
            models.CheckConstraint(
                condition=models.Q(answer=None, answered_at=None, answered_by=None, answered_in=None)
                | models.Q(answer__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="question_answer_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "record_key"], name="question_record"),
            models.Index(fields=["submission"], name="question_open", condition=models.Q(answer=None)),
        ]


class ReturnedRow(models.Model):
    """A row that went back although it is known which decision it is about.

    Of a full file: that record has not vanished. Of any file of an item with a limit: the decision's first readable receipt.
    """

    submission = models.ForeignKey("store.Submission", on_delete=models.PROTECT, db_constraint=False)
    row = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    record_key = models.UUIDField()

    class Meta:
        """A row is of one decision; found by it."""

        constraints = [models.UniqueConstraint(fields=["submission", "row"], name="returned_once")]
        indexes = [models.Index(fields=["subject_id", "record_key"], name="returned_record")]
