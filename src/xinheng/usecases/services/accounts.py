"""Service accounts (服务账号) made, rotated, ended and listed by the centre's operator. A secret is shown once, here, and never again."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Role, Scope, Target
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.store.models import RoleAssignment, ServiceAccount, ServiceSecret, User
from xinheng.usecases.agencies import agency_named
from xinheng.usecases.deed import deed
from xinheng.usecases.users import user_named

SECRET_LIFE = dt.timedelta(days=365)
LONGEST_OVERLAP = 30
"""Days for which two secrets may be good at once, at the most."""
_SECRET = "xhs_"  # noqa: S105 - what secrets begin with, so that a scan of files finds those that were left there
_NAME = re.compile(r"[a-z][a-z0-9-]{2,59}")
_MOST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A service account that somebody asks for; no scopes mean all of them."""

    name: str
    agency: str
    title: str = ""
    scopes: tuple[str, ...] = ()
    per_minute: int = 600
    per_day: int = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecret:
    """A secret in clear, to be shown once, and until when it is good; ``overlap_until`` is when the one before ends."""

    account: str
    secret: str
    valid_until: dt.datetime
    overlap_until: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView:
    """A service account as it is listed; ``secrets`` are the days on which its good secrets end, ``used_today`` is how often it called today."""

    name: str
    agency: str
    title: str
    scopes: tuple[str, ...]
    per_minute: int
    per_day: int
    secrets: tuple[dt.datetime, ...]
    ended_at: dt.datetime | None
    used_today: int = 0


def add_service(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> NewSecret:
    """Make an account with a user of its own, data clerk of the agency, and a first secret; raises ``UnusableCall`` or ``Refused``."""
    _ensure_sound(wanted)
    agency = agency_named(wanted.agency)
    scopes = sorted(set(wanted.scopes)) or [scope.value for scope in Scope]
    asked = {
        "service": wanted.name,
        "agency": wanted.agency,
        "scopes": scopes,
        "per_minute": wanted.per_minute,
        "per_day": wanted.per_day,
    }
    target = Target(agency=agency.uscc, region=agency.region_code)
    with deed(actor, Action.MANAGE_SERVICES, target, about=f"service {wanted.name}", asked=asked, at=at) as done:
        if User.objects.filter(username=wanted.name).exists():
            raise UnusableCall(_taken(wanted.name))
        user = User(username=wanted.name, display_name=wanted.title[:100])
        user.set_unusable_password()
        user.save()
        RoleAssignment.objects.create(user=user, role=Role.DATA_CLERK.value, agency=agency, valid_from=on)
        account = ServiceAccount.objects.create(
            user=user, agency=agency, scopes=scopes, per_minute=wanted.per_minute, per_day=wanted.per_day, made_at=at,
            made_by=user_named(actor.name),
        )  # fmt: skip
        made = _new_secret(account, at)
        done.result = {"service": wanted.name, "valid_until": made.valid_until.isoformat()}
    return made


def rotate_secret(name: str, *, overlap_days: int, actor: Actor, at: dt.datetime) -> NewSecret:
    """Make a new secret; the latest one before it stays good for the overlap (none: it ends now), older ones end now."""
    if not 0 <= overlap_days <= LONGEST_OVERLAP:
        raise UnusableCall(_OVERLAP)
    account = _live(name)
    overlap_until = at + dt.timedelta(days=overlap_days)
    asked = {"service": name, "overlap_days": overlap_days}
    with deed(actor, Action.MANAGE_SERVICES, _target(account), about=f"service {name}", asked=asked, at=at) as done:
        ServiceAccount.objects.select_for_update().get(pk=account.pk)  # two rotations at once: one after the other
        good = list(account.secrets.filter(valid_until__gt=at).order_by("-made_at", "-id"))
        for place, secret in enumerate(good):
            secret.valid_until = at if place else min(secret.valid_until, overlap_until)
            secret.save(update_fields=["valid_until"])
        made = _new_secret(account, at, overlap_until=good[0].valid_until if good else None)
        done.result = {"service": name, "valid_until": made.valid_until.isoformat()}
    return made


def end_service(name: str, *, actor: Actor, at: dt.datetime) -> None:
    """End an account: its secrets and tokens are good for nothing from this moment."""
    account = _live(name)
    with deed(
        actor, Action.MANAGE_SERVICES, _target(account), about=f"service {name}", asked={"service": name, "end": True}, at=at
    ) as done:  # fmt: skip
        account.ended_at, account.ended_by = at, user_named(actor.name)
        account.save(update_fields=["ended_at", "ended_by"])
        done.result = {"service": name, "ended": True}


def list_services(*, actor: Actor, at: dt.datetime) -> tuple[ServiceView, ...]:
    """Return all accounts, those that have ended too, by name; ``at`` is in Chinese time, in which days of quotas are counted."""
    with deed(actor, Action.MANAGE_SERVICES, Target(), about="services", asked={}, at=at) as done:
        accounts = ServiceAccount.objects.select_related("user", "agency", "calls").prefetch_related("secrets")
        found = tuple(_view(account, at) for account in accounts.order_by("user__username"))
        done.result = {"services": len(found)}
    return found


def is_name(text: str) -> bool:
    """Tell whether an account may be called so; nothing else is looked up or written down."""
    return _NAME.fullmatch(text) is not None


def digest_of(text: str) -> str:
    """Return under what a secret or token is kept (see ``store.models.services`` for why a plain SHA-256 is right here)."""
    return hashlib.sha256(text.encode()).hexdigest()


def _view(account: ServiceAccount, at: dt.datetime) -> ServiceView:
    good = () if account.ended_at else sorted(s.valid_until for s in account.secrets.all() if s.valid_until > at)
    calls = getattr(account, "calls", None)
    used = calls.in_day if calls is not None and calls.day == at.date() else 0
    return ServiceView(
        name=account.user.username, agency=account.agency.uscc, title=account.user.display_name, scopes=tuple(account.scopes),
        per_minute=account.per_minute, per_day=account.per_day, secrets=tuple(good), ended_at=account.ended_at,
        used_today=used,
    )  # fmt: skip


def _new_secret(account: ServiceAccount, at: dt.datetime, *, overlap_until: dt.datetime | None = None) -> NewSecret:
    secret = _SECRET + secrets.token_urlsafe(32)
    valid_until = at + SECRET_LIFE
    ServiceSecret.objects.create(account=account, digest=digest_of(secret), made_at=at, valid_until=valid_until)
    return NewSecret(account=account.user.username, secret=secret, valid_until=valid_until, overlap_until=overlap_until)


def _live(name: str) -> ServiceAccount:
    accounts = ServiceAccount.objects.select_related("user", "agency")
    account = accounts.filter(user__username=name, ended_at=None).first()
    if account is None:
        raise UnusableCall(_unknown(name))
    return account


def _target(account: ServiceAccount) -> Target:
    return Target(agency=account.agency.uscc, region=account.agency.region_code)


def _ensure_sound(wanted: Wanted) -> None:
    if not is_name(wanted.name):
        raise UnusableCall(_BAD_NAME)
    _ensure_scopes(wanted.scopes)
    if not 0 < wanted.per_minute <= wanted.per_day <= _MOST * 100:
        raise UnusableCall(_BAD_QUOTA)


def _ensure_scopes(scopes: Collection[str]) -> None:
    known = [scope.value for scope in Scope]
    for scope in scopes:
        if scope not in known:
            raise UnusableCall(_no_such_scope(scope, known))


def _no_such_scope(scope: str, known: list[str]) -> Explanation:
    return Explanation(
        Text(f"没有权限范围 {scope}", f"There is no scope {scope}"),
        Text("只能授予接口已有的权限范围", "only what the API knows can be given"),
        Text(f"可用：{'、'.join(known)}。", f"There are: {', '.join(known)}."),
    )


def _taken(name: str) -> Explanation:
    return Explanation(
        Text(f"名称 {name} 已被使用", f"The name {name} is taken"),
        Text("每个账号有自己的用户，用户名不能重复，账号结束后也不再使用", "each account has a user of its own, and a name is never given twice"),
        Text("请换一个名称。", "Choose another name."),
    )  # fmt: skip


def _unknown(name: str) -> Explanation:
    return Explanation(
        Text(f"没有服务账号 {name}", f"There is no service account {name}"),
        Text("账号不存在或已经结束", "it does not exist, or it has ended"),
        Text("请用 xinheng services list 查看。", "See xinheng services list."),
    )


_BAD_NAME = Explanation(
    Text("服务账号的名称不能使用", "The name of the service account cannot be used"),
    Text("应为 3 至 60 个小写字母、数字和连字符，以字母开头", "it must have 3 to 60 lower-case letters, digits and hyphens, a letter first"),
    Text("请更改名称，例如 nanjing-housing-system。", "Change it, for example to nanjing-housing-system."),
)  # fmt: skip
_BAD_QUOTA = Explanation(
    Text("限额不能使用", "The quotas cannot be used"),
    Text("每分钟限额须大于零且不超过每日限额", "a minute's must be above nought and no more than a day's"),
    Text("请更改 --per-minute 或 --per-day。", "Change --per-minute or --per-day."),
)
_OVERLAP = Explanation(
    Text("新旧密钥并存的天数不能使用", "The days of overlap cannot be used"),
    Text(f"应为 0 至 {LONGEST_OVERLAP} 天", f"they must be 0 to {LONGEST_OVERLAP}"),
    Text("请更改 --overlap-days。", "Change --overlap-days."),
)
