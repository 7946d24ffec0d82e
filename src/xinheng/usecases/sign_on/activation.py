"""Activation (激活): the first password of an account is set with a code that was handed to its owner; none has a password from the start."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from xinheng.core.access.one_time_codes import code_digest
from xinheng.core.access.sessions import Ended
from xinheng.core.errors import Explanation, Refused, Text
from xinheng.store.models import Activation, OneTimeSecret, User
from xinheng.usecases.accounts.secrets import FIRST_PASSWORD, digest_of
from xinheng.usecases.sign_on.events import Event, note
from xinheng.usecases.sign_on.passwords import WeakPassword, set_password
from xinheng.usecases.sign_on.second_factor import forget_second_factor
from xinheng.usecases.sign_on.sessions import end_others
from xinheng.usecases.sign_on.tries import TooSoon, begin_try, forgive


def activate(username: str, secret: str, new_password: str, *, address: str, at: dt.datetime) -> str:
    """Set the password of an account with a one-time secret; returns its name.

    The account starts over: its former second factor and its sessions end. Raises ``Refused`` where the secret is wrong, used or too old (the same
    for an unknown name), ``TooSoon`` where one has to wait, ``WeakPassword`` where the password is not good enough; then the secret stays good.
    """
    try:
        tried = begin_try(name=username, address=address, at=at)
    except TooSoon as refusal:
        note(Event.ACTIVATE, _known(username), at=at, about=f"address {address}", allowed=False, why=str(refusal))
        raise
    try:
        activated = _set_first_password(username, secret, new_password, at=at)
    except WeakPassword:
        forgive(tried)  # the secret was right
        raise
    about = f"address {address}"
    if not activated:
        note(Event.ACTIVATE, _known(username), at=at, about=about, allowed=False, why="wrong, used or old code")
        raise Refused(_WRONG)
    forgive(tried)
    note(Event.ACTIVATE, username, at=at, about=about)
    return username


def _set_first_password(username: str, secret: str, new_password: str, *, at: dt.datetime) -> bool:
    """Use a secret up and set the password, all or nothing; tells whether the secret was good."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(username=username, is_active=True).first()
        found = _good_secret(user, secret, at) if user is not None else None
        if user is None or found is None:
            return False
        set_password(user, new_password, at=at)
        _use(found, at)
        forget_second_factor(user)
        end_others(username, session_key="", at=at, why=Ended.PASSWORD_CHANGED)
    return True


def _good_secret(user: User, secret: str, at: dt.datetime) -> Activation | OneTimeSecret | None:
    """Look a secret up: the code of a letter, or one that the security administrator handed over."""
    of_letter = Activation.objects.select_for_update().filter(
        user=user, digest=code_digest(secret), used_at=None, voided_at=None, valid_until__gt=at
    )
    handed_over = OneTimeSecret.objects.select_for_update().filter(
        user=user, purpose=FIRST_PASSWORD, digest=digest_of(secret), used_at=None, valid_until__gt=at
    )
    return of_letter.first() or handed_over.first()


def _use(secret: Activation | OneTimeSecret, at: dt.datetime) -> None:
    secret.used_at = at
    secret.save(update_fields=["used_at"])


def _known(username: str) -> str | None:
    return User.objects.filter(username=username).values_list("username", flat=True).first()


_WRONG = Explanation(
    Text("用户名或者激活码不正确", "The name or the activation code is wrong"),
    Text("激活码只能使用一次，并有有效期", "a code is good for once, and not for ever"),
    Text(
        "请核对激活函；已过期的，请联系安全管理员重新寄送。",
        "Compare it with the letter; if it is too old, ask the security administrator for another.",
    ),
)
