"""Zones and agencies, with dated names and places in the tree; grants of catalogue items to agencies (授权归集)."""

from __future__ import annotations

from django.db import models


class Region(models.Model):
    """A functional zone that this installation added beside those of ``core.standards.zones``, from one day to another (half-open)."""

    code = models.CharField(max_length=16)
    name = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        """One name per code and first day."""

        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="region_once")]


class Agency(models.Model):
    """A department, public body or authorised organisation that hands in or uses information.

    ``kind`` and ``level`` are those of ``core.access.tree``; the region is a division's code or a zone's. Empty means unknown.
    """

    uscc = models.CharField(max_length=18, unique=True)
    region_code = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=40, blank=True, default="", db_default="")
    level = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        """The code says who it is for life."""

        constraints = [
            models.CheckConstraint(condition=models.Q(uscc__regex=r"^[0-9A-Y]{18}$"), name="agency_uscc_shape")
        ]


class AgencyName(models.Model):
    """A name of an agency from one day to another (half-open); agencies change names."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        """One current name."""

        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(valid_until=None), name="agency_one_current_name"
            )
        ]


class AgencySupervision(models.Model):
    """Who supervises an agency from one day to another (half-open); its place in the tree of administrations."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="supervisions")
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="supervises")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        """One at a time, and nobody supervises itself."""

        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(valid_until=None), name="agency_one_current_parent"
            ),
            models.CheckConstraint(condition=~models.Q(agency=models.F("parent")), name="agency_not_its_own_parent"),
        ]


class Grant(models.Model):
    """An agency may hand in an item from one day to another (half-open)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="grants")
    item = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        """One open grant per item."""

        constraints = [
            models.UniqueConstraint(
                fields=["agency", "item"], condition=models.Q(valid_until=None), name="grant_one_open"
            )
        ]
