"""Rows with planted troubles, for the twin: each field draws from what departments write there, and from worse."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.spec.rules.desk import (
    NO_CODE,
    OTHER_BODY,
    PERSON,
    PUBLIC_BODY,
    SHOP_CODE,
    STEEL_CODE,
    STEEL_ORG_CODE,
    STEEL_REG_NO,
    UNKNOWN_CODE,
    WRONG_INNER,
    made_up,
)  # fmt: skip
from tests.spec.rules.good_rows import good_row

from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.intake.rules.placeholders import PLACEHOLDERS

Rows = st.SearchStrategy[list[dict[str, str | None]]]

USCCS = [
    STEEL_CODE, SHOP_CODE, UNKNOWN_CODE, WRONG_INNER, NO_CODE, PUBLIC_BODY, OTHER_BODY, "N1320100MA1TE5T0X2", "A1320100MA1TE5T0XE",
    "Y1320100MA1TE5T0XR", STEEL_CODE.lower(), "9132O1OOMA1TE5TOXF", "91320100MA1TE5T0XG", "91320100-MA1TE5T0X-F", "９１３２０１００ＭＡ１ＴＥ５Ｔ０ＸＦ",
    "9.14403E+17", "0" * 18, STEEL_ORG_CODE, STEEL_REG_NO, "-", "Ⅸ1320100MA1TE5T0XF", "ﬁ",
]  # fmt: skip
OTHER_CODES = [
    STEEL_REG_NO,
    "320102000000008",
    "320106000000014",
    STEEL_ORG_CODE,
    "MA1TE5T0-X",
    "123456789",
    "注册号1",
    "5|CMD!A",
]
NAMES = [
    "金陵样例（江苏）钢铁有限公司", "金陵样例(江苏)钢铁有限公司", "金陵样例 （江苏） 钢铁有限公司", "金陵样例炼铁厂", "玄武区样例小吃店", "样例村股份经济合作社",
    "“金陵样例（江苏）钢铁有限公司”", "金陵样例〔江苏〕钢铁有限公司", "样例\n公司", "样例\u2060公司", "样例\u00ad公司", "样例\u2003公司", "样例(公司\x01", "\u200b",
    "Ａ样例公司", "＠样例", "㈱样例", "样例·公司",
]  # fmt: skip
DAYS = [
    "2026-04-30", "2026-05-06", "2026-05-07", "2026/4/21", "2026.4.22", "20260422", "2026年4月22日", "2099-12-31", "2099/12/31",
    "2026-02-30", "20260230", "1949-09-30", "1949-10-01", "0999-01-01", "26-04-30", "2026-04-30 00:00:00", "46142", "infinity", "长期",
]  # fmt: skip
AMOUNTS = [
    "0", "0.0", "1.2", "12000", "0.000001", "1.20005", "1,200", "¥1.2", "1.2万元", "1.2元", "0x1A", "1_000", "1e5", "NaN", "-1", "１．２", ".5",
    "99999999999", "100000000000", "0x1A万元", "五万",
]  # fmt: skip
YEARS = ["2024", "0", "２０２４", "2024年", "2024.0", "-1", "1e3", "9" * 15, "9" * 16, "٢٠٢٤", "2024\n"]
KINDS = [
    "警告", "罚款", "罚款；警告", "罚款,没收违法所得", "没收违法所得、没收非法财物", "吊销许可证件", "暂扣或者吊销许可证、暂扣或者吊销执照", "其他-公开道歉", "打板子", "责令改正", "；",
    "罚款；责令改正", f"其他-{PERSON}", "行政拘留",
]  # fmt: skip
TEXTS = [
    "罚款12000元", "罚款壹万贰仟元整", "罚款1.2万元", "罚款120000元", "罚款112000元", "罚款7000元，加处罚款5000元", "12000元", "（2026）12000号：罚款5000元",
    "1，12000元", "罚款人民币12,000.00元", "=cmd|'/c calc'!A1", "@SUM(1)", "+SUM(A1)", "-5", "+\n(", "-a\n(", "检查\x00发现", "\x1f检查", "检查\t\r\n发现",
    "\u200b", "\u200b \u2060", "\u3000", "它说\"好\"\\", "🧾" * 40, "号" * 200, "x" * 5001,
]  # fmt: skip
PERSONAL = [
    PERSON, PERSON.lower(), made_up(serial="004").lower(), f"身份证号：{PERSON}。", f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}", PERSON[:6] + PERSON[8:17],
    "电话13800000000", "１３８００００００００", f"统一代码{STEEL_CODE}", "320102000000016", "扣押12345678901支",
]  # fmt: skip
BY_ROLE: dict[str, list[str]] = {
    "uscc": USCCS, "deciding_authority_code": USCCS, "source_agency_code": USCCS, "registration_authority_code": USCCS,
    "registration_number": OTHER_CODES, "organization_code": OTHER_CODES, "counterpart_name": NAMES, "penalty_kinds": KINDS, "content": TEXTS,
}  # fmt: skip
ODD = st.text(alphabet="0123456789ABXO元万罚款（）()·\u200b\u00a0 \t\n\x01=+-@./,，。年月日", max_size=24)
GENERAL = [*TEXTS, *PERSONAL, *PLACEHOLDERS[:12], "", "  "]


def cells(field: Field) -> st.SearchStrategy[str | None]:
    """Return what may stand in a field: sensible, nasty, misplaced, random, or nothing."""
    own = [*field.codes, *BY_ROLE.get(field.role, [])]
    own += {"date": DAYS, "number": AMOUNTS, "integer": YEARS}.get(field.type, [])
    pools: list[st.SearchStrategy[Any]] = [st.sampled_from(GENERAL), ODD, st.none()]
    return st.one_of(*[st.sampled_from(own)] * 6, *pools) if own else st.one_of(*pools)


def rows_of(version: ItemVersion, *, max_size: int) -> Rows:
    """Return lists of rows: good ones in which up to six cells were changed."""
    good = good_row(version)
    telling = [field for field in version.fields if field.type != "string" or field.role in BY_ROLE]
    changes = st.dictionaries(st.sampled_from([*version.fields, *telling * 2]), st.just(None), max_size=6).flatmap(
        lambda chosen: st.fixed_dictionaries({field.name: cells(field) for field in chosen})
    )
    return st.lists(changes.map(lambda changed: {**good, **changed}), min_size=1, max_size=max_size)
