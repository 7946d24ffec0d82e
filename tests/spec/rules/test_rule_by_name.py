"""W03: a favourable or neutral row without a code attaches by the exact full name that one subject alone ever bore and bore on the day.

The same table runs against the register in the database and against the register in memory (``tests/integration/judgements``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.spec.rules.desk import (
    NO_CODE,
    SHOP_CODE,
    STEEL_CODE,
    STEEL_ORG_CODE,
    UNKNOWN_CODE,
    Desk,
    Entry,
    PaperRegister,
)
from tests.spec.rules.good_rows import desk_of

from xinheng.core.catalogue.item import Effect
from xinheng.core.subjects.by_name import BY_NAME, may_attach

NAME, CODE, ORG, REG_NO, DAY = "RY_MC", "RY_SHXYM", "RY_ZZJG", "RY_GSZC", "RY_RQ"
OTHER_ORG, OTHER_REG_NO = "123456788", "320106000000014"
REGISTER = (
    Entry(
        "金陵样例（江苏）钢铁有限公司",
        STEEL_CODE,
        ("金陵样例炼铁厂",),
        dated=(("金陵样例铁业有限公司", dt.date(2020, 5, 1)),),
    ),
    Entry("样例新设科技有限公司", "91320100MA1TE5T11W", since=dt.date(2024, 3, 1)),
    Entry("样例同名贸易有限公司", "91320100MA1TE5T22T"),
    Entry("样例同名贸易有限公司", "91320200MA1TE5T33J"),
    Entry("样例让名有限公司", "91320100MA1TE5T44G", dated=(("样例旧名有限公司", dt.date(2019, 1, 1)),)),
    Entry("样例旧名有限公司", "91320200MA1TE5T556"),  # took over the name that the one before gave up
    Entry("玄武区样例百货商店", SHOP_CODE),
    Entry("样例三", "52320100MA1TE5T660"),
    Entry("样例大学", "12320100MA1TE5T77D"),
    Entry("南京阿依古丽·某某", "53320100MA1TE5T88A"),
)
WAITS, GOES_BACK, ATTACHED, BY_CODE = "waiting", "rejected", "accepted", "accepted by code"

# cells                                                                                         subject   what becomes of it
CASES: list[tuple[dict[str, str | None], int | None, str]] = [
    ({NAME: "金陵样例（江苏）钢铁有限公司"},                                                              0,        ATTACHED),
    ({NAME: "金陵样例(江苏)钢铁 有限公司"},                                                              0,        ATTACHED),  # writing, not words
    ({NAME: "金陵样例钢铁有限公司"},                                                                    None,     GOES_BACK),  # a part is no full name
    ({NAME: "金陵样例（江苏）钢铁有限公司南京分公司"},                                                        None,     GOES_BACK),  # nor is a branch its parent
    ({NAME: "金陵样例铁业有限公司", DAY: "2020-04-30"},                                                 0,        ATTACHED),  # its name on that day
    ({NAME: "金陵样例铁业有限公司", DAY: "2020-05-01"},                                                 None,     GOES_BACK),  # not its name any more
    ({NAME: "金陵样例炼铁厂"},                                                                       None,     GOES_BACK),  # until when, nobody knows
    ({NAME: "样例新设科技有限公司", DAY: "2024-02-29"},                                                 None,     GOES_BACK),  # before it was founded
    ({NAME: "样例新设科技有限公司", DAY: "2024-03-01"},                                                 1,        ATTACHED),
    ({NAME: "样例同名贸易有限公司"},                                                                    None,     GOES_BACK),  # two bear it
    ({NAME: "样例旧名有限公司", DAY: "2018-06-01"},                                                   None,     GOES_BACK),  # passed on
    ({NAME: "样例旧名有限公司", DAY: "2024-06-01"},                                                   None,     GOES_BACK),
    ({NAME: "玄武区样例百货商店"},                                                                     None,     GOES_BACK),  # a one-person business
    ({NAME: "样例三"},                                                                            None,     GOES_BACK),  # may be a person
    ({NAME: "样例大学"},                                                                           8,        ATTACHED),
    ({NAME: "南京阿依古丽·某某"},                                                                     None,     GOES_BACK),  # may be a person
    ({NAME: "样例新设科技有限公司", CODE: UNKNOWN_CODE, DAY: "2024-05-01"},                               None,     WAITS),  # another's code
    ({NAME: "样例新设科技有限公司", CODE: NO_CODE, DAY: "2024-05-01"},                                    None,     WAITS),  # says: a one-person business
    ({NAME: "样例新设科技有限公司", CODE: "91320100MA1TE5T0XG", DAY: "2024-05-01"},                       None,     GOES_BACK),  # wrong stays wrong
    ({NAME: "金陵样例（江苏）钢铁有限公司", ORG: STEEL_ORG_CODE},                                              0,        ATTACHED),  # the code inside its own
    ({NAME: "金陵样例（江苏）钢铁有限公司", ORG: OTHER_ORG},                                                   None,     WAITS),  # another's
    ({NAME: "金陵样例（江苏）钢铁有限公司", REG_NO: OTHER_REG_NO},                                             0,        ATTACHED),  # the register knows no such number
    ({NAME: "金陵样例（江苏）钢铁有限公司", CODE: STEEL_CODE},                                                0,        BY_CODE),
]  # fmt: skip


def _desk() -> Desk:
    desk = desk_of("honours")
    return replace(
        desk,
        register=PaperRegister(REGISTER),
        good={**desk.good, CODE: None, ORG: None, REG_NO: None, DAY: "2024-04-30"},
    )


@pytest.mark.parametrize(("cells", "subject", "verdict"), CASES)
def test_a_name_alone_attaches_what_it_may(cells: dict[str, str | None], subject: int | None, verdict: str) -> None:
    judged = _desk().judge(cells)
    assert (judged.cells["subject"], judged.verdict) == (subject, verdict.split()[0]), judged.said
    assert any(said.startswith("W03 ") for said in judged.said) is (verdict == ATTACHED), judged.said


def test_an_adverse_row_never_attaches_by_its_name(penalty: Desk) -> None:
    on_paper = replace(penalty, register=PaperRegister(REGISTER), allowances=frozenset({"CF_XDR_SHXYM"}))
    for entry in REGISTER:
        judged = on_paper.judge({"CF_XDR_SHXYM": None, "CF_XDR_MC": entry.name})
        assert (judged.cells["subject"], judged.verdict) == (None, "waiting")
    assert {Effect.FAVOURABLE, Effect.NEUTRAL} == BY_NAME


def test_the_note_says_on_what_the_row_rests() -> None:
    note = _desk().judge({NAME: "样例大学"}).issue("W03")
    assert note["mend"] == "名称与登记库中唯一主体在决定日期的全称一致，已归入；有代码的请补报代码。"


# name                                   may attach
NAMES = [
    ("南京大学",                           True),
    ("样例（江苏）投资合伙企业（有限合伙）",       True),
    ("样例县第二中学",                      True),
    ("张三",                              False),
    ("欧阳某某",                           False),
    ("有限公司",                           True),  # no subject bears it
    ("南京市",                             False),
    ("某某·某某",                          False),
    ("",                                 False),
    ("😀" * 8,                            False),
    ("公司" * 2000,                        True),  # nobody bears it, and nothing breaks
]  # fmt: skip


@pytest.mark.parametrize(("name", "attaches"), NAMES)
def test_what_may_be_a_persons_name_attaches_nothing(name: str, attaches: bool) -> None:
    from xinheng.core.standards.names import name_key

    assert may_attach(name_key(name)) is attaches
