"""One decision, one record: what becomes of a row that is known already; a filter that never calls a seen key new."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.ledger.identity import Fate, Seen, Standing, counting, fate, repeated, sighted

US, THEM = "11320100MA1TE5T0XP", "12320100MA1TE5T0XL"


def revision(number: int, digest: str, submission: int, agency: str = US, *, visible: bool = True) -> Standing:
    return Standing(number, digest, submission, agency, visible)


FIRST = revision(0, "a", 1)
# standing, in order                                             digest  submission  agency   becomes            as revision
FATES = [
    ((),                                                         "a",    9,          US,      Fate.NEW,          0),
    ((FIRST,),                                                   "a",    9,          US,      Fate.UNCHANGED,    1),
    ((FIRST,),                                                   "b",    9,          US,      Fate.CORRECTED,    1),
    ((FIRST,),                                                   "b",    9,          THEM,    Fate.OTHER_AGENCY, 1),
    ((FIRST,),                                                   "a",    9,          THEM,    Fate.UNCHANGED,    1),
    ((FIRST,),                                                   "b",    1,          US,      Fate.TWICE,        1),
    ((FIRST,),                                                   "a",    1,          US,      Fate.UNCHANGED,    1),
    ((FIRST, revision(1, "b", 2)),                               "a",    9,          US,      Fate.CORRECTED,    2),  # back again
    ((FIRST, revision(1, "b", 2)),                               "b",    9,          US,      Fate.UNCHANGED,    2),
    ((FIRST, revision(1, "b", 2, visible=False)),                "a",    9,          US,      Fate.UNCHANGED,    2),  # may still vanish
    ((FIRST, revision(1, "b", 2, visible=False)),                "b",    9,          US,      Fate.CORRECTED,    2),
    ((revision(0, "a", 2, visible=False),),                      "a",    9,          US,      Fate.NEW,          1),
    ((revision(0, "a", 9, visible=False),),                      "a",    9,          US,      Fate.UNCHANGED,    1),  # our own count
    ((revision(0, "a", 9, visible=False),),                      "b",    9,          US,      Fate.TWICE,        1),
    ((FIRST, revision(1, "b", 9, visible=False)),                "c",    9,          US,      Fate.TWICE,        2),
    ((revision(4, "a", 1),),                                     "b",    9,          US,      Fate.CORRECTED,    5),
]  # fmt: skip


@pytest.mark.parametrize(("standing", "digest", "submission", "agency", "becomes", "number"), FATES)
def test_what_becomes_of_a_row(
    standing: tuple[Standing, ...], digest: str, submission: int, agency: str, becomes: Fate, number: int
) -> None:
    assert fate(standing, digest=digest, submission=submission, agency=agency) == (becomes, number)


def test_a_row_is_held_against_the_newest_revision_that_cannot_vanish() -> None:
    uncommitted = revision(1, "b", 2, visible=False)
    assert counting((FIRST, uncommitted), submission=9) is FIRST
    assert counting((FIRST, uncommitted), submission=2) is uncommitted
    assert counting((uncommitted,), submission=9) is None


def test_a_revision_that_was_sighted_is_marked_and_no_other() -> None:
    second = revision(1, "b", 2)
    assert [one.sighted for one in sighted((FIRST, second), FIRST)] == [True, False]


KEYS = st.lists(st.one_of(st.integers(0, 30), st.integers(0, 2**64 - 1)), max_size=60)


@settings(max_examples=60)
@given(st.lists(KEYS, max_size=6))
def test_a_key_that_was_seen_is_never_called_new(chunks: list[list[int]]) -> None:
    seen, before = Seen(expected=100), set[int]()
    for chunk in chunks:
        suspects = seen.suspects(np.array(chunk, np.uint64))
        for key, suspect in zip(chunk, suspects.tolist(), strict=True):
            assert suspect or key not in before
            before.add(key)


def test_few_new_keys_are_suspected_though_all_are_different() -> None:
    seen, random = Seen(expected=100_000), np.random.default_rng(5)
    suspected = sum(int(seen.suspects(random.integers(0, 2**64, 10_000, np.uint64)).sum()) for _ in range(10))
    assert suspected < 500


def test_the_memory_of_a_filter_is_bounded() -> None:
    assert len(Seen(expected=0)._bytes) == 1 << 17
    assert len(Seen(expected=1 << 40)._bytes) == 1 << 28


@given(KEYS)
def test_repetitions_are_those_that_a_reader_would_count(keys: list[int]) -> None:
    expected = [key in keys[:place] for place, key in enumerate(keys)]
    assert repeated(np.array(keys, np.uint64)).tolist() == expected
