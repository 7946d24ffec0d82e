"""For whom somebody may screen (办理单位): what a form offers before anything is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Target, reach
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.reach import Reached, agencies_within


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The agencies for which an account may screen, by name, and whether it may for the ``centre`` itself."""

    agencies: tuple[Reached, ...]
    centre: bool

    @property
    def only_one(self) -> bool:
        """Whether there is nothing to choose."""
        return not self.centre and len(self.agencies) == 1


def may_screen(actor: Actor) -> bool:
    """Tell whether an account may screen for anybody at all, so that it is shown the way."""
    return not reach(actor, Action.SCREEN).nothing


def asked_for(actor: Actor, *, at: dt.datetime) -> AskedFor:
    """Return for whom an account may screen; raises ``Refused`` for one that may for nobody."""
    far = reach(actor, Action.SCREEN)
    if far.nothing:
        ensure_allowed(actor, Action.SCREEN, Target(), about="screening", at=at)
    return AskedFor(agencies_within(actor, Action.SCREEN), far.everything)
