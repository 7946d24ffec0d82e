"""Rows of one file told apart against a dictionary that does the same slowly."""

from __future__ import annotations

import numpy as np
import pytest

from xinheng.core.ledger.identity import Said


@pytest.mark.parametrize("chunk_sizes", [[1] * 60, [50, 3, 3, 40, 1, 90], [200, 0, 7]])
def test_a_decision_is_known_again_in_whatever_chunk_it_stood_first(chunk_sizes: list[int]) -> None:
    random = np.random.default_rng(5)
    said = Said()
    first: dict[int, int] = {}
    for size in chunk_sizes:
        identity = random.integers(0, 80, size).astype(np.uint64)
        content = random.integers(0, 2, size).astype(np.uint64)
        repeated, same = said.repeated(identity, content)
        expected = []
        for who, what in zip(identity.tolist(), content.tolist(), strict=True):
            expected.append((who in first, first.setdefault(who, what) == what))
        assert repeated.tolist() == [known for known, _ in expected]
        assert same[repeated].tolist() == [alike for known, alike in expected if known]
