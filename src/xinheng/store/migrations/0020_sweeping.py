"""What lets pages count and find the issues of a file, and until when an item was fed, without reading all there is."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the indexes."""

    dependencies = [("store", "0014_ledger_upkeep")]

    operations = [
        migrations.AddField(
            model_name="issuegroup",
            name="size",
            field=models.GeneratedField(
                expression=models.Func(models.F("rows"), function="cardinality"),
                output_field=models.IntegerField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            model_name="issuegroup",
            index=models.Index(models.F("submission"), models.F("rows__0"), models.F("id"), name="issue_begins"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["item", "received_on"], condition=models.Q(committed_at__isnull=False), name="submission_fed"
            ),
        ),
    ]
