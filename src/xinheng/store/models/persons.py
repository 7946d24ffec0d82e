"""Natural persons and what was decided about them: sealed, found by exact document only, in tables of their own that nothing public reads.

No column here can hold a score, a grade or a rank, and nobody's name or number stands in clear.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Person(models.Model):
    """A person under a document. ``lookup`` is the keyed digest of its kind and number, under the key ``lookup_key``.

    ``sealed`` holds kind, number, name and the secret of the person's digests, sealed by the key ``key`` and bound to the id. Once nothing of the
    person is kept, all four are empty (``erased_at``).
    """

    lookup = models.BinaryField(null=True, unique=True)
    lookup_key = models.CharField(max_length=10, null=True)
    sealed = models.BinaryField(null=True)
    key = models.CharField(max_length=10, null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """What is told of a person is there as a whole, or gone as a whole; the index serves the renewal of keys."""

        constraints = [
            models.CheckConstraint(
                condition=Q(
                    lookup__isnull=False,
                    lookup_key__isnull=False,
                    sealed__isnull=False,
                    key__isnull=False,
                    erased_at=None,
                )
                | Q(lookup=None, lookup_key=None, sealed=None, key=None, erased_at__isnull=False),
                name="person_whole_or_erased",
            ),
        ]
        indexes = [models.Index(fields=["key", "lookup_key"], name="person_keys")]


class PersonRecord(models.Model):
    """A revision of what an agency said about a person; appended, never changed but for its key, which is renewed or, in the end, destroyed.

    ``sealed`` holds the cells under a data key of the record's own, which ``wrapped_key`` holds under the key ``key``. ``content_digest`` and
    ``record_key`` are digests under the person's secret. ``retention_until`` is the first day on which it is kept no more.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    record_key = models.UUIDField()
    revision = models.SmallIntegerField()
    item = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    submission = models.ForeignKey("store.Submission", on_delete=models.PROTECT, db_constraint=False)
    row_number = models.BigIntegerField()
    source_agency = models.CharField(max_length=18)
    deciding_authority = models.CharField(max_length=300)
    decided_on = models.DateField()
    content_digest = models.UUIDField()
    sealed = models.BinaryField()
    wrapped_key = models.BinaryField(null=True)
    key = models.CharField(max_length=10, null=True)
    retention_until = models.DateField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """One decision on one person is one record, and a key is there or was destroyed."""

        constraints = [
            models.UniqueConstraint(fields=["person", "record_key", "revision"], name="person_record_once"),
            models.CheckConstraint(
                condition=Q(wrapped_key__isnull=False, key__isnull=False, erased_at=None)
                | Q(wrapped_key=None, key=None, erased_at__isnull=False),
                name="person_record_key_or_erased",
            ),
        ]
        indexes = [
            models.Index(fields=["retention_until"], name="person_record_due", condition=Q(erased_at=None)),
            models.Index(fields=["key"], name="person_record_keys", condition=Q(erased_at=None)),
        ]


class PersonSighting(models.Model):
    """Another submission said of a person's record what a revision of it says already: one more source of it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sightings")
    record_key = models.UUIDField()
    revision = models.SmallIntegerField()
    submission = models.ForeignKey("store.Submission", on_delete=models.PROTECT, db_constraint=False)
    row_number = models.BigIntegerField()
    source_agency = models.CharField(max_length=18)

    class Meta:
        """A submission says it once."""

        constraints = [
            models.UniqueConstraint(fields=["person", "record_key", "submission"], name="person_sighting_once"),
        ]
