"""How names are read: a table of names and their parts, written by hand."""

from __future__ import annotations

import pytest

from xinheng.core.names import parse
from xinheng.core.names.parse import PartKind

# place | zone | brand | industry | inner place | group | form | branch; a dash where there is none
NAMES = """
苏州金龙机械有限公司 = 苏州 | - | 金龙 | 机械 | - | - | 有限公司 | -
苏州市金龙机械有限责任公司 = 苏州市 | - | 金龙 | 机械 | - | - | 有限责任公司 | -
江苏省苏州市吴中区金龙食品厂 = 江苏省苏州市吴中区 | - | 金龙 | 食品 | - | - | 厂 | -
江苏苏州金龙食品厂 = 江苏苏州 | - | 金龙 | 食品 | - | - | 厂 | -
昆山金龙电子有限公司 = 昆山 | - | 金龙 | 电子 | - | - | 有限公司 | -
上海浦东新区金龙物流有限公司 = 上海浦东新区 | - | 金龙 | 物流 | - | - | 有限公司 | -
内蒙古希捷环保科技有限责任公司 = 内蒙古 | - | 希捷 | 环保科技 | - | - | 有限责任公司 | -
内蒙古自治区希捷环保科技有限责任公司 = 内蒙古自治区 | - | 希捷 | 环保科技 | - | - | 有限责任公司 | -
新疆维吾尔自治区天成棉业有限公司 = 新疆维吾尔自治区 | - | 天成 | 棉业 | - | - | 有限公司 | -
恩施土家族苗族自治州天成茶业有限公司 = 恩施土家族苗族自治州 | - | 天成 | 茶业 | - | - | 有限公司 | -
恩施州天成茶业有限公司 = 恩施州 | - | 天成 | 茶业 | - | - | 有限公司 | -
苏州工业园区金龙机械有限公司 = 苏州 | 工业园区 | 金龙 | 机械 | - | - | 有限公司 | -
昆山高新技术产业开发区金龙模具厂 = 昆山 | 高新技术产业开发区 | 金龙 | 模具 | - | - | 厂 | -
菏泽市高新区新伟建材有限公司 = 菏泽市 | 高新区 | 新伟 | 建材 | - | - | 有限公司 | -
腾讯科技（深圳）有限公司 = - | - | 腾讯 | 科技 | 深圳 | - | 有限公司 | -
腾讯科技深圳有限公司 = - | - | 腾讯 | 科技 | 深圳 | - | 有限公司 | -
深圳市纺织(集团)股份有限公司 = 深圳市 | - | - | 纺织 | - | 集团 | 股份有限公司 | -
华晨集团 = - | - | 华晨 | - | - | 集团 | - | -
苏州金龙控股集团有限公司 = 苏州 | - | 金龙 | 控股 | - | 集团 | 有限公司 | -
中国移动通信集团江苏有限公司 = 中国 | - | 移动 | 通信 | 江苏 | 集团 | 有限公司 | -
苏州金龙股权投资合伙企业（有限合伙） = 苏州 | - | 金龙 | 股权投资 | - | - | 合伙企业 | -
常熟市天成果蔬种植农民专业合作社 = 常熟市 | - | 天成 | 果蔬种植 | - | - | 农民专业合作社 | -
江苏天成律师事务所 = 江苏 | - | 天成 | - | - | - | 律师事务所 | -
苏州市天成家庭农场 = 苏州市 | - | 天成 | - | - | - | 家庭农场 | -
苏州市第一人民医院 = 苏州市 | - | 第一人民 | - | - | - | 医院 | -
苏州市吴中区人民政府 = 苏州市吴中区 | - | - | - | - | - | 人民政府 | -
苏州大学 = 苏州 | - | - | - | - | - | 大学 | -
南京市教育局 = 南京市 | - | 教育 | - | - | - | 局 | -
吴江区松陵镇金山村村民委员会 = 吴江区 | - | 松陵镇金山村 | - | - | - | 村民委员会 | -
苏州市机械行业协会 = 苏州市 | - | 机械行业 | - | - | - | 协会 | -
江苏省天成慈善基金会 = 江苏省 | - | 天成慈善 | - | - | - | 基金会 | -
苏州金龙机械有限公司吴江分公司 = 苏州 | - | 金龙 | 机械 | - | - | 有限公司 | 吴江分公司
苏州金龙机械有限公司第一分公司 = 苏州 | - | 金龙 | 机械 | - | - | 有限公司 | 第一分公司
苏州金龙机械有限公司（吴江分公司） = 苏州 | - | 金龙 | 机械 | - | - | 有限公司 | 吴江分公司
江苏张家港农村商业银行股份有限公司 = 江苏张家港 | - | - | - | - | - | 农村商业银行股份有限公司 | -
苏州银行股份有限公司 = 苏州 | - | - | - | - | - | 银行股份有限公司 | -
平安银行股份有限公司 = - | - | 平安 | - | - | - | 银行股份有限公司 | -
华夏银行杭州桐庐支行 = - | - | - | - | - | - | - | 杭州桐庐支行
海通证券有限公司北京中关村南大街证券营业部 = - | - | 海通 | 证券 | - | - | 有限公司 | 北京中关村南大街证券营业部
苏州市公安局吴中分局 = 苏州市 | - | 公安 | - | - | - | 局 | 吴中分局
苏州大学附属第一医院 = 苏州 | - | - | - | - | - | 大学 | 附属第一医院
中国石化集团胜利石油管理局有限公司胜利发电厂 = 中国 | - | 石化集团胜利石油管理局 | - | - | - | 有限公司 | 胜利发电厂
章丘利鑫水泥有限公司 = 章丘 | - | 利鑫 | 水泥 | - | - | 有限公司 | -
苏洲金龙有眼公司 = 苏洲 | - | 金龙 | - | - | - | 有眼公司 | -
苏州金龙控股有限公司 = 苏州 | - | 金龙 | 控股 | - | - | 有限公司 | -
苏州有限公司 = - | - | 苏州 | - | - | - | 有限公司 | -
"""
COLUMNS = (
    PartKind.PLACE,
    PartKind.ZONE,
    PartKind.BRAND,
    PartKind.TRADE,
    PartKind.INNER_PLACE,
    PartKind.GROUP,
    PartKind.FORM,
    PartKind.BRANCH,
)


@pytest.mark.parametrize("row", NAMES.strip().splitlines())
def test_a_name_has_these_parts(row: str) -> None:
    name, told = row.split(" = ")
    read = parse(name)
    assert [read.part(kind) or "-" for kind in COLUMNS] == told.split(" | ")


def test_parts_are_found_in_the_text_as_it_was_written() -> None:
    name = parse("　蘇州 金龍機械（集團）有限公司吳江分公司 ")
    assert [(part.kind.value, part.text) for part in name.parts] == [
        ("mark", "　"),
        ("place", "蘇州"),
        ("mark", " "),
        ("brand", "金龍"),
        ("trade", "機械"),
        ("mark", "（"),
        ("group", "集團"),
        ("mark", "）"),
        ("form", "有限公司"),
        ("branch", "吳江分公司"),
        ("mark", " "),
    ]


def test_every_change_of_writing_is_told() -> None:
    steps = {step.kind: (step.before, step.after) for step in parse("蘇州ａbc【集团】\u200b有限 公司").steps}
    assert steps == {
        "traditional": ("蘇", "苏"),
        "width": ("ａ", "A"),
        "capital": ("bc", "BC"),
        "bracket": ("【】", "()"),
        "invisible": ("\u200b", ""),
        "space": (" ", ""),
    }


def test_a_branch_says_where_and_which_it_is() -> None:
    first, second = parse("工行苏州分行吴中支行").reading.branches
    assert (first.place, first.kind, second.place, second.kind) == ("苏州", "分行", "吴中", "支行")
    [third] = parse("苏州金龙机械有限公司第十二分公司").reading.branches
    assert (third.number, third.kind, third.label) == (12, "分公司", "")


def test_a_street_named_after_a_city_is_no_city() -> None:
    [branch] = parse("中国工商银行南昌北京西路支行").reading.branches
    assert (branch.place, branch.label) == ("南昌", "北京西路")


def test_a_place_of_old_counts_as_its_successor() -> None:
    assert parse("章丘市金龙机械厂").reading.place == parse("济南市章丘区金龙机械厂").reading.place == {"370114"}


@pytest.mark.parametrize(
    "text",
    ["", " ", "。", "（）", "有限公司", "分公司", "苏州市", "中国", "🏭", "\u202e\u200f", "((", "第", "支行", "集团"],
)
def test_what_names_nothing_is_read_all_the_same(text: str) -> None:
    assert "".join(part.text for part in parse(text).parts) == text
