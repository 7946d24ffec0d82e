"""What differs between two versions of an item, in words and as data."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml

from xinheng.core.catalogue.compare import as_data, compare
from xinheng.core.catalogue.item import Item
from xinheng.core.catalogue.load import define, load
from xinheng.core.catalogue.reading import shipped_text
from xinheng.core.errors import UnusableCall

CITED = {"basis": "某标准", "source": "made up for this test", "sure": "D"}


def changed(changes: dict[str, Any], *, fields: list[dict[str, Any]] | None = None, until: str = "") -> Item:
    """Return the honours with a version of 2027 that has these changes, these fields more and, where named, one less."""
    definition: dict[str, Any] = yaml.safe_load(shipped_text("definitions", "honours"))
    definition["revisions"].append({"version": "2027", "from": "2027-01-01", "changes": changes, **CITED})
    for field in definition["fields"]:
        if field["name"] == until:
            field["until"] = "2027-01-01"
    definition["fields"] += copy.deepcopy(fields or [])
    return define(yaml.safe_dump(definition, allow_unicode=True))


def sentences(item: Item) -> list[str]:
    return [difference.sentence.zh for difference in compare(item).differences]


NEW = {
    "name": "RY_PZ",
    "title": "荣誉批准机关",
    "title_en": "Approving authority",
    "type": "string",
    "openness": "社会公开",
    "from": "2027-01-01",
}

# what changed in 2027                                       what is said of it
DIFFERENCES = [
    ({"RY_NR": {"constraints": {"maxLength": 500}}},         ["「荣誉内容」（RY_NR）最大长度：2000 → 500"]),
    ({"RY_JB": {"constraints": {"required": True}}},         ["「荣誉级别」（RY_JB）必填：否 → 是"]),
    ({"RY_NR": {"openness": "政务共享"}},                      ["「荣誉内容」（RY_NR）公开属性：社会公开 → 政务共享"]),
    ({"RY_NR": {"title": "表彰事由"}},                         ["「表彰事由」（RY_NR）中文名称：荣誉内容 → 表彰事由"]),
    ({"RY_YXQ": {"aliases": ["有效期", "到期日"]}},             ["「有效期至」（RY_YXQ）增加可用列名：到期日", "「有效期至」（RY_YXQ）减少可用列名：有效截止期；有效期限"]),
    ({"RY_JB": {"constraints": {"enum": ["国家级", "省级"]}}}, ["「荣誉级别」（RY_JB）减少取值：市级；县级"]),
    ({},                                                     []),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), DIFFERENCES)
def test_a_changed_term_is_said_with_what_it_was_and_is(changes: dict[str, Any], said: list[str]) -> None:
    assert sentences(changed(changes)) == said


def test_fields_that_come_and_go_are_named() -> None:
    item = changed({}, fields=[NEW], until="RY_NR")
    assert sentences(item) == ["新增字段「荣誉批准机关」（RY_PZ，选填）", "取消字段「荣誉内容」（RY_NR）"]
    kinds = [(difference.kind, difference.field) for difference in compare(item).differences]
    assert kinds == [("added", "RY_PZ"), ("removed", "RY_NR")]


def test_without_names_the_latest_is_compared_with_the_one_before() -> None:
    found = compare(load("administrative-penalty"))
    assert (found.before.revision.version, found.after.revision.version) == ("2018", "2021")
    [difference] = found.differences
    assert difference.field == "CF_CFLB"
    assert "通报批评；" in difference.sentence.zh
    assert difference.sentence.en.startswith("Kinds of penalty (CF_CFLB), values added: ")


@pytest.mark.parametrize(
    ("since", "until", "versions"),
    [
        ("2018", "2021", ("2018", "2021")),
        ("2019", "2024", ("2018", "2021")),  # the version that held on the last day of the year
        ("2021", "2018", ("2021", "2018")),  # backwards, where somebody asks
        ("", "2021", ("2018", "2021")),
        ("2020", "", ("2018", "2021")),
    ],
)
def test_versions_are_named_by_label_or_by_year(since: str, until: str, versions: tuple[str, str]) -> None:
    found = compare(load("administrative-penalty"), since=since, until=until)
    assert (found.before.revision.version, found.after.revision.version) == versions


@pytest.mark.parametrize(
    ("item", "since", "until"),
    [
        ("honours", "", ""),  # one version only
        ("administrative-penalty", "2021", "2024"),
        ("administrative-penalty", "soon", ""),
        ("administrative-penalty", "", "0000"),
        ("administrative-penalty", "", "２０２１"),
    ],
)
def test_what_cannot_be_compared_is_told(item: str, since: str, until: str) -> None:
    with pytest.raises(UnusableCall) as told:
        compare(load(item), since=since, until=until)
    assert told.value.explanation.mend.zh


def test_a_comparison_is_plain_data() -> None:
    data = as_data(compare(load("national-evaluation")))
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    assert data["to"] == {"version": "2026", "in_force": "2026-04-02", "basis": "国办发〔2026〕8号", "sure": "F~"}
    assert data["differences"][0]["term"] == "codes"
