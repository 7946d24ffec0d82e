"""The register of screening matters (信用审查事项): what somebody may screen for, on what basis, and what is looked at. Dated data in ``matters.yaml``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.law import loading
from xinheng.core.law.loading import LawDataError

_KEYS = frozenset(
    {"code", "department", "number", "zh", "en", "purpose", "obligatory", "from", "until", "looks", *loading.CITATION_KEYS}
)  # fmt: skip
_MOST_YEARS = 10


class ScreeningPurpose(StrEnum):
    """For what screening is asked; source: the purposes of a city's platform (domain notes §6), without those that are no department's."""

    PROJECT_APPLICATION = "project-application"
    BIDDING = "bidding"
    QUALIFICATION = "qualification"
    SPECIAL_FUNDS = "special-funds"
    HONOURS = "honours"
    MEDICAL_INSURANCE = "medical-insurance"
    STANDARDS = "standards"
    MODEL_CREATION = "model-creation"

    @property
    def label(self) -> Text:
        """Return the words for it."""
        return _PURPOSES[self]


class DepartmentKind(StrEnum):
    """Whose matter it is."""

    FINANCE = "finance"
    DEVELOPMENT_AND_REFORM = "development-and-reform"
    HOUSING_AND_CONSTRUCTION = "housing-and-construction"
    HUMAN_RESOURCES = "human-resources"
    MEDICAL_INSURANCE = "medical-insurance"
    CREDIT = "credit"

    @property
    def label(self) -> Text:
        """Return the words for it."""
        return _DEPARTMENTS[self]


@dataclass(frozen=True, slots=True)
class Look:
    """An item that a matter looks at: how many ``years`` back from the decision (``None``: while the record has an effect).

    ``published``: only records that are public on the day count; ``lists`` names the only lists that count, by code (none: every list).
    """

    item: str
    years: int | None
    published: bool
    lists: tuple[str, ...] = ()

    @property
    def words(self) -> Text:
        """Return what is looked at, in words."""
        version, since = load(self.item).latest, self.years
        zh, en = version.title, version.title_en
        if self.lists:
            found = {code.code: code for code in code_list("list-types").codes}
            zh += f"（{'、'.join(found[one].label for one in self.lists)}）"
            en += f" ({', '.join(found[one].label_en for one in self.lists)})"
        return Text(f"{zh}，近 {since} 年" if since else zh, f"{en}, last {since} years" if since else en)


@dataclass(frozen=True, slots=True)
class ScreeningMatter:
    """A matter as it is from a day on (``until``: the first day no longer). ``number`` is the department's own code of it (事项编码)."""

    code: str
    department: DepartmentKind
    number: str
    title: Text
    purpose: ScreeningPurpose
    obligatory: bool
    since: dt.date
    until: dt.date | None
    basis: str
    source: str
    sure: str
    looks: tuple[Look, ...]

    def look(self, item: str) -> Look | None:
        """Return how the matter looks at an item; nothing where it does not."""
        return next((one for one in self.looks if one.item == item), None)

    @property
    def items(self) -> tuple[str, ...]:
        """The items that are looked at, in the order of the register."""
        return tuple(one.item for one in self.looks)

    def in_force(self, on: dt.date) -> bool:
        """Tell whether it may be screened for on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def matters(*, on: dt.date | None = None) -> tuple[ScreeningMatter, ...]:
    """Return every matter, or those in force on a day, in the order of the register."""
    held = _all()
    return held if on is None else tuple(one for one in held if one.in_force(on))


def matter_named(code: str, *, on: dt.date) -> ScreeningMatter:
    """Return the matter of this code as it is on a day; raises ``UnusableCall`` where there is none."""
    found = next((one for one in matters(on=on) if one.code == code), None)
    if found is None:
        raise UnusableCall(_unknown(matters(on=on)))
    return found


@cache
def _all() -> tuple[ScreeningMatter, ...]:
    return read(files(__package__).joinpath("matters.yaml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[ScreeningMatter, ...]:
    """Return the matters of a YAML text; raises ``LawDataError`` where it breaks the form, names an unknown item or list, or gives no basis."""
    rows = loading.check_keys(loading.parse(text), required=("matters",), where="screening matters")["matters"]
    found = tuple(_matter(row) for row in rows)
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            if one.code == other.code and _overlap(one, other):
                raise LawDataError(f"matter {one.code}: two rows hold on the same day")
    return found


def _overlap(one: ScreeningMatter, other: ScreeningMatter) -> bool:
    return (other.until is None or one.since < other.until) and (one.until is None or other.since < one.until)


def _matter(row: object) -> ScreeningMatter:
    held = loading.check_keys(row, required=_KEYS, where="screening matters")
    where = f"matter {held['code']}"
    since, until = loading.day(held["from"], where=where), loading.day(held["until"], where=where)
    words = [str(held[key] or "").strip() for key in ("code", "number", "basis", "source")]
    if since is None or (until is not None and until <= since) or not all(words) or held["sure"] not in loading.SURE:
        raise LawDataError(f"{where}: code, number, first day, basis, source and how sure that is are needed")
    if not isinstance(held["obligatory"], bool) or not held["looks"]:
        raise LawDataError(f"{where}: it is obligatory or not, and looks at something")
    looks = tuple(_look(one, where) for one in held["looks"])
    if len({one.item for one in looks}) != len(looks):
        raise LawDataError(f"{where}: an item is looked at once")
    try:
        department, purpose = DepartmentKind(held["department"]), ScreeningPurpose(held["purpose"])
    except ValueError as wrong:
        raise LawDataError(f"{where}: {wrong}") from None
    title = loading.text({"zh": held["zh"], "en": held["en"]}, where=where)
    return ScreeningMatter(
        words[0], department, words[1], title, purpose, held["obligatory"], since, until, words[2], words[3], held["sure"], looks
    )  # fmt: skip


def _look(row: object, where: str) -> Look:
    held: dict[str, Any] = loading.check_keys(
        row, required=("item", "years", "published"), optional=("lists",), where=where
    )
    item, years, lists = held["item"], held["years"], tuple(held.get("lists", ()))
    if item not in item_names():
        raise LawDataError(f"{where}: the catalogue has no item {item!r}")
    if years is not None and (type(years) is not int or not 0 < years <= _MOST_YEARS):
        raise LawDataError(f"{where}: years are 1 to {_MOST_YEARS}, or null")
    if not isinstance(held["published"], bool):
        raise LawDataError(f"{where}: published is true or false")
    field = load(item).latest.by_role("list_type")
    known = {code.code for code in code_list(field.code_list).codes} if field else set()
    if unknown := set(lists) - known:
        raise LawDataError(f"{where}: {item} has no list {sorted(unknown)}")
    return Look(item, years, held["published"], lists)


def _unknown(known: tuple[ScreeningMatter, ...]) -> Explanation:
    return Explanation(
        Text("没有这一审查事项", "There is no such screening matter"),
        Text(
            f"可用的事项：{'、'.join(f'{one.code}（{one.title.zh}）' for one in known)}",
            f"matters: {', '.join(one.code for one in known)}",
        ),
        Text(
            "请从审查事项目录（xinheng screen matters）中选择。", "Choose one of the register (xinheng screen matters)."
        ),
    )


_PURPOSES = {
    ScreeningPurpose.PROJECT_APPLICATION: Text("项目申报", "application for a project"),
    ScreeningPurpose.BIDDING: Text("招投标", "bidding"),
    ScreeningPurpose.QUALIFICATION: Text("资质认定", "qualification"),
    ScreeningPurpose.SPECIAL_FUNDS: Text("财政专项申报", "special funds of the budget"),
    ScreeningPurpose.HONOURS: Text("评优选优", "honours and awards"),
    ScreeningPurpose.MEDICAL_INSURANCE: Text("申请医保定点", "designation for medical insurance"),
    ScreeningPurpose.STANDARDS: Text("信用管理贯标", "standards of credit management"),
    ScreeningPurpose.MODEL_CREATION: Text("信用示范创建", "models of credit management"),
}
_DEPARTMENTS = {
    DepartmentKind.FINANCE: Text("财政", "finance"),
    DepartmentKind.DEVELOPMENT_AND_REFORM: Text("发展改革", "development and reform"),
    DepartmentKind.HOUSING_AND_CONSTRUCTION: Text("住房城乡建设", "housing and construction"),
    DepartmentKind.HUMAN_RESOURCES: Text("人力资源社会保障", "human resources and social security"),
    DepartmentKind.MEDICAL_INSURANCE: Text("医疗保障", "medical insurance"),
    DepartmentKind.CREDIT: Text("社会信用", "social credit"),
}
