"""Tokens (令牌): given for a secret, shown with every call, good for an hour at the most.

A token is 256 random bits that mean nothing outside this platform; the database says what it is. Signed tokens (JWT) were weighed and left: they spare
a look-up, but a token has to die with its secret or account, so the look-up is made anyway (one statement, by primary key), and with nothing signed there is
no key to guard and rotate, no algorithm to confuse and no claim to trust. What is not in the table, whatever it looks like, is refused and recorded.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from xinheng.core.access import Actor, Scope, decide_scope
from xinheng.core.errors import Explanation, Refused, Text
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import AuditEvent, ServiceAccount, ServiceSecret, ServiceToken
from xinheng.usecases.services.accounts import digest_of, is_name
from xinheng.usecases.services.quotas import ensure_within_quota, note_wrong
from xinheng.usecases.services.refusing import BAD_TOKEN, NO_SECRET, UnknownScope, Unrecognised, no_scope
from xinheng.usecases.users import actor_named

LIFE = dt.timedelta(hours=1)
ISSUE, USE = "issue-token", "use-token"
_TOKEN = "xht_"  # noqa: S105 - what tokens begin with
_REMEMBERED = dt.timedelta(days=1)  # how long an expired token is told from one that never was
_LONGEST = 200  # characters of a secret or token that is looked at at all
_NOBODY = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A token in clear, the seconds for which it is good, and its scopes."""

    token: str
    seconds: int
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The system that shows a good token: who acts, for which agency (code and region), within which scopes."""

    actor: Actor
    agency: str
    region: str
    scopes: frozenset[str]


def issue_token(name: str, secret: str, *, scopes: Sequence[str], source: str, at: dt.datetime) -> IssuedToken:
    """Return a token for an account's secret, with the scopes asked for (none: all of the account).

    Raises ``Unrecognised``, ``UnknownScope`` or ``TooManyCalls``; each is recorded. ``source`` is the address that asks.
    """
    held = _secret_of(name, secret, at)
    if held is None:
        known = is_name(name) and ServiceAccount.objects.filter(user__username=name).exists()
        shown = name if known else _NOBODY
        note_wrong(
            shown,
            ISSUE,
            f"service {mask(name) if is_name(name) else _NOBODY}",
            "no such account with such a secret",
            source=source,
            at=at,
        )
        raise Unrecognised(NO_SECRET)
    account = held.account
    _count(account, at)
    for scope in scopes:
        if scope not in account.scopes:
            _record(
                name, ISSUE, f"service {name}", allowed=False, reason="a scope that the account does not have", at=at
            )
            raise UnknownScope(no_scope(mask(scope)[:40]), scope=scope)
    return _issued(held, tuple(dict.fromkeys(scopes)) or tuple(account.scopes), at)


def caller_of(token: str, *, source: str, at: dt.datetime) -> Caller:
    """Return who shows a token, with the call counted; raises ``Unrecognised`` or ``TooManyCalls``, recorded."""
    found = _token_of(token) if len(token) <= _LONGEST else None
    reason = "no token of ours" if found is None else _why_not(found, at)
    if found is None or reason:
        name = found.secret.account.user.username if found else _NOBODY
        note_wrong(name, USE, f"token {digest_of(token)[:12]}", reason, source=source, at=at)
        raise Unrecognised(BAD_TOKEN)
    account = found.secret.account
    _count(account, at)
    return Caller(
        actor=actor_named(account.user.username, on=at.date()), agency=account.agency.uscc, region=account.agency.region_code,
        scopes=frozenset(found.scopes) & frozenset(account.scopes),
    )  # fmt: skip


def is_good(token: str, *, at: dt.datetime) -> bool:
    """Tell whether a token is good now; nothing is counted or recorded, the call itself will be."""
    found = _token_of(token) if len(token) <= _LONGEST else None
    return found is not None and not _why_not(found, at)


def ensure_in_scope(caller: Caller, scope: Scope, *, at: dt.datetime) -> None:
    """Raise ``Refused``, and record it, unless the token covers the scope."""
    decision = decide_scope(caller.scopes, scope)
    if decision.allowed:
        return
    why = decision.reasons[0]
    _record(caller.actor.name, USE, f"scope {scope.value}", allowed=False, reason=why.en, at=at)
    mend = Text(
        "请申请带有该权限范围的令牌；如账号没有，请联系中心。",
        "Ask for a token with this scope; where the account lacks it, ask the centre.",
    )
    raise Refused(Explanation(Text("未获准进行此操作", "This was refused"), why, mend), scope=scope.value)


def _secret_of(name: str, secret: str, at: dt.datetime) -> ServiceSecret | None:
    if len(secret) > _LONGEST:
        return None
    good = ServiceSecret.objects.select_related("account__user", "account__agency").filter(
        digest=digest_of(secret), valid_until__gt=at, account__ended_at=None, account__user__is_active=True
    )
    held = good.first()
    return held if held is not None and held.account.user.username == name else None


def _token_of(token: str) -> ServiceToken | None:
    tokens = ServiceToken.objects.select_related("secret__account__user", "secret__account__agency")
    return tokens.filter(digest=digest_of(token)).first()


def _why_not(token: ServiceToken, at: dt.datetime) -> str:
    """Return why a token of ours is not good at this moment; empty where it is."""
    account = token.secret.account
    if account.ended_at is not None or not account.user.is_active:
        return "its account has ended"
    if token.secret.valid_until <= at:
        return "its secret has ended"
    return "it has expired" if token.expires_at <= at else ""


def _issued(held: ServiceSecret, scopes: tuple[str, ...], at: dt.datetime) -> IssuedToken:
    token = _TOKEN + secrets.token_urlsafe(32)
    expires_at = min(at + LIFE, held.valid_until)
    name = held.account.user.username
    with transaction.atomic():
        ServiceToken.objects.filter(secret__account=held.account, expires_at__lt=at - _REMEMBERED).delete()
        ServiceToken.objects.create(
            digest=digest_of(token), secret=held, scopes=list(scopes), issued_at=at, expires_at=expires_at
        )
        _record(name, ISSUE, f"service {name}", allowed=True, reason=f"scopes: {' '.join(scopes)}", at=at)
    return IssuedToken(token=token, seconds=max(1, int((expires_at - at).total_seconds())), scopes=scopes)


def _count(account: ServiceAccount, at: dt.datetime) -> None:
    name = account.user.username
    ensure_within_quota(name, account.pk, per_minute=account.per_minute, per_day=account.per_day, at=at)


def _record(name: str, action: str, about: str, *, allowed: bool, reason: str, at: dt.datetime) -> None:
    AuditEvent.objects.create(at=at, actor=name, action=action, target=about, allowed=allowed, reasons=[reason])
