"""Compacting the lake, and saying how it stands against the ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from xinheng.core.access import Action, Actor, Target
from xinheng.lake import upkeep
from xinheng.store.queries.outbox import lag_after
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.lake import lake_here
from xinheng.usecases.lake.alone import COMPACTING, alone
from xinheng.usecases.lake.comparing import Difference, differences


@dataclass(frozen=True, slots=True)
class Standing:
    """How the lake stands: its measures, how many entries and rows it is behind, and (where asked) how it differs from the ledger."""

    measure: upkeep.Measure
    lag_entries: int
    lag_rows: int
    differences: tuple[Difference, ...] | None


def compact(*, actor: Actor, at: dt.datetime, retention: int = upkeep.RETENTION) -> upkeep.Compaction:
    """Compact the lake and delete what is older than ``retention`` hours and read by nobody."""
    ensure_allowed(actor, Action.MAINTAIN_LAKE, Target(), about="lake", at=at)
    with alone(COMPACTING):
        compaction = upkeep.compact(lake_here(), retention=retention)
    asked = {"do": "compact", "retention_hours": retention}
    with deed(actor, Action.MAINTAIN_LAKE, Target(), about="lake compact", asked=asked, at=at) as done:
        done.result = asdict(compaction)
    return compaction


def status(*, actor: Actor, at: dt.datetime, compare: bool = False) -> Standing:
    """Return how the lake stands; ``compare`` reads both sides whole. Raises ``Missing`` where there is none."""
    with deed(actor, Action.MAINTAIN_LAKE, Target(), about="lake status", asked={"do": "status"}, at=at) as done:
        measure = upkeep.measure(lake_here())
        entries, rows = lag_after(measure.position)
        done.result = {"position": measure.position, "lag_entries": entries, "lag_rows": rows}
    found = differences() if compare else None
    return Standing(measure, entries, rows, found)
