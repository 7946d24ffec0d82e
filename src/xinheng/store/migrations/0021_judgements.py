"""Judgements on waiting rows, the notes that their reversals leave, and what happens to subjects."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = """
    DROP TRIGGER judgement_kept ON store_judgement; DROP TRIGGER judgement_appended ON store_judgement; DROP FUNCTION keep_judgement;
    DROP TRIGGER receipt_note_appended ON store_receiptnote; DROP TRIGGER subject_change_appended ON store_subjectchange;
    DROP TRIGGER subject_branch_appended ON store_subjectbranch"""


class Migration(migrations.Migration):
    """Adds only: nothing is judged yet."""

    dependencies = [("store", "0020_sweeping")]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verdict", models.CharField(max_length=20)),
                ("name_key", models.CharField(max_length=300)),
                ("reason", models.TextField()),
                ("evidence", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("became", models.CharField(blank=True, max_length=20)),
                ("record_key", models.UUIDField(null=True)),
                ("revision", models.SmallIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.TextField(blank=True)),
                (
                    "along",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beside",
                        to="store.judgement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"
                    ),
                ),
                (
                    "ended_receipt",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.receipt"
                    ),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="store.waitingrow"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="store.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReceiptNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="store.receipt"
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="store.judgement"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubjectBranch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("document", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parents", to="store.subject"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="branches", to="store.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubjectChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("document", models.TextField()),
                ("inherits_by", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="store.subject"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes_before",
                        to="store.subject",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["subject", "name_key"], name="judgement_different"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("row", "subject"), name="judgement_one_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("verdict", "same")), fields=("row",), name="judgement_one_same"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["same", "different", "unsure"])), name="judgement_verdict"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="judgement_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptnote",
            constraint=models.UniqueConstraint(fields=("about", "judgement"), name="receipt_note_once"),
        ),
        migrations.AddConstraint(
            model_name="subjectbranch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until", None)), fields=("branch",), name="subject_branch_one_parent"
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectbranch",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("branch")), _negated=True), name="subject_branch_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["absorbed", "merged", "split", "divided", "deregistered"])),
                name="subject_change_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "deregistered"), ("successor", None)),
                    models.Q(models.Q(("kind", "deregistered"), _negated=True), ("successor__isnull", False)),
                    _connector="OR",
                ),
                name="subject_change_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("successor", models.F("subject")), _negated=True), name="subject_change_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("subject", "successor"),
                name="subject_change_once",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(statement("judgements"), _UNDONE),
    ]
