"""What signing in leaves behind: former passwords, second factors, failures, signed-in devices, letters, identities elsewhere.

No password, code or session key is here in clear: passwords are argon2, codes and keys digests, the secret of an authenticator is sealed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PasswordSet(models.Model):
    """A password that a user set, as argon2 keeps it, and when: the last one is in use, some before it may not come back."""

    user = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="passwords")
    encoded = models.CharField(max_length=128)
    at = models.DateTimeField()


class SecondFactor(models.Model):
    """The authenticator of a user; it counts from ``confirmed_at``. ``last_step`` is the step whose code was used last."""

    user = models.OneToOneField("store.User", on_delete=models.PROTECT, primary_key=True, related_name="second_factor")
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(null=True)


class RecoveryCode(models.Model):
    """A code that stands in for the authenticator, once."""

    user = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class FailedTries(models.Model):
    """How often signing in failed for a name, a second factor or an address since the last success; ``key`` is a keyed digest of it."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    count = models.IntegerField()
    last_at = models.DateTimeField(null=True)

    class Meta:
        """Counted once; old ones are found by their moment."""

        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="failed_tries_once")]
        indexes = [models.Index(fields=["last_at"], name="failed_tries_old")]


class SignIn(models.Model):
    """A device on which a user is, or was, signed in. ``session`` is the SHA-256 of the session's key; ``method`` how they showed who they are.

    ``acts_for`` is the colleague for whom they act with it (代办), as long as that holds.
    """

    user = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="sign_ins")
    session = models.CharField(max_length=64, unique=True)
    method = models.CharField(max_length=40)
    address = models.CharField(max_length=45)
    browser = models.CharField(max_length=100)
    acts_for = models.ForeignKey("store.User", on_delete=models.PROTECT, null=True, related_name="+")
    signed_in_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, blank=True)

    class Meta:
        """A user's open ones are found at once; what ended says why."""

        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, why="") | (Q(ended_at__isnull=False) & ~Q(why="")), name="sign_in_end_whole"
            )
        ]
        indexes = [models.Index(fields=["user"], name="sign_in_open", condition=Q(ended_at=None))]


class Activation(models.Model):
    """A letter with a code that sets the first password of an account, once; a newer letter makes it void."""

    user = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="activations")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)


class LinkedIdentity(models.Model):
    """Who a user is at an identity provider (issuer and subject of OpenID Connect).

    Linked by themselves after signing in, or by a security administrator (``linked_by``, with the ``reason``); ended by either.
    """

    user = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+", null=True)
    ended_why = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        """An identity signs one user in."""

        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], condition=Q(ended_at=None), name="identity_once")
        ]


class PersonSignIn(models.Model):
    """A natural person who is signed in now, with an identity of the unified sign-on; there is no account, and the row goes with the session.

    ``session`` is the SHA-256 of the session's key. ``lookups`` are the keyed digests of the person's document by the name of their key: nothing
    here tells the number.
    """

    session = models.CharField(max_length=64, primary_key=True)
    lookups = models.JSONField()
    signed_in_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        """Old ones are found by their moment."""

        indexes = [models.Index(fields=["signed_in_at"], name="person_sign_in_old")]
