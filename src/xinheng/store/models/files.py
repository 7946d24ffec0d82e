"""Received files: kept once, unchanged, sealed with a key of their own."""

from __future__ import annotations

from django.db import models


class SealedFile(models.Model):
    """A file under its SHA-256. Without ``wrapped_key`` its content is gone for good: that is how retention ends."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    wrapped_key = models.BinaryField(null=True)
    key_destroyed_at = models.DateTimeField(null=True)
