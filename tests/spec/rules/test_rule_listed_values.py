"""S05 (a coded cell holds a value of its list), V02 (the kind fits the code), V05 (no summary procedure)."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import SHOP_CODE, Desk

SHOP = {"CF_XDR_MC": "玄武区样例小吃店", "CF_XDR_SHXYM": SHOP_CODE, "CF_XDR_LB": "个体工商户"}

# cells                                            said                       verdict
S05 = [
    ({"CF_XDR_LB": " 法人及非法人组织 "},                 [],                        "accepted"),
    ({"CF_XDR_LB": "法人"},                          ["S05 CF_XDR_LB reject"],  "rejected"),
    ({"XH_CD": "严重"},                              [],                        "accepted"),
    ({"XH_CD": "较重"},                              ["S05 XH_CD reject"],      "rejected"),  # Jiangsu's older scale
    ({"XH_LY": "食品"},                              [],                        "accepted"),
    ({"XH_LY": "food"},                            ["S05 XH_LY reject"],      "rejected"),
    ({"CF_CFLB": "罚款；警告"},                        [],                        "accepted"),
    ({"CF_CFLB": "罚款,警告"},                        [],                        "accepted"),
    ({"CF_CFLB": "罚款、通报批评"},                      [],                        "accepted"),
    ({"CF_CFLB": "罚款；其他-责令公开道歉"},               [],                        "accepted"),
    ({"CF_CFLB": "罚款；打板子"},                       ["S05 CF_CFLB reject"],    "rejected"),
    ({"CF_CFLB": "；"},                             ["S05 CF_CFLB reject"],    "rejected"),
    ({"CF_CFLB": "责令改正"},                         ["S05 CF_CFLB reject"],    "rejected"),  # an order, no penalty
    ({"CF_CFLB": "没收违法所得、没收非法财物", "CF_NR_WFFF": "1", "CF_NR_FK": None}, [], "accepted"),  # one value with a separator
]  # fmt: skip

# cells                                            said                       verdict
V02 = [
    (SHOP,                                         [],                        "accepted"),
    ({**SHOP, "CF_XDR_LB": "法人及非法人组织"},           ["V02 CF_XDR_LB reject"],  "rejected"),
    ({"CF_XDR_LB": "个体工商户"},                      ["V02 CF_XDR_LB reject"],  "rejected"),
    ({**SHOP, "CF_XDR_LB": None},                  ["S01 CF_XDR_LB reject"],  "rejected"),
]  # fmt: skip

# cells                                            said                       verdict
V05 = [
    ({"XH_CX": "普通程序"},                            [],                        "accepted"),
    ({"XH_CX": None},                              [],                        "accepted"),  # nothing is assumed
    ({"XH_CX": "简易程序"},                            ["V05 XH_CX reject"],      "rejected"),
    ({"XH_CX": "简易"},                              ["S05 XH_CX reject"],      "rejected"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), S05 + V02 + V05)
def test_listed_values_are_of_the_list_and_fit(
    penalty: Desk, cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = penalty.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)


def test_the_words_show_the_list(penalty: Desk) -> None:
    issue = penalty.judge({"XH_CD": "较重"}).issue("S05")
    assert (issue["found"], issue["expected"], issue["expected_en"]) == (
        "较重",
        "取值：轻微、一般、严重",
        "one of: 轻微、一般、严重",
    )
