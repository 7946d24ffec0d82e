"""Activation letters (激活函): a printed code, by post, for whoever has no password yet or lost theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Target
from xinheng.core.access.one_time_codes import code_digest, spelled
from xinheng.core.access.sign_on import terms_on
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.store.models import Activation, User
from xinheng.usecases.accounts.people import ensure_reaches
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.sign_on.second_factor import new_code


@dataclass(frozen=True, slots=True)
class Letter:
    """What is printed: whom it is for, the code (kept nowhere), and until when it is good."""

    username: str
    name: str
    code: str
    valid_until: dt.datetime


def issue_letter(username: str, *, actor: Actor, at: dt.datetime) -> Letter:
    """Return a letter for an account all of whose roles the actor reaches; an earlier one that was not used is void. Raises ``Refused``, ``Missing``."""
    about = f"account {username}"
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        ensure_allowed(actor, Action.ISSUE_LETTER, Target(), about=about, at=at)
        raise Missing(_NO_ACCOUNT)
    target = ensure_reaches(actor, Action.ISSUE_LETTER, user, at=at, on=at.date())
    code, valid_until = new_code(), at + terms_on(at.date()).letter
    with deed(actor, Action.ISSUE_LETTER, target, about=about, asked={"account": username}, at=at) as done:
        Activation.objects.filter(user=user, used_at=None, voided_at=None).update(voided_at=at)
        Activation.objects.create(user=user, digest=code_digest(code), made_at=at, valid_until=valid_until)
        done.result = {"valid_until": valid_until.isoformat()}
    return Letter(username, user.display_name or username, spelled(code), valid_until)


def ensure_may_issue(usernames: Iterable[str], *, actor: Actor, at: dt.datetime) -> None:
    """Raise ``Refused`` unless each of the accounts may be given a letter: asked before the first of many is made, for a code is shown once."""
    for user in User.objects.filter(username__in=list(usernames)):
        ensure_reaches(actor, Action.ISSUE_LETTER, user, at=at, on=at.date())


_NO_ACCOUNT = Explanation(
    Text("没有这个账号", "There is no such account"),
    Text("激活函只为已开通的账号签发", "a letter is for an account that is open"),
    Text("请核对用户名。", "Compare the user name."),
)
