"""Whatever is killed while a file is handed in, the same command finishes the work, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .moments import Moment, Wreck, moments, wreck

FAST = [moment for moment in moments(5, seed=20260506) if moment.number != 3]  # that one is a command again


@pytest.fixture(scope="module")
def wrecked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wreck]:
    with wreck(tmp_path_factory.mktemp("wreck"), records=11_500) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("moment", FAST, ids=lambda moment: f"{moment.number}-{moment.target}-{moment.first:.0%}")
def test_the_same_command_finishes_the_work_once(wrecked: Wreck, moment: Moment) -> None:
    wrecked.survive(moment)


@pytest.mark.slow
def test_no_issue_is_listed_twice_after_all_that(wrecked: Wreck) -> None:
    wrecked.assert_issues_once()
