"""The worked cases of the cell of kinds, which are also printed in docs/reference/law.md."""

from __future__ import annotations

import pytest

from xinheng.core.law.cases import KindsCase, kinds_cases
from xinheng.core.law.kinds import read_kinds


@pytest.mark.parametrize("case", kinds_cases(), ids=lambda case: repr(case.text))
def test_a_cell_is_read_as_written(case: KindsCase) -> None:
    assert read_kinds(case.text) == case.expected
