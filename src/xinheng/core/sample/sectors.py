"""The sectors (领域) in which the made-up departments penalise, with the words for their texts (``sectors.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xinheng.core.sample.words import read_table


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector: its departments and the words of its decisions; ``conduct`` pairs a type with what was seen."""

    key: str
    domain: str
    province: str
    city: str
    letters: str
    unit: str
    sites: tuple[str, ...]
    licences: tuple[str, ...]
    laws: tuple[str, ...]
    conduct: tuple[tuple[str, str], ...]


def _sector(entry: dict[str, Any]) -> Sector:
    lists = {name: tuple(entry[name]) for name in ("sites", "licences", "laws")}
    conduct = tuple((kind, seen) for kind, seen in entry["conduct"])
    return Sector(**{**entry, **lists, "conduct": conduct})


SECTORS = tuple(_sector(entry) for entry in read_table("sectors.yaml")["sectors"])
