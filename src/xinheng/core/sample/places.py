"""The made-up province's places: Jiangsu's 13 cities, 95 counties and a few zones (``places.yaml``).

Zones (功能区) report and register too but have no code in GB/T 2260; the codes here are those seen in issued USCCs.
"""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.sample.draws import slots
from xinheng.core.sample.words import read_table

PROVINCE = ("320000", "江苏省", "江苏")


@dataclass(frozen=True, slots=True)
class City:
    """A city: code, name, the one character that heads its decision numbers, and its weight in a hundred or so."""

    code: str
    name: str
    letter: str
    weight: int

    @property
    def short(self) -> str:
        """The name without 市."""
        return self.name[:-1]


@dataclass(frozen=True, slots=True)
class County:
    """A county or zone: code, name, and the number of its city in :data:`CITIES`."""

    code: str
    name: str
    city: int
    zone: bool

    @property
    def full_name(self) -> str:
        """The name as addresses begin: with its city, except for county-level cities and zones named after theirs."""
        city = CITIES[self.city]
        own = self.name.endswith("市") or self.name.startswith(city.short)
        return self.name if own else city.name + self.name


_CITIES = read_table("places.yaml")["cities"]

CITIES = tuple(City(city["code"], city["name"], city["letter"], city["weight"]) for city in _CITIES)


def _counties() -> tuple[County, ...]:
    found = []
    for number, city in enumerate(_CITIES):
        for zone, names in ((False, city["counties"]), (True, city["zones"])):
            found += [County(code, name, number, zone) for code, name in names.items()]
    return tuple(found)


COUNTIES = _counties()


def county_slots() -> list[int]:
    """Return numbers of counties, each as often as its share of the city's weight asks."""
    sizes = [sum(county.city == number for county in COUNTIES) for number in range(len(CITIES))]
    weights = [max(1, CITIES[county.city].weight * 10 // sizes[county.city]) for county in COUNTIES]
    return [int(number) for number in slots(weights)]
