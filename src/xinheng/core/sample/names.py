"""Unique, realistic names: region + brand + trade + legal form, as the rules on names of enterprises have it.

An organisation's number is shuffled and read as brand characters and trade, so that no two organisations share both;
the first 2^18 may have brands of two characters, later ones have three, as in life when the short ones are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from xinheng.core.sample.draws import PERMUTED_BITS, Bools, Draws, Ints, pool, slots
from xinheng.core.sample.places import CITIES, COUNTIES, PROVINCE, county_slots
from xinheng.core.sample.words import (
    FIRST,
    FORM_WEIGHTS,
    FORMS,
    FOURTH,
    JOINTS,
    PLACED_FORMS,
    SECOND,
    SHOPS,
    SUFFIXES,
    THIRD,
    TRADES,
)

_EARLY_BITS = 18
_EARLY_THIRDS = 16
_STEPS_BACK = 8
_RENAMED, _TWINS = 1, 2  # rounds of the shuffle: 0 is for current names

_PAIRS = pool([a + b for b in SECOND for a in FIRST])
_THIRDS = pool(["", *THIRD])
_STYLES = 4
_ENTERPRISE_PLACES = pool(
    [
        text
        for county in COUNTIES
        for text in (CITIES[county.city].short, CITIES[county.city].name, PROVINCE[2], county.full_name)
    ]
)
_PLACES = pool([county.full_name for county in COUNTIES])
_CITY_OF = np.array([county.city for county in COUNTIES])
_COUNTY_SLOTS = np.array(county_slots())
_FORM_SLOTS = slots(list(FORM_WEIGHTS))
_FORMS = pool([*FORMS, *(f"（{city.short}）{form}" for city in CITIES for form in PLACED_FORMS)])
_BRANCH_ENDS = pool([f"{county.full_name}分公司" for county in COUNTIES])
_OTHERS = tuple(SUFFIXES)
_OTHER_SUFFIXES = [pool(SUFFIXES[prefix]) for prefix in _OTHERS]
_OTHER_JOINTS = [JOINTS.get(prefix, "") for prefix in _OTHERS]
_TRADES, _SHOPS, _FOURTHS = pool(TRADES), pool(SHOPS), pool(list(FOURTH))
_FIRST_OTHER = 2  # kinds 0 and 1 are enterprises and shops


@dataclass(frozen=True, slots=True)
class _Parts:
    pair: Ints
    third: Ints  # 0 for none
    trade: Ints


@dataclass(frozen=True, slots=True)
class NameMaker:
    """Makes the names of one seed's organisations from their numbers."""

    draws: Draws

    def current(self, index: Ints, kinds: Ints, kinds_of: Callable[[Ints], Ints]) -> list[str]:
        """Return today's names; ``kinds_of`` tells the kinds of other numbers, where branches find parents."""
        bearer, step = self._bearers(index, kinds, kinds_of)
        names = self._own(bearer, kinds, round_=0)
        branch = (step > 0) & self._is_branch(index)
        places = (self.draws.below("branch", bearer, len(COUNTIES)) + 13 * step) % len(COUNTIES)
        for row in np.flatnonzero(branch).tolist():
            names[row] += _BRANCH_ENDS[places[row]]
        return names

    def former(self, index: Ints, renamed: Bools, kinds: Ints) -> list[str]:
        """Return former names of those ``renamed``, and empty texts for the others; unique like the current ones."""
        names = [""] * len(index)
        rows = np.flatnonzero(renamed)
        for row, name in zip(rows.tolist(), self._own(index[rows], kinds[rows], round_=_RENAMED), strict=True):
            names[row] = name
        return names

    def may_rename(self, index: Ints) -> Bools:
        """Tell which numbers changed their name once, if enterprises: one in twenty, never a branch or twin."""
        return self.draws.hits("renamed", index, per_thousand=50) & ~self._is_branch(index) & ~_is_twin(index)

    def _is_branch(self, index: Ints) -> Bools:
        return self.draws.hits("is-branch", index, per_thousand=80)

    def _bearers(self, index: Ints, kinds: Ints, kinds_of: Callable[[Ints], Ints]) -> tuple[Ints, Ints]:
        """Return whose name each bears (a parent's, a twin's, its own) and how many numbers back that one stands."""
        rows = np.flatnonzero((kinds == 0) & (self._is_branch(index) | _is_twin(index)))
        numbers, found = index[rows], np.zeros(len(rows), dtype=np.int64)
        for step in range(_STEPS_BACK, 0, -1):
            other = np.maximum(numbers - step, 0)
            fits = (numbers >= step) & (kinds_of(other) == 0) & ~self._is_branch(other) & ~_is_twin(other)
            found = np.where(fits, step, found)
        steps = np.zeros(len(index), dtype=np.int64)
        steps[rows] = found
        return index - steps, steps

    def _own(self, index: Ints, kinds: Ints, *, round_: int) -> list[str]:
        parts = self._parts(index, round_=round_)
        counties = counties_of(self.draws, index)
        names: list[str] = [""] * len(index)
        for kind in np.unique(kinds).tolist():
            rows = np.flatnonzero(kinds == kind)
            some = _Parts(parts.pair[rows], parts.third[rows], parts.trade[rows])
            made = self._of_kind(int(kind), index[rows], counties[rows], some)
            for row, name in zip(rows.tolist(), made, strict=True):
                names[row] = name
        return names

    def _parts(self, index: Ints, *, round_: int) -> _Parts:
        early = (index < 1 << _EARLY_BITS) & (round_ == 0)
        short = self.draws.permuted(np.where(early, index, 0), bits=_EARLY_BITS)
        long = self.draws.permuted(index, bits=PERMUTED_BITS) + (round_ << PERMUTED_BITS)
        low = np.where(early, short, long & ((1 << _EARLY_BITS) - 1))
        third = 1 + np.where(
            early, self.draws.below("third", index, _EARLY_THIRDS), _EARLY_THIRDS + (long >> _EARLY_BITS)
        )
        third[early & self.draws.hits("short", index, per_thousand=550)] = 0
        return _Parts(low & 4095, third, low >> 12)

    def _of_kind(self, kind: int, index: Ints, counties: Ints, parts: _Parts) -> list[str]:
        if kind == 0:
            return self._enterprises(index, counties, parts)
        pairs, places = _PAIRS.take(parts.pair).tolist(), _PLACES.take(counties).tolist()
        thirds = _THIRDS.take(parts.third).tolist()
        if kind == 1:
            shops = _SHOPS.take(parts.trade).tolist()
            return [f"{a}{b}{c}{d}" for a, b, c, d in zip(places, pairs, thirds, shops, strict=True)]
        return self._others(kind - _FIRST_OTHER, index, [places, pairs, thirds, _FOURTHS.take(parts.trade).tolist()])

    def _enterprises(self, index: Ints, counties: Ints, parts: _Parts) -> list[str]:
        placed = self.draws.hits("placed", index, per_thousand=80)
        style = np.minimum(self.draws.below("style", index, 7) // 2, _STYLES - 1)
        form = _FORM_SLOTS.take(self.draws.below("form", index, len(_FORM_SLOTS)))
        inner = len(FORMS) + _CITY_OF[counties] * len(PLACED_FORMS) + (form == 2)
        places = _ENTERPRISE_PLACES.take(counties * _STYLES + style)
        places[placed] = ""
        columns = (
            places.tolist(),
            _PAIRS.take(parts.pair).tolist(),
            _THIRDS.take(parts.third).tolist(),
            _TRADES.take(parts.trade).tolist(),
            _FORMS.take(np.where(placed, inner, form)).tolist(),
        )
        return [f"{a}{b}{c}{d}{e}" for a, b, c, d, e in zip(*columns, strict=True)]

    def _others(self, other: int, index: Ints, columns: list[list[str]]) -> list[str]:
        joint, suffixes = _OTHER_JOINTS[other], _OTHER_SUFFIXES[other]
        ends = suffixes.take(self.draws.below("suffix", index, len(suffixes))).tolist()
        return [f"{a}{b}{joint}{c}{d}{e}" for a, b, c, d, e in zip(*columns, ends, strict=True)]


def counties_of(draws: Draws, index: Ints) -> Ints:
    """Return the county of each organisation's address as a number in ``places.COUNTIES``; big cities have more."""
    return _COUNTY_SLOTS.take(draws.below("county", index, len(_COUNTY_SLOTS)))


def _is_twin(index: Ints) -> Bools:
    """One number in two thousand bears the name of another on purpose: only codes tell the two apart."""
    return np.asarray(index % 2000 == 1999)
