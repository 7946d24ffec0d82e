"""Service accounts (服务账号): systems of agencies that use the API, their secrets and tokens, and how often they called.

Of a secret and of a token only the SHA-256 is kept. Both are 256 random bits, so nobody can guess them, and a slow salted hash, which protects
what people choose, would only make every call slower; whoever reads these tables can use nothing in them.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class ServiceAccount(models.Model):
    """A system of an agency; ``user`` acts for it, with a role for the agency, and signs in nowhere else.

    ``per_minute`` and ``per_day`` are how many calls it may make. It ends with ``ended_at``: no secret and no token of it is good afterwards; its user stays,
    so that what it handed in before is finished in its name.
    """

    user = models.OneToOneField("store.User", on_delete=models.PROTECT, related_name="service")
    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT, related_name="services")
    scopes = ArrayField(models.CharField(max_length=40))
    per_minute = models.IntegerField()
    per_day = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        """Quotas bind, and whoever ended an account is known."""

        constraints = [
            models.CheckConstraint(
                condition=Q(per_minute__gt=0, per_day__gte=F("per_minute")), name="service_quotas_bind"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="service_end_whole",
            ),
        ]


class ServiceSecret(models.Model):
    """A secret of an account, good until ``valid_until``; two may be good at once while the system changes from one to the other."""

    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, related_name="secrets")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()


class ServiceToken(models.Model):
    """A token that was given for a secret, good until ``expires_at`` as long as secret and account are."""

    digest = models.CharField(max_length=64, primary_key=True)
    secret = models.ForeignKey(ServiceSecret, on_delete=models.PROTECT, related_name="tokens")
    scopes = ArrayField(models.CharField(max_length=40))
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class ServiceCalls(models.Model):
    """How often an account called in its last minute and on its last day (Chinese time); ``told`` is the last minute in which a refusal was recorded.

    Not logged by the database (UNLOGGED): counting costs no write to the disk, and a crash forgets only counts.
    """

    account = models.OneToOneField(ServiceAccount, on_delete=models.PROTECT, primary_key=True, related_name="calls")
    minute = models.BigIntegerField()
    in_minute = models.IntegerField()
    day = models.DateField()
    in_day = models.IntegerField()
    told = models.BigIntegerField(default=0, db_default=0)


class RefusedSource(models.Model):
    """How often a source (a keyed hash of an address) showed wrong secrets or tokens in its last minute. UNLOGGED as well."""

    source = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField()
    times = models.IntegerField()
