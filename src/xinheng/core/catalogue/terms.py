"""The terms a definition may use: those of Frictionless Table Schema that we enforce, and the credit terms added.

The table is checked by :mod:`.structure`, built from by :mod:`.load` and printed in ``docs/reference/catalogue.md``.
A term of Table Schema that our rules do not enforce is not here, and so is refused: a definition must not promise what
nobody checks. Legal basis of the item's terms: Shenzhen's regulation article 34 (domain facts of a catalogue entry).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xinheng.core.catalogue.item import NATURAL_PERSON, Effect, Openness, Privacy, Status
from xinheng.core.errors import Text

ENTRY = "深圳经济特区社会信用条例第三十四条"
DIRECTORY = "全国公共信用信息基础目录（发改财金规〔2024〕203号）"

SURE = ("F", "F~", "K", "C", "D")
SUBJECT_KINDS = ("法人及非法人组织", "个体工商户", NATURAL_PERSON)
FREQUENCIES: dict[str, str] = {
    "实时": "at once",
    "每日": "daily",
    "每周": "weekly",
    "每月": "monthly",
    "每季度": "quarterly",
    "每半年": "half-yearly",
    "每年": "yearly",
}
RETENTION_FROM: dict[str, Text] = {
    "conduct-end": Text("自不良行为或者事件终止之日起", "from the end of the misconduct or event"),
    "deregistration": Text("自主体注销之日起", "from the deregistration of the subject"),
    "decision": Text("自决定或者认定之日起", "from the day of the decision"),
    "validity-end": Text("自有效期届满或者履行完毕之日起", "from the end of its validity or of its fulfilment"),
    "period-end": Text("自所属期终了之日起", "from the end of the period that it is about"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the ``kind`` of value it takes (see :mod:`.structure`), whether it must be there, and what it says."""

    kind: str
    meaning: Text
    required: bool = False
    choices: tuple[str, ...] = ()
    of: dict[str, Term] = field(default_factory=dict)
    law: str = ""


_SOURCE = Text("核对所用的来源", "where it was seen")
_SURE = Text(
    "可靠程度：F 已见，F~ 转引，K 待核，C 计算，D 自定",
    "F found, F~ second hand, K to be verified, C computed, D our design",
)
_FROM = Text("起始日", "first day")

BASIS: dict[str, Term] = {
    "instrument": Term("text", Text("文件名称及文号", "instrument, with its number"), required=True),
    "article": Term("text", Text("条款", "article")),
    "source": Term("text", _SOURCE, required=True),
    "sure": Term("choice", _SURE, required=True, choices=SURE),
}
_CITED: dict[str, Term] = {
    "basis": Term("text", Text("依据", "legal basis"), required=True),
    "source": Term("text", _SOURCE, required=True),
    "sure": Term("choice", _SURE, required=True, choices=SURE),
}
RETENTION: dict[str, Term] = {
    "years": Term("count", Text("保存年限", "years kept"), required=True),
    "from": Term("choice", Text("年限起算", "from what the years run"), required=True, choices=tuple(RETENTION_FROM)),
    **_CITED,
}
ALLOWANCE: dict[str, Term] = {
    "because": Term("text", Text("可以空缺的原因", "why it may be empty"), required=True),
    "because_en": Term("text", Text("原因（英文）", "the same in English"), required=True),
    **_CITED,
}
VOLUME: dict[str, Term] = {
    "fewest": Term("count", Text("最少行数，少于则整份退回", "fewest rows; a file with fewer stops")),
    "most": Term("count", Text("最多行数，多于则提示", "most rows; a file with more is noted")),
    "fewest_percent": Term(
        "count", Text("不少于上次行数的百分之几，少于则整份退回", "fewest, in per cent of the last file")
    ),
    "most_percent": Term("count", Text("不多于上次行数的百分之几，多于则提示", "most, in per cent of the last file")),
    **_CITED,
}
CONSTRAINTS: dict[str, Term] = {
    "required": Term("flag", Text("必填", "must be filled")),
    "maxLength": Term("count", Text("最大长度（字符）", "longest value, in characters")),
    "enum": Term("texts", Text("可取的值", "values allowed")),
}
FIELD: dict[str, Term] = {
    "name": Term("text", Text("字段代码", "code of the field"), required=True),
    "title": Term("text", Text("中文名称", "Chinese name"), required=True),
    "title_en": Term("text", Text("英文名称", "English name"), required=True),
    "description": Term("text", Text("填报说明", "note to those who fill it in, Chinese")),
    "description_en": Term("text", Text("填报说明（英文）", "the same in English")),
    "type": Term("choice", Text("类型", "type"), required=True, choices=("string", "date", "number", "integer")),
    "format": Term("choice", Text("日期格式，任意写法为 any", "form of a date"), choices=("any", "default")),
    "constraints": Term("record", Text("约束", "constraints"), of=CONSTRAINTS),
    "role": Term("text", Text("角色", "role in the platform's terms")),
    "aliases": Term("texts", Text("常见列名", "column headings met in practice")),
    "unit": Term("choice", Text("金额单位", "unit of an amount"), choices=("元", "万元")),
    "decimals": Term("count", Text("小数位数", "decimal places allowed")),
    "codes": Term("texts", Text("多值字段可取的值", "values allowed where a cell may hold several")),
    "code_list": Term("text", Text("代码集", "code list that explains the values")),
    "multiple": Term("flag", Text("可填多个值", "a cell may hold several values")),
    "separators": Term("text", Text("分隔符，任一字符", "any one of these characters parts them")),
    "other": Term("text", Text("可加注说明的值", "the value that a note may follow")),
    "openness": Term("choice", Text("公开属性", "openness"), required=True, choices=tuple(o.value for o in Openness)),
    "privacy": Term(
        "choice",
        Text("个人信息处理方式", "how natural persons' data in it are treated"),
        choices=tuple(p.value for p in Privacy),
    ),
    "consent": Term("choice", Text("须有书面同意", "collected with written consent only"), choices=("written",)),
    "allowance": Term("record", Text("容缺：必填而可以空缺", "required, and yet it may be empty"), of=ALLOWANCE),
    "local": Term("flag", Text("地方补充字段", "added by the province to the national layout")),
    "from": Term("day", Text("启用日（须为某一版本的起始日）", "first day; that of a revision")),
    "until": Term("day", Text("停用日（不含）", "day from which it is no longer in the layout; that of a revision")),
}
REVISION: dict[str, Term] = {
    "version": Term("text", Text("版本", "label of the version"), required=True),
    "from": Term("day", _FROM, required=True),
    **_CITED,
    "changes": Term("changes", Text("相对上一版本的变化", "what differs from the version before"), of=FIELD),
}
ITEM: dict[str, Term] = {
    "name": Term("text", Text("标识", "identifier"), required=True),
    "title": Term("text", Text("名称", "Chinese name"), required=True),
    "title_en": Term("text", Text("英文名称", "English name"), required=True),
    "description": Term("text", Text("对应的具体行为或事项", "conduct or matter it covers"), required=True, law=ENTRY),
    "description_en": Term("text", Text("同上（英文）", "the same in English"), required=True, law=ENTRY),
    "national_class": Term(
        "text", Text("国家目录分类", "class of the national directory"), required=True, law=DIRECTORY
    ),
    "effect": Term(
        "choice", Text("对主体的影响", "effect on the subject"), required=True, choices=tuple(e.value for e in Effect)
    ),
    "openness": Term(
        "choice", Text("公开属性", "openness"), required=True, choices=tuple(o.value for o in Openness), law=ENTRY
    ),
    "provider": Term("text", Text("归集来源", "who provides it"), required=True, law=ENTRY),
    "provider_en": Term("text", Text("归集来源（英文）", "the same in English"), required=True, law=ENTRY),
    "frequency": Term("choice", Text("更新频次", "how often"), required=True, choices=tuple(FREQUENCIES), law=ENTRY),
    "subject_kinds": Term(
        "choices", Text("主体类别", "kinds of subject"), required=True, choices=SUBJECT_KINDS, law=ENTRY
    ),
    "basis": Term("records", Text("法律依据", "legal basis"), required=True, of=BASIS, law=DIRECTORY),
    "retention": Term("record", Text("保存期限", "retention"), required=True, of=RETENTION, law=ENTRY),
    "primaryKey": Term("texts", Text("区分记录的字段", "fields that tell one record from another"), required=True),
    "key_fallback": Term(
        "pairs", Text("区分字段为空时的替代字段", "field that stands in where one of the key is empty")
    ),
    "groups": Term("lists", Text("每组至少填一项", "of each group at least one field is filled")),
    "status": Term(
        "choice",
        Text("状态，stub 为仅公布、尚不接收", "stub where it is published and not yet taken"),
        choices=tuple(s.value for s in Status),
    ),
    "region": Term("text", Text("地方补充目录所属设区市的区划代码", "code of the city whose supplementary item it is")),
    "volume": Term("record", Text("数据量预期", "how many rows a file may be expected to have"), of=VOLUME),
    "fieldsMatch": Term(
        "choice",
        Text("文件的列须在目录之内，可以少，不可以多", "a file may leave columns out and may not bring others in"),
        required=True,
        choices=("superset",),
    ),
    "missingValues": Term("blanks", Text("视为空的写法", "what counts as empty"), required=True),
    "revisions": Term("records", Text("版本", "revisions"), required=True, of=REVISION),
    "fields": Term("records", Text("字段", "fields"), required=True, of=FIELD),
}
