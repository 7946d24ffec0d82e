"""The rules on permits, listings and grade-A taxpayers: V01, W02, V04, V07, V11, S05 where they differ from penalties."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import PUBLIC_BODY, STEEL_CODE, STEEL_ORG_CODE, UNKNOWN_CODE, Desk

NAME = "金陵样例（江苏）钢铁有限公司"
GOOD_PERMIT: dict[str, str | None] = {
    "XK_XDR_MC": NAME,
    "XK_XDR_LB": "法人及非法人组织",
    "XK_XDR_SHXYM": STEEL_CODE,
    "XK_XKWS": "准予行政许可决定书",
    "XK_WSH": "宁样许〔2026〕7号",
    "XK_XKLB": "普通",
    "XK_NR": "准予排放废水",
    "XK_JDRQ": "2026-04-30",
    "XK_YXQZ": "2026-05-01",
    "XK_YXQZI": "2031-04-30",
    "XK_XKJG": "样例市生态环境局",
    "XK_XKJGDM": PUBLIC_BODY,
    "XK_ZT": "1",
    "XK_LYDW": "样例市生态环境局",
    "XK_LYDWDM": PUBLIC_BODY,
}
GOOD_LISTING: dict[str, str | None] = {
    "MD_MC": NAME,
    "MD_LB": "法人及非法人组织",
    "MD_SHXYM": STEEL_CODE,
    "MD_LX": "拖欠农民工工资失信联合惩戒对象名单",
    "MD_WSH": "宁样列〔2026〕1号",
    "MD_LRRQ": "2026-03-02",
    "MD_LRLY": "拖欠工资，经责令限期支付仍未支付",
    "MD_YJ": "保障农民工工资支付条例第四十八条",
    "MD_RDJG": "样例市人力资源和社会保障局",
    "MD_RDJGDM": PUBLIC_BODY,
    "MD_SJLY": "样例市人力资源和社会保障局",
    "MD_SJLYDM": PUBLIC_BODY,
}
GOOD_TAXPAYER: dict[str, str | None] = {
    "NS_MC": NAME,
    "NS_SBH": STEEL_CODE,
    "NS_ND": "2025",
    "NS_SWJG": "样例市税务局第一税务所",
}

# cells                                              said                          verdict
PERMITS = [
    ({},                                             [],                           "accepted"),
    ({"XK_JDRQ": "2026-04-21"},                      ["V04 XK_JDRQ warn"],         "accepted"),  # 双公示: permits are late as penalties are
    ({"XK_YXQZI": "2099-12-31"},                     [],                           "accepted"),
    ({"XK_YXQZ": "2031-05-01"},                      ["V07 XK_YXQZI reject"],      "rejected"),  # begins after its end
    ({"XK_YXQZ": "2031-04-30"},                      [],                           "accepted"),  # a single day
    ({"XK_YXQZI": "2026-04-29"},                     ["V07 XK_YXQZI reject", "V07 XK_YXQZI reject"], "rejected"),
    ({"XK_ZT": "有效"},                               [],                           "accepted"),
    ({"XK_ZT": "3"},                                 ["S05 XK_ZT reject"],         "rejected"),
    ({"XK_XKLB": "普通；登记"},                        [],                           "accepted"),
    ({"XK_XKLB": "其他-备案类"},                       [],                           "accepted"),
    ({"XK_XKLB": "其他"},                             [],                           "accepted"),
    ({"XK_XKLB": "普通许可"},                          ["S05 XK_XKLB reject"],       "rejected"),
    ({"XK_XKLB": "普通；"},                           ["S05 XK_XKLB reject"],       "rejected"),
    ({"XK_XKJG": "未披露"},                           ["V11 XK_XKJG reject"],       "rejected"),
    ({"XK_NR": "未公开"},                             ["V11 XK_NR reject"],         "rejected"),
]  # fmt: skip
LISTINGS = [
    ({},                                             [],                           "accepted"),  # no limit of seven days for lists
    ({"MD_WSH": None},                               [],                           "accepted"),  # kept; without its number never published
    ({"MD_LX": "黑名单"},                             ["S05 MD_LX reject"],         "rejected"),
    ({"MD_LX": "电子商务领域黑名单"},                    [],                           "accepted"),
    ({"MD_YCRQ": "2026-03-01"},                      ["V07 MD_YCRQ reject"],       "rejected"),  # removed before it was listed
    ({"MD_YCRQ": "2026-03-02"},                      [],                           "accepted"),
    ({"MD_SHXYM": None},                             ["V01 MD_SHXYM reject"],      "rejected"),
]  # fmt: skip
TAXPAYERS = [
    ({},                                             [],                           "accepted"),
    ({"NS_SHXYM": STEEL_CODE},                       [],                           "accepted"),
    ({"NS_SBH": "320100" + STEEL_ORG_CODE},          [],                           "accepted"),  # an old number holds a code too
    ({"NS_SBH": "320100 " + STEEL_ORG_CODE.lower()}, [],                           "accepted"),  # how it is written
    ({"NS_SBH": "320100MA1TE5T00"},                  ["V01 NS_SBH reject"],        "rejected"),  # no right code inside
    ({"NS_SBH": UNKNOWN_CODE},                       ["W01 NS_SHXYM wait"],        "waiting"),
    ({"NS_SBH": "L" + STEEL_CODE},                   ["V01 NS_SBH reject"],        "rejected"),
    ({"NS_SBH": STEEL_CODE[:-1] + "G"},              ["V01 NS_SBH reject"],        "rejected"),
    ({"NS_SBH": None},                               ["S01 NS_SBH reject", "W03 NS_MC warn"],        "rejected"),
    ({"NS_ND": "2027"},                              ["V07 NS_ND reject"],         "rejected"),
    ({"NS_ND": "25"},                                ["V07 NS_ND reject"],         "rejected"),
    ({"NS_ND": "2026"},                              [],                           "accepted"),
    ({"NS_MC": "样例别家公司"},                         ["1001 NS_MC reject"],        "rejected"),
]  # fmt: skip
CASES = [
    ("administrative-permit", GOOD_PERMIT, PERMITS),
    ("serious-dishonesty-listing", GOOD_LISTING, LISTINGS),
    ("tax-credit-grade-a", GOOD_TAXPAYER, TAXPAYERS),
]


@pytest.mark.parametrize(("item", "good", "table"), CASES, ids=[item for item, _, _ in CASES])
def test_each_row_is_taken_waits_or_goes_back(item: str, good: dict[str, str | None], table) -> None:
    desk = Desk(item, good)
    found = [(cells, desk.judge(cells)) for cells, _, _ in table]
    assert [(cells, judged.said, judged.verdict) for cells, judged in found] == table


# cells                                              said                          verdict
NEVER_A_CODE = [
    ({"MD_SHXYM": None},                             ["W02 MD_SHXYM wait"],        "waiting"),   # the source never carries codes
    ({"MD_SHXYM": STEEL_CODE},                       [],                           "accepted"),
    ({"MD_SHXYM": "无"},                              ["V01 MD_SHXYM reject"],      "rejected"),  # what is there must be right
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), NEVER_A_CODE)
def test_rows_of_a_source_without_codes_wait_for_a_person(
    cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = Desk("serious-dishonesty-listing", GOOD_LISTING, allowances=frozenset({"MD_SHXYM"})).judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)
