"""Killed at any moment, a projection goes on where the lake says that it stands; nothing is there twice and nothing is missing."""

from __future__ import annotations

import pytest

from .crashes import Crash, Moment, moments

FAST = moments(4, seed=20261124)


@pytest.mark.slow
@pytest.mark.parametrize("moment", FAST, ids=lambda moment: f"{moment.number}-{moment.command}-{moment.share:.0%}")
def test_the_lake_equals_the_ledger_whenever_the_projector_is_killed(survivor: Crash, moment: Moment) -> None:
    survivor.survive(moment)
