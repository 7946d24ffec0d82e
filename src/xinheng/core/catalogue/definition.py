"""The inner sense of a definition whose structure is sound: what it refers to exists, and its values fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from xinheng.core.catalogue.codes import code_list, code_list_names
from xinheng.core.catalogue.layout import allowed_values, fields_in
from xinheng.core.catalogue.problem import Problem
from xinheng.core.catalogue.roles import ROLES
from xinheng.core.catalogue.structure import FORMAT
from xinheng.core.errors import Text
from xinheng.core.standards.regions import is_known


def references(definition: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each field, revision or directory class that is referred to and is not there."""
    if definition["national_class"] not in code_list("national-classes").spellings:
        yield _unknown(
            "unknown-class", "national_class", definition["national_class"], "国家目录分类", "national class"
        )
    yield from _order(definition)
    yield from _volume(definition.get("volume", {}))
    yield from _region(definition)
    names = {field["name"] for field in definition["fields"]}
    for revision in definition["revisions"]:
        for name in revision.get("changes", {}):
            if name not in names:
                yield _unknown("unknown-field", f"revisions.{revision['version']}.changes", name, "字段", "field")
    for position, revision in enumerate(definition["revisions"]):
        present = {field["name"] for field in fields_in(definition, position)}
        for where, name in _referred(definition):
            if name not in present:
                yield _unknown("unknown-field", f"{where} ({revision['version']})", name, "字段", "field")


def values(definition: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each field whose terms do not fit together."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", definition["name"]):
        yield Problem(
            "bad-name", "name", Text("标识只用小写字母、数字和连接号。", "Use small letters, digits and hyphens.")
        )
    for position in range(len(definition["revisions"])):
        for field in fields_in(definition, position):
            yield from _field(field, f"fields.{field['name']}")


def _volume(volume: dict[str, Any]) -> Iterator[Problem]:
    if volume and not volume.keys() & {"fewest", "most", "fewest_percent", "most_percent"}:
        yield Problem("bounds-missing", "volume", Text("至少写一个界限。", "Give one bound at least."))
    for fewest, most in (("fewest", "most"), ("fewest_percent", "most_percent")):
        if volume.get(fewest, 0) > volume.get(most, volume.get(fewest, 0)):
            yield Problem(
                "bounds-order", f"volume.{most}", Text("上限不得小于下限。", "The upper bound is below the lower one.")
            )


def _region(definition: dict[str, Any]) -> Iterator[Problem]:
    if "region" in definition and not is_known(definition["region"]):
        yield _unknown("unknown-region", "region", definition["region"], "行政区划代码", "region")


def _order(definition: dict[str, Any]) -> Iterator[Problem]:
    revisions = definition["revisions"]
    days = [revision["from"] for revision in revisions]
    labels = [revision["version"] for revision in revisions]
    if any(later <= earlier for earlier, later in pairwise(days)) or len(set(labels)) < len(labels):
        yield Problem(
            "revision-order",
            "revisions",
            Text(
                "版本应按起始日先后排列，版本号和起始日不得重复。",
                "Put the revisions in order of their first days; none twice.",
            ),
        )
    for field in definition["fields"]:
        for term in ("from", "until"):
            if term in field and field[term] not in days:
                yield Problem(
                    "day-of-no-revision",
                    f"fields.{field['name']}.{term}",
                    Text("应为某一版本的起始日。", "It must be the first day of a revision."),
                )


def _referred(definition: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in definition["primaryKey"]:
        yield "primaryKey", name
    for group in definition.get("groups", ()):
        for name in group:
            yield "groups", name
    for pair in definition.get("key_fallback", {}).items():
        for name in pair:
            yield "key_fallback", name


def _field(field: dict[str, Any], where: str) -> Iterator[Problem]:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", field["name"]):
        yield Problem(
            "bad-name", where, Text("字段代码只用字母、数字和下划线。", "Use letters, digits and underscores.")
        )
    if "role" in field and field["role"] not in ROLES:
        yield _unknown("unknown-role", f"{where}.role", field["role"], "角色", "role")
    if "allowance" in field and not field["constraints"].get("required"):
        yield _misplaced(where, "allowance", Text("必填字段", "a required field"))
    yield from _amounts(field, where)
    yield from _value_terms(field, where)
    yield from _code_list(field, where)


def _amounts(field: dict[str, Any], where: str) -> Iterator[Problem]:
    for term in ("unit", "decimals"):
        if term in field and field["type"] != "number":
            yield _misplaced(where, term, Text("数字字段", "a field of type number"))
    if "format" in field and field["type"] != "date":
        yield _misplaced(where, "format", Text("日期字段", "a field of type date"))
    if "maxLength" in field["constraints"] and field["type"] != "string":
        yield _misplaced(where, "maxLength", Text("文本字段", "a field of type string"), FORMAT)


def _value_terms(field: dict[str, Any], where: str) -> Iterator[Problem]:
    multiple = bool(field.get("multiple"))
    if multiple and "enum" in field["constraints"]:
        yield Problem(
            "enum-of-many",
            where,
            Text(
                "多值字段用 codes，不用 enum：标准工具会拒收两个值的单元格。",
                "Use codes: a standard tool would refuse a cell with two values.",
            ),
            FORMAT,
        )
    if "codes" in field and not multiple:
        yield _misplaced(
            where, "codes", Text("多值字段（单值字段用 enum）", "a field of several values (else use enum)")
        )
    if ("separators" in field) != multiple:
        yield _misplaced(
            where, "separators", Text("多值字段，且多值字段必须有", "a field of several values, and is needed there")
        )
    if "other" in field and field["other"] not in allowed_values(field):
        yield _unknown("unknown-code", f"{where}.other", field["other"], "值", "value")
    longest = field["constraints"].get("maxLength")
    for value in allowed_values(field):
        if longest and len(value) > longest:
            yield Problem(
                "code-too-long", where, Text(f"“{value}”超过最大长度。", f"{value!r} is longer than maxLength.")
            )


def _code_list(field: dict[str, Any], where: str) -> Iterator[Problem]:
    name = field.get("code_list")
    if not name:
        return
    if name not in code_list_names():
        yield _unknown("unknown-code-list", f"{where}.code_list", name, "代码集", "code list")
        return
    for value in allowed_values(field):
        if code_list(name).find(value) is None:
            yield _unknown("unknown-code", where, value, f"代码集 {name} 的值", f"value of the code list {name}")


def _unknown(code: str, where: str, value: str, zh: str, en: str) -> Problem:
    return Problem(code, where, Text(f"“{value}”不是已有的{zh}。", f"{value!r} is no known {en}."))


def _misplaced(where: str, term: str, place: Text, basis: str = "") -> Problem:
    return Problem(
        "misplaced-term", where, Text(f"“{term}”只用于{place.zh}。", f"{term} belongs to {place.en}."), basis
    )
