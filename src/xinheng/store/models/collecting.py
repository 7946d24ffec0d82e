"""Collection tasks and zero reports, what reminders were sent, and the days of decision that a submission brought (derived, rebuildable)."""

from __future__ import annotations

from django.db import models


class CollectionTask(models.Model):
    """An agency is to hand an item in for a period (both days belong to it) by its due day. Made once; ``core.collecting`` says where it stands.

    ``done_by`` is the first submission that closed it. A zero report closes it as long as nothing contradicts that.
    """

    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT, related_name="tasks")
    item = models.CharField(max_length=100)
    first = models.DateField()
    last = models.DateField()
    due = models.DateField()
    provisional = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    done_by = models.ForeignKey("store.Submission", on_delete=models.PROTECT, null=True, related_name="closes")
    done_on = models.DateField(null=True)

    class Meta:
        """A period of an item is one task; found by agency while it is not done."""

        constraints = [
            models.UniqueConstraint(fields=["agency", "item", "first"], name="task_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first"), due__gt=models.F("last")), name="task_days_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(done_by=None, done_on=None) | models.Q(done_by__isnull=False, done_on__isnull=False),
                name="task_done_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "due"], name="task_open", condition=models.Q(done_by=None))]


class ZeroReport(models.Model):
    """A declaration that there was nothing to report (零报告). Contradicted by the first record of its period that came later; never erased.

    That is ``settled`` once somebody has said how it came about.
    """

    task = models.ForeignKey(CollectionTask, on_delete=models.PROTECT, related_name="zero_reports")
    reason = models.TextField()
    declared_at = models.DateTimeField()
    declared_on = models.DateField()
    declared_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    contradicted_at = models.DateTimeField(null=True)
    contradicted_by = models.ForeignKey("store.Submission", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("store.User", on_delete=models.PROTECT, null=True, related_name="+")
    settled_why = models.TextField(blank=True)

    class Meta:
        """One that stands for a task; what contradicts it is told as a whole, and settled only then."""

        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(contradicted_at=None), name="zero_report_one_standing"
            ),
            models.CheckConstraint(
                condition=models.Q(contradicted_at=None, contradicted_by=None, settled_at=None)
                | models.Q(contradicted_at__isnull=False, contradicted_by__isnull=False),
                name="zero_report_contradiction_whole",
            ),
        ]


class DecisionDay(models.Model):
    """How many records of a submission were decided on a day; counted from the ledger after the commit, and again when its waiting rows came in.

    ``fresh`` are decisions that nobody had brought before: ``first_on`` is the day of their first readable receipt, ``days`` and ``late_by`` are the
    clock's (``core.collecting.clock``; empty where the item has none). The others were known already, wait for their subject, or are about natural persons.
    """

    submission = models.ForeignKey("store.Submission", on_delete=models.PROTECT, related_name="decision_days")
    decided_on = models.DateField()
    fresh = models.BooleanField()
    first_on = models.DateField()
    rows = models.BigIntegerField()
    days = models.IntegerField(null=True)
    late_by = models.IntegerField(null=True)

    class Meta:
        """Counted once."""

        constraints = [
            models.UniqueConstraint(fields=["submission", "decided_on", "fresh", "first_on"], name="decision_day_once"),
        ]


class CountedPosition(models.Model):
    """Up to which entry of the outbox the days of decision were counted; one row."""

    position = models.BigIntegerField(default=0)


class Reminder(models.Model):
    """Somebody was told of a task, by a rung of the ladder; once."""

    task = models.ForeignKey(CollectionTask, on_delete=models.PROTECT, related_name="reminders")
    rung = models.CharField(max_length=40)
    user = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        """Nobody is told the same twice."""

        constraints = [models.UniqueConstraint(fields=["task", "rung", "user"], name="reminder_once")]
