"""The yearly cycle of the catalogue (目录年度更新): the year, its steps, the drafts of items, and the departments' answers; all appended.

Where a year stands follows from its steps (``core.catalogue.cycle``). The newest draft of an item counts; once the year is signed nothing is added to
it, and the drafts are the versions in force from its first day (``store/sql/catalogue.sql``).
"""

from __future__ import annotations

from django.db import models


class CatalogueYear(models.Model):
    """The version of a year that is made, for the province or for a city (``region``), on which basis.

    The first day and the day by which departments answer may be set anew while it is drafted: they stand with the steps.
    """

    year = models.IntegerField()
    region = models.CharField(max_length=16, blank=True)
    basis = models.TextField()


class CatalogueStep(models.Model):
    """A step: who, when, why, and whom they stood in for; ``first_day`` and ``answer_by`` as they were then."""

    year = models.ForeignKey(CatalogueYear, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT)
    covers_for = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    first_day = models.DateField()
    answer_by = models.DateField(null=True)

    class Meta:
        """A year is opened, signed and dropped once."""

        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind"],
                name="catalogue_step_once",
                condition=models.Q(kind__in=["opened", "signed", "dropped"]),
            )
        ]


class CatalogueDraft(models.Model):
    """The definition of an item as somebody drafted it; the newest one counts, an empty one takes the item out of the year."""

    year = models.ForeignKey(CatalogueYear, on_delete=models.PROTECT, related_name="drafts")
    item = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT)
    covers_for = models.JSONField(default=list)

    class Meta:
        """Found by year and item."""

        indexes = [models.Index(fields=["year", "item"], name="catalogue_draft_item")]


class CatalogueAnswer(models.Model):
    """What a department says to a draft; the newest one counts, and a later draft asks again."""

    draft = models.ForeignKey(CatalogueDraft, on_delete=models.PROTECT, related_name="answers")
    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT)
    answer = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("store.User", on_delete=models.PROTECT)

    class Meta:
        """Found by agency; an objection says what it is about."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="agree") | ~models.Q(text=""), name="catalogue_objection_has_words"
            )
        ]
