"""The benchmark of names is seeded and wide, and what we reach on it does not fall."""

from __future__ import annotations

import pytest
from tests.benchmarks.names.measure import by_class, pairs, scored, verdicts
from tests.benchmarks.names.variations import VARIATIONS

from xinheng.core.names import Verdict, compare

FLOOR = 0.9


@pytest.fixture(scope="module")
def judged() -> tuple[list, list[str]]:
    labelled = pairs(1, 60)
    return labelled, verdicts(labelled)[0]


def test_the_same_seed_makes_the_same_pairs() -> None:
    assert pairs(7, 2) == pairs(7, 2)
    assert pairs(7, 2) != pairs(8, 2)


def test_there_are_many_classes_of_each_truth() -> None:
    counted = [sum(variation.truth == truth for variation in VARIATIONS) for truth in ("same", "ask", "different")]
    assert counted[0] >= 20
    assert counted[1] >= 10
    assert counted[2] >= 12


def test_no_pair_that_is_not_the_same_is_said_to_be(judged: tuple[list, list[str]]) -> None:
    wrong = [pair for pair, verdict in zip(*judged, strict=True) if verdict == "same" and pair.truth != "same"]
    assert not wrong


def test_every_class_is_judged_as_it_should_be(judged: tuple[list, list[str]]) -> None:
    shares = {kind: counted[truth] / counted.total() for kind, truth, counted in by_class(*judged)}
    assert {kind: share for kind, share in shares.items() if share < FLOOR} == {}


def test_over_all_classes_automatic_verdicts_reach_the_goal(judged: tuple[list, list[str]]) -> None:
    labelled, found = judged
    assert scored(labelled, [verdict == "same" for verdict in found], 0).f1 >= 0.99


def test_no_city_branch_or_group_is_confused_in_ten_thousand_pairs() -> None:
    telling = (
        "other city",
        "other number",
        "branch and parent",
        "other branch",
        "district",
        "group and",
        "other bank",
        "other kind of",
    )
    confusable = [pair for pair in pairs(77, 900, only=telling) if pair.truth == "different"]
    assert len(confusable) >= 10_000
    assert [pair for pair in confusable if compare(pair.a, pair.b).verdict is Verdict.SAME] == []
