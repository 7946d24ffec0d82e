"""The tree of administrations, accounts: zones, who supervises whom, who stands in for whom, one-time secrets, administrators kept apart."""

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = (
    "DROP TRIGGER roles_apart ON store_roleassignment; DROP FUNCTION keep_apart(); DROP FUNCTION role_sphere(text)"
)


class Migration(migrations.Migration):
    """Adds and widens only; agencies that are there get the level of their region and the kind that their code tells."""

    dependencies = [
        ("store", "0006_sources_and_questions"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="kind",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="agency",
            name="level",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="on_behalf_of",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="receipt",
            name="on_behalf_of",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="user",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="agency",
            name="region_code",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name="region",
            name="code",
            field=models.CharField(max_length=16),
        ),
        migrations.AlterField(
            model_name="roleassignment",
            name="region_code",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.CreateModel(
            name="OneTimeSecret",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="secrets", to="store.user"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgencySupervision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supervisions", to="store.agency"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supervises", to="store.agency"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)), fields=("agency",), name="agency_one_current_parent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agency", models.F("parent")), _negated=True),
                        name="agency_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covers", to="store.user"
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covered_by", to="store.user"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("principal", models.F("deputy")), _negated=True), name="cover_by_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="cover_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.RunSQL(statement("apart"), _UNDONE),
    ]
