"""What differs between two versions of an item (版本差异), in words that a department can act on and as data.

Records are checked against the version of their day, so a changed layout is announced by its differences.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xinheng.core.catalogue.compare_item import FIELD_TERMS, item_pairs, said_of
from xinheng.core.catalogue.item import Field, Item, ItemVersion
from xinheng.core.errors import Explanation, Text, UnusableCall


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: ``kind`` is ``added``, ``removed`` or ``changed``; ``term`` says what of the field changed, empty for the whole field.

    ``field`` is empty where a term of the item as a whole changed.
    """

    kind: str
    field: str
    term: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one item and what differs between them, in the order of the fields."""

    before: ItemVersion
    after: ItemVersion
    differences: tuple[Difference, ...]


def compare(item: Item, *, since: str = "", until: str = "") -> Comparison:
    """Compare two versions of an item; each is named by its label or by a year, whose last day then counts.

    Without names the latest version is compared with the one before it. Raises ``UnusableCall`` where the item has one version
    only, or where a name is neither.
    """
    labels = [version.revision.version for version in item.versions]
    after = _named(item, until) if until else item.latest
    place = labels.index(after.revision.version)
    before = _named(item, since) if since else item.versions[max(place - 1, 0)]
    if before is after:
        raise UnusableCall(_same(item, after), item=item.name)
    return Comparison(before, after, tuple(differences(before, after)))


def differences(before: ItemVersion, after: ItemVersion) -> Iterator[Difference]:
    """Yield what ``after`` adds, changes and leaves out, the terms of the item as a whole first."""
    for pair in item_pairs(before, after):
        if pair.differs and pair.before is not None and pair.after is not None:
            zh = f"{pair.title.zh}：{pair.before.zh} → {pair.after.zh}"
            yield Difference("changed", "", pair.term, Text(zh, f"{pair.title.en}: {pair.before.en} → {pair.after.en}"))
    old = {field.name: field for field in before.fields}
    for field in after.fields:
        if field.name in old:
            yield from _changes(old[field.name], field)
        else:
            yield Difference("added", field.name, "", _added(field))
    kept = {field.name for field in after.fields}
    for field in before.fields:
        if field.name not in kept:
            zh, en = f"取消字段「{field.title}」（{field.name}）", f"Field removed: {field.title_en} ({field.name})"
            yield Difference("removed", field.name, "", Text(zh, en))


def as_data(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data, for ``--json``."""
    return {
        "item": found.after.name,
        "from": _version(found.before),
        "to": _version(found.after),
        "differences": [
            {"kind": d.kind, "field": d.field, "term": d.term, "zh": d.sentence.zh, "en": d.sentence.en}
            for d in found.differences
        ],
    }


def _version(version: ItemVersion) -> dict[str, str]:
    revision = version.revision
    return {
        "version": revision.version,
        "in_force": revision.in_force.isoformat(),
        "basis": revision.basis.instrument,
        "sure": revision.basis.sure,
    }


def _named(item: Item, name: str) -> ItemVersion:
    for version in item.versions:
        if version.revision.version == name:
            return version
    if len(name) == 4 and name.isascii() and name.isdigit() and name != "0000":
        return item.at(dt.date(int(name), 12, 31))
    known = "、".join(version.revision.version for version in item.versions)
    raise UnusableCall(
        Explanation(
            Text(f"{item.name} 没有 {name} 版", f"{item.name} has no version {name}"),
            Text(f"现有版本：{known}", f"versions: {known}"),
            Text("请写版本号或者四位年份。", "Name a version or a year of four digits."),
        )
    )


def _same(item: Item, version: ItemVersion) -> Explanation:
    label = version.revision.version
    return Explanation(
        Text(f"「{version.title}」没有可比较的两个版本", f"{version.title_en}: there are no two versions to compare"),
        Text(f"所指的都是 {label} 版", f"both names mean version {label}"),
        Text(
            f"请用 --from 和 --to 指定两个版本；全部版本见 xinheng catalogue show {item.name} --json。",
            f"Name two with --from and --to; xinheng catalogue show {item.name} --json lists them.",
        ),
    )


def _added(field: Field) -> Text:
    need, need_en = ("必填", "required") if field.required else ("选填", "optional")
    return Text(
        f"新增字段「{field.title}」（{field.name}，{need}）", f"Field added: {field.title_en} ({field.name}, {need_en})"
    )


def _changes(before: Field, after: Field) -> Iterator[Difference]:
    for term, name in FIELD_TERMS.items():
        old, new = getattr(before, term), getattr(after, term)
        if old != new and term not in ("codes", "aliases"):
            was, now = said_of(old), said_of(new)
            zh = f"「{after.title}」（{after.name}）{name.zh}：{was.zh} → {now.zh}"
            yield Difference(
                "changed",
                after.name,
                term,
                Text(zh, f"{after.title_en} ({after.name}), {name.en}: {was.en} → {now.en}"),
            )
    yield from _listed(before, after, "codes", Text("取值", "values"))
    yield from _listed(before, after, "aliases", Text("可用列名", "headings"))


def _listed(before: Field, after: Field, term: str, name: Text) -> Iterator[Difference]:
    old, new = getattr(before, term), getattr(after, term)
    more, less = [each for each in new if each not in old], [each for each in old if each not in new]
    for verb, verb_en, values in (("增加", "added", more), ("减少", "removed", less)):
        if values:
            zh = f"「{after.title}」（{after.name}）{verb}{name.zh}：{'；'.join(values)}"
            en = f"{after.title_en} ({after.name}), {name.en} {verb_en}: {'; '.join(values)}"
            yield Difference("changed", after.name, term, Text(zh, en))
