"""Rebuilding (重建): new tables beside the old ones, brought up to the ledger, then switched; whoever reads the old ones is not disturbed."""

from __future__ import annotations

import datetime as dt

from xinheng.core.access import Action, Actor, Target
from xinheng.core.ledger.columns import record_schema
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.lake import lake_here
from xinheng.usecases.lake.alone import PROJECTING, alone
from xinheng.usecases.lake.project import Projected, advance, items, note


def rebuild(*, actor: Actor, at: dt.datetime) -> Projected:
    """Build the lake anew from the ledger; raises ``Unavailable`` where another process is at it (then the old one stays)."""
    lake = lake_here()
    ensure_allowed(actor, Action.MAINTAIN_LAKE, Target(), about="lake", at=at)
    with alone(PROJECTING):
        made = lake.begin(record_schema(items()))
        projected = advance(made)
        lake.switch(made)
    note(actor, "rebuild", projected, at=at)
    return projected
