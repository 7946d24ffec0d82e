"""V01 (the code is there and right), W01 and W02 (the row waits for its subject): an adverse record attaches by code only."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import NO_CODE, STEEL_CODE, STEEL_ORG_CODE, STEEL_REG_NO, UNKNOWN_CODE, WRONG_INNER, Desk

REJECT, WAIT = "V01 CF_XDR_SHXYM reject", "W01 CF_XDR_SHXYM wait"
CODE, NAME, REG_NO, ORG = "CF_XDR_SHXYM", "CF_XDR_MC", "CF_XDR_GSZC", "CF_XDR_ZZJG"

# cells                                                            said                          verdict
V01 = [
    ({CODE: STEEL_CODE},                                           [],                           "accepted"),
    ({CODE: STEEL_CODE.lower()},                                   [],                           "accepted"),  # how it is written
    ({CODE: "91320100-MA1TE5T0X-F"},                               [],                           "accepted"),
    ({CODE: "９１３２０１００ＭＡ１ＴＥ５Ｔ０ＸＦ"},                                [],                           "accepted"),
    ({CODE: " 9132 0100 MA1T E5T0 XF "},                           [],                           "accepted"),
    ({CODE: "N1320100MA1TE5T0X2", NAME: "样例村股份经济合作社"},             [],                           "accepted"),  # registrars that
    ({CODE: "A1320100MA1TE5T0XE", NAME: "样例军队服务中心"},               [],                           "accepted"),  # others refuse
    ({CODE: "Y1320100MA1TE5T0XR", NAME: "样例其他组织"},                 [],                           "accepted"),
    ({CODE: "52320100MA1TE5T0XG", NAME: "样例民办学校"},                 [],                           "accepted"),
    ({CODE: WRONG_INNER, NAME: "样例内码有误公司"},                        ["V01 CF_XDR_SHXYM warn"],    "accepted"),  # it was issued so
    ({CODE: "91320100MA1TE5T0XG"},                                 [REJECT],                     "rejected"),  # check character
    ({CODE: "91320100MA1TE5T0X"},                                  [REJECT],                     "rejected"),
    ({CODE: "9132O1OOMA1TE5TOXF"},                                 [REJECT],                     "rejected"),  # O for 0: never mended
    ({CODE: "Z1320100MA1TE5T0XF"},                                 [REJECT],                     "rejected"),
    ({CODE: STEEL_ORG_CODE},                                       [REJECT],                     "rejected"),
    ({CODE: "无"},                                                  [REJECT],                     "rejected"),
    ({CODE: None},                                                 [REJECT],                     "rejected"),
    ({CODE: None, REG_NO: STEEL_REG_NO},                           ["V01 CF_XDR_SHXYM warn"],    "accepted"),
    ({CODE: None, ORG: STEEL_ORG_CODE},                            ["V01 CF_XDR_SHXYM warn"],    "accepted"),
    ({CODE: None, ORG: "MA1TE5T0-X"},                              ["V01 CF_XDR_SHXYM warn"],    "accepted"),
    ({CODE: None, REG_NO: "320102000000017"},                      [REJECT],                     "rejected"),  # finds nobody: wrong
    ({CODE: "91320100MA1TE5T0XG", REG_NO: STEEL_REG_NO},           [REJECT],                     "rejected"),  # wrong stays wrong
]  # fmt: skip

# cells                                                            said                          verdict
W01 = [
    ({CODE: UNKNOWN_CODE, NAME: "样例未登记公司"},                        [WAIT],                       "waiting"),
    ({CODE: None, REG_NO: "320106000000014", NAME: "样例未登记公司"},     [WAIT],                       "waiting"),
    ({CODE: UNKNOWN_CODE, "CF_WSH": None},                         ["S01 CF_WSH reject", WAIT],  "rejected"),  # the worst counts
    ({CODE: None, REG_NO: "320102000000008", NAME: "样例老字号商行"},     ["V01 CF_XDR_SHXYM warn"],    "accepted"),
]  # fmt: skip

SHOP = {NAME: "样例无码小店", "CF_XDR_LB": "个体工商户"}
# cells                                                            said                          verdict
W02 = [
    ({**SHOP, CODE: NO_CODE},                                      ["W02 CF_XDR_SHXYM wait"],    "waiting"),
    ({**SHOP, CODE: NO_CODE.lower()},                              ["W02 CF_XDR_SHXYM wait"],    "waiting"),
    ({**SHOP, CODE: NO_CODE, NAME: "金陵样例（江苏）钢铁有限公司"},           ["W02 CF_XDR_SHXYM wait"],    "waiting"),  # a name attaches nothing
    ({**SHOP, CODE: "0" * 18},                                     [REJECT],                     "rejected"),
    ({**SHOP, CODE: None},                                         [REJECT],                     "rejected"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), V01 + W01 + W02)
def test_a_row_attaches_by_code_waits_or_goes_back(
    penalty: Desk, cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = penalty.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)


def test_a_mend_is_suggested_and_never_made(penalty: Desk) -> None:
    judged = penalty.judge({CODE: "91320100748204660Q".replace("0", "O")})
    issue = judged.issue("V01")
    assert issue["found"] == "9132O1OO7482O466OQ"
    assert issue["expected"].endswith("第5位“O”不是统一社会信用代码可用的字符（数字和除I、O、Z、S、V外的大写字母）。")
    assert issue["expected_en"].endswith("Position 5 is 'O'; a USCC has digits and capitals without I, O, Z, S and V.")
    assert issue["mend"] == "是否应为 91320100748204660Q？请与营业执照核对，平台不代为更改。"
    assert issue["mend_en"].startswith("Should it be 91320100748204660Q? Compare it with the licence")
    assert judged.cells["subject"] is None


@pytest.mark.parametrize("code", ["91320100MA1TE5T0XG", STEEL_ORG_CODE, "MA1TE5TO-X", "无", STEEL_REG_NO])
def test_nothing_but_a_unified_code_is_suggested_for_one(penalty: Desk, code: str) -> None:
    issue = penalty.judge({CODE: code}).issue("V01")
    assert issue["mend"] == "请按营业执照或登记证书填写统一社会信用代码。"
    assert issue["expected"].startswith("18 位统一社会信用代码，校验位正确")


def test_the_reason_is_told(penalty: Desk) -> None:
    wrong = penalty.judge({CODE: "91320100MA1TE5T0XG"}).issue("V01")
    assert (wrong["expected"], wrong["expected_en"]) == (
        "18 位统一社会信用代码，校验位正确。统一社会信用代码校验位不正确。",
        "an 18-character unified social credit code with a right check digit. The check character of the USCC is wrong.",
    )


def test_the_subject_found_stands_beside_the_row(penalty: Desk) -> None:
    assert penalty.judge({}).cells["subject"] == 0
    assert penalty.judge({CODE: None, ORG: STEEL_ORG_CODE}).cells["registered_name"] == "金陵样例（江苏）钢铁有限公司"


def test_waiting_is_not_the_departments_mistake(penalty: Desk) -> None:
    issue = penalty.judge({CODE: UNKNOWN_CODE}).issue("W01")
    assert (issue["level"], issue["mend"]) == ("wait", "无需处理。登记信息到达后，本行自动入库。")
