"""The columns of a past state: their headings belong to no item, and what they tell is read strictly."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.catalogue.headings import field_by_heading
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import UnusableFile
from xinheng.core.ledger.history import STATE_HEADINGS, Law, Standing, read_past, standing, state_places

D = dt.date.fromisoformat
TODAY, DECIDED = D("2026-03-02"), D("2025-06-01")


def test_no_item_has_a_field_under_such_a_heading() -> None:
    versions = [version for name in item_names() for version in load(name).versions]
    assert not [
        (version.name, heading)
        for version in versions
        for heading in STATE_HEADINGS
        if field_by_heading(version, heading)
    ]


def test_columns_are_found_by_either_heading() -> None:
    assert state_places(("x", "公示起始日期", "published_to")) == {"published_from": 1, "published_to": 2}
    with pytest.raises(UnusableFile):
        state_places(("published_from", "公示起始日期", "published_to"))
    with pytest.raises(UnusableFile):
        state_places(("published_from", "信用修复日期"))


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"published_from": "2025-02-30"}, "published_from"),
        ({"published_from": "2025-05-31"}, "published_from"),
        ({"published_from": "2026-03-03"}, "published_from"),
        ({"published_to": "2026-01-01"}, "published_from"),
        ({"published_from": "2025-06-05", "published_to": "2025-06-04"}, "published_to"),
        ({"published_from": "2025-06-05", "repaired_on": "2025-05-31"}, "repaired_on"),
        ({"published_from": "2025-06-05", "objected_on": "2027-01-01"}, "objected_on"),
    ],
)
def test_a_contradiction_leaves_it_unpublished(cells: dict[str, str], column: str) -> None:
    past = read_past(cells, today=TODAY, decided_on=DECIDED)
    assert column in {name for name, _ in past.problems}
    assert not past.published
    assert past.detail() == {"published": False}


def test_it_stands_where_the_earlier_end_puts_it() -> None:
    past = read_past({"published_from": "2025/6/5", "published_to": "2026-03-02"}, today=TODAY, decided_on=DECIDED)
    assert standing(past, Law(True, D("2028-05-31")), today=TODAY) is Standing.RUNNING
    assert standing(past, Law(True, D("2026-03-01")), today=TODAY) is Standing.ENDED
    assert standing(past, Law(True, D("2028-05-31")), today=D("2026-03-03")) is Standing.ENDED
    assert standing(past, Law(False, None), today=TODAY) is Standing.UNPUBLISHED
