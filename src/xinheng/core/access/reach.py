"""How far an actor reaches for an action: what a list is shortened to, so that nobody sees another's row.

A list asks ``decide`` with an empty target whether there may be a list at all, and this what stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.access.decision import ALLOWED, decide
from xinheng.core.access.roles import Action, Actor, Target


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything, or these agencies (by USCC) and all in these regions. The regions are as they are held; ask ``holds`` about one agency."""

    everything: bool
    agencies: frozenset[str]
    regions: frozenset[str]

    @property
    def nothing(self) -> bool:
        """Whether it extends to nobody."""
        return not (self.everything or self.agencies or self.regions)


def reach(actor: Actor, action: Action) -> Reach:
    """Return how far the actor reaches for the action; to nobody where no role allows it."""
    held = [one for one in actor.assignments if action in ALLOWED[one.role]]
    return Reach(
        any(not one.agency and not one.region for one in held),
        frozenset(one.agency for one in held if one.agency),
        frozenset(one.region for one in held if one.region and not one.agency),
    )


def is_reached(actor: Actor, action: Action, *, agency: str, region: str) -> bool:
    """Tell whether one agency's or region's row stands in the actor's list."""
    return bool(agency or region) and decide(actor, action, Target(agency=agency, region=region)).allowed
