"""Regions and industries, against the reference tables."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from xinheng.core.standards import industries, regions

SEED, AFTER = dt.date(2020, 4, 1), dt.date(2020, 7, 1)


def counties(day, province):
    return [found for found in regions.regions_on(day, under=province) if found.level == "county"]


def test_jiangsu_had_96_counties_until_july_2020_and_95_since():
    assert len(counties(SEED, "32")) == 96
    assert len(counties(AFTER, "32")) == 95
    assert len(counties(dt.date(2026, 10, 1), "32")) == 95
    assert len([found for found in regions.regions_on(SEED, under="32") if found.level == "city"]) == 13


def test_a_merged_county_leads_to_its_successor():
    assert regions.region("320611", SEED).name == "港闸区"
    assert regions.region("320611", AFTER) is None
    assert regions.today_of("320611", AFTER).name == "崇川区"
    assert regions.today_of("371202", AFTER).name == "莱芜区"
    assert regions.today_of("999999", AFTER) is None
    assert regions.is_known("320611")


def test_full_names():
    assert regions.full_name("320106", SEED) == "江苏省南京市鼓楼区"
    assert regions.full_name("110101", SEED) == "北京市东城区"
    assert regions.full_name("320611", AFTER) == ""


def test_spans_of_one_code_do_not_overlap():
    for one, other in zip(regions.all_regions(), regions.all_regions()[1:], strict=False):
        assert one.code != other.code or (one.ends is not None and one.ends <= (other.begins or dt.date.max))
        assert one.begins is None or one.ends is None or one.begins < one.ends


@pytest.mark.parametrize("year", [2013, 2014, 2017, 2019, 2020, 2021, 2022])
def test_jiangsu_and_shandong_agree_with_the_yearly_tables(shared_data, year):
    with (shared_data / "ref_gb2260" / "codes_1984_2022_lizy14.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if int(row["first_year"]) <= year <= int(row["last_year"])]
    expected = {row["code"]: row["name"] for row in rows if row["code"][:2] in ("32", "37")}
    found = [
        *regions.regions_on(dt.date(year, 12, 31), under="32"),
        *regions.regions_on(dt.date(year, 12, 31), under="37"),
    ]
    assert {one.code: one.name for one in found} == expected


def test_the_national_table_of_2023_agrees(shared_data):
    with (shared_data / "ref_gb2260" / "codes_2023_hsldymq.csv").open(encoding="utf-8") as file:
        expected = {row["code"]: row["name"].rstrip("*") for row in csv.DictReader(file)}
    found = {one.code: one.name for one in regions.regions_on(dt.date(2023, 12, 31))}
    assert {code: name for code, name in expected.items() if found.get(code) != name} == {}
    directly_under = {code for code in found if code not in expected}
    assert {code[:4] for code in directly_under} <= {"4190", "4290", "4603", "4690", "6590"}


def test_sections_and_divisions_agree_with_the_standard(shared_data):
    with (shared_data / "ref_gbt4754" / "gbt4754_2017.csv").open(encoding="utf-8") as file:
        expected = {row["code"]: row["name"] for row in csv.DictReader(file) if row["level"] in ("1", "2")}
    assert {one.code: one.name for one in industries.all_industries()} == expected
    assert len(expected) == 117


@pytest.mark.parametrize(
    ("code", "name"),
    [("C", "制造业"), ("26", "化学原料和化学制品制造业"), ("C2614", "化学原料和化学制品制造业"), ("012", "农业")],
)
def test_longer_codes_are_known_by_their_division(code, name):
    assert industries.industry(code).name == name


@pytest.mark.parametrize("code", ["", "B26", "98", "AA", "U", "3", "26145", "C-26"])
def test_codes_of_no_industry(code):
    assert industries.industry(code) is None
