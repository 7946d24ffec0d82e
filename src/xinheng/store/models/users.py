"""Users, the roles that they hold, each for an agency or a region, from one day to another, who stands in for whom, and one-time secrets."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Finds users by their name."""


class User(AbstractBaseUser):
    """A named person or service that acts through a door. No password works until one is set; a closed account stays, with its name."""

    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True)

    objects = UserManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username


class RoleAssignment(models.Model):
    """A role of ``core.access.roles`` held by a user from one day to another (half-open); empty agency and region mean the whole province.

    A trigger keeps the three administrators apart (``store/sql/apart.sql``).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT, null=True)
    region_code = models.CharField(max_length=16, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)


class Cover(models.Model):
    """``deputy`` acts for ``principal``, within the principal's roles, from one day to another (half-open): delegation and leave cover (代办)."""

    principal = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covered_by")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    reason = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField()

    class Meta:
        """Nobody stands in for themselves, and it ends."""

        constraints = [
            models.CheckConstraint(condition=~models.Q(principal=models.F("deputy")), name="cover_by_another"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="cover_ends_after_it_begins"
            ),
        ]


class OneTimeSecret(models.Model):
    """A secret that is shown once and used once, for what ``purpose`` says; only its digest is kept.

    For the sign-on: ``digest`` is the SHA-256, in hexadecimal, of the secret as it was shown, in capitals and without the hyphens between its groups.
    The user may do what the purpose says (``first-password``: set a password, the first one or another) where the digest fits,
    ``used_at`` is empty and the moment is before ``valid_until``; who does so writes ``used_at`` in the same transaction. A newer secret of the same
    purpose, or the closing of the account, brings ``valid_until`` forward.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="secrets")
    purpose = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
