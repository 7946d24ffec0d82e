"""The ledger's partitions and triggers, and the index over the characters of names."""

from django.db import migrations

from xinheng.store.sql import statement


class Migration(migrations.Migration):
    """Made by SQL, because the ORM knows neither partitions nor triggers."""

    dependencies = [("store", "0001_tables")]
    operations = [
        migrations.RunSQL(statement("ledger"), migrations.RunSQL.noop),
        migrations.RunSQL(statement("names"), migrations.RunSQL.noop),
    ]
