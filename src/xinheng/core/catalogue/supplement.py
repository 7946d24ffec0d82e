"""Supplementary items of a city (地方补充目录): what a city collects beside the province's catalogue, within what law leaves to it.

A city item names its region. It may not repeat an item of the province under another name, make a list of seriously dishonest entities or an
evaluation of its own, and what law forbids to collect is forbidden to it as well.
Legal basis: 国办发〔2020〕49号 (lists only on the basis of law or central policy); 国办发〔2026〕8号 (in principle no evaluations by local
governments); 全国公共信用信息基础目录 (local supplements need legislation).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from xinheng.core.catalogue.check import check
from xinheng.core.catalogue.headings import fold, headings_of
from xinheng.core.catalogue.item import Item, ItemVersion
from xinheng.core.catalogue.load import define, load, provincial_names
from xinheng.core.catalogue.problem import InvalidDefinition, Problem
from xinheng.core.catalogue.reading import read
from xinheng.core.errors import Text

LISTS, EVALUATIONS = "严重失信主体名单信息", "信用评价结果信息"
_COMMON = frozenset(
    {
        "counterpart_name", "counterpart_kind", "uscc", "registration_number", "organization_code", "legal_representative", "source_agency",
        "source_agency_code", "remark", "deciding_authority", "deciding_authority_code", "decision_number", "decided_on", "legal_basis",
        "valid_until",
    }
)  # fmt: skip
_ENOUGH = 2  # fields of its own that an item has at least


def check_supplement(text: str, *, on: dt.date | None = None) -> tuple[Problem, ...]:
    """Return every problem of a city's definition, those of any definition included."""
    problems = check(text, on=on)
    if problems:
        return problems
    definition: Any = read(text)
    return tuple(_supplementary(definition, define(text)))


def define_supplements(texts: Mapping[str, str]) -> tuple[Item, ...]:
    """Return the items that the YAML ``texts`` (by file name) define; raises ``InvalidDefinition`` for the first that may not join."""
    items: dict[str, Item] = {}
    for name, text in sorted(texts.items()):
        if problems := check_supplement(text):
            raise InvalidDefinition(name, problems)
        item = define(text)
        if item.name in items:
            raise InvalidDefinition(
                name, [_problem("repeated-item", "name", "另一文件已定义该项", "another file has it")]
            )
        items[item.name] = item
    return tuple(items.values())


def _supplementary(definition: dict[str, Any], item: Item) -> Iterator[Problem]:
    if "region" not in definition:
        yield _problem("missing-region", "", "缺少所属设区市的区划代码（region）", "region is missing: the city's code")
    elif not _is_city(definition["region"]):
        yield _problem(
            "not-a-city", "region", "应为设区市的区划代码，如 320500", "it must be the code of a city, such as 320500"
        )
    if item.latest.national_class == LISTS:
        yield Problem(
            "city-list",
            "national_class",
            Text("设区市不得自行设立严重失信主体名单。", "A city may not make a list of seriously dishonest entities."),
            "国办发〔2020〕49号",
        )
    if item.latest.national_class == EVALUATIONS:
        yield Problem(
            "city-evaluation",
            "national_class",
            Text("地方原则上不自行开展信用评价。", "In principle a local government makes no evaluations of its own."),
            "国办发〔2026〕8号",
        )
    for name in provincial_names():
        yield from _repeats(item.latest, load(name).latest)


def _is_city(code: str) -> bool:
    return len(code) == 6 and code.endswith("00") and not code.endswith("0000")


def _repeats(city: ItemVersion, province: ItemVersion) -> Iterator[Problem]:
    for term in ("name", "title", "title_en"):
        if fold(getattr(city, term)) == fold(getattr(province, term)):
            yield _repeated(term, province)
            return
    own = [field for field in city.fields if field.role not in _COMMON]
    known = {fold(heading) for field in province.fields for heading in headings_of(field)}
    new = [field for field in own if not known & {fold(field.title), fold(field.name)}]
    if len(own) >= _ENOUGH and not new:
        yield _repeated("fields", province)


def _repeated(where: str, province: ItemVersion) -> Problem:
    return Problem(
        "repeats-province",
        where,
        Text(
            f"与省目录「{province.title}」（{province.name}）重复，请直接使用省目录项。",
            f"It repeats the province's item {province.name}; use that one.",
        ),
        "一件事一条记录，无论经何渠道（design §1.4）",
    )


def _problem(code: str, where: str, zh: str, en: str) -> Problem:
    return Problem(code, where, Text(f"{zh}。", f"{en[0].upper()}{en[1:]}."))
