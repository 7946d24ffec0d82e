"""The permit in the layout of 424号, the grade-A taxpayers, and the one item for all lists."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import Effect
from xinheng.core.catalogue.load import field_by_heading, load
from xinheng.core.catalogue.roles import NEEDED

PERMIT_424 = """
XK_XDR_MC XK_XDR_LB XK_XDR_SHXYM XK_XDR_GSZC XK_XDR_ZZJG XK_XDR_SWDJ XK_XDR_SYDW XK_XDR_SHZZ XK_FRDB XK_FR_ZJLX
XK_FR_ZJHM XK_XDR_ZJLX XK_XDR_ZJHM XK_XKWS XK_WSH XK_XKLB XK_XKZS XK_XKBH XK_NR XK_JDRQ XK_YXQZ XK_YXQZI XK_XKJG
XK_XKJGDM XK_ZT XK_LYDW XK_LYDWDM BZ
"""
REQUIRED_424 = """
XK_XDR_MC XK_XDR_LB XK_XKWS XK_WSH XK_XKLB XK_NR XK_JDRQ XK_YXQZ XK_YXQZI XK_XKJG XK_XKJGDM XK_ZT XK_LYDW XK_LYDWDM
"""
PERMIT = load("administrative-permit").latest
LISTING = load("serious-dishonesty-listing").latest
TAXPAYER = load("tax-credit-grade-a").latest


def test_the_permit_has_the_28_fields_of_the_national_layout_in_order() -> None:
    assert [field.name for field in PERMIT.fields] == PERMIT_424.split()
    assert {field.name for field in PERMIT.fields if field.required} == set(REQUIRED_424.split())
    assert PERMIT.effect is Effect.NEUTRAL


def test_headings_of_published_permits_are_known(shared_data: Path) -> None:
    path = shared_data / "templates_credit_platform" / "credit_china_report_fields.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        labels = [row[-1] for row in csv.reader(file) if row[:2] == ["行政管理", "行政许可"]]
    unknown = {label for label in labels if field_by_heading(PERMIT, label) is None}
    assert unknown == {"审核类型", "行政处罚决定书文号"}  # the older layout's own, and a label of another section


def test_the_types_of_lists_are_dated_and_the_listing_takes_each_spelling() -> None:
    types = code_list("list-types")
    assert set(LISTING.field("MD_LX").codes) == set(types.spellings)
    former = {code.code for code in types.codes if code.until is not None}
    assert former == {"work-safety-2017", "e-commerce-2018"}
    assert all(code.until is None or code.since < code.until for code in types.codes)


def test_a_listing_says_all_that_makes_it_traceable() -> None:
    roles = {field.role for field in LISTING.fields}
    assert roles >= {*NEEDED[Effect.ADVERSE], "list_type", "listing_ground", "removed_on", "removal_ground"}
    assert LISTING.effect is Effect.ADVERSE


def test_a_taxpayer_is_known_by_its_number_and_the_number_is_not_public() -> None:
    assert TAXPAYER.effect is Effect.FAVOURABLE
    assert [field.name for field in TAXPAYER.fields if field.required] == ["NS_MC", "NS_SBH", "NS_ND", "NS_SWJG"]
    assert TAXPAYER.field("NS_SBH").openness.value == "政务共享"


@pytest.mark.parametrize("version", [PERMIT, LISTING, TAXPAYER], ids=lambda version: version.name)
def test_what_one_heading_means_is_one_field(version) -> None:
    headings = [heading for field in version.fields for heading in (field.name, field.title, *field.aliases)]
    assert all(field_by_heading(version, heading) is not None for heading in headings)
