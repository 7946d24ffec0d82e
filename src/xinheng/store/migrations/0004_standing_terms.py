"""What an event changes of its record's terms, the terms of a record on a day, and batches of history."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement


class Migration(migrations.Migration):
    """Adds only: records and events that are there keep every word."""

    dependencies = [("store", "0003_jobs")]
    operations = [
        migrations.AddField("recordevent", "detail", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="HistoryBatch",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="store.submission",
                    ),
                ),
                ("source_system", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("counts", models.JSONField()),
                (
                    "receipt",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.receipt"),
                ),
            ],
        ),
        migrations.RunSQL(statement("standing_terms"), "DROP FUNCTION standing_terms"),
    ]
