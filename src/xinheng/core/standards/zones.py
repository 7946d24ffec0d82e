"""Functional zones (功能区): 苏州工业园区, 江北新区 and their like report as a county does and have no code of GB/T 2260.

The platform gives each a code of its own that begins with the division to which it belongs (``320500-SIP``), so that whoever reaches the city
reaches its zones as well, and a zone reaches nothing but itself. Those that are known from the start stand in ``zones.yaml``, with their basis.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from xinheng.core.standards.regions import today_of

SHAPE = re.compile(r"[0-9]{6}-[A-Z0-9]{2,8}")
LONGEST = 15
"""Characters of the longest code of a zone."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone under one code and name, in force on the half-open span [``begins``, ``ends``); ``ends`` is ``None`` where it stands today."""

    code: str
    name: str
    begins: dt.date
    ends: dt.date | None = None
    basis: str = ""
    sure: str = "K"

    @property
    def division(self) -> str:
        """The code of the city or county to which it belongs."""
        return self.code[:6]

    def in_force(self, day: dt.date) -> bool:
        """Tell whether the zone stood on ``day``."""
        return self.begins <= day and (self.ends is None or day < self.ends)


def is_zone(code: str) -> bool:
    """Tell whether a code has the shape of a zone's."""
    return SHAPE.fullmatch(code) is not None


@cache
def shipped_zones() -> tuple[Zone, ...]:
    """Return the zones that are known from the start."""
    text = resources.files(__package__).joinpath("zones.yaml").read_text(encoding="utf-8")
    return tuple(
        Zone(row["code"], row["name"], row["from"], row.get("until"), row["basis"], row["sure"])
        for row in yaml.safe_load(text)["zones"]
    )


def current(code: str, day: dt.date) -> str:
    """Return the code under which a division or a zone of it goes on ``day``: its own, or that of its successor, or its own where none is known.

    >>> current("320684", dt.date(2026, 1, 1))  # 海门市 became a district of 南通
    '320614'
    """
    division, hyphen, suffix = code.partition("-")
    found = today_of(division, day)
    return f"{found.code}{hyphen}{suffix}" if found else code
