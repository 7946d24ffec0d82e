"""Branches in names (分支机构): where the parent's name ends, and which branch it is; the words are ``data/branches.yaml``.

A branch is a place, a label, a number and a kind: 苏州分行, 观前街营业部, 第二分公司. Several may follow each other: 苏州分行吴中支行.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

from xinheng.core.names.forms import form_at_end
from xinheng.core.names.numerals import in_digits
from xinheng.core.names.places import Codes, place_at, place_before, short_of

_COMPANY = re.compile("(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|(?<![分支子])公司)(?=.)")
_FORM_AFTER = re.compile("(?:股份有限公司|有限责任公司|有限公司|股份公司)")
_INNER = re.compile("(中心支公司|分公司|支公司|分行|支行|分局|支局|分理处|分院|分校|分店|分厂|分中心)")
_SERIAL = re.compile(r"第?(\d+)号?")
_STREET = re.compile("[东西南北中新]?(?:路|街|道|大街|大道|花园|广场|大厦|商城|小区|新村|公路)")
_PARENTS = {
    "局": "局", "院": "医院 研究院 学院 设计院 法院 检察院", "校": "学校 中学 小学 大学 学院", "所": "事务所 研究所", "社": "合作社 出版社 旅行社 供销社",
    "会": "协会 学会 商会 联合会 基金会", "店": "酒店 药店 书店 商店 饭店 超市 药房 餐厅", "厂": "厂", "心": "中心", "园": "幼儿园",
    "馆": "图书馆 宾馆 博物馆", "站": "站", "场": "农场 林场", "队": "大队 支队 总队", "处": "公证处", "部": "门诊部", "库": "粮库",
}  # fmt: skip


class Branch(NamedTuple):
    """One branch: ``codes`` and ``place`` say where, ``number`` which, ``label`` what else it is called, ``kind`` what it is."""

    codes: Codes
    place: str
    label: str
    number: int | None
    kind: str
    text: str


class Tail(NamedTuple):
    """What follows the parent's name: it begins at ``start``; the branches in order, each with its end."""

    start: int
    ends: tuple[int, ...]
    branches: tuple[Branch, ...]


@cache
def _document() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("data", "branches.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _kinds() -> tuple[frozenset[str], frozenset[str]]:
    anywhere, after = frozenset(_document()["anywhere"]), frozenset(_document()["after"])
    return anywhere, anywhere | after


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """The lengths of the kinds that end with the same character, longest first."""
    found: dict[str, set[int]] = {}
    for kind in _kinds()[1]:
        found.setdefault(kind[-1], set()).add(len(kind))
    return {last: tuple(sorted(lengths, reverse=True)) for last, lengths in found.items()}


@cache
def _institution() -> re.Pattern[str]:
    words = sorted(_document()["institutions"], key=len, reverse=True)
    return re.compile(f"(.{{1,16}}?(?:{'|'.join(words)}))(股份有限公司|有限责任公司|有限公司|公司)?(?=.)")


def kind_at_end(text: str) -> str:
    """Return the longest kind of branch by which a text ends, or an empty text."""
    every, end = _kinds()[1], len(text)
    for length in _lengths().get(text[-1:], ()):
        if length <= end and text[end - length :] in every:
            return text[end - length :]
    return ""


def tail_of(text: str) -> int:
    """Return where the name of the parent ends in the name of a branch; the length of the text where it is no branch."""
    company = _COMPANY.search(text, 2)
    kind = kind_at_end(text)
    if kind:
        bank = _institution().match(text)
        if (
            bank
            and bank.end() < len(text)
            and (company is None or bank.end() <= company.end())
            and not _FORM_AFTER.match(text, bank.end())
        ):
            return bank.end()
    if company:
        return len(text) if text[company.end() :] in ("公司", "司") else company.end()
    return _tail_without_form(text, kind) if kind in _kinds()[0] else _joined(text)


@cache
def _joins() -> re.Pattern[str]:
    return re.compile("|".join(_document()["joins"]))


def _joined(text: str) -> int:
    word = _joins().search(text, 3)
    if word and word.end() < len(text):
        found = form_at_end(text, word.start())
        if found and not found[1].generic:
            return word.start()
    return len(text)


def _tail_without_form(text: str, kind: str) -> int:
    last = len(text) - len(kind)
    for word in _PARENTS.get(kind[-1], "").split():
        at = text.find(word, 1)
        if at > 0 and at + len(word) <= last:
            return at + len(word)
    before = place_before(text, last)
    start = last - len(before[0].word) if before else last
    serial = re.search("第?[0-9一二三四五六七八九十]+$", text[:last])
    start = serial.start() if serial and not before else start
    if before and (outer := place_before(text, start)) and start - len(outer[0].word) >= 2:
        start -= len(outer[0].word)
    return start if start >= 2 else len(text)


def read_tail(text: str, start: int, within: Codes) -> Tail:
    """Return the branches told by what follows ``start``; ``within`` is where the parent is, for short names of places."""
    branches, ends, at, context = [], [], start, within
    while at < len(text):
        inner = _INNER.search(text, at)
        end = inner.end() if inner else len(text)
        kind = inner[0] if inner else kind_at_end(text[at:])
        branch = _branch(text[at : end - len(kind)], kind, context)
        branches.append(branch)
        ends.append(end)
        at, context = end, branch.codes or context
    return Tail(start, tuple(ends), _merged(branches))


def _merged(branches: list[Branch]) -> tuple[Branch, ...]:
    """A branch of a branch lies where its parent lies, unless it says where itself: 苏州分行营业部 is in 苏州."""
    found: list[Branch] = []
    for branch in branches:
        if not branch.codes and not branch.label and branch.number is None and found:
            above = found[-1]
            branch = Branch(above.codes, above.place, above.label, above.number, branch.kind, branch.text)
        found.append(branch)
    return tuple(found)


def _branch(label: str, kind: str, context: Codes) -> Branch:
    at, codes, place = 0, frozenset[str](), ""
    while found := _place(label, at, codes, context):
        place, codes = found[0], found[1]
        at += found[2]
    rest = in_digits(label[at:] + "分")[:-1]
    serial = _SERIAL.fullmatch(rest)
    usual = _document()["same"].get(kind, kind)
    return Branch(codes, place, "" if serial else rest, int(serial[1][-9:]) if serial else None, usual, label + kind)


def _place(label: str, at: int, codes: Codes, context: Codes) -> tuple[str, Codes, int] | None:
    within = codes or context
    found = place_at(label, at, within) if within else None
    if (
        found is None and not codes
    ):  # elsewhere a short name must be a city's: 东湖 may be a lake, or a district of another city
        found = place_at(label, at, frozenset())
        found = found if found and (found[0].full or any(code.endswith("00") for code in found[1])) else None
    if found and not found[0].full and _STREET.match(label, at + len(found[0].word)):
        return None  # 北京西路支行 need not be in 北京
    return (short_of(found[0].word), found[1], len(found[0].word)) if found else None
