"""What happened to subjects, and which subject is whose branch: dated facts, ended where they were wrong, never erased (``core.subjects.change``)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from xinheng.core.subjects.change import ChangeKind


class SubjectChange(models.Model):
    """A merger, split or deregistration of ``subject``; ``successor`` is one that follows it. Several successors are several rows.

    ``document`` names what it is known from. ``inherits_by`` is the decision that carries over what stands against the subject, empty where none does.
    """

    subject = models.ForeignKey("store.Subject", on_delete=models.PROTECT, related_name="changes")
    successor = models.ForeignKey("store.Subject", on_delete=models.PROTECT, null=True, related_name="changes_before")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    document = models.TextField()
    inherits_by = models.TextField(blank=True)
    by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        """Somebody follows where the kind says so, nobody follows itself, and a fact stands once."""

        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ChangeKind]), name="subject_change_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.DEREGISTERED.value, successor=None)
                | (~Q(kind=ChangeKind.DEREGISTERED.value) & Q(successor__isnull=False)),
                name="subject_change_successor",
            ),
            models.CheckConstraint(condition=~Q(successor=F("subject")), name="subject_change_of_two"),
            models.UniqueConstraint(
                fields=["subject", "successor"], condition=Q(ended_at=None), name="subject_change_once",
                nulls_distinct=False,
            ),
        ]  # fmt: skip


class SubjectBranch(models.Model):
    """``branch`` is a branch of ``parent`` from one day to another (half-open; empty where open); ``document`` names what it is known from."""

    branch = models.ForeignKey("store.Subject", on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey("store.Subject", on_delete=models.PROTECT, related_name="branches")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    document = models.TextField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A branch has one parent at a time, and is not its own."""

        constraints = [
            models.UniqueConstraint(fields=["branch"], condition=Q(valid_until=None), name="subject_branch_one_parent"),
            models.CheckConstraint(condition=~Q(parent=F("branch")), name="subject_branch_of_two"),
        ]
