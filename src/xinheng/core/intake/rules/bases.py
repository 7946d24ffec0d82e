"""The legal bases that several rules cite."""

from __future__ import annotations

import datetime as dt

from xinheng.core.catalogue.item import Basis

LAYOUT_2018 = Basis("发改办财金〔2018〕424号", "附件 数据标准", "424", "F")
UPLOAD_RULES = Basis("发改办财金〔2018〕424号", "报送校验规则", "BAOJI", "F")
CATALOGUE = Basis("全国公共信用信息基础目录", "目录外信息不得归集", "CAT2024", "F")
PIPL = Basis("个人信息保护法", "第六条、第二十八条", "PIPL", "F")
PUBLICATION_STANDARD = Basis("GB/T 41196-2021", "个人信息不予公示", "STD", "F")
REQUIRED_GROUPS = Basis("苏州市公共信用信息目录（3.1）", "必填分组：组内至少填一项", "SUZHOU", "F")
REGISTER = Basis("GB 32100-2015", "统一社会信用代码", "USCC2", "F")
HOUSE = Basis("信衡 设计", "坏的输入也是正常的输入", "design", "D")

SINCE_2018 = dt.date(2018, 7, 25)
SINCE_2017 = dt.date(2017, 7, 31)
