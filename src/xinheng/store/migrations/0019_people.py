import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0018_catalogue_cycle")]

    operations = [
        migrations.AddField(
            model_name="linkedidentity",
            name="linked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"
            ),
        ),
        migrations.AddField(
            model_name="linkedidentity",
            name="reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="linkedidentity",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"
            ),
        ),
        migrations.AddField(
            model_name="linkedidentity",
            name="ended_why",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="signin",
            name="acts_for",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.user"
            ),
        ),
        migrations.CreateModel(
            name="PersonSignIn",
            fields=[
                ("session", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("lookups", models.JSONField()),
                ("signed_in_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["signed_in_at"], name="person_sign_in_old")]},
        ),
    ]
