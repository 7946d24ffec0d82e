"""Collection tasks, zero reports, reminders, and the count of days of decision; rows that went back are found by their decision."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = """
    DROP TRIGGER reminder_appended ON store_reminder; DROP TRIGGER zero_report_appended ON store_zeroreport;
    DROP TRIGGER zero_report_kept ON store_zeroreport; DROP FUNCTION keep_zero_report"""


class Migration(migrations.Migration):
    """Adds only; what was handed in before is counted by the timetable."""

    dependencies = [
        ("store", "0014_ledger_upkeep"),
        ("store", "0017_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="CollectionTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=100)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("due", models.DateField()),
                ("provisional", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("done_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CountedPosition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="DecisionDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided_on", models.DateField()),
                ("fresh", models.BooleanField()),
                ("first_on", models.DateField()),
                ("rows", models.BigIntegerField()),
                ("days", models.IntegerField(null=True)),
                ("late_by", models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rung", models.CharField(max_length=40)),
                ("sent_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ZeroReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("declared_at", models.DateTimeField()),
                ("declared_on", models.DateField()),
                ("contradicted_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_why", models.TextField(blank=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="returnedrow",
            index=models.Index(fields=["subject_id", "record_key"], name="returned_record"),
        ),
        migrations.AddField(
            model_name="collectiontask",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="store.agency"
            ),
        ),
        migrations.AddField(
            model_name="collectiontask",
            name="done_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="closes", to="store.submission"
            ),
        ),
        migrations.AddField(
            model_name="decisionday",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decision_days", to="store.submission"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="store.collectiontask"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="user",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
        ),
        migrations.AddField(
            model_name="zeroreport",
            name="contradicted_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.submission"
            ),
        ),
        migrations.AddField(
            model_name="zeroreport",
            name="declared_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
        ),
        migrations.AddField(
            model_name="zeroreport",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"
            ),
        ),
        migrations.AddField(
            model_name="zeroreport",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="zero_reports", to="store.collectiontask"
            ),
        ),
        migrations.AddIndex(
            model_name="collectiontask",
            index=models.Index(condition=models.Q(("done_by", None)), fields=["agency", "due"], name="task_open"),
        ),
        migrations.AddConstraint(
            model_name="collectiontask",
            constraint=models.UniqueConstraint(fields=("agency", "item", "first"), name="task_once"),
        ),
        migrations.AddConstraint(
            model_name="collectiontask",
            constraint=models.CheckConstraint(
                condition=models.Q(("due__gt", models.F("last")), ("last__gte", models.F("first"))),
                name="task_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="collectiontask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_by", None), ("done_on", None)),
                    models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                    _connector="OR",
                ),
                name="task_done_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionday",
            constraint=models.UniqueConstraint(
                fields=("submission", "decided_on", "fresh", "first_on"), name="decision_day_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("task", "rung", "user"), name="reminder_once"),
        ),
        migrations.AddConstraint(
            model_name="zeroreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("contradicted_at", None)), fields=("task",), name="zero_report_one_standing"
            ),
        ),
        migrations.AddConstraint(
            model_name="zeroreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contradicted_at", None), ("contradicted_by", None), ("settled_at", None)),
                    models.Q(("contradicted_at__isnull", False), ("contradicted_by__isnull", False)),
                    _connector="OR",
                ),
                name="zero_report_contradiction_whole",
            ),
        ),
        migrations.RunSQL(statement("collecting"), _UNDONE),
    ]
