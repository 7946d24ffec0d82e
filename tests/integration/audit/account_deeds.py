"""What is done with accounts, as the tests of every deed do it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from xinheng.core.access import Actor, Assignment, Role
from xinheng.usecases.accounts.roles import Wanted

from ..office import Office
from ..sheets import TODAY

AT = Office.at(TODAY)


def account(office: Office, actor: Actor) -> Any:
    """Make an account."""
    from xinheng.usecases.accounts.opening import Entry, add_account

    wanted = Wanted(Role.DATA_CLERK, office.province.other_agency)
    return add_account(Entry("li", "测试员", wanted), actor=actor, at=AT, on=TODAY)


def accounts(office: Office, actor: Actor) -> Any:
    """List the accounts."""
    from xinheng.usecases.accounts.views import list_accounts

    return list_accounts(actor=actor, at=AT, on=TODAY)


def assign(office: Office, actor: Actor) -> Any:
    """Give a colleague a role."""
    from xinheng.usecases.accounts.roles import assign_role

    wanted = Wanted(Role.DATA_CLERK, office.province.agency)
    return assign_role("colleague", wanted, actor=actor, at=AT, on=TODAY)


def delegate(office: Office, actor: Actor) -> Any:
    """Have a colleague stand in."""
    from xinheng.usecases.accounts.standing_in import cover

    return cover(actor.name, "colleague", since=TODAY, until=dt.date(2099, 1, 1), reason="休假", actor=actor, at=AT)


def secret(office: Office, actor: Actor) -> Any:
    """Issue a colleague a one-time secret."""
    from xinheng.usecases.accounts.secrets import issue_secret

    security = (Assignment(Role.SECURITY_ADMINISTRATOR),)
    actor = replace(actor, assignments=security) if actor.assignments else actor  # the operator may not
    return issue_secret("colleague", actor=actor, at=AT, on=TODAY)


def link(office: Office, actor: Actor) -> Any:
    """Link a colleague's identity."""
    from xinheng.usecases.sign_on.linking import link_for

    security = (Assignment(Role.SECURITY_ADMINISTRATOR),)
    actor = replace(actor, assignments=security) if actor.assignments else actor  # the operator may not
    issuer = "https://made-up.invalid"
    return link_for("colleague", issuer, "made-up", reason="窗口核验", actor=actor, at=AT, on=TODAY)


def one_account(office: Office, actor: Actor) -> Any:
    """Look at a colleague's account."""
    from xinheng.usecases.accounts.account import view_account

    return view_account("colleague", actor=actor, at=AT, on=TODAY)


def directory(office: Office, actor: Actor) -> Any:
    """List a page of accounts."""
    from xinheng.usecases.accounts.directory import page_of_accounts
    from xinheng.usecases.intake.listing import Wanted as Part

    return page_of_accounts(Part(filters={}), actor=actor, at=AT, on=TODAY)


def one_agency(office: Office, actor: Actor) -> Any:
    """Look at an agency."""
    from xinheng.usecases.agency_details import view_agency

    return view_agency(office.province.agency, actor=actor, at=AT, on=TODAY)


def with_a_colleague(office: Office) -> Office:
    """Make two more accounts, of which one does the operator's work as well."""
    from xinheng.store.models import RoleAssignment, User

    User.objects.create(username="nobody")
    colleague = User.objects.create(username="colleague")
    RoleAssignment.objects.create(user=colleague, role=Role.CENTRE_OPERATOR.value, valid_from=dt.date(2026, 1, 1))
    return office
