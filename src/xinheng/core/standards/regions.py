"""Administrative divisions (行政区划), dated: which code stood for which place on which day, and what took its place.

Basis: GB/T 2260; the table is ``regions.csv``, written by ``scripts/make-regions`` from the ministry's revisions
since 2000 and the national place name database of 2026 (sources and licences are named there). Zones such as
苏州工业园区 have no code of their own here, as in the standard. A day is the one by which the ministry's table showed
the change, or the last of its year; Jiangsu's merger of July 2020 is dated as the domain facts date it.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Region:
    """A division under one code and name: in force on the half-open span [``begins``, ``ends``).

    ``begins`` is ``None`` where it stood before 2000-12-31, ``ends`` where it stands today; ``successor`` is the code
    that took over, empty where none or several did.
    """

    code: str
    name: str
    begins: dt.date | None
    ends: dt.date | None
    successor: str = ""

    @property
    def level(self) -> str:
        """``province``, ``city`` or ``county``."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"

    def in_force(self, day: dt.date) -> bool:
        """Tell whether the division had this code and name on ``day``."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day < self.ends)


@cache
def all_regions() -> tuple[Region, ...]:
    """Return every division since 2000, ended ones too, by code."""
    text = resources.files(__package__).joinpath("regions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Region(row["code"], row["name"], _day(row["from"]), _day(row["until"]), row["successor"]) for row in rows
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def _by_code() -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {}
    for region in all_regions():
        found[region.code] = (*found.get(region.code, ()), region)
    return found


def regions_on(day: dt.date, *, under: str = "") -> tuple[Region, ...]:
    """Return the divisions in force on ``day``, by code; ``under`` narrows to codes that begin so (``32``)."""
    return tuple(region for region in all_regions() if region.code.startswith(under) and region.in_force(day))


def region(code: str, day: dt.date) -> Region | None:
    """Return the division that had ``code`` on ``day``, or ``None``."""
    return next((found for found in _by_code().get(code, ()) if found.in_force(day)), None)


def is_known(code: str) -> bool:
    """Tell whether ``code`` stood for a division on any day since 2000."""
    return code in _by_code()


def today_of(code: str, day: dt.date) -> Region | None:
    """Return what ``code`` belongs to on ``day``: itself, or the successor in force then; ``None`` if unknown."""
    seen: set[str] = set()
    while code and code not in seen:
        current = region(code, day)
        if current is not None:
            return current
        seen.add(code)
        code = next((ended.successor for ended in reversed(_by_code().get(code, ())) if ended.successor), "")
    return None


def full_name(code: str, day: dt.date) -> str:
    """Return province, city and county in one as on ``day``; empty where the code was not in force."""
    if region(code, day) is None:
        return ""
    steps = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return "".join(found.name for step in steps if (found := region(step, day)) is not None)
