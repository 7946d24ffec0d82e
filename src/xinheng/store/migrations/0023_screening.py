"""Screenings with their rows, what officials did with them, and watches."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = """
    DROP TRIGGER screening_row_appended ON store_screeningrow; DROP TRIGGER screening_feedback_appended ON store_screeningfeedback;
    DROP TRIGGER screening_kept ON store_screening"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0022_collecting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("matter", models.CharField(max_length=60)),
                ("business_number", models.CharField(max_length=100)),
                ("on_behalf_of", models.CharField(blank=True, default="", max_length=64)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("ledger_position", models.BigIntegerField()),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("rows", models.IntegerField()),
                ("counts", models.JSONField()),
                ("feeds", models.JSONField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="store.agency",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="again",
                        to="store.screening",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.receipt"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScreeningRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("given_name", models.CharField(blank=True, max_length=200)),
                ("given_code", models.CharField(blank=True, max_length=40)),
                ("means", models.CharField(max_length=20)),
                ("outcome", models.CharField(max_length=20)),
                ("told", models.JSONField(default=list)),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="store.screening"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScreeningFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.receipt"
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedback", to="store.screeningrow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScreeningWatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("matter", models.CharField(max_length=60)),
                ("business_number", models.CharField(max_length=100)),
                ("since", models.DateTimeField()),
                ("told", models.JSONField(default=list)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.subject"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["agency", "-id"], name="screening_of_agency"),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["matter", "on"], name="screening_of_matter"),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["check", "list"])), name="screening_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="screeningrow",
            constraint=models.UniqueConstraint(fields=("screening", "number"), name="screening_row_once"),
        ),
        migrations.AddConstraint(
            model_name="screeningrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("means__in", ["code", "name", "name-differs", "candidates", "nobody", "person"]),
                    ("outcome__in", ["clear", "has-records", "on-list", "not-found", "to-be-judged", "refused"]),
                ),
                name="screening_row_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="screeningrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subject__isnull", False),
                    ("outcome__in", ["not-found", "to-be-judged", "refused"]),
                    _connector="OR",
                ),
                name="screening_row_finding_has_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="screeningfeedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["seen", "acted"]),
                    models.Q(("kind", "not-acted"), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="screening_feedback_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="screeningwatch",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["matter", "subject"], name="screening_watch_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="screeningwatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("subject", "matter", "user"),
                name="screening_watch_once",
            ),
        ),
        migrations.RunSQL(statement("screening"), _UNDONE),
    ]
