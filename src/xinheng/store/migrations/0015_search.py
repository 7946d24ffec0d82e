"""Indexes for searching: records by document number, subjects by the organisation code inside their unified code."""

from django.db import migrations

from xinheng.store.sql import statement

_UNDONE = "DROP INDEX subject_organization_code; DROP INDEX record_number; DROP FUNCTION number_mark"


class Migration(migrations.Migration):
    dependencies = [("store", "0014_ledger_upkeep")]

    operations = [
        migrations.RunSQL(statement("search"), _UNDONE),
    ]
