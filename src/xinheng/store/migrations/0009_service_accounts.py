"""Service accounts, their secrets and tokens; the tables that only count are not logged by the database."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

_UNLOGGED = "ALTER TABLE store_servicecalls SET UNLOGGED; ALTER TABLE store_refusedsource SET UNLOGGED"
_LOGGED = "ALTER TABLE store_servicecalls SET LOGGED; ALTER TABLE store_refusedsource SET LOGGED"


class Migration(migrations.Migration):
    """Adds only."""

    dependencies = [
        ("store", "0008_sign_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="RefusedSource",
            fields=[
                ("source", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField()),
                ("times", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ServiceAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("per_minute", models.IntegerField()),
                ("per_day", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="store.agency"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="service", to="store.user"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServiceCalls",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="calls",
                        serialize=False,
                        to="store.serviceaccount",
                    ),
                ),
                ("minute", models.BigIntegerField()),
                ("in_minute", models.IntegerField()),
                ("day", models.DateField()),
                ("in_day", models.IntegerField()),
                ("told", models.BigIntegerField(db_default=0, default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ServiceSecret",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="secrets", to="store.serviceaccount"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServiceToken",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "secret",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="store.servicesecret"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="serviceaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_day__gte", models.F("per_minute")), ("per_minute__gt", 0)),
                name="service_quotas_bind",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="service_end_whole",
            ),
        ),
        migrations.RunSQL(_UNLOGGED, _LOGGED),
    ]
