"""Messages to accounts and to subjects, what of them goes out by mail and text message, and where accounts are reached.

No address is kept with a message: it is read, from the sealed contact of the account, when it is sent.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """A message to an account (``user``) or to a subject, whose representative and agents read it; ``read_at`` and ``read_by`` are filled once."""

    user = models.ForeignKey("store.User", on_delete=models.PROTECT, null=True, related_name="notices")
    subject = models.ForeignKey("store.Subject", on_delete=models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    body = models.TextField()
    body_en = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey("store.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """Read by whom it is for, newest first; the unread ones are counted on every page."""

        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, subject__isnull=False) | Q(user__isnull=False, subject=None),
                name="notice_to_one",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="notice_read_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["subject", "-id"], name="notice_of_subject"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at=None)),
        ]


class OutgoingNotice(models.Model):
    """A message on its way out, to one account by one channel; ``state`` is one of ``core.notices.outgoing.State``. No address and no text is here."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="outgoing")
    to = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=20, default="waiting")
    tries = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    last_error_en = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """A message goes to an account by a channel once; what is due is found at once."""

        constraints = [
            models.UniqueConstraint(fields=["notice", "to", "channel"], name="outgoing_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", next_try_at__isnull=False) | (~Q(state="waiting") & Q(next_try_at=None)),
                name="outgoing_due",
            ),
        ]
        indexes = [models.Index(fields=["next_try_at"], name="outgoing_waiting", condition=Q(state="waiting"))]


class Contact(models.Model):
    """Where an account gets mail and text messages: sealed for the account, empty where there is none."""

    user = models.OneToOneField("store.User", on_delete=models.PROTECT, primary_key=True, related_name="contact")
    mail = models.BinaryField(default=bytes)
    telephone = models.BinaryField(default=bytes)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
