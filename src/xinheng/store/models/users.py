"""Users and the roles that they hold, each for an agency or a region, from one day to another."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Finds users by their name."""


class User(AbstractBaseUser):
    """A named person or service that acts through a door. No password works until one is set."""

    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username


class RoleAssignment(models.Model):
    """A role of ``core.access.roles`` held by a user; empty agency and region mean the whole province."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    agency = models.ForeignKey("store.Agency", on_delete=models.PROTECT, null=True)
    region_code = models.CharField(max_length=6, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
