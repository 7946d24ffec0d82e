"""S12 (whole numbers), V14 (kinds of subject that an item is about), and what the days of other items add to V07, V04 and S01."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import SHOP_CODE, Desk
from tests.spec.rules.good_rows import desk_of

from xinheng.core.catalogue.item import Status
from xinheng.core.catalogue.load import item_names, load

TAKEN = [name for name in item_names() if load(name).latest.status is Status.REPORTABLE]


@pytest.fixture(scope="module")
def sector() -> Desk:
    return desk_of("industry-evaluation")


@pytest.mark.parametrize("item", TAKEN)
def test_nothing_is_said_of_a_good_row_of_any_item(item: str) -> None:
    judged = desk_of(item).judge({})
    assert (judged.said, judged.verdict) == ([], "accepted")


# cell           said
S12 = [
    ("2024",     []),
    ("0",        []),
    ("2024年",    ["S12 HY_ND reject"]),
    ("2024.0",   ["S12 HY_ND reject"]),
    ("２０２４",     ["S12 HY_ND reject"]),
    ("-2024",    ["S12 HY_ND reject"]),
    ("1e3",      ["S12 HY_ND reject"]),
    ("9" * 16,   ["S12 HY_ND reject"]),
    (None,       ["S01 HY_ND reject"]),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "said"), S12)
def test_a_whole_number_is_written_in_digits(sector: Desk, cell: str | None, said: list[str]) -> None:
    assert sector.judge({"HY_ND": cell}).said == said


SHOP = "玄武区样例小吃店"
# item                        name of the field  said
V14 = [
    ("industry-evaluation",      "HY", ["V14 HY_SHXYM reject"]),
    ("national-evaluation",      "GJ", ["V14 GJ_SHXYM reject"]),
    ("social-insurance-payment", "SB", ["V14 SB_SHXYM reject"]),
    ("utility-payment",          "GY", ["V14 GY_SHXYM reject"]),
    ("registration-change",      "BG", ["V14 BG_SHXYM reject"]),
    ("honours",                  "RY", []),
    ("abnormal-operations",      "JY", []),
]  # fmt: skip


@pytest.mark.parametrize(("item", "prefix", "said"), V14)
def test_a_one_person_business_is_in_no_evaluation(item: str, prefix: str, said: list[str]) -> None:
    cells = {f"{prefix}_MC": SHOP, f"{prefix}_SHXYM": SHOP_CODE}
    assert desk_of(item).judge(cells).said == said


# item                     cells                                                said
DAYS = [
    ("abnormal-operations", {"JY_LRRQ": "2026-04-30", "JY_YCRQ": "2026-04-29"}, ["V07 JY_YCRQ reject"]),
    ("abnormal-operations", {"JY_LRRQ": "2026-04-30", "JY_YCRQ": "2026-04-30"}, []),
    ("abnormal-operations", {"JY_LRRQ": "2019-04-30"},                          []),  # old, and not late: the notice binds administrative acts
    ("social-insurance-payment", {"SB_JZRQ": "2026-03-31"},                     ["V07 SB_JZRQ reject"]),
    ("honours", {"RY_YXQ": "2026-04-29"},                                       ["V07 RY_YXQ reject"]),
    ("honours", {"RY_YXQ": "2099/12/31"},                                       []),
]  # fmt: skip


@pytest.mark.parametrize(("item", "cells", "said"), DAYS)
def test_the_days_of_other_items_are_in_order(item: str, cells: dict[str, str], said: list[str]) -> None:
    assert desk_of(item).judge(cells).said == said


def test_a_field_that_may_be_empty_is_noted_with_the_reason_and_taken() -> None:
    judged = desk_of("honours").judge({"RY_WH": None})
    assert judged.verdict == "accepted"
    assert judged.said == ([] if "RY_WH" not in judged.cells else judged.said)
    many = desk_of("honours").judge_all([desk_of("honours").good, {**desk_of("honours").good, "RY_WH": ""}])
    assert [one.said for one in many] == [[], ["S01 RY_WH warn"]]
    assert "有的荣誉只有证书，没有文件文号" in many[1].issue("S01")["mend"]
    assert many[1].verdict == "accepted"


def test_a_group_is_satisfied_by_an_older_code() -> None:
    desk = desk_of("commitments")
    assert desk.judge({"CN_SHXYM": None, "CN_ZZJG": None}).verdict == "accepted"
    nobody = {"CN_SHXYM": None, "CN_ZZJG": None, "CN_GSZC": None, "CN_MC": "样例无人认识的有限公司"}
    assert desk.judge(nobody).said == [
        "S11 CN_SHXYM reject",
        "V01 CN_SHXYM reject",
    ]
