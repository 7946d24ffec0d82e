"""Decision receipts and audit events: appended in the transaction of the deed, never changed (a trigger holds that)."""

from __future__ import annotations

import uuid

from django.db import models


class Receipt(models.Model):
    """What was asked, by whom, on what basis, from which position of the ledger, with which result; ``digest`` covers it all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    on_behalf_of = models.CharField(max_length=64, blank=True, default="", db_default="")
    action = models.CharField(max_length=60)
    asked = models.JSONField()
    basis = models.TextField()
    ledger_position = models.BigIntegerField()
    versions = models.JSONField()
    facts = models.JSONField()
    result = models.JSONField()
    digest = models.CharField(max_length=64)


class AuditEvent(models.Model):
    """One deed or refusal: who, what, on what, allowed or not and why."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    on_behalf_of = models.CharField(max_length=64, blank=True, default="", db_default="")
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=200)
    allowed = models.BooleanField()
    reasons = models.JSONField()
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True)

    class Meta:
        """Read by time and by target."""

        indexes = [models.Index(fields=["target", "at"], name="audit_target")]
