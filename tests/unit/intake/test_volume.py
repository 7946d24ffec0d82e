"""Too few rows stop a file, too many are noted; bounds are rows or per cent of the last file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xinheng.core.catalogue.item import Basis, Volume
from xinheng.core.catalogue.load import load
from xinheng.core.errors import UnusableFile
from xinheng.core.intake.volume import check_enough, fewest_rows, volume_notes

PENALTY = load("administrative-penalty").latest
BASIS = Basis("made up")


def bounded(**bounds: int):
    return replace(PENALTY, volume=Volume(BASIS, **bounds))


# bounds                                   rows  last   stops  notes
CASES = [
    ({},                                      0, None, False, 0),
    ({"fewest": 3},                           2, None, True,  0),
    ({"fewest": 3},                           3, None, False, 0),
    ({"most": 10},                           10, None, False, 0),
    ({"most": 10},                           11, None, False, 1),
    ({"fewest_percent": 50},                  0, None, False, 0),  # the first file has nothing to be measured by
    ({"fewest_percent": 50},                  0, 0,    False, 0),
    ({"fewest_percent": 50},                  4, 9,    True,  0),  # 4.5 rows are 5
    ({"fewest_percent": 50},                  5, 9,    False, 0),
    ({"fewest": 6, "fewest_percent": 50},     5, 9,    True,  0),  # the stricter one binds
    ({"most_percent": 200},                  18, 9,    False, 0),
    ({"most_percent": 200},                  19, 9,    False, 1),
    ({"most": 10, "most_percent": 200},      19, 9,    False, 2),
]  # fmt: skip


@pytest.mark.parametrize(("bounds", "rows", "last", "stops", "notes"), CASES)
def test_the_number_of_rows_is_held_against_the_bounds(
    bounds: dict[str, int], rows: int, last: int | None, stops: bool, notes: int
) -> None:
    version = bounded(**bounds)
    assert (rows < fewest_rows(version, last)) is stops
    if stops:
        with pytest.raises(UnusableFile):
            check_enough(version, rows, last)
    else:
        check_enough(version, rows, last)
        assert len(volume_notes(version, rows, last)) == notes


def test_the_sentences_give_the_numbers() -> None:
    version = bounded(fewest_percent=50, most=1000)
    with pytest.raises(UnusableFile) as told:
        check_enough(version, 400, 1200)
    said = told.value.explanation
    assert said.what.zh == "行数过少：只有 400 行"
    assert said.why.zh == "「行政处罚信息」至少应有 600 行（上次 1,200 行），文件可能不完整"
    assert said.what.en == "Too few rows: 400"
    (note,) = volume_notes(version, 1001, None)
    assert "1,001 行，多于「行政处罚信息」预期的 1,000 行" in note.zh
    assert note.en.startswith("1,001 rows, more than the 1,000 expected")


def test_an_item_without_bounds_expects_nothing() -> None:
    free = replace(PENALTY, volume=None)
    check_enough(free, 0, 100)
    assert volume_notes(free, 10**9, 1) == ()
