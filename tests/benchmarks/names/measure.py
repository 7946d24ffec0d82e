"""Measuring a matcher on pairs with truth: per class and in all; peers at the threshold that suits them best."""

from __future__ import annotations

import importlib.util
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from random import Random

from tests.benchmarks.names.variations import VARIATIONS

from xinheng.core.names import compare_pairs


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair of names, the class that it is of, and what is true of it."""

    kind: str
    truth: str
    a: str
    b: str


def pairs(seed: int, each: int, *, only: tuple[str, ...] = ("",)) -> list[Labelled]:
    """Return ``each`` pairs of every class whose name holds one of ``only``; the same seed gives the same pairs."""
    found = []
    for variation in VARIATIONS:
        if not any(part in variation.name for part in only):
            continue
        random = Random(f"{seed} {variation.name}")
        made = 0
        while made < each:
            pair = variation.vary(random)
            if pair is None or pair[0] == pair[1]:
                continue
            swapped = random.random() < 0.5
            found.append(Labelled(variation.name, variation.truth, *(reversed(pair) if swapped else pair)))
            made += 1
    return found


@dataclass(frozen=True, slots=True)
class Score:
    """How well ``same`` was said: precision, recall and F1 over pairs whose truth is same or different, and how often it was said wrongly."""

    precision: float
    recall: float
    f1: float
    wrongly_same: int
    of: int
    rate: float


def verdicts(labelled: Sequence[Labelled]) -> tuple[list[str], float]:
    """Return our verdict on each pair, and how many pairs a second of processor time."""
    started = time.process_time()
    compared = compare_pairs([pair.a for pair in labelled], [pair.b for pair in labelled])
    found = [one.verdict.value for one in compared]
    return found, len(labelled) / (time.process_time() - started)


def scored(labelled: Sequence[Labelled], said: Sequence[bool], rate: float) -> Score:
    """Score what was said ``same``; pairs that nobody could decide count only where they were said to be the same."""
    truths = Counter((pair.truth, same) for pair, same in zip(labelled, said, strict=True))
    right, missed = truths["same", True], truths["same", False]
    wrongly = truths["different", True] + truths["ask", True]
    precision = right / (right + wrongly) if right + wrongly else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, wrongly, len(labelled) - right - missed, rate)


def by_class(labelled: Sequence[Labelled], found: Sequence[str]) -> Iterator[tuple[str, str, Counter[str]]]:
    """Yield each class with its truth and how often each verdict was given."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for pair, verdict in zip(labelled, found, strict=True):
        counts.setdefault((pair.kind, pair.truth), Counter())[verdict] += 1
    for (kind, truth), counted in counts.items():
        yield kind, truth, counted


PEERS = {
    "rapidfuzz ratio": ("rapidfuzz.fuzz", "ratio"),
    "rapidfuzz token_set_ratio": ("rapidfuzz.fuzz", "token_set_ratio"),
    "rapidfuzz WRatio": ("rapidfuzz.fuzz", "WRatio"),
    "jellyfish Jaro-Winkler": ("jellyfish", "jaro_winkler_similarity"),
    "jellyfish Damerau-Levenshtein": ("jellyfish", "damerau_levenshtein_distance"),
}


def peers() -> Iterator[tuple[str, Callable[[str, str], float] | None]]:
    """Yield the peers: those that are not installed with ``None``, for the table says so."""
    yield "difflib ratio", lambda a, b: SequenceMatcher(None, a, b).ratio()
    for name, (module, function) in PEERS.items():
        if importlib.util.find_spec(module.split(".")[0]) is None:
            yield name, None
            continue
        ask = getattr(importlib.import_module(module), function)
        yield name, (lambda a, b, ask=ask: -ask(a, b) / max(len(a), len(b))) if "distance" in function else ask


def peer_score(labelled: Sequence[Labelled], ask: Callable[[str, str], float]) -> Score:
    """Score a peer at the threshold that gives it the best F1 on these very pairs."""
    started = time.process_time()
    likeness = [ask(pair.a, pair.b) for pair in labelled]
    rate = len(labelled) / (time.process_time() - started)
    steps = sorted(set(likeness))
    tried = steps[:: max(1, len(steps) // 200)]
    return max(
        (scored(labelled, [one >= limit for one in likeness], rate) for limit in tried), key=lambda score: score.f1
    )
