"""What the pages of accounts, agencies and service accounts have in common: how a role is told, how an agency is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xinheng.core.access import Action, Actor, Role
from xinheng.core.access.tree import place_on
from xinheng.core.errors import Text
from xinheng.usecases.accounts.views import RoleView
from xinheng.usecases.places import zones_added
from xinheng.usecases.reach import agencies_within, rows_within
from xinheng.web.fields import NOTHING, FormField
from xinheng.web.today import today

MOST_CHOICES = 80
"""Agencies up to which one is chosen from a list; where there are more its code is typed."""
_PROVINCE = Text("全省", "the province")


def role_words(role: str) -> Text:
    """Return what a role is called."""
    label = Role(role).label
    return Text(label.zh, label.en[:1].upper() + label.en[1:])


def region_words(code: str) -> Text:
    """Return a region in words with its code."""
    place = place_on(code, today(), zones=zones_added())
    return Text(f"{place.name}（{code}）", f"{place.name} ({code})") if place else Text(code, code)


def held_for(held: RoleView, agencies: Mapping[str, str]) -> Text:
    """Return for whom a role is held."""
    if held.agency:
        name = agencies.get(held.agency, held.agency)
        return Text(name, name)
    return region_words(held.region) if held.region else _PROVINCE


def told_roles(roles: Iterable[RoleView], agencies: Mapping[str, str]) -> Text:
    """Return the roles of an account as one text."""
    said = [(role_words(held.role), held_for(held, agencies)) for held in roles]
    zh = "；".join(f"{role.zh}（{of.zh}）" if of.zh[-1:] != "）" else f"{role.zh}，{of.zh}" for role, of in said)
    return Text(zh, "; ".join(f"{role.en}, {of.en}" for role, of in said))


def agency_field(
    name: str, actor: Actor, *, title: Text, value: str = "", hint: Text = NOTHING, errors: tuple[Text, ...] = ()
) -> FormField:
    """Return the field in which an agency is named: a choice among those for which the actor gives roles, or its code where they are many."""
    if len(rows_within(actor, Action.ASSIGN_ROLE)) > MOST_CHOICES:
        return FormField(name=name, title=title, value=value, hint=hint if hint.zh else _CODE, errors=errors, length=18)
    choices = tuple((one.uscc, Text(one.name, one.name)) for one in agencies_within(actor, Action.ASSIGN_ROLE))
    return FormField(name=name, title=title, kind="choice", value=value, choices=choices, hint=hint, errors=errors)


_CODE = Text("18 位统一社会信用代码", "The 18 characters of its unified social credit identifier")
