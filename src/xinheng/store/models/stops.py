"""Emergency stops (紧急停止公示): what was asked to be stopped, and the steps that persons took; both appended, never changed.

Where a stop stands follows from its steps and the clock (``core.ledger.stops``); whether it hides, from its steps alone: the table
``stop_in_force``, kept by a trigger (``store/sql/stops.sql``), holds those that were confirmed and not lifted.
"""

from __future__ import annotations

from django.db import models


class Stop(models.Model):
    """What is to be hidden, on which public ground, why in the asker's words, and by which rule."""

    scope = models.CharField(max_length=20)
    target = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=18, blank=True)  # whose records these are, where they are one agency's
    ground = models.CharField(max_length=40)
    reason = models.TextField()
    basis = models.TextField()

    class Meta:
        """Found by what it hides."""

        indexes = [models.Index(fields=["scope", "target"], name="stop_target")]


class StopStep(models.Model):
    """A step: who, when, why, and whom they stood in for at that moment."""

    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT)
    covers_for = models.JSONField(default=list)
    reason = models.TextField(blank=True)

    class Meta:
        """A stop is asked for, confirmed, refused and lifted once; its lifting may be asked for, and refused, again."""

        constraints = [
            models.UniqueConstraint(
                fields=["stop", "kind"],
                name="stop_step_once",
                condition=models.Q(kind__in=["asked", "confirmed", "refused", "lifted"]),
            )
        ]
