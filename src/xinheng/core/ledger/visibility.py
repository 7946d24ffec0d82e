"""Visibility (可见): whether a record is public on a day, and whether an official may still see it. Predicates on dates, at reading time.

Basis: design principles 3 and 6; publication ends by itself; what has ended comes back for nobody but those whom the law names. Retention by
the catalogue item (five years from the end of the conduct where the province's own number is not verified [K]).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text
from xinheng.core.standards.periods import add_years


class State(StrEnum):
    """Where a record stands on a day."""

    PUBLIC = "public"
    NOT_YET = "not-yet"
    UNPUBLISHED = "unpublished"  # never for the public, e.g. a minor penalty; officials see it until retention ends
    ENDED = "ended"  # publication over, or retention over
    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"
    DETACHED = "detached"  # a person judged that it is not this subject's (core.subjects.judgement)
    STOPPED = "stopped"  # would be public, and is hidden by an emergency stop (core.ledger.stops)

    @property
    def label(self) -> Text:
        """Return the state in words."""
        return _LABELS[self]


_LABELS = {
    State.PUBLIC: Text("公示中", "published"),
    State.NOT_YET: Text("尚未公示", "not published yet"),
    State.UNPUBLISHED: Text("不公示", "not for publication"),
    State.ENDED: Text("公示期满", "publication over"),
    State.WITHDRAWN: Text("已撤回", "withdrawn"),
    State.REPAIRED: Text("已修复", "repaired"),
    State.DETACHED: Text("已判定不属于本主体", "judged not to be this subject's"),
    State.STOPPED: Text("暂停公示", "publication suspended"),
}
ENDED = frozenset({State.ENDED, State.WITHDRAWN, State.REPAIRED, State.DETACHED})


@dataclass(frozen=True, slots=True)
class Terms:
    """The days that decide: publication as computed by law, decision, withdrawal, repair, detachment; and whether a stop hides the record now."""

    published: bool
    first_day: dt.date | None
    last_day: dt.date | None
    decided_on: dt.date
    withdrawn_on: dt.date | None
    repaired_on: dt.date | None = None
    stopped: bool = False
    detached_on: dt.date | None = None


def state_on(terms: Terms, day: dt.date, *, retention_years: int) -> State:
    """Return where a record stands on ``day``."""
    if terms.detached_on is not None and terms.detached_on <= day:
        return State.DETACHED
    if terms.withdrawn_on is not None and terms.withdrawn_on <= day:
        return State.WITHDRAWN
    if terms.repaired_on is not None and terms.repaired_on <= day:
        return State.REPAIRED
    if not terms.published or terms.first_day is None or terms.last_day is None:
        return State.UNPUBLISHED if day < add_years(terms.decided_on, retention_years) else State.ENDED
    if day < terms.first_day:
        return State.NOT_YET
    if day > terms.last_day:
        return State.ENDED
    return State.STOPPED if terms.stopped else State.PUBLIC
