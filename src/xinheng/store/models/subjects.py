"""The register of subjects: organisations with every name and code, dated. Natural persons are never here."""

from __future__ import annotations

from django.db import models

from xinheng.core.subjects.subject import CodeKind, SubjectKind


class Subject(models.Model):
    """An organisation or one-person business, under its unified social credit code for life."""

    uscc = models.CharField(max_length=18, unique=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=300)
    status = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=500, blank=True)
    established_on = models.DateField(null=True)
    registered_on = models.DateField()

    class Meta:
        """The database itself knows that no natural person is a subject here."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in SubjectKind]), name="subject_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="subject_uscc_shape"
            ),
        ]


class SubjectName(models.Model):
    """A name of a subject from one day to another (half-open; empty where unknown). ``searchable``: found by a part of it."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    current = models.BooleanField()
    searchable = models.BooleanField()

    class Meta:
        """A subject has a name once, and one current name; the index over bigrams is made by SQL."""

        constraints = [
            models.UniqueConstraint(fields=["subject", "key"], name="subject_name_once"),
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(current=True), name="subject_one_current_name"
            ),
        ]
        indexes = [models.Index(fields=["key"], name="subject_name_key", opclasses=["varchar_pattern_ops"])]


class SubjectCode(models.Model):
    """A code that finds a subject: unified code, registration number, organisation code."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="codes")
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=40)

    class Meta:
        """A code finds one subject."""

        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="subject_code_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in CodeKind]), name="subject_code_kind"
            ),
        ]


class RegisterState(models.Model):
    """The version of the register: raised with every change, so that snapshots know whether they are current."""

    id = models.SmallIntegerField(primary_key=True)
    version = models.BigIntegerField()
