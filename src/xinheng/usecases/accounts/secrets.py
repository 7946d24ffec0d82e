"""One-time secrets (一次性口令): made at random, shown once, kept as a digest; with one, somebody sets their password. Nobody has a default password."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db.models import Q

from xinheng.core.access import Action, Actor
from xinheng.store.models import OneTimeSecret, User
from xinheng.usecases.accounts.people import account_named, ensure_reaches
from xinheng.usecases.deed import deed

FIRST_PASSWORD = "first-password"  # noqa: S105 (what the secret is for)
VALID = dt.timedelta(hours=72)
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What a secret is written with: 32 signs of which none looks like another."""
_GROUPS, _GROUP = 5, 5  # 125 bits


def issue_secret(name: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> str:
    """Return a new one-time secret for an account, for whoever hands it over; earlier ones end. Raises ``Missing`` or ``Refused``."""
    user = account_named(name)
    target = ensure_reaches(actor, Action.ISSUE_SECRET, user, at=at, on=on)
    with deed(actor, Action.ISSUE_SECRET, target, about=f"account {name}", asked={"account": name}, at=at) as done:
        secret, kept = make_secret(user, at)
        done.result = {"secret": kept.pk, "valid_until": kept.valid_until.isoformat()}
    return secret


def make_secret(user: User, at: dt.datetime) -> tuple[str, OneTimeSecret]:
    """Return a new secret, which nothing keeps, and what is kept of it."""
    end_secrets(user, at)
    secret = "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    kept = OneTimeSecret.objects.create(
        user=user, purpose=FIRST_PASSWORD, digest=digest_of(secret), made_at=at, valid_until=at + VALID
    )
    return secret, kept


def end_secrets(user: User, at: dt.datetime) -> None:
    """End the secrets of an account that were not used."""
    unused = OneTimeSecret.objects.filter(Q(valid_until__gt=at), user=user, used_at=None)
    unused.update(valid_until=at)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: SHA-256 of its signs in capitals, without hyphens and spaces, so that it may be typed from a letter."""
    signs = "".join(sign for sign in secret.upper() if sign in _SIGNS)
    return hashlib.sha256(signs.encode()).hexdigest()
