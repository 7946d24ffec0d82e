"""Attaching by name (凭名称归入): which names may attach a favourable or neutral record by themselves, and which never.

Basis: design §6 step 5 and principle 4: an adverse record attaches by code only; a favourable or neutral one also by the exact full name that
one subject, and no other ever, bore on the day of the decision. Never by the name of a natural person or of a one-person business, which
are told apart by their code alone.
"""

from __future__ import annotations

import re

from xinheng.core.catalogue.item import Effect

BY_NAME = frozenset({Effect.FAVOURABLE, Effect.NEUTRAL})
"""The effects whose records may attach by name."""

SHORTEST = 4
"""Characters that the name of an organisation has at the least to attach anything: 南京大学."""

_ENDINGS = (
    "公司|厂|集团|企业|合伙|中心|合作社|联合社|经济社|大学|学院|学校|中学|小学|幼儿园|医院|卫生院|诊所|研究院|研究所|设计院|事务所|协会|学会|商会|联合会|"
    "促进会|基金会|研究会|银行|信用社|支行|分行|营业部|分理处|办事处|代表处|工作站|服务站|服务部|经营部|门市部|项目部|局|委员会|办公室|法院|检察院|"
    "政府|出版社|杂志社|报社|旅行社|通讯社|图书馆|博物馆|文化馆|体育馆|美术馆|酒店|宾馆|饭店|商店|商场|百货|超市|市场|药房|药店|加油站|农场|林场|牧场|"
    "煤矿|电厂|电站|水库|车站|机场|码头|总队|支队|大队|工会|总会|分会|支部|党校|机关|管理处|管理所|交易所|收费站|仓库|剧院|剧团"
)
_ORGANISATION = re.compile(rf"(?:{_ENDINGS})(?:\([^()]*\))?$")


def may_attach(key: str) -> bool:
    """Tell whether a name (its key, ``core.standards.names.name_key``) is long enough and ends as names of organisations do.

    What does not may be a natural person's, or a part of a name: it waits.
    """
    return len(key) >= SHORTEST and _ORGANISATION.search(key) is not None
