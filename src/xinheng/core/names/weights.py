"""What findings weigh and how a verdict comes from them (评判规则); the table is ``data/weights.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from xinheng.core.errors import Text

ORDER = ("same", "ask", "different")


@dataclass(frozen=True, slots=True)
class Weight:
    """One row: points of doubt, the best verdict that it leaves open (a place in ``ORDER``), and its sentence."""

    code: str
    points: float
    at_most: int
    says: Text


@cache
def document() -> dict[str, Any]:
    """Return the table as it is written."""
    text = resources.files(__package__).joinpath("data", "weights.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def weights() -> dict[str, Weight]:
    """Return each finding's weight by its code."""
    return {
        code: Weight(
            code, float(row["points"]), ORDER.index(row.get("at-most", "same")), Text(str(row["zh"]), str(row["en"]))
        )
        for code, row in document()["findings"].items()
    }


@cache
def limits() -> tuple[float, float]:
    """Return up to how many points a pair is ``same``, and up to how many it is asked about."""
    held = document()["limits"]
    return float(held["same"]), float(held["ask"])


@cache
def usual_in_brands() -> frozenset[str]:
    """Return the characters that are frequent in brands."""
    return frozenset(document()["usual-in-brands"])


@cache
def _most_usual() -> frozenset[str]:
    return frozenset(document()["usual-in-brands"][:150])


def rarity_of(brand: str) -> int:
    """Return how much a brand tells: the sum over its characters, few for usual ones."""
    held = document()["rarity"]
    return sum(int(held["usual"] if character in _most_usual() else held["other"]) for character in brand)


@cache
def rare_enough() -> int:
    """Return from which rarity on a brand tells an organisation without its region."""
    return int(document()["rarity"]["enough"])
