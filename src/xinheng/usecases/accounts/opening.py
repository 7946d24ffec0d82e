"""Accounts are made, one or a whole sheet, and closed; a closed account acts nowhere and keeps its name and its deeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Text, UnusableCall
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Cover, User
from xinheng.usecases.accounts.people import account_named, check_name, ensure_reaches, locked, open_assignments, stated
from xinheng.usecases.accounts.roles import Wanted, check_wanted, give, role_named, target_of_wanted
from xinheng.usecases.accounts.secrets import end_secrets
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.sheets import FIRST_ROW, sheet_rows, wrong_row

SHEET: dict[str, tuple[str, ...]] = {
    "name": ("账号", "账号名"),
    "display_name": ("姓名",),
    "role": ("角色",),
    "agency": ("单位代码", "统一社会信用代码"),
    "region": ("地区", "行政区划代码"),
}
"""The columns of a sheet of accounts with their Chinese headings; one row is one account with one role."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An account that somebody wants: its name, the person's name, and the role with which it begins, if any."""

    name: str
    display_name: str
    role: Wanted | None = None


def add_account(entry: Entry, *, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Make an account, its role from the day on. It signs in nowhere until it has a password. Raises ``UnusableCall`` or ``Refused``.

    One without a role may do nothing: the system administrator makes it, the security administrator gives it one.
    """
    target = ensure_may_add(entry, actor, at)
    check_name(entry.name)
    if entry.role:
        check_wanted(entry.role, today=at.date(), on=on)
    asked = {"account": entry.name, **(entry.role.asked() if entry.role else {}), "from": on.isoformat()}
    with deed(actor, Action.MANAGE_ACCOUNTS, target, about=f"account {entry.name}", asked=asked, at=at) as done:
        user = User(username=entry.name, display_name=mask(entry.display_name.strip()))
        user.set_unusable_password()
        user.save()
        if entry.role:
            give(user, entry.role, on)
        done.result = {"account": entry.name}


def load_accounts(rows: Iterable[Mapping[str, str]], *, actor: Actor, at: dt.datetime, on: dt.date) -> int:
    """Make all accounts of a sheet, each with its role; returns how many. All or none: raises ``UnusableFile`` that names the row."""
    numbered = list(enumerate(rows, start=FIRST_ROW))
    entries: list[tuple[int, Entry]] = []
    for number, row in numbered:  # asked before anything begins, so that a refusal stays in the log
        with _naming(number):
            entries.append((number, entry_of(row)))
            ensure_may_add(entries[-1][1], actor, at)
    with transaction.atomic():
        for number, entry in entries:
            with _naming(number):
                add_account(entry, actor=actor, at=at, on=on)
    return len(entries)


def account_rows(content: BinaryIO, *, name: str, size: int) -> list[dict[str, str]]:
    """Return the rows of a sheet of accounts as ``load_accounts`` takes them; raises ``UnusableFile``."""
    return sheet_rows(content, name=name, size=size, columns=SHEET, needed=frozenset({"name", "display_name"}))


def close_account(name: str, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Close an account: from now on it acts nowhere, its roles, stand-ins and secrets end. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    user, reason = account_named(name), stated(reason)
    target = ensure_reaches(actor, Action.MANAGE_ACCOUNTS, user, at=at, on=on)
    asked = {"account": name, "reason": reason}
    with deed(actor, Action.MANAGE_ACCOUNTS, target, about=f"account {name}", asked=asked, at=at) as done:
        locked(user)
        for held in open_assignments(user, on):
            held.valid_until = max(on, held.valid_from)
            held.save(update_fields=["valid_until"])
        for cover in Cover.objects.filter(valid_until__gt=on).filter(Q(principal=user) | Q(deputy=user)):
            cover.valid_until = max(on, cover.valid_from)
            cover.save(update_fields=["valid_until"])
        end_secrets(user, at)
        user.is_active, user.closed_at = False, at
        user.save(update_fields=["is_active", "closed_at"])
        done.result = {"closed": name}


def ensure_may_add(entry: Entry, actor: Actor, at: dt.datetime) -> Target:
    """Raise ``Refused`` unless the actor may make accounts where the role is held, and may give the role; returns what was asked about."""
    about = f"account {mask(entry.name)}"
    target = target_of_wanted(entry.role, entry.name) if entry.role else Target(person=entry.name)
    ensure_allowed(actor, Action.MANAGE_ACCOUNTS, target, about=about, at=at)
    if entry.role:
        ensure_allowed(actor, Action.ASSIGN_ROLE, target, about=about, at=at)
    return target


def entry_of(row: Mapping[str, str]) -> Entry:
    """Return what a row of a sheet asks for; without a role it is an account that may do nothing yet. Raises ``UnusableCall``."""
    said = row.get("role", "")
    role = Wanted(role_named(said), row.get("agency", ""), row.get("region", "")) if said else None
    return Entry(row["name"], row["display_name"], role)


@contextmanager
def _naming(row: int) -> Iterator[None]:
    try:
        yield
    except UnusableCall as wrong:
        what, why = wrong.explanation.what, wrong.explanation.why
        raise wrong_row(row, Text(f"{what.zh}：{why.zh}", f"{what.en}: {why.en}")) from wrong
