"""Roles are given for an agency, a region or the province, from one day to another; to others only, and never so that what is apart comes together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Role, Target
from xinheng.core.access.roles import HELD_FOR, HeldFor
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.store.models import RoleAssignment, User
from xinheng.usecases.accounts.people import account_named, ensure_apart, locked, open_assignments
from xinheng.usecases.agencies import agency_named
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.places import place_named


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role that somebody is to hold: for an agency (USCC), for a region, or for the province; until a day, which is no longer part of it."""

    role: Role
    agency: str = ""
    region: str = ""
    until: dt.date | None = None

    def asked(self) -> dict[str, str]:
        """Return it as a receipt says it."""
        said = {"role": self.role.value, "agency": self.agency, "region": self.region}
        said["until"] = self.until.isoformat() if self.until else ""
        return {name: text for name, text in said.items() if text}


def assign_role(name: str, wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Give an account a role from the day on; one that it holds already gets the last day that is wanted. Raises ``UnusableCall`` or ``Refused``."""
    target = target_of_wanted(wanted, name)
    ensure_allowed(actor, Action.ASSIGN_ROLE, target, about=f"account {name}", at=at)
    user = account_named(name)
    check_wanted(wanted, today=at.date(), on=on)
    asked = {"account": name, **wanted.asked(), "from": on.isoformat()}
    with deed(actor, Action.ASSIGN_ROLE, target, about=f"account {name}", asked=asked, at=at) as done:
        locked(user)
        done.result = {"role": give(user, wanted, on)}


def end_role(name: str, wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """End a role that an account holds, from the day on. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    target = target_of_wanted(wanted, name)
    ensure_allowed(actor, Action.ASSIGN_ROLE, target, about=f"account {name}", at=at)
    user = account_named(name)
    asked = {"account": name, **wanted.asked(), "end": on.isoformat()}
    with deed(actor, Action.ASSIGN_ROLE, target, about=f"account {name}", asked=asked, at=at) as done:
        locked(user)
        held = _held(user, wanted, on)
        if held is None:
            raise UnusableCall(_not_held(name, wanted.role))
        held.valid_until = max(on, held.valid_from)
        held.save(update_fields=["valid_until"])
        done.result = {"ended": held.pk}


def give(user: User, wanted: Wanted, on: dt.date) -> int:
    """Write a role that was checked and allowed; returns the number of the assignment. Raises ``UnusableCall`` where it must stay apart."""
    held = _held(user, wanted, on)
    if held is not None:
        held.valid_from, held.valid_until = min(on, held.valid_from), wanted.until
        held.save(update_fields=["valid_from", "valid_until"])
        return held.pk
    ensure_apart(user, (wanted.role,), on)
    agency = agency_named(wanted.agency) if wanted.agency else None
    made = RoleAssignment.objects.create(
        user=user, role=wanted.role.value, agency=agency, region_code=wanted.region, valid_from=on, valid_until=wanted.until
    )  # fmt: skip
    return made.pk


def check_wanted(wanted: Wanted, *, today: dt.date, on: dt.date) -> None:
    """Raise ``UnusableCall`` where the role is not held for such an agency or region, or ends before it begins."""
    kind = HELD_FOR[wanted.role]
    fits = {
        HeldFor.AGENCY: bool(wanted.agency) and not wanted.region,
        HeldFor.REGION: bool(wanted.region) and not wanted.agency,
        HeldFor.PROVINCE: not wanted.agency and not wanted.region,
        HeldFor.PROVINCE_OR_REGION: not wanted.agency,
    }
    if not fits[kind]:
        raise UnusableCall(_not_so(wanted.role, kind))
    if wanted.region:
        place_named(wanted.region, on=today)
    if wanted.until and wanted.until <= on:
        raise UnusableCall(_OVER)


def target_of_wanted(wanted: Wanted, person: str) -> Target:
    """Return what access is asked about; raises ``UnusableCall`` where the agency is not known."""
    agency = agency_named(wanted.agency) if wanted.agency else None
    region = agency.region_code if agency else wanted.region
    return Target(agency=wanted.agency, region=region, person=person, role=wanted.role)


def role_named(said: str) -> Role:
    """Return the role with the code or the label; raises ``UnusableCall`` for one that nobody is given."""
    for role in HELD_FOR:
        if said.strip() in (role.value, role.label.zh, role.label.en):
            return role
    known = "、".join(f"{role.value}（{role.label.zh}）" for role in HELD_FOR)
    raise UnusableCall(
        Explanation(
            Text(f"没有角色 {said}", f"There is no role {said}"),
            Text("角色须用规定的代码或名称", "a role is given by its code or label"),
            Text(f"可用：{known}", f"Roles: {', '.join(HELD_FOR)}"),
        )
    )


def _held(user: User, wanted: Wanted, on: dt.date) -> RoleAssignment | None:
    """Return the same role, held on the day or later."""
    same = open_assignments(user, on).filter(role=wanted.role.value, region_code=wanted.region)
    return (same.filter(agency__uscc=wanted.agency) if wanted.agency else same.filter(agency=None)).first()


def _not_so(role: Role, kind: HeldFor) -> Explanation:
    zh, en = _FOR[kind]
    return Explanation(
        Text(f"{role.label.zh}的范围不正确", f"The role of {role.label.en} is not held so"),
        Text(f"{role.label.zh}{zh}", f"it is held {en}"),
        Text("请指明单位或者地区。", "Say for which agency or region."),
    )


def _not_held(name: str, role: Role) -> Explanation:
    return Explanation(
        Text(f"账号 {name} 没有该角色", f"{name} does not hold the role"),
        Text(f"没有在用的{role.label.zh}角色", f"no role of {role.label.en} is held there"),
        Text("请在账号中核对角色。", "See the roles of the account."),
    )


_FOR = {
    HeldFor.AGENCY: ("须属于一个单位", "for one agency, and no region"),
    HeldFor.REGION: ("须属于一个地区", "for one region, and no agency"),
    HeldFor.PROVINCE: ("属于全省", "for the province: neither agency nor region"),
    HeldFor.PROVINCE_OR_REGION: ("属于全省或一个地区", "for the province or for one region, and no agency"),
}
_OVER = Explanation(
    Text("终止日期不正确", "The last day is wrong"),
    Text("终止日期须晚于起始日期", "it comes after the first"),
    Text("请更正日期。", "Mend the day."),
)
