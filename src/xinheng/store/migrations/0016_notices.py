"""Messages to accounts and subjects, what goes out of them, and where accounts are reached."""

import django.db.models.deletion
from django.db import migrations, models

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _user(related: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=related, to="store.user"
    )


class Migration(migrations.Migration):
    """Adds only."""

    dependencies = [("store", "0014_ledger_upkeep")]
    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                _ID,
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("body_en", models.TextField()),
                ("link", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("read_by", _user("+", null=True)),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="store.subject",
                    ),
                ),
                ("user", _user("notices", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "-id"], name="notice_of_user"),
                    models.Index(fields=["subject", "-id"], name="notice_of_subject"),
                    models.Index(condition=models.Q(("read_at", None)), fields=["user"], name="notice_unread"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject__isnull", False), ("user", None)),
                            models.Q(("subject", None), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("read_by", None)),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_read_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingNotice",
            fields=[
                _ID,
                ("channel", models.CharField(max_length=10)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("tries", models.SmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True)),
                ("last_error_en", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outgoing", to="store.notice"
                    ),
                ),
                ("to", _user("+")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["next_try_at"], name="outgoing_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "to", "channel"), name="outgoing_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_try_at__isnull", False), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("next_try_at", None)),
                            _connector="OR",
                        ),
                        name="outgoing_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="contact",
                        serialize=False,
                        to="store.user",
                    ),
                ),
                ("mail", models.BinaryField(default=bytes)),
                ("telephone", models.BinaryField(default=bytes)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", _user("+")),
            ],
        ),
    ]
