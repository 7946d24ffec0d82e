"""Passwords (口令): shown, set, changed, and when they are due for a change."""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from xinheng.core.access.passwords import faults
from xinheng.core.access.sessions import Ended
from xinheng.core.access.sign_on import terms_on
from xinheng.core.errors import Explanation, Refused, Text, UnusableCall
from xinheng.store.models import PasswordSet, User
from xinheng.usecases.sign_on.events import Event, note
from xinheng.usecases.sign_on.sessions import end_others
from xinheng.usecases.sign_on.tries import TooSoon, begin_try, forgive


class WeakPassword(UnusableCall):
    """A new password is not good enough; ``facts["faults"]`` holds what it lacks, a ``Text`` each."""


def show_password(username: str, password: str, *, address: str, at: dt.datetime) -> str:
    """Return the name of the account whose password this is; raises ``Refused`` (or ``TooSoon``).

    The answer and the work are the same for a wrong password, an unknown name and a closed account.
    """
    try:
        tried = begin_try(name=username, address=address, at=at)
    except TooSoon as refusal:
        note(Event.PASSWORD, _known(username), at=at, about=f"address {address}", allowed=False, why=str(refusal))
        raise
    user = User.objects.filter(username=username, is_active=True).first()
    usable = user is not None and user.has_usable_password()
    right = check_password(password, user.password if user is not None and usable else _password_of_nobody())
    if user is None or not usable or not right:
        note(
            Event.PASSWORD,
            _known(username),
            at=at,
            about=f"address {address}",
            allowed=False,
            why="wrong name or password",
        )
        raise Refused(_WRONG)
    forgive(tried)
    note(Event.PASSWORD, user.username, at=at, about=f"address {address}")
    return user.username


def change_password(username: str, current: str, new: str, *, session_key: str, address: str, at: dt.datetime) -> None:
    """Set another password after the present one was shown; the user's other devices are signed out.

    Raises ``Refused`` where the present one is wrong, ``WeakPassword`` where the new one is not good enough.
    """
    show_password(username, current, address=address, at=at)
    with transaction.atomic():
        user = User.objects.select_for_update().get(username=username)
        set_password(user, new, at=at)
        end_others(username, session_key=session_key, at=at, why=Ended.PASSWORD_CHANGED)


def set_password(user: User, new: str, *, at: dt.datetime) -> None:
    """Set a password that is good enough and none of the last ones; raises ``WeakPassword``. Call it in a transaction."""
    terms = terms_on(at.date())
    lacking = faults(new, names=(user.username, user.display_name), characters=terms.password_characters)
    former = PasswordSet.objects.filter(user=user).order_by("-id")[: terms.passwords_remembered]
    if not lacking and any(check_password(new, one.encoded) for one in former):
        lacking = (_used_before(terms.passwords_remembered),)
    if lacking:
        raise WeakPassword(_weak(lacking), faults=lacking)
    user.password = make_password(new)
    user.save(update_fields=["password"])
    PasswordSet.objects.create(user=user, encoded=user.password, at=at)
    note(Event.SET_PASSWORD, user.username, at=at)


def password_is_due(username: str, *, at: dt.datetime) -> bool:
    """Tell whether the password of an account is too old to go on with; one of unknown age is."""
    last = PasswordSet.objects.filter(user__username=username).order_by("-id").first()
    return last is None or at - last.at >= terms_on(at.date()).password_life


def _known(username: str) -> str | None:
    return User.objects.filter(username=username).values_list("username", flat=True).first()


@cache
def _password_of_nobody() -> str:
    """Return an encoded password that no account has, made once: looking at it takes as long as looking at a real one."""
    return make_password("nobody has this password")


def _weak(lacking: tuple[Text, ...]) -> Explanation:
    return Explanation(
        Text("新密码不符合要求", "The new password is not good enough"),
        Text("；".join(one.zh for one in lacking), "; ".join(one.en for one in lacking)),
        Text("请换一个较长、他人难以猜到的密码。", "Choose a longer one that others cannot guess."),
    )


def _used_before(count: int) -> Text:
    return Text(f"不得与最近 {count} 次使用过的密码相同", f"it must not be one of your last {count}")


_WRONG = Explanation(
    Text("用户名或者密码不正确", "The name or the password is wrong"),
    Text("两者须与账号一致，密码区分大小写", "both must be those of an account; small and capital letters differ"),
    Text(
        "请重新输入；忘记密码的，请联系安全管理员。",
        "Type them again; if you forgot the password, ask the security administrator.",
    ),
)
