"""What an item says as a whole, term by term, so that two versions of it can be laid side by side (版本对照).

For :mod:`.compare`, and for the page of versions side by side: every term of an item and of a field as words, and which of them differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xinheng.core.catalogue.item import Allowance, Basis, Effect, Field, ItemVersion, Status
from xinheng.core.catalogue.terms import FREQUENCIES, RETENTION_FROM
from xinheng.core.catalogue.volume import bounds
from xinheng.core.errors import Text

NOTHING = Text("无", "none")
YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}
EFFECTS = {
    Effect.ADVERSE: Text("不利", "adverse"),
    Effect.NEUTRAL: Text("中性", "neutral"),
    Effect.FAVOURABLE: Text("有利", "favourable"),
    Effect.REGISTER: Text("登记", "register"),
}
STATES = {
    Status.REPORTABLE: Text("可报送", "taken"),
    Status.STUB: Text("仅公布", "published only"),
}
FIELD_TERMS: dict[str, Text] = {
    "title": Text("中文名称", "Chinese name"),
    "title_en": Text("英文名称", "English name"),
    "type": Text("类型", "type"),
    "required": Text("必填", "required"),
    "max_length": Text("最大长度", "longest value"),
    "unit": Text("金额单位", "unit"),
    "decimals": Text("小数位数", "decimal places"),
    "multiple": Text("可填多个值", "several values"),
    "separators": Text("分隔符", "separators"),
    "other": Text("可加注说明的值", "value that a note may follow"),
    "openness": Text("公开属性", "openness"),
    "privacy": Text("个人信息处理方式", "treatment of personal data"),
    "consent": Text("书面同意", "written consent"),
    "allowance": Text("容缺", "may be empty"),
    "description": Text("填报说明", "note"),
    "role": Text("角色", "role"),
    "codes": Text("取值", "values"),
    "aliases": Text("可用列名", "headings"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One term in two versions, in words; either side is empty where that version has no such thing."""

    term: str
    title: Text
    before: Text | None
    after: Text | None

    @property
    def differs(self) -> bool:
        """Tell whether the two say something else."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field in two versions: its terms side by side; ``kind`` is ``added``, ``removed``, ``changed`` or ``same``."""

    name: str
    title: Text
    kind: str
    terms: tuple[Pair, ...]


def item_terms(version: ItemVersion) -> dict[str, tuple[Text, Text]]:
    """Return what an item says beside its fields: by term its title and its value in words."""
    years = version.retention_years
    since = RETENTION_FROM[version.retention_from]
    groups = "；".join("／".join(_titles(version, group)) for group in version.groups)
    key = "、".join(_titles(version, version.key))
    said: dict[str, tuple[Text, Text]] = {
        "title": (Text("名称", "title"), Text(version.title, version.title_en)),
        "description": (Text("内容", "what it covers"), Text(version.description, version.description_en)),
        "national_class": (Text("国家目录分类", "national class"), _same(version.national_class)),
        "effect": (Text("对主体的影响", "effect on the subject"), EFFECTS[version.effect]),
        "openness": (Text("公开属性", "openness"), _same(version.openness.value)),
        "provider": (Text("归集来源", "provider"), Text(version.provider, version.provider_en)),
        "frequency": (Text("更新频次", "how often"), Text(version.frequency, FREQUENCIES[version.frequency])),
        "subject_kinds": (Text("主体类别", "kinds of subject"), _same("、".join(version.subject_kinds))),
        "basis": (Text("法律依据", "legal basis"), _same("；".join(map(cited, version.basis)))),
        "retention": (Text("保存期限", "retention"), Text(f"{since.zh} {years} 年", f"{years} years {since.en}")),
        "retention_basis": (Text("保存期限依据", "basis of the retention"), _same(cited(version.retention_basis))),
        "key": (Text("重复判断", "key"), _same(key)),
        "groups": (Text("每组至少填一项", "one of each group"), _same(groups) if groups else NOTHING),
        "volume": (Text("数据量", "rows of a file"), bounds(version.volume) if version.volume else NOTHING),
        "status": (Text("状态", "state"), STATES[version.status]),
    }
    return said


def item_pairs(before: ItemVersion, after: ItemVersion) -> tuple[Pair, ...]:
    """Return every term of the item in both versions."""
    old, new = item_terms(before), item_terms(after)
    return tuple(Pair(term, title, old[term][1], value) for term, (title, value) in new.items())


def field_pairs(before: ItemVersion, after: ItemVersion) -> tuple[FieldPair, ...]:
    """Return every field of either version, in the order of the later one; what was left out stands at the end."""
    old, new = {f.name: f for f in before.fields}, {f.name: f for f in after.fields}
    return tuple(_field_pair(old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old)))


def said_of(value: object) -> Text:
    """Return a value of a term in words."""
    if isinstance(value, bool):
        return YES_NO[value]
    if value is None or value in ("", ()):
        return NOTHING
    if isinstance(value, Allowance):
        return value.because
    if isinstance(value, tuple):
        return _same("、".join(value))
    return _same(str(getattr(value, "value", value)))


def cited(basis: Basis) -> str:
    """Return a legal basis as it is cited."""
    return f"{basis.instrument} {basis.article}".strip()


def _field_pair(before: Field | None, after: Field | None) -> FieldPair:
    held = after or before
    assert held is not None  # noqa: S101 (a name comes from one of the two)
    pairs = tuple(
        Pair(term, title, said_of(getattr(before, term)) if before else None, said_of(getattr(after, term)) if after else None)
        for term, title in FIELD_TERMS.items()
    )  # fmt: skip
    if before is None or after is None:
        kind = "added" if before is None else "removed"
    else:
        kind = "changed" if any(pair.differs for pair in pairs) else "same"
    return FieldPair(held.name, Text(held.title, held.title_en), kind, pairs)


def _titles(version: ItemVersion, names: Iterable[str]) -> list[str]:
    known = {field.name: field.title for field in version.fields}
    return [known.get(name, name) for name in names]


def _same(words: str) -> Text:
    return Text(words, words)
