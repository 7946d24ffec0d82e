"""What a class of variation is, and the list that the three modules beside this one fill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.benchmarks.names import maker
from tests.benchmarks.names.maker import Made

Pair = tuple[str, str]
Varied = Pair | None
Vary = Callable[[Random], Varied]


@dataclass(frozen=True, slots=True)
class Variation:
    """A class: its name, what is true of its pairs, and how one is made; ``None`` where the drawn name does not admit it."""

    name: str
    truth: str
    vary: Vary


VARIATIONS: list[Variation] = []


def kind_of_pair(truth: str) -> Callable[[Vary], Vary]:
    """Enter the function below as a class of variation; its name is the class's."""

    def keep(vary: Vary) -> Vary:
        VARIATIONS.append(Variation(vary.__name__.strip("_").replace("_", " "), truth, vary))
        return vary

    return keep


def city_other_than(random: Random, made: Made) -> str:
    """Return a city in which this company is not."""
    return random.choice([one for one in maker.cities() if one.code != made.city.code]).name


@cache
def typed() -> tuple[str, ...]:
    """Return the characters that somebody might type instead of another."""
    return tuple(sorted(maker.usual_in_brands()))
