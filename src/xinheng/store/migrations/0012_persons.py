"""Natural persons: their tables, and by SQL what may change in them."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = """
    DROP TRIGGER person_record_kept ON store_personrecord; DROP TRIGGER person_kept ON store_person;
    DROP FUNCTION keep_person_record; DROP FUNCTION keep_person;
    ALTER TABLE store_waitingrow DROP CONSTRAINT waiting_is_no_person"""


class Migration(migrations.Migration):
    """Adds only: until now rows about natural persons were refused, so none is there to be moved."""

    dependencies = [
        ("store", "0011_mended_submissions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lookup", models.BinaryField(null=True, unique=True)),
                ("lookup_key", models.CharField(max_length=10, null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("key", models.CharField(max_length=10, null=True)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["key", "lookup_key"], name="person_keys")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("erased_at", None),
                                ("key__isnull", False),
                                ("lookup__isnull", False),
                                ("lookup_key__isnull", False),
                                ("sealed__isnull", False),
                            ),
                            models.Q(
                                ("erased_at__isnull", False),
                                ("key", None),
                                ("lookup", None),
                                ("lookup_key", None),
                                ("sealed", None),
                            ),
                            _connector="OR",
                        ),
                        name="person_whole_or_erased",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_key", models.UUIDField()),
                ("revision", models.SmallIntegerField()),
                ("item", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=20)),
                ("row_number", models.BigIntegerField()),
                ("source_agency", models.CharField(max_length=18)),
                ("deciding_authority", models.CharField(max_length=300)),
                ("decided_on", models.DateField()),
                ("content_digest", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("wrapped_key", models.BinaryField(null=True)),
                ("key", models.CharField(max_length=10, null=True)),
                ("retention_until", models.DateField()),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="store.person"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="store.submission"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("erased_at", None)), fields=["retention_until"], name="person_record_due"
                    ),
                    models.Index(condition=models.Q(("erased_at", None)), fields=["key"], name="person_record_keys"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "record_key", "revision"), name="person_record_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("erased_at", None), ("key__isnull", False), ("wrapped_key__isnull", False)),
                            models.Q(("erased_at__isnull", False), ("key", None), ("wrapped_key", None)),
                            _connector="OR",
                        ),
                        name="person_record_key_or_erased",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonSighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_key", models.UUIDField()),
                ("revision", models.SmallIntegerField()),
                ("row_number", models.BigIntegerField()),
                ("source_agency", models.CharField(max_length=18)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sightings", to="store.person"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="store.submission"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "record_key", "submission"), name="person_sighting_once")
                ],
            },
        ),
        migrations.RunSQL(statement("persons"), _UNDONE),
    ]
