"""Kinds of penalty in a free text: what is no penalty is not called one."""

from __future__ import annotations

import pytest

from xinheng.core.intake.profiles import load_profile
from xinheng.core.intake.profiles.phrases import Amount, Phrases

KINDS = Phrases(
    "text",
    (("警告", ("警告",)), ("罚款", ("罚款",)), ("责令停产停业", ("停产停业",))),
    leave_out=("“[^”]*”",),
    before=(("拟处罚", ("拟处",)),),
    amount=Amount("fine", "元", "罚款"),
    otherwise=(("责令改正（不是处罚）", ("责令",)),),
)


def test_kinds_are_joined_in_the_order_of_the_profile_and_each_is_named_once(make) -> None:
    cells = (("罚款100元，警告；罚款200元", "300"), ("停产停业并处罚款", None), ("警告", "0"))
    assert make(KINDS, *cells) == ["警告；罚款", "罚款；责令停产停业", "警告"]


def test_quoted_law_an_intention_and_an_order_are_no_kinds(make) -> None:
    cells = (("依照“处以罚款”责令改正", "0"), ("拟处罚款", "100"), ("责令停止生产", None), ("未知", None), (None, None))
    assert make(KINDS, *cells) == ["责令改正（不是处罚）", "拟处罚", "责令改正（不是处罚）", None, None]


def test_a_positive_amount_is_a_fine_where_the_text_is_cut_off(make) -> None:
    cells = (("一是立即停止生产；", "2000"), ("责令改正", "未标明"), (None, "￥1,000"), ("'罚\n款'", "0.00"))
    assert make(KINDS, *cells) == ["罚款", "责令改正（不是处罚）", "罚款", None]


SHANDONG = {
    ("责令停止生产，罚款壹万元", "10000"): "罚款",
    ("责令其停产停业，处以伍万元罚款", "50000"): "罚款；责令停产停业",
    ("责令焦炉煤气发电项目停产；罚款10万元", "100000"): "罚款",
    ("责令立即停产整治", "0"): "责令改正（不是行政处罚）",
    ("责令停产整顿", "0"): "责令停产停业",
    ("责令关闭排污阀门", "0"): "责令改正（不是行政处罚）",
    ("责令你公司关闭，没收违法所得3万元", "0"): "没收违法所得；责令关闭",
    ("没收销毁淘汰设备", "0"): "没收非法财物",
    ("未设置警告标志，责令改正", "0"): "责令改正（不是行政处罚）",
    ("给予警告", "0"): "警告",
    ("暂扣排污许可证，吊销危险废物经营许可证", "0"): "暂扣许可证件；吊销许可证件",
    ("移送公安机关，建议行政拘留", "0"): None,
    ("对负责人处行政拘留", "0"): "行政拘留",
    ("不予行政处罚", "0"): None,
    ("予以查封、扣押", "0"): "查封扣押（行政强制措施，不是行政处罚）",
    ("我局拟对你单位作出以下处罚决定：罚款贰万元", "20000"): "拟作出的处罚（尚未作出决定）",
    ("《某条例》第二十八条可以处十万元以下的罚款", "未标明"): "法条原文（未载明处罚决定）",
    ("依据“处五万元以下的罚款”，决定罚款一万元", "10000"): "罚款",
    ("《某条例》第二十八条", "未标明"): None,
}


@pytest.mark.parametrize("cells", SHANDONG)
def test_the_kinds_of_environmental_decisions_are_read_as_the_profile_says(make, cells: tuple[str, str]) -> None:
    kinds = dict(load_profile("shandong-env-penalty").fields)["CF_CFLB"]
    assert make(kinds, cells) == [SHANDONG[cells]]
