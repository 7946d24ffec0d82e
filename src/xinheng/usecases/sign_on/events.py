"""What the audit log is told of signing in. A name that no account has is not written down: people type passwords into the wrong field."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from xinheng.core.access.roles import ANYONE
from xinheng.store.models import AuditEvent


class Event(StrEnum):
    """What happened, as the audit log names it."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    PASSWORD = "show-password"  # noqa: S105 - an event
    SECOND_FACTOR = "show-second-factor"
    RECOVERY_CODE = "use-recovery-code"
    SET_PASSWORD = "set-password"  # noqa: S105 - an event
    ENROL_SECOND_FACTOR = "enrol-second-factor"
    RENEW_RECOVERY_CODES = "renew-recovery-codes"
    ACTIVATE = "activate-account"
    END_DEVICE = "end-device"
    LINK_IDENTITY = "link-identity"
    UNLINK_IDENTITY = "unlink-identity"
    SHOW_IDENTITY = "show-identity"
    ACT_FOR = "act-for"  # a colleague, from now on in this session
    ACT_FOR_ONESELF = "act-for-oneself"  # again
    USE_ENDED_SESSION = "use-ended-session"
    FORGED_FORM = "send-forged-form"


def note(
    event: Event, username: str | None, *, at: dt.datetime, about: str = "", allowed: bool = True, why: str = ""
) -> None:
    """Write an event down; ``about`` is the address or the object, ``why`` the reason of a refusal."""
    AuditEvent.objects.create(
        at=at,
        actor=username or ANYONE.name,
        action=event.value,
        target=(about or "own account")[:200],
        allowed=allowed,
        reasons=[why] if why else [],
    )
