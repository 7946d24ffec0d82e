"""For which subjects somebody may act (选择主体): what the page of choice offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.access import Actor, Role
from xinheng.store.models import SubjectGrant


@dataclass(frozen=True, slots=True)
class Choice:
    """A subject for which somebody may act: as what, and up to which day (``None``: no end is set)."""

    code: str
    name: str
    role: Role
    until: dt.date | None


def subjects_of(actor: Actor, *, on: dt.date) -> tuple[Choice, ...]:
    """Return the subjects for which the actor holds a grant on the day, by name; none while the actor stands in for a colleague."""
    codes = {held.subject for held in actor.assignments if held.subject}
    held = SubjectGrant.objects.filter(user__username=actor.name, subject__uscc__in=codes).in_force(on)
    found = (
        Choice(
            one.subject.uscc,
            one.subject.name,
            Role(one.role),
            one.valid_until - dt.timedelta(days=1) if one.valid_until else None,
        )
        for one in held.select_related("subject")
    )
    return tuple(sorted(found, key=lambda one: (one.name, one.code)))
