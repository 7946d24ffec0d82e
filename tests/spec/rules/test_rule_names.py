"""1001 (name and code are one subject; former names are understood) and V13 (widths and spaces of the name)."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import SHOP_CODE, STEEL_REG_NO, Desk

OTHER, MENDED = "1001 CF_XDR_MC reject", "V13 CF_XDR_MC warn"

# name                                 said                 verdict
NAMES = [
    ("金陵样例（江苏）钢铁有限公司",             [],                  "accepted"),
    ("金陵样例(江苏)钢铁有限公司",             [MENDED],            "accepted"),  # half-width brackets
    ("金陵样例（江苏) 钢铁有限公司",            [MENDED],            "accepted"),
    (" 金陵样例（江苏）钢铁有限公司 ",           [MENDED],            "accepted"),
    ("金陵样例（江苏）\u2060钢铁有限公司",       [MENDED],            "accepted"),  # invisible characters
    ("金陵样例（江苏）\n钢铁有限公司",           [MENDED],            "accepted"),  # a line break of the cell
    ("金陵样例【江苏】钢铁有限公司",             [],                  "accepted"),  # other brackets: same words
    ("“金陵样例（江苏）钢铁有限公司”",           [],                  "accepted"),
    ("金陵样例炼铁厂",                       [],                  "accepted"),  # a former name
    ("金陵 样例 炼铁厂",                     [MENDED],            "accepted"),
    ("金陵样例（江苏）钢铁公司",               [OTHER],             "rejected"),
    ("玄武区样例小吃店",                     [OTHER],             "rejected"),  # somebody else's
    ("金陵样例江苏钢铁有限公司",               [OTHER],             "rejected"),  # brackets are words of the name
    (None,                               [OTHER, "S01 CF_XDR_MC reject"], "rejected"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said", "verdict"), NAMES)
def test_name_and_code_are_one_subject(penalty: Desk, name: str | None, said: list[str], verdict: str) -> None:
    judged = penalty.judge({"CF_XDR_MC": name})
    assert (judged.said, judged.verdict) == (said, verdict)


def test_the_words_give_the_registered_name(penalty: Desk) -> None:
    issue = penalty.judge({"CF_XDR_MC": "样例别家公司"}).issue("1001")
    assert issue["found"] == "样例别家公司"
    assert issue["expected"] == "登记名称：金陵样例（江苏）钢铁有限公司"
    assert issue["expected_en"] == "name in the register: 金陵样例（江苏）钢铁有限公司"


def test_the_name_is_kept_in_the_standard_form(penalty: Desk) -> None:
    judged = penalty.judge({"CF_XDR_MC": "金陵样例 (江苏) 钢铁有限公司"})
    assert judged.cells["CF_XDR_MC"] == "金陵样例（江苏）钢铁有限公司"


def test_a_name_of_nothing_visible_is_an_empty_cell(penalty: Desk, registration: Desk) -> None:
    assert penalty.judge({"CF_XDR_MC": "\u200b\u2060"}).said == [OTHER, "S01 CF_XDR_MC reject"]
    assert registration.judge({"FR_MC": "\u200b"}).said == ["S01 FR_MC reject"]


def test_the_name_must_fit_whichever_code_found_the_subject(penalty: Desk) -> None:
    by_number = {"CF_XDR_SHXYM": None, "CF_XDR_GSZC": STEEL_REG_NO, "CF_XDR_MC": "样例别家公司"}
    assert penalty.judge(by_number).said == [OTHER, "V01 CF_XDR_SHXYM warn"]


def test_the_unified_code_counts_where_codes_name_two_subjects(penalty: Desk) -> None:
    both = {"CF_XDR_SHXYM": SHOP_CODE, "CF_XDR_GSZC": STEEL_REG_NO, "CF_XDR_LB": "个体工商户"}
    assert penalty.judge(both).said == [OTHER]
    assert penalty.judge({**both, "CF_XDR_MC": "玄武区样例小吃店"}).said == []


def test_a_registration_brings_its_own_name(registration: Desk) -> None:
    assert registration.judge({"FR_MC": "金陵样例（江苏）新钢铁有限公司"}).said == []
    assert registration.judge({"FR_MC": "金陵样例(江苏)新钢铁有限公司"}).said == ["V13 FR_MC warn"]
