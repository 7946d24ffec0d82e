"""A submission of mended rows names the one whose rejected rows they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0010_stops"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mended_by",
                to="store.submission",
            ),
        ),
    ]
