"""How a session ends (会话超时): not used for a while, or lasting too long however much it is used.

Basis: GB/T 22239-2019, 8.1.4.1 b).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from xinheng.core.access.sign_on import SignOnTerms
from xinheng.core.errors import Text

SEEN_EVERY = dt.timedelta(minutes=1)
"""How often it is written down that a session is used."""


class Ended(StrEnum):
    """Why a session ended."""

    SIGNED_OUT = "signed-out"
    ENDED_ELSEWHERE = "ended-elsewhere"  # from another device of the same user
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a reason
    IDLE = "idle"
    ABSOLUTE = "absolute"
    ACCOUNT_CLOSED = "account-closed"


WORDS = {
    Ended.SIGNED_OUT: Text("已退出", "signed out"),
    Ended.ENDED_ELSEWHERE: Text("已在其他设备上结束", "ended from another device"),
    Ended.PASSWORD_CHANGED: Text("密码已修改", "the password was changed"),
    Ended.IDLE: Text("长时间未操作", "not used for a while"),
    Ended.ABSOLUTE: Text("已达最长登录时间", "signed in for as long as is allowed"),
    Ended.ACCOUNT_CLOSED: Text("账号已停用", "the account was closed"),
}


def expired(
    *, signed_in_at: dt.datetime, last_seen_at: dt.datetime, at: dt.datetime, terms: SignOnTerms
) -> Ended | None:
    """Return why a session is over at a moment, or nothing while it lasts."""
    if at - signed_in_at >= terms.absolute:
        return Ended.ABSOLUTE
    return Ended.IDLE if at - last_seen_at >= terms.idle else None
