"""Clearing (清理登录痕迹): what signing in left behind goes when it is over for as long as ``core.access.traces`` says. Events of the audit log stay.

A clearing is one transaction with a receipt that says how many of each went; running it again clears nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from xinheng.core.access import Action, Actor, Target
from xinheng.core.access.sign_on import terms_on
from xinheng.core.access.traces import Trace, kept
from xinheng.store.models import Activation, FailedTries, OneTimeSecret, PasswordSet, RecoveryCode, ServiceToken, SignIn
from xinheng.usecases.deed import deed

FAILED_TRIES, FORMER_PASSWORDS = "failed-tries", "former-passwords"
"""Cleared by the terms of signing in: failures that are forgotten, and passwords before the last ones that may not come back."""


def clear_sign_on(*, actor: Actor, at: dt.datetime) -> Counter[str]:
    """Clear what is kept no more; returns how many of each kind went. Raises ``Refused``."""
    with deed(actor, Action.RUN_RETENTION, Target(), about="traces of signing in", asked={}, at=at) as done:
        gone = Counter({kind: rows.delete()[0] for kind, rows in _over(at).items()})
        done.facts = {"days": {trace.value: held.time.days for trace, held in kept().items()}}
        done.result = dict(gone)
    return gone


def _over(at: dt.datetime) -> Mapping[str, QuerySet[Any]]:
    before = {trace: at - held.time for trace, held in kept().items()}
    terms = terms_on(at.date())
    sign_ins, secrets = before[Trace.SIGN_IN], before[Trace.ONE_TIME_SECRET]
    letters = before[Trace.ACTIVATION_LETTER]
    return {
        Trace.SESSION: Session.objects.filter(expire_date__lt=before[Trace.SESSION]),
        Trace.SIGN_IN: SignIn.objects.filter(
            Q(ended_at__lt=sign_ins) | Q(ended_at=None, last_seen_at__lt=sign_ins - terms.absolute)
        ),
        Trace.ONE_TIME_SECRET: OneTimeSecret.objects.filter(Q(used_at__lt=secrets) | Q(valid_until__lt=secrets)),
        Trace.ACTIVATION_LETTER: Activation.objects.filter(
            Q(used_at__lt=letters) | Q(voided_at__lt=letters) | Q(valid_until__lt=letters)
        ),
        Trace.RECOVERY_CODE: RecoveryCode.objects.filter(used_at__lt=before[Trace.RECOVERY_CODE]),
        Trace.SERVICE_TOKEN: ServiceToken.objects.filter(expires_at__lt=before[Trace.SERVICE_TOKEN]),
        FAILED_TRIES: FailedTries.objects.filter(last_at__lt=at - terms.failures_forgotten),
        FORMER_PASSWORDS: PasswordSet.objects.filter(pk__in=_former(terms.passwords_remembered)),
    }


def _former(remembered: int) -> list[int]:
    """Return the passwords before the last ones of each user."""
    newest_first = Window(RowNumber(), partition_by=F("user"), order_by=F("id").desc())
    return list(
        PasswordSet.objects.annotate(place=newest_first).filter(place__gt=remembered).values_list("pk", flat=True)
    )
