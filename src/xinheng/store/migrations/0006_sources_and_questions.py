"""Sightings of records, full files, and questions about what is not in them."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = """
    DROP TABLE store_sighting; DROP FUNCTION keep_sighting;
    DROP TRIGGER question_kept ON store_question; DROP TRIGGER question_answered_once ON store_question; DROP FUNCTION keep_question"""


class Migration(migrations.Migration):
    """Adds only: every submission that is there was not a full file, and no record has a sighting yet."""

    dependencies = [("store", "0005_database_deliveries")]
    operations = [
        migrations.AddField("submission", "full", models.BooleanField(default=False, db_default=False)),
        migrations.CreateModel(
            name="ReturnedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.BigIntegerField()),
                ("subject_id", models.BigIntegerField()),
                ("record_key", models.UUIDField()),
                (
                    "submission",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="store.submission"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("submission", "row"), name="returned_once")],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("subject_id", models.BigIntegerField()),
                ("record_key", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("untold", models.BigIntegerField()),
                ("answer", models.CharField(max_length=20, null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.user"),
                ),
                (
                    "answered_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.submission",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="store.submission"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_id", "record_key"], name="question_record"),
                    models.Index(condition=models.Q(("answer", None)), fields=["submission"], name="question_open"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "kind", "subject_id", "record_key"), name="question_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", None), ("answered_at", None), ("answered_by", None), ("answered_in", None)
                            ),
                            models.Q(
                                ("answer__isnull", False),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="question_answer_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(statement("sightings"), _UNDONE),
    ]
