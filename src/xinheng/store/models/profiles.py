"""Delivery profiles that agencies make for themselves (本单位报送配置): every version kept, the newest one used."""

from __future__ import annotations

from django.db import models


class AgencyProfile(models.Model):
    """A version of an agency's own profile: its YAML, for which item and against which version of it it was made.

    ``number`` counts the versions of a name from 1. A submission names the version that read it (``NAME@NUMBER``), which never changes.
    """

    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT, related_name="profiles")
    name = models.CharField(max_length=48)
    number = models.IntegerField()
    item = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    text = models.TextField()
    note = models.TextField(blank=True)
    saved_on = models.DateField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("store.User", on_delete=models.PROTECT)

    class Meta:
        """A version is saved once."""

        constraints = [models.UniqueConstraint(fields=["agency", "name", "number"], name="agency_profile_once")]
