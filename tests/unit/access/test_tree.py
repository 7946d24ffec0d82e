"""The tree of administrations: regions and zones by the day, who may supervise whom, the order in which it is shown."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.access.roles import ADMINISTRATORS, HELD_FOR, Role, clash
from xinheng.core.access.tree import (
    Administration,
    AgencyKind,
    Level,
    Place,
    ancestors,
    inside,
    kind_of,
    level_of,
    place_on,
    walk,
    why_not_under,
)
from xinheng.core.standards.regions import regions_on
from xinheng.core.standards.zones import Zone, current, is_zone, shipped_zones

TODAY, APRIL_2020 = dt.date(2026, 3, 2), dt.date(2020, 4, 1)
OFFICE = Administration("P", "省局", "department", "province", "320000")
CITY = Administration("C", "市局", "department", "city", "320500", "P")
COUNTY = Administration("K", "县局", "department", "county", "320583", "C")
PARK = Administration("Z", "园区管委会", "zone-administration", "zone", "320500-SIP", "C")
PARENTS = {"C": "P", "K": "C", "Z": "C"}


@pytest.mark.parametrize(("day", "count"), [(APRIL_2020, 96), (TODAY, 95)])
def test_jiangsu_has_the_counties_of_the_day(day: dt.date, count: int) -> None:
    counties = [region for region in regions_on(day, under="32") if region.level == "county"]
    assert len(counties) == count
    assert all(place_on(region.code, day) == Place(region.code, region.name, Level.COUNTY) for region in counties)


def test_a_code_stands_for_a_place_only_while_it_is_in_force() -> None:
    assert place_on("320684", APRIL_2020) == Place("320684", "海门市", Level.COUNTY)
    assert place_on("320684", TODAY) is None
    assert place_on("320500-SIP", TODAY) == Place("320500-SIP", "苏州工业园区", Level.ZONE)
    assert place_on("320100-JBNA", dt.date(2015, 6, 26)) is None
    assert place_on("320583-KSD", TODAY) is None
    added = Zone("320583-KSD", "昆山经济技术开发区", dt.date(2020, 1, 1), dt.date(2026, 3, 1))
    assert place_on("320583-KSD", APRIL_2020, zones=[added]) == Place("320583-KSD", "昆山经济技术开发区", Level.ZONE)
    assert place_on("320583-KSD", TODAY, zones=[added]) is None


def test_shipped_zones_belong_to_a_division_and_say_on_what_basis() -> None:
    for zone in shipped_zones():
        assert is_zone(zone.code)
        assert place_on(zone.division, zone.begins) or place_on(zone.division, TODAY)
        assert zone.basis
        assert zone.sure in {"F", "F~", "K", "C", "D"}


@pytest.mark.parametrize(
    "code", ["", "320500", "320500-S", "320500-sip", "3205-SIP", "320500-SIP-1", "320500SIP", "320500-TOOLONGXX"]
)
def test_what_is_no_zone_is_not_taken_for_one(code: str) -> None:
    assert not is_zone(code)


def test_nothing_lies_in_nowhere_and_nowhere_lies_in_nothing() -> None:
    for code in ("", "320500", "320500-SIP"):
        assert not inside(code, "")
        assert not inside("", code)


def test_a_zone_moves_with_its_division() -> None:
    assert current("320684-HMD", TODAY) == "320614-HMD"
    assert current("320684-HMD", APRIL_2020) == "320684-HMD"
    assert inside("320684-HMD", "320614", on=TODAY)
    assert current("999999", TODAY) == "999999"


def test_kind_and_level_are_told_by_the_codes() -> None:
    assert [kind_of(code) for code in ("11320500", "12320500", "52320500")] == [
        AgencyKind.DEPARTMENT, AgencyKind.PUBLIC_BODY, AgencyKind.AUTHORISED_ORGANISATION,
    ]  # fmt: skip
    assert [level_of(code) for code in ("320000", "321000", "320110", "320500-SIP")] == list(Level)
    assert all(one.label.zh and one.label.en for kind in (AgencyKind, Level, Role) for one in kind)


def test_the_higher_supervises_the_lower_within_its_region() -> None:
    assert why_not_under(CITY, OFFICE, {}) is None
    assert why_not_under(PARK, CITY, {}) is None
    lower = why_not_under(CITY, COUNTY, {})
    assert lower is not None
    assert "lower" in lower.en
    elsewhere = why_not_under(PARK, Administration("N", "", "", "city", "320100"), {})
    assert elsewhere is not None
    assert "region" in elsewhere.en


def test_nobody_is_above_itself() -> None:
    other = Administration("D", "另一市局", "department", "city", "320500", "C")
    for child, parent in ((CITY, CITY), (CITY, other)):
        circle = why_not_under(child, parent, {**PARENTS, "D": "C"})
        assert circle is not None
        assert "itself" in circle.en
    assert ancestors("K", PARENTS) == ("C", "P")
    assert ancestors("A", {"A": "B", "B": "A"}) == ("B", "A")


def test_the_tree_is_shown_from_the_top_and_nobody_is_left_out() -> None:
    lost = Administration("L", "", "", "", "", "GONE")
    shown = [(depth, one.code) for depth, one in walk([PARK, COUNTY, lost, CITY, OFFICE])]
    assert shown == [(0, "P"), (1, "C"), (2, "K"), (2, "Z"), (0, "L")]


def test_the_three_administrators_are_apart_from_each_other_and_from_all_others() -> None:
    for one in HELD_FOR:
        for other in HELD_FOR:
            apart = one is not other and (one in ADMINISTRATORS or other in ADMINISTRATORS)
            assert (clash([one, other]) is not None) is apart, (one, other)
