"""Requests to withdraw or correct a standing record, and who was told."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = """
    DROP TRIGGER correction_told_appended ON store_correctiontold; DROP TRIGGER correction_kept ON store_correction; DROP FUNCTION keep_correction"""


class Migration(migrations.Migration):
    """Adds only."""

    dependencies = [
        ("store", "0016_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("record_key", models.UUIDField()),
                ("revision", models.SmallIntegerField()),
                ("item", models.CharField(max_length=100)),
                ("decision_number", models.CharField(max_length=300)),
                ("agency", models.CharField(max_length=18)),
                ("reason", models.TextField()),
                ("cells", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField()),
                ("on_behalf_of", models.CharField(blank=True, max_length=64)),
                ("covers_for", models.JSONField(default=list)),
                ("state", models.CharField(default="asked", max_length=20)),
                ("begun_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(blank=True)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("shown_publicly", models.IntegerField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.subject"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CorrectionTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("door", models.CharField(max_length=20)),
                ("looks", models.IntegerField()),
                ("last_look", models.DateTimeField(null=True)),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told", to="store.correction"
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.notice"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["agency", "-id"], name="correction_agency"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("subject", "record_key"), name="correction_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("state", "asked")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ["approved", "refused", "taken-back"]),
                    ),
                    _connector="OR",
                ),
                name="correction_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "refused"]), _negated=True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="correction_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctiontold",
            constraint=models.UniqueConstraint(
                fields=("correction", "user"), name="correction_told_once", nulls_distinct=False
            ),
        ),
        migrations.RunSQL(statement("corrections"), _UNDONE),
    ]
