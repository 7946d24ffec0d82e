"""Some mutated files of every form, always the same: read or refused with sentences, never miscounted, nothing of a person told.

Many more, with a watchdog: ``python -m tests.fuzz``.
"""

from __future__ import annotations

import pytest
from tests.fuzz.case import play
from tests.fuzz.forms import FORMS
from tests.fuzz.watching import watched

SEED = 20


@pytest.mark.parametrize("form", FORMS)
def test_a_mutated_file_is_counted_rightly_or_refused_with_sentences(form: str) -> None:
    results = [play(SEED, number, form) for number in range(2)]
    assert [(number, result.faults) for number, result in enumerate(results) if result.faults] == []


def test_the_watched_child_plays_the_same_case() -> None:
    [(number, result)] = watched(SEED, range(1, 2), form="xml", children=1)
    assert (number, result) == (1, play(SEED, 1, "xml"))
