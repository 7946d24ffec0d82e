"""How often the ledger's partitions are read for statistics."""

from django.db import migrations

from xinheng.store.sql import statement

_UNDONE = """
DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format('ALTER TABLE record_%s RESET (autovacuum_vacuum_insert_scale_factor, autovacuum_analyze_scale_factor)', part);
        EXECUTE format('ALTER TABLE record_%s ALTER COLUMN fields SET STATISTICS -1, ALTER COLUMN content_digest SET STATISTICS -1', part);
    END LOOP;
END
$$"""


class Migration(migrations.Migration):
    """Changes nothing that anybody reads."""

    dependencies = [("store", "0013_subject_grants")]
    operations = [migrations.RunSQL(statement("ledger_upkeep"), _UNDONE)]
