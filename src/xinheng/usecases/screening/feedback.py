"""Feedback (结果反馈): what the agency that asked did with a row; appended, the last one counts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from xinheng.core.access import Action, Actor
from xinheng.core.errors import Missing, UnusableCall
from xinheng.core.screening.feedback import Feedback
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import ScreeningFeedback
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.screening.viewing import screening_within, target_of
from xinheng.usecases.screening.words import NO_FEEDBACK, NO_ROW, NO_WHY
from xinheng.usecases.users import user_named


def give_feedback(
    number: int, *, kind: str, actor: Actor, at: dt.datetime, why: str = "", row: int | None = None
) -> str:
    """Say what was done with a row of a screening (a check has one); ``kind`` is seen, acted or not-acted, the last with its reason.

    Returns the number of the receipt. Raises ``Missing`` for what is not within reach, ``Refused``, or ``UnusableCall``.
    """
    kept = screening_within(number, actor, at=at)
    about = f"feedback on screening {number}"
    ensure_allowed(actor, Action.SCREEN, target_of(kept), about=about, at=at)
    if kind not in list(Feedback):
        raise UnusableCall(NO_FEEDBACK)
    why = mask(why.strip())
    if not Feedback(kind).is_sound(why):
        raise UnusableCall(NO_WHY)
    rows = kept.lines.all() if row is None and kept.kind == "check" else kept.lines.filter(number=row or 0)
    held = rows.first()
    if held is None:
        raise Missing(NO_ROW)
    asked = {"screening": number, "row": held.number, "feedback": kind, "why": why}
    with transaction.atomic():
        with deed(actor, Action.SCREEN, target_of(kept), about=about, asked=asked, at=at) as done:
            done.result = {"screening": number, "row": held.number, "feedback": kind}
        ScreeningFeedback.objects.create(
            row=held, kind=kind, why=why, at=at, by=user_named(actor.name), receipt=done.receipt
        )
    return str(done.receipt.pk) if done.receipt else ""
