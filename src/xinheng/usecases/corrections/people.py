"""Who is who in a correction: what access is asked about one, whom somebody may stand in for, and who may approve."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from xinheng.core.access import Action, Actor, Role, Target, decide, reach
from xinheng.core.access.approval import approval_on
from xinheng.core.errors import Missing
from xinheng.store.models import Agency, Correction, Cover, RoleAssignment, User
from xinheng.usecases.corrections import words
from xinheng.usecases.deed import ensure_allowed, refused


def known(number: int, action: Action, *, actor: Actor, at: dt.datetime) -> Correction:
    """Return a request that the actor may know of; raises ``Missing`` for another's as for none, and logs the try.

    Who may do the ``action`` about no request at all is told so: raises ``Refused``.
    """
    if reach(actor, action).nothing:
        ensure_allowed(actor, action, Target(), about=f"correction {number}", at=at)
    held = Correction.objects.select_related("subject", "asked_by", "decided_by").filter(pk=number).first()
    if held is None:
        raise Missing(words.NONE, correction=number)
    decision = decide(actor, Action.VIEW_CORRECTIONS, target_of(held.agency))
    if not decision.allowed:
        refused(actor, Action.VIEW_CORRECTIONS, words.NONE, reasons=decision.reasons, about=about(held), at=at)
        raise Missing(words.NONE, correction=number)
    return held


def about(held: Correction) -> str:
    """Return how the log names a request."""
    return f"correction {held.pk} of subject {held.subject.uscc}"


def target_of(agency: str) -> Target:
    """Return what access is asked about for a record of an agency."""
    held = Agency.objects.filter(uscc=agency).first()
    return Target(agency=agency, region=held.region_code if held else "")


def to_decide(held: Correction, actor: Actor, at: dt.datetime) -> Target:
    """Return the same for approving a request: with those by whose authority it was asked for, and whom the actor may stand in for."""
    target = target_of(held.agency)
    asked_by = frozenset({held.asked_by.username, held.on_behalf_of, *held.covers_for} - {""})
    return Target(
        agency=target.agency, region=target.region, asked_by=asked_by, standing_in=frozenset(standing_in(actor, at))
    )


def standing_in(actor: Actor, at: dt.datetime) -> list[str]:
    """Return for whom an account may stand in at the moment, in whosever name it acts."""
    on = at.date()
    covers = Cover.objects.filter(deputy__username=actor.name, valid_from__lte=on, valid_until__gt=on)
    return sorted({*covers.values_list("principal__username", flat=True), actor.on_behalf_of} - {""})


def approvers_for(held: Correction, on: dt.date) -> tuple[User, ...]:
    """Return who is told that something waits: those of the agency who may approve, or the centre where the agency has nobody else."""
    roles = approval_on(on).approvers - {Role.CENTRE_OPERATOR}
    own = _holders(Q(role__in=roles, agency__uscc=held.agency), held, on)
    return own or _holders(Q(role=Role.CENTRE_OPERATOR.value, agency=None), held, on)


def managers_of(agencies: list[str], on: dt.date) -> tuple[User, ...]:
    """Return the managers of some agencies, who hear of what the agencies' systems were given."""
    return _holders(Q(role=Role.DEPARTMENT_MANAGER.value, agency__uscc__in=agencies), None, on)


def _holders(whom: Q, held: Correction | None, on: dt.date) -> tuple[User, ...]:
    in_force = Q(valid_until=None) | Q(valid_until__gt=on)
    assignments = RoleAssignment.objects.filter(whom, in_force, valid_from__lte=on, user__is_active=True)
    if held is not None:
        assignments = assignments.exclude(user_id=held.asked_by_id)
    return tuple(User.objects.filter(pk__in=assignments.values("user"), service=None).order_by("username"))
