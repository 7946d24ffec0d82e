"""The made-up departments: one of each sector in the province and in every city, and the credit centre that gathers.

Their names are plausible, their codes are invented (valid check characters; the real departments have others).
"""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.sample import codes
from xinheng.core.sample.places import CITIES, PROVINCE
from xinheng.core.sample.sectors import SECTORS
from xinheng.core.standards.organization_code import check_digit
from xinheng.core.standards.uscc import ALPHABET, complete

AGENCY_COLUMNS = ("uscc", "name", "region", "kind")
LEVELS = 1 + len(CITIES)
"""Departments of a sector: the province's first, then one a city."""


@dataclass(frozen=True, slots=True)
class Agency:
    """A department: USCC, name, the division it serves (GB/T 2260) and its kind (机关 or 事业单位)."""

    uscc: str
    name: str
    region: str
    kind: str


def _code(prefix: str, region: str, number: int) -> str:
    rest = codes.BODY_LIMIT - 100_003 * (number + 1)  # beyond every organisation's body, see Population.usccs
    body = "MB" + "".join(ALPHABET[rest // codes.RADIX**power % codes.RADIX] for power in range(6))[::-1]
    return complete(f"{prefix}{region}{body}{check_digit(body)}")


def _agencies() -> tuple[Agency, ...]:
    found = [Agency(_code("12", PROVINCE[0], 0), "江苏省信用信息样例中心", PROVINCE[0], "事业单位")]
    for sector in SECTORS:
        places = [(PROVINCE[0], sector.province)]
        places += [(city.code, _city_name(city.name, sector.city)) for city in CITIES]
        found += [
            Agency(_code("11", region, len(found) + n), name, region, "机关") for n, (region, name) in enumerate(places)
        ]
    return tuple(found)


def _city_name(city: str, department: str) -> str:
    return f"国家税务总局{city}{department}" if department == "税务局" else city + department


AGENCIES = _agencies()
CREDIT_CENTRE = AGENCIES[0]


def sector_agency(sector: int, *, level: int) -> int:
    """Return the number in :data:`AGENCIES` of a sector's department; level 0 is the province, 1 and on the cities."""
    return 1 + sector * LEVELS + level
