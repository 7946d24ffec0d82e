"""Industries (国民经济行业): sections and divisions, and which of them a longer code belongs to.

Basis: GB/T 4754-2017. The 20 sections (门类) and 97 divisions (大类) are in ``industries.yaml``, written from the
standard; the names of its groups (中类) and classes (小类) are not held, so a three- or four-digit code is only known
by its division.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Industry:
    """A section (``A`` … ``T``) or a division (``01`` … ``97``) ; a division names its ``section``."""

    code: str
    name: str
    section: str

    @property
    def level(self) -> str:
        """``section`` or ``division``."""
        return "section" if self.code == self.section else "division"


@cache
def _by_code() -> dict[str, Industry]:
    text = resources.files(__package__).joinpath("industries.yaml").read_text(encoding="utf-8")
    found: dict[str, Industry] = {}
    for section, held in yaml.safe_load(text)["sections"].items():
        found[section] = Industry(section, held["name"], section)
        found |= {code: Industry(code, name, section) for code, name in held["divisions"].items()}
    return found


def all_industries() -> tuple[Industry, ...]:
    """Return the sections, each followed by its divisions."""
    return tuple(_by_code().values())


def industry(code: str) -> Industry | None:
    """Return the section or division of a code (``C``, ``26``, ``2614``, ``C2614``), or ``None``.

    A leading section letter must fit the division; the third and fourth digit are not checked, see the module.
    """
    match = re.fullmatch(r"([A-T]?)([0-9]{2})?(?:[0-9]{1,2})?", code)
    if match is None or (code and match[2] is None and len(code) > 1):
        return None
    found = _by_code().get(match[2] or match[1])
    return found if found is not None and match[1] in ("", found.section) else None
