"""The sectors (领域) in which the made-up departments penalise, with the words for their texts."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector: its departments and the words of its decisions; ``conduct`` pairs a type with what was seen."""

    key: str
    province: str
    city: str
    letters: str
    unit: str
    sites: tuple[str, ...]
    licences: tuple[str, ...]
    laws: tuple[str, ...]
    conduct: tuple[tuple[str, str], ...]


def _load() -> tuple[Sector, ...]:
    text = resources.files(__package__).joinpath("sectors.yaml").read_text(encoding="utf-8")
    return tuple(
        Sector(
            **{name: entry[name] for name in ("key", "province", "city", "letters", "unit")},
            **{name: tuple(entry[name]) for name in ("sites", "licences", "laws")},
            conduct=tuple((kind, seen) for kind, seen in entry["conduct"]),
        )
        for entry in yaml.safe_load(text)["sectors"]
    )


SECTORS = _load()
