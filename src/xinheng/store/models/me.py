"""Who may act for a subject: its representative, and the agents that the representative grants; each grant ends, none is erased."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q


class SubjectGrants(models.QuerySet["SubjectGrant"]):
    """Grants, as questions are asked about them."""

    def in_force(self, on: dt.date) -> SubjectGrants:
        """Return those by which somebody may act on the day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=on), ended_at=None, valid_from__lte=on)


class SubjectGrant(models.Model):
    """A user may act for a subject from one day to another (half-open), as its ``representative`` or its ``agent``.

    ``evidence`` says how the representative was told (``oidc``, ``letter``, ``window``); ``mark`` is a keyed digest of the representative's name
    as the register gives it, by which a change of the representative is noticed. ``ended_at`` and ``ended_why`` are filled once.
    """

    user = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="subject_grants")
    subject = models.ForeignKey("store.Subject", on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20)
    evidence = models.CharField(max_length=20, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    granted_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)

    objects = SubjectGrants.as_manager()

    class Meta:
        """A user acts for a subject once at a time; an organisation has one representative."""

        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject"], condition=models.Q(ended_at=None), name="subject_grant_once"
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=models.Q(ended_at=None, role="representative"),
                name="subject_one_representative",
            ),
            models.CheckConstraint(condition=models.Q(role__in=["representative", "agent"]), name="subject_grant_role"),
        ]
