"""The rules on the item legal-entity-registration: the register's own rows need a name and one of three codes."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import NO_CODE, PERSON, SHOP_CODE, STEEL_CODE, UNKNOWN_CODE, WRONG_INNER, Desk

# cells                                                        said                          verdict
REGISTRATIONS = [
    ({"FR_SHXYM": UNKNOWN_CODE},                               [],                           "accepted"),  # new to the register
    ({"FR_SHXYM": SHOP_CODE},                                  [],                           "accepted"),
    ({"FR_SHXYM": WRONG_INNER},                                [],                           "accepted"),
    ({"FR_SHXYM": "91320100MA1TE5T0XG"},                       ["V01 FR_SHXYM reject"],      "rejected"),
    ({"FR_SHXYM": None},                                       ["S11 FR_SHXYM reject", "V01 FR_SHXYM reject"], "rejected"),
    ({"FR_SHXYM": None, "FR_GSZC": "320102000000016"},         ["V01 FR_SHXYM reject"],      "rejected"),  # the register is kept by unified code
    ({"FR_SHXYM": None, "FR_ZZJG": "MA1TE5T0-X"},              ["V01 FR_SHXYM reject"],      "rejected"),
    ({"FR_MC": None},                                          ["S01 FR_MC reject"],         "rejected"),
    ({"FR_MC": "无"},                                           ["V11 FR_MC reject"],         "rejected"),
    ({"FR_ZT": "在业"},                                          [],                           "accepted"),
    ({"FR_ZT": "倒闭"},                                          ["S05 FR_ZT reject"],         "rejected"),
    ({"FR_ZCZB": "100"},                                       [],                           "accepted"),
    ({"FR_ZCZB": "¥1,000.5"},                                  ["S04 FR_ZCZB warn"],         "accepted"),
    ({"FR_ZCZB": "一百万"},                                       ["S04 FR_ZCZB reject"],       "rejected"),
    ({"FR_CLRQ": "2001-02-30"},                                ["S03 FR_CLRQ reject"],       "rejected"),
    ({"FR_CYM": "金陵样例炼铁厂；金陵样例铁厂"},                         [],                           "accepted"),
    ({"FR_FR_ZJHM": PERSON},                                   ["P01 FR_FR_ZJHM warn"],      "accepted"),
    ({"FR_ZS": f"样例路1号（{PERSON}）"},                           ["V12 FR_ZS warn"],           "accepted"),
    ({"FR_XZQH": "3201000"},                                   ["S02 FR_XZQH reject"],       "rejected"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), REGISTRATIONS)
def test_a_registration_names_its_subject(
    registration: Desk, cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = registration.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)


def test_a_placeholder_registers_nobody(registration: Desk) -> None:
    assert registration.judge({"FR_SHXYM": NO_CODE}).verdict == "rejected"
    assert registration.judge({"FR_SHXYM": NO_CODE}).said == ["V01 FR_SHXYM reject"]


def test_the_words_list_the_codes_of_which_one_is_needed(registration: Desk) -> None:
    issue = registration.judge({"FR_SHXYM": None}).issue("S11")
    assert issue["expected"] == "以下至少填一项：统一社会信用代码、工商注册号、组织机构代码"
    assert issue["expected_en"].startswith(
        "at least one of: Unified social credit identifier, Business registration number"
    )


def test_rules_about_records_do_not_bind_registrations(registration: Desk) -> None:
    assert registration.judge({"FR_SHXYM": STEEL_CODE, "FR_MC": "样例别家公司"}).said == []
