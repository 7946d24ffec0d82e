"""Emergency stops, their steps, and the index of those in force."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = """
    DROP TRIGGER stop_step_in_force ON store_stopstep; DROP FUNCTION keep_stop_in_force; DROP TABLE stop_in_force;
    DROP TRIGGER stop_step_second_person ON store_stopstep; DROP FUNCTION need_second_person;
    DROP TRIGGER stop_step_appended ON store_stopstep; DROP TRIGGER stop_appended ON store_stop"""


class Migration(migrations.Migration):
    """Adds only: nothing is stopped yet."""

    dependencies = [("store", "0009_service_accounts")]
    operations = [
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=20)),
                ("target", models.CharField(blank=True, max_length=120)),
                ("agency", models.CharField(blank=True, max_length=18)),
                ("ground", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("basis", models.TextField()),
            ],
            options={"indexes": [models.Index(fields=["scope", "target"], name="stop_target")]},
        ),
        migrations.CreateModel(
            name="StopStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("covers_for", models.JSONField(default=list)),
                ("reason", models.TextField(blank=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="store.user")),
                (
                    "stop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="store.stop"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["asked", "confirmed", "refused", "lifted"])),
                        fields=("stop", "kind"),
                        name="stop_step_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(statement("stops"), _UNDONE),
    ]
