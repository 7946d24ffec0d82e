"""The yearly cycle of the catalogue, and agencies' own delivery profiles."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from xinheng.store.sql import statement

_UNDONE = """
    DROP TRIGGER agency_profile_appended ON store_agencyprofile; DROP TRIGGER catalogue_answer_appended ON store_catalogueanswer;
    DROP TRIGGER catalogue_step_second_person ON store_cataloguestep; DROP TRIGGER catalogue_step_open ON store_cataloguestep;
    DROP TRIGGER catalogue_draft_open ON store_cataloguedraft; DROP FUNCTION need_second_signer; DROP FUNCTION keep_catalogue_closed;
    DROP TRIGGER catalogue_draft_appended ON store_cataloguedraft; DROP TRIGGER catalogue_step_appended ON store_cataloguestep;
    DROP TRIGGER catalogue_year_appended ON store_catalogueyear"""


def _id() -> tuple[str, models.BigAutoField]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _to(model: str, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=model, **more)


class Migration(migrations.Migration):
    """Adds only: nothing is drafted and no agency has a profile of its own."""

    dependencies = [("store", "0014_ledger_upkeep")]
    operations = [
        migrations.CreateModel(
            name="CatalogueYear",
            fields=[
                _id(),
                ("year", models.IntegerField()),
                ("region", models.CharField(blank=True, max_length=16)),
                ("basis", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="CatalogueStep",
            fields=[
                _id(),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("covers_for", models.JSONField(default=list)),
                ("reason", models.TextField(blank=True)),
                ("first_day", models.DateField()),
                ("answer_by", models.DateField(null=True)),
                ("by", _to("store.user")),
                ("year", _to("store.catalogueyear", related_name="steps")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["opened", "signed", "dropped"])),
                        fields=("year", "kind"),
                        name="catalogue_step_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CatalogueDraft",
            fields=[
                _id(),
                ("item", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("covers_for", models.JSONField(default=list)),
                ("by", _to("store.user")),
                ("year", _to("store.catalogueyear", related_name="drafts")),
            ],
            options={"indexes": [models.Index(fields=["year", "item"], name="catalogue_draft_item")]},
        ),
        migrations.CreateModel(
            name="CatalogueAnswer",
            fields=[
                _id(),
                ("answer", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("agency", _to("store.agency")),
                ("by", _to("store.user")),
                ("draft", _to("store.cataloguedraft", related_name="answers")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer", "agree"), models.Q(("text", ""), _negated=True), _connector="OR"),
                        name="catalogue_objection_has_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyProfile",
            fields=[
                _id(),
                ("name", models.CharField(max_length=48)),
                ("number", models.IntegerField()),
                ("item", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("note", models.TextField(blank=True)),
                ("saved_on", models.DateField()),
                ("saved_at", models.DateTimeField()),
                ("agency", _to("store.agency", related_name="profiles")),
                ("saved_by", _to("store.user")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "name", "number"), name="agency_profile_once")
                ],
            },
        ),
        migrations.RunSQL(statement("catalogue"), _UNDONE),
    ]
