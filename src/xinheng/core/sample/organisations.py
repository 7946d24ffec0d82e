"""The made-up organisations: every trait of one is a function of the seed and of its number.

So the penalty files know their subjects' names and codes without a register in memory. About two thirds are one-person
businesses (个体工商户, ``92…``), as in a real province (domain.md §13).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from xinheng.core.sample import codes
from xinheng.core.sample.draws import PERMUTED_BITS, Bools, Draws, Ints, pool, slots
from xinheng.core.sample.names import NameMaker, counties_of
from xinheng.core.sample.places import CITIES, COUNTIES, PROVINCE
from xinheng.core.sample.words import ROADS, ROOMS

LIMIT = 4_000_000
"""The most organisations of one province: beyond it names would repeat."""

PREFIXES = ("91", "92", "93", "51", "52", "53", "12", "11", "31", "N2", "N1", "N3")
SHARES = (265, 660, 22, 7, 8, 1, 12, 4, 3, 12, 4, 2)  # in a thousand
ENTERPRISE, SHOP, ORGAN = 0, 1, 7

EPOCH = dt.date(1992, 1, 1)
"""Day 0 of every day number of the sample."""

_NEW_CODES = (dt.date(2015, 10, 1) - EPOCH).days
_LAST_START = dt.date(2024, 12, 31)
_LETTERS = dict(zip(PREFIXES, ("MA", "MA", "MA", "MJ", "MJ", "MJ", "MB", "MB", "MD", "MF", "MF", "MF"), strict=True))
_STATUSES = pool(["在业"] * 55 + ["存续"] * 28 + ["注销"] * 13 + ["吊销"] * 4)
_CITY_DIVISIONS = np.array([int(CITIES[county.city].code) for county in COUNTIES])
_DIVISIONS = np.array([int(county.code) for county in COUNTIES])
_PREFIX_VALUES = np.array([codes.values_of(prefix) for prefix in PREFIXES])
_LETTER_VALUES = np.array([codes.values_of(_LETTERS[prefix]) for prefix in PREFIXES])
_PLACES = pool([county.full_name for county in COUNTIES])
_CITY_OF = np.array([county.city for county in COUNTIES])
REGISTER_COLUMNS = ("name", "uscc", "reg_no", "org_code", "former_names", "start_date", "address", "status")


@dataclass(frozen=True, slots=True)
class Population:
    """The organisations of one seed, numbered from 0; numbers past ``size`` are organisations the register lacks.

    ``latest_start`` is a day number (see :data:`EPOCH`): nobody is founded after it.
    """

    draws: Draws
    size: int
    latest_start: int
    names: NameMaker

    @classmethod
    def of(cls, seed: int, *, size: int, today: dt.date) -> Population:
        """Return the population of a seed; raises ``ValueError`` for sizes or days outside its range."""
        if not 2 <= size <= LIMIT:
            raise ValueError(f"a sample has 2 to {LIMIT} organisations, not {size}")
        if today < dt.date(2019, 1, 1):
            raise ValueError("a sample's day is 2019-01-01 or later")
        latest = min(_LAST_START, today - dt.timedelta(days=365))
        draws = Draws(seed)
        return cls(draws, size, (latest - EPOCH).days, NameMaker(draws))

    def kinds(self, index: Ints) -> Ints:
        """Return the kind of each organisation as a number in :data:`PREFIXES`."""
        return _KIND_SLOTS.take(self.draws.below("kind", index, 1000))

    def counties(self, index: Ints) -> Ints:
        """Return the county of each organisation's address as a number in ``places.COUNTIES``."""
        return counties_of(self.draws, index)

    def starts(self, index: Ints) -> Ints:
        """Return the day number on which each was founded; more lately than long ago."""
        one = self.draws.below("start", index, self.latest_start)
        return np.maximum(one, self.draws.below("start-again", index, self.latest_start))

    def usccs(self, index: Ints) -> list[str]:
        """Return each organisation's USCC; valid, unique, the organisation code inside with a right check."""
        kinds, permuted = self.kinds(index), self.draws.permuted(index, bits=PERMUTED_BITS)
        bodies = np.empty((len(index), 8), dtype=np.int64)
        bodies[:, :2] = _LETTER_VALUES[kinds]
        bodies[:, 2:] = codes.digits(permuted * 200 + self.draws.below("body", index, 200), width=6, radix=codes.RADIX)
        old = (self.starts(index) < _NEW_CODES) & (kinds != SHOP)
        numbers = 10_000_000 + permuted * 20 + self.draws.below("old-body", index, 20)
        bodies[old] = codes.digits(numbers[old], width=8)
        return codes.uscc_texts(_PREFIX_VALUES[kinds], self._registrars(index), bodies)

    def current_names(self, index: Ints) -> list[str]:
        """Return each organisation's name as the register has it today."""
        return self.names.current(index, self.kinds(index), self.kinds)

    def former_names(self, index: Ints) -> list[str]:
        """Return each organisation's former name, or an empty text where it never changed."""
        return self.names.former(index, self.has_former(index), self.kinds(index))

    def has_former(self, index: Ints) -> Bools:
        """Tell which organisations had another name before: some enterprises that are nobody's branch."""
        return np.asarray((self.kinds(index) == ENTERPRISE) & self.names.may_rename(index))

    def register_rows(self, index: Ints) -> list[tuple[str, ...]]:
        """Return the rows of the register in the order of :data:`REGISTER_COLUMNS`."""
        usccs = self.usccs(index)
        return list(
            zip(
                self.current_names(index),
                usccs,
                self._registration_numbers(index),
                [code[8:17] for code in usccs],
                self.former_names(index),
                _DAYS.take(self.starts(index)).tolist(),
                self.addresses(index),
                _STATUSES.take(self.draws.below("status", index, len(_STATUSES))).tolist(),
                strict=True,
            )
        )

    def addresses(self, index: Ints) -> list[str]:
        """Return each organisation's address, made of its county and invented streets."""
        parts = (
            _PLACES.take(self.counties(index)).tolist(),
            _ROADS.take(self.draws.below("road", index, len(_ROADS))).tolist(),
            self.draws.below("house", index, 998).tolist(),
            _ROOMS.take(self.draws.below("room", index, len(_ROOMS))).tolist(),
        )
        return [f"{place}{road}{house + 1}号{room}" for place, road, house, room in zip(*parts, strict=True)]

    def cities(self, index: Ints) -> Ints:
        """Return the city of each organisation as a number in ``places.CITIES``."""
        return _CITY_OF.take(self.counties(index))

    def _registrars(self, index: Ints) -> Ints:
        counties, level = self.counties(index), self.draws.below("registrar", index, 100)
        chosen = np.where(level < 15, _CITY_DIVISIONS[counties], _DIVISIONS[counties])
        return np.where(level < 2, int(PROVINCE[0]), chosen)

    def _registration_numbers(self, index: Ints) -> list[str]:
        kinds = self.kinds(index)
        first = np.where(kinds == SHOP, 6, 0) + self.draws.below("series", index, 4)
        sequences = first * 10_000_000 + self.draws.permuted(index, bits=PERMUTED_BITS) * 2
        numbers = codes.registration_numbers(self._registrars(index), sequences)
        known = (kinds <= SHOP) & (
            (self.starts(index) < _NEW_CODES) | self.draws.hits("number", index, per_thousand=300)
        )
        return [number if has else "" for number, has in zip(numbers, known.tolist(), strict=True)]


_KIND_SLOTS = slots(list(SHARES))
_ROADS, _ROOMS = pool(ROADS), pool(ROOMS)
_DAYS = pool([(EPOCH + dt.timedelta(days=day)).isoformat() for day in range((_LAST_START - EPOCH).days + 2)])
