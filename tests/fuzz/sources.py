"""What is mutated: sheets of some rows of an item, or of a delivery profile, as their departments fill them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from tests.spec.rules.desk import (
    NO_CODE,
    PERSON,
    SHOP_CODE,
    STEEL_CODE,
    STEEL_ORG_CODE,
    STEEL_REG_NO,
    TODAY,
    UNKNOWN_CODE,
)
from tests.spec.rules.good_rows import good_row

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.intake.layout import Layout, heading_known, layout_by_headings, layout_by_profile
from xinheng.core.intake.profiles import load_profile, profile_names

ITEMS = ("administrative-penalty", "serious-dishonesty-listing", "legal-entity-registration")
STEEL, SHOP, NUMBER = "金陵样例（江苏）钢铁有限公司", "玄武区样例小吃店", "宁样罚〔2026〕7号"
COLUMNS = {
    "code": STEEL_CODE, "uscc": STEEL_CODE, "org_code": STEEL_ORG_CODE, "reg_no": STEEL_REG_NO, "taxpayer_id": STEEL_CODE, "fine_yuan": "12000",
    "decision": "罚款人民币12000元", "facts": "2026年3月2日检查发现。", "doc_title": f"行政处罚决定书（{NUMBER}）", "permit_number": NUMBER,
    "issuing_authority": "样例市自然资源局", "area_code": "320106", "reg_capital": "100", "lists": "电子商务领域黑名单", "names_persons_too": "",
}  # fmt: skip
"""What stands in columns of delivery profiles of which several fields are made."""


@dataclass(slots=True)
class Sheet:
    """Headings and rows of text. ``ids`` names each row for good, ``touched`` are the rows whose judgement may change.

    ``whole`` says that the file can be read in one way only, so that its rows can be counted beforehand; ``comparable`` that the
    untouched rows are judged as in the sheet from which it was made.
    """

    header: list[str]
    rows: list[list[str]]
    ids: list[int] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    whole: bool = True
    comparable: bool = True
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ids = self.ids or list(range(len(self.rows)))

    def copy(self) -> Sheet:
        """Return a copy that can be changed."""
        return Sheet(
            list(self.header), [list(row) for row in self.rows], list(self.ids), set(self.touched), self.whole,
            self.comparable, list(self.steps),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """An item or a delivery profile, by its name."""

    name: str
    version: ItemVersion
    profile: str = ""

    @property
    def knows(self) -> Callable[[str], bool]:
        """Return what tells a heading."""
        return heading_known(self.version, load_profile(self.profile) if self.profile else None)

    def layout(self, header: tuple[str, ...]) -> Layout:
        """Return where the fields are; raises ``UnusableFile``."""
        if self.profile:
            return layout_by_profile(self.version, header, load_profile(self.profile))
        return layout_by_headings(self.version, header)

    def sheet(self, chance: Random) -> Sheet:
        """Return a sheet that is not mutated: most of its rows are good, some wait, some go back."""
        good = self._good()
        rows = [_row(chance, good, number) for number in range(1, chance.randint(3, 10))]
        return Sheet(list(good), rows)

    def _good(self) -> dict[str, str]:
        cells = {name: text or "" for name, text in good_row(self.version).items()}
        number = self.version.by_role("decision_number")
        cells |= {number.name: NUMBER} if number else {}
        if not self.profile:
            return {self.version.field(name).title: text for name, text in cells.items()}
        profile = load_profile(self.profile)
        return {
            column: COLUMNS.get(
                column, next((cells[name] for name in profile.fields_of(column) if cells.get(name)), "样例")
            )
            for column in profile.columns
        }


@cache
def sources() -> tuple[Source, ...]:
    """Return all sources: three items and every delivery profile."""
    items = [Source(name, load(name).at(TODAY)) for name in ITEMS]
    profiles = [load_profile(name) for name in profile_names()]
    return (*items, *(Source(each.name, load(each.item).at(TODAY), each.name) for each in profiles))


def _row(chance: Random, good: dict[str, str], number: int) -> list[str]:
    """Return the good row about another decision; now and then of somebody unknown, or with something wrong."""
    kind = chance.choice(("good", "good", "good", "shop", "unknown", "wrong", "older", "person"))
    code = {"shop": SHOP_CODE, "unknown": UNKNOWN_CODE, "wrong": NO_CODE, "older": STEEL_REG_NO}.get(kind, STEEL_CODE)
    swaps = {STEEL_CODE: code, STEEL_ORG_CODE: "" if kind != "good" else STEEL_ORG_CODE}
    if kind == "shop":
        swaps |= {STEEL: SHOP, "法人及非法人组织": "个体工商户", STEEL_REG_NO: ""}
    if kind == "person":
        swaps |= {"法人及非法人组织": "自然人", STEEL_CODE: PERSON}
    return [swaps.get(text, text).replace(NUMBER, f"宁样罚〔2026〕{number}号") for text in good.values()]
