from __future__ import annotations

import datetime as dt
from collections import Counter

import numpy as np
import pytest

from xinheng.core.sample import words
from xinheng.core.sample.names import _is_twin
from xinheng.core.sample.organisations import LIMIT, REGISTER_COLUMNS, Population
from xinheng.core.sample.places import CITIES, COUNTIES

TODAY = dt.date(2026, 5, 6)
SIZE = 40_000
Row = dict[str, str]


@pytest.fixture(scope="module")
def population() -> Population:
    return Population.of(11, size=SIZE, today=TODAY)


@pytest.fixture(scope="module")
def register(population: Population) -> list[Row]:
    return [dict(zip(REGISTER_COLUMNS, row, strict=True)) for row in population.register_rows(np.arange(SIZE))]


def test_names_are_unique_except_for_planted_twins(register: list[Row]) -> None:
    counted = Counter(row["name"] for row in register)
    twins = [row["name"] for number, row in enumerate(register) if _is_twin(np.array(number))]
    repeated = {name for name, count in counted.items() if count > 1}
    assert repeated
    assert repeated <= set(twins)


def test_names_stay_unique_among_millions() -> None:
    population = Population.of(11, size=LIMIT, today=TODAY)
    spread = np.arange(0, LIMIT, 97)
    spread = spread[~_is_twin(spread)]
    names = population.current_names(spread)
    assert len(set(names)) == len(names)


def test_no_former_name_is_anybody_s_name(register: list[Row]) -> None:
    former = [row["former_names"] for row in register if row["former_names"]]
    assert len(former) > SIZE * 0.265 * 0.03
    assert len(set(former)) == len(former)
    assert not set(former) & {row["name"] for row in register}


def test_characters_of_a_brand_cannot_be_taken_for_a_trade_or_a_place() -> None:
    assert all(len(set(text)) == 64 for text in (words.FIRST, words.SECOND, words.THIRD, words.FOURTH))
    assert len(set(words.TRADES)) == len(set(words.SHOPS)) == 64
    assert not set(words.THIRD) & {trade[0] for trade in (*words.TRADES, *words.SHOPS)}
    assert not set(words.FIRST) & {place.name[0] for place in (*CITIES, *COUNTIES)} | set(words.FIRST) & set("江市区县")


def test_branches_bear_their_parent_s_name(register: list[Row]) -> None:
    names = {row["name"] for row in register}
    branches = [name for name in names if name.endswith("分公司")]
    assert branches
    places = sorted((county.full_name for county in COUNTIES), key=len, reverse=True)
    for branch in branches:
        stem = branch.removesuffix("分公司")
        assert any(stem.removesuffix(place) in names for place in places if stem.endswith(place))


def test_one_person_businesses_are_shops_of_a_place(register: list[Row]) -> None:
    shops = [row for row in register if row["uscc"].startswith("92")]
    places = tuple(county.full_name for county in COUNTIES)
    assert all(row["name"].startswith(places) and row["name"].endswith(words.SHOPS) for row in shops)


def test_addresses_lie_in_the_county_of_the_name_or_the_registrar(register: list[Row]) -> None:
    places = tuple(county.full_name for county in COUNTIES)
    assert all(row["address"].startswith(places) for row in register)


def test_founding_days_precede_the_sample_s_day_by_a_year(register: list[Row]) -> None:
    days = [dt.date.fromisoformat(row["start_date"]) for row in register]
    assert max(days) <= TODAY - dt.timedelta(days=365)
    assert min(days) >= dt.date(1992, 1, 1)


def test_statuses_are_those_of_the_register(register: list[Row]) -> None:
    assert {row["status"] for row in register} == {"在业", "存续", "注销", "吊销"}


def test_the_organisation_code_stands_inside_the_uscc(register: list[Row]) -> None:
    assert all(row["org_code"] == row["uscc"][8:17] for row in register)


def test_counties_are_those_of_2023_and_a_few_zones() -> None:
    assert len(CITIES) == 13
    assert sum(not county.zone for county in COUNTIES) == 95
    assert len({county.full_name for county in COUNTIES}) == len(COUNTIES)


@pytest.mark.parametrize("size", [0, 1, LIMIT + 1])
def test_a_population_of_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="organisations"):
        Population.of(1, size=size, today=TODAY)


def test_a_day_before_the_sample_s_range_is_refused() -> None:
    with pytest.raises(ValueError, match="2019"):
        Population.of(1, size=10, today=dt.date(2018, 12, 31))
