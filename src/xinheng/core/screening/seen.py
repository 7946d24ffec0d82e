"""What a screening sees of the ledger (所见): records and feeds as plain facts, and whether a record counts in a matter on a day.

Basis: design principles 3 (an effect without a last day is re-confirmed by its source every 30 days or it stops), 4 and 6 (what has expired, was repaired,
withdrawn or detached comes back for nobody; what is stopped is told and is no finding).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.catalogue.item import Effect
from xinheng.core.errors import Text
from xinheng.core.ledger.visibility import ENDED, State
from xinheng.core.screening.matters import Look, ScreeningMatter
from xinheng.core.standards.periods import add_years

CONFIRMED_WITHIN = dt.timedelta(days=30)
"""For how long an effect without a last day stands without a word of its source (design principle 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A record of the ledger, as a screening needs it.

    ``list_code`` is that of its list, where the item has lists or is one (``is_list``); ``until`` the last day, where one is known; ``ended_on`` the first day
    after a removal or fulfilment. ``confirmed_on`` is when its source last said so; ``state`` where it stands; ``stopped`` why its publication rests.
    """

    item: str
    title: Text
    effect: Effect
    key: str
    revision: int
    since: dt.date
    state: State
    number: str = ""
    authority: str = ""
    source: str = ""
    basis: str = ""
    says: Text | None = None
    is_list: bool = False
    list_code: str = ""
    list_title: Text | None = None
    until: dt.date | None = None
    ended_on: dt.date | None = None
    confirmed_on: dt.date | None = None
    stopped: Text | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Until which day an item has come in (``until``; never: nothing), by a file or, with ``zero``, by a zero report.

    ``shown`` is false where the openness of the item does not admit the matter: then nothing of it was looked at. ``stopped`` says why an item rests.
    """

    item: str
    title: Text
    until: dt.date | None
    zero: bool = False
    shown: bool = True
    stopped: Text | None = None

    @property
    def covered(self) -> bool:
        """Whether a clear may rest on it."""
        return self.shown and self.until is not None and self.stopped is None


LISTS = frozenset({"serious-dishonesty-listing", "abnormal-operations"})
"""The items of the catalogue whose records are entries in a list."""


class Standing(StrEnum):
    """What a record is in a matter on a day."""

    FINDING = "finding"
    BESIDE = "beside"  # neutral or favourable: told, and no finding
    SUSPENDED = "suspended"  # its publication rests: a person looks
    UNCONFIRMED = "unconfirmed"  # no last day, and its source is silent: a person asks
    UNPUBLISHED = "unpublished"
    OVER = "over"
    TOO_OLD = "too-old"
    NOT_LOOKED_AT = "not-looked-at"


TOLD = frozenset({Standing.FINDING, Standing.BESIDE, Standing.SUSPENDED, Standing.UNCONFIRMED})
"""What is told of at all; the rest is as if it were not there."""


def standing_of(seen: Seen, look: Look | None, *, on: dt.date) -> Standing:
    """Return what a record is in a matter on a day; the first thing that stands in the way decides."""
    if look is None or (look.lists and seen.list_code not in look.lists):
        return Standing.NOT_LOOKED_AT
    if seen.state in ENDED or (seen.ended_on is not None and seen.ended_on <= on):
        return Standing.OVER
    if seen.until is not None and seen.until < on:
        return Standing.OVER
    if look.years is not None and seen.since < add_years(on, -look.years):
        return Standing.TOO_OLD
    if seen.state is State.STOPPED:
        return Standing.SUSPENDED
    if look.published and seen.state is not State.PUBLIC:
        return Standing.UNPUBLISHED
    if seen.effect is not Effect.ADVERSE:
        return Standing.BESIDE
    if seen.until is None and (seen.confirmed_on is None or on - seen.confirmed_on > CONFIRMED_WITHIN):
        return Standing.UNCONFIRMED
    return Standing.FINDING


def still_told(then: Iterable[Seen], now: Iterable[Seen], matter: ScreeningMatter, *, on: dt.date) -> tuple[Seen, ...]:
    """Return of what was seen ``then`` only what a matter still tells ``on`` a later day: what has ended since comes back for nobody."""
    kept = {one.key for one in now if standing_of(one, matter.look(one.item), on=on) in TOLD}
    return tuple(one for one in then if one.key in kept)
