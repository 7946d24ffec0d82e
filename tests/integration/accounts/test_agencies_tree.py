"""Agencies stand in a tree: kind, level and who supervises them, by the day; a city deals with its own, and grants what is its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.errors import Refused, UnusableCall, UnusableFile
from xinheng.core.sample.agencies import AGENCIES

from ..office import Office
from ..sheets import PENALTY, TODAY

AT = Office.at(TODAY)
PROVINCE, CITY, OTHER = (
    next(one for one in AGENCIES[1:] if one.region == code) for code in ("320000", "320500", "320100")
)
PARK = "12320594000000001B"
SUZHOU = Actor("sz", (Assignment(Role.REGION_MANAGER, region="320500"),), on=TODAY)
LATER = TODAY + dt.timedelta(days=30)


def add(agency: Any, *, actor: Actor, region: str = "", on: dt.date = TODAY, **standing: str) -> None:
    from xinheng.usecases.agencies import add_agency
    from xinheng.usecases.places import Standing

    add_agency(
        agency.uscc, agency.name, region_code=region, items=(), actor=actor, at=AT, on=on, standing=Standing(**standing)
    )


def tree(office: Office, *, on: dt.date = TODAY, under: str = "320500") -> list[tuple[int, str, str]]:
    from xinheng.usecases.places import view_tree

    return [(depth, one.code, one.level) for depth, one in view_tree(actor=office.operator, at=AT, on=on, under=under)]


def test_the_tree_goes_by_the_day(office: Office) -> None:
    add(PROVINCE, actor=office.operator, region="320000")
    add(CITY, actor=SUZHOU, region="320500")
    assert tree(office) == [(0, CITY.uscc, "city")]
    add(CITY, actor=SUZHOU, parent=PROVINCE.uscc, on=LATER)
    whole = tree(office, on=LATER, under="320000")
    assert (0, PROVINCE.uscc, "province") in whole
    assert (1, CITY.uscc, "city") in whole
    assert (0, CITY.uscc, "city") in tree(office, on=TODAY, under="320000")
    with pytest.raises(UnusableCall, match="wrong"):
        add(PROVINCE, actor=office.operator, parent=CITY.uscc, on=LATER)


def test_a_city_neither_takes_nor_renames_anothers_agency(office: Office) -> None:
    add(OTHER, actor=office.operator, region="320100")
    for region in ("", "320100", "320500"):
        with pytest.raises(Refused):
            add(OTHER, actor=SUZHOU, region=region)
    with pytest.raises(Refused):
        add(CITY, actor=SUZHOU)


def test_a_zone_is_made_known_by_its_city_and_its_agencies_are_the_citys(office: Office) -> None:
    from xinheng.usecases.places import add_zone

    with pytest.raises(UnusableCall):
        add(CITY, actor=SUZHOU, region="320583-KSD")
    add_zone("320583-KSD", "昆山经济技术开发区", since=TODAY, until=None, actor=SUZHOU, at=AT)
    with pytest.raises(Refused):
        add_zone("320100-XX", "某区", since=TODAY, until=None, actor=SUZHOU, at=AT)
    with pytest.raises(UnusableCall):
        add_zone("320583-kc", "某区", since=TODAY, until=None, actor=SUZHOU, at=AT)
    add(CITY, actor=SUZHOU, region="320583-KSD", kind="功能区管理机构")
    assert tree(office) == [(0, CITY.uscc, "zone")]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("region", "320684", "use"),
        ("kind", "局", "not known"),
        ("level", "乡", "not known"),
        ("parent", "X", "no supervising"),
    ],
)
def test_a_row_with_a_wrong_place_is_named(office: Office, column: str, value: str, words: str) -> None:
    from xinheng.store.models import Agency
    from xinheng.usecases.agencies import load_agencies

    row = {"uscc": CITY.uscc, "name": CITY.name, "region": "320500"}
    sheet = [{**row, "uscc": OTHER.uscc, "region": "320100"}, {**row, column: value}]
    with pytest.raises(UnusableFile) as wrong:
        load_agencies(sheet, items=(), actor=office.operator, at=AT, on=TODAY)
    assert wrong.value.facts["row"] == 3
    said = wrong.value.explanation
    assert words in f"{said.why.en}".lower() or words in said.mend.en.lower() or value in said.why.en
    assert not Agency.objects.filter(uscc__in=[CITY.uscc, OTHER.uscc]).exists()


def test_a_city_does_not_grant_what_is_the_provinces(office: Office) -> None:
    from xinheng.usecases.agencies import grant_item

    add(CITY, actor=SUZHOU, region="320500")
    with pytest.raises(Refused, match="refused"):
        grant_item(CITY.uscc, PENALTY, actor=SUZHOU, at=AT, on=TODAY)
    grant_item(CITY.uscc, PENALTY, actor=office.operator, at=AT, on=TODAY)
