"""``parse``: a name as its parts, each with its place in the text as it was written (名称解析)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text
from xinheng.core.names.characters import Step, fold_with_places, steps
from xinheng.core.names.reading import Reading, read, tokens_of


class PartKind(StrEnum):
    """The kinds of part that a name has; together they cover every character of it."""

    PLACE = "place"
    ZONE = "zone"
    BRAND = "brand"
    TRADE = "trade"
    GROUP = "group"
    FORM = "form"
    INNER_PLACE = "inner"
    BRANCH = "branch"
    SHORT_NAME = "short"
    NOTE = "note"
    MARK = "mark"

    @property
    def label(self) -> Text:
        """Return what the kind is called."""
        return _LABELS[self]


_LABELS = {
    PartKind.PLACE: Text("行政区划", "region"),
    PartKind.ZONE: Text("功能区", "zone"),
    PartKind.BRAND: Text("字号", "brand"),
    PartKind.TRADE: Text("行业用语", "industry"),
    PartKind.GROUP: Text("集团标记", "group"),
    PartKind.FORM: Text("组织形式", "legal form"),
    PartKind.INNER_PLACE: Text("名称中部的区划", "region inside the name"),
    PartKind.BRANCH: Text("分支机构", "branch"),
    PartKind.SHORT_NAME: Text("简称", "short name"),
    PartKind.NOTE: Text("括注", "note"),
    PartKind.MARK: Text("括号、空格等", "brackets, spaces"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a name: what it is and the characters ``original[start:end]``; ``text`` is these characters."""

    kind: PartKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was read: its parts in order without gaps, what was changed before reading, and the reading that ``compare`` uses."""

    original: str
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    reading: Reading

    def part(self, kind: PartKind) -> str:
        """Return the text of the parts of one kind, in order, as written."""
        return "".join(part.text for part in self.parts if part.kind is kind)


def parse(name: str) -> Name:
    """Read a name of an organisation. Never raises: what is no name is one brand, an empty text has no parts.

    >>> [(part.kind.value, part.text) for part in parse("苏州金龙机械有限公司吴江分公司").parts]
    [('place', '苏州'), ('brand', '金龙'), ('trade', '机械'), ('form', '有限公司'), ('branch', '吴江分公司')]
    """
    folded, places = fold_with_places(name)
    reading = read(folded)
    kinds = [PartKind.MARK] * len(name)
    marks = [-1] * len(name)
    for number, (kind, start, end) in enumerate(tokens_of(folded)):
        for at in range(start, end):
            kinds[places[at]], marks[places[at]] = PartKind(kind), number
    return Name(name, tuple(_runs(name, kinds, marks)), steps(name), reading)


def _runs(name: str, kinds: list[PartKind], marks: list[int]) -> list[Part]:
    """Join neighbouring characters of one token; marks between two characters of a token belong to it."""
    parts: list[Part] = []
    start = 0
    for at in range(1, len(name) + 1):
        if at == len(name) or marks[at] != marks[start]:
            parts.append(Part(kinds[start], start, at, name[start:at]))
            start = at
    return parts if name else []
