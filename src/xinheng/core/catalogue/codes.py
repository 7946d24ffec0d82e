"""Code lists (代码集): the values that a coded field may hold, with a stable code and an English name for each.

Legal basis: GB/T 39446-2020; each list cites its own. A retired value stays in its list, with its last day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from xinheng.core.catalogue.item import Basis
from xinheng.core.catalogue.problem import InvalidDefinition
from xinheng.core.catalogue.reading import read, shipped, shipped_text
from xinheng.core.catalogue.structure import structure
from xinheng.core.catalogue.terms import BASIS, Term
from xinheng.core.errors import Text

_CODE: dict[str, Term] = {
    "code": Term("text", Text("代码", "stable code"), required=True),
    "label": Term("text", Text("中文名称", "public Chinese label"), required=True),
    "label_en": Term("text", Text("英文名称", "English label"), required=True),
    "from": Term("day", Text("启用日", "first day"), required=True),
    "until": Term("day", Text("停用日（不含）", "day from which it is no longer given out")),
    "variants": Term("texts", Text("其他写法", "other spellings that mean the same")),
}
_LIST: dict[str, Term] = {
    "name": Term("text", Text("标识", "identifier"), required=True),
    "title": Term("text", Text("名称", "Chinese name"), required=True),
    "title_en": Term("text", Text("英文名称", "English name"), required=True),
    "basis": Term("record", Text("依据", "basis"), required=True, of=BASIS),
    "note": Term("text", Text("说明", "note")),
    "codes": Term("records", Text("代码", "codes"), required=True, of=_CODE),
}


@dataclass(frozen=True, slots=True)
class Code:
    """One value: the stable ``code``, its public Chinese ``label``, and the ``variants`` in which agencies write it."""

    code: str
    label: str
    label_en: str
    since: dt.date
    until: dt.date | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of values with its basis."""

    name: str
    title: str
    title_en: str
    basis: Basis
    codes: tuple[Code, ...]
    note: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every label and variant, in the order of the list."""
        return tuple(text for code in self.codes for text in (code.label, *code.variants))

    def find(self, text: str) -> Code | None:
        """Return the value that is written ``text`` (label or variant, exactly), or nothing."""
        return next((code for code in self.codes if text == code.label or text in code.variants), None)


def code_list_names() -> tuple[str, ...]:
    """Return the names of all code lists, sorted."""
    return shipped("codes")


@cache
def code_list(name: str) -> CodeList:
    """Return a code list; raises ``KeyError`` where there is none, ``InvalidDefinition`` where its file is wrong."""
    if name not in code_list_names():
        raise KeyError(name)
    data: Any = read(shipped_text("codes", name))
    if problems := tuple(structure(data, _LIST)):
        raise InvalidDefinition(name, problems)
    codes = tuple(_code(entry) for entry in data["codes"])
    return CodeList(data["name"], data["title"], data["title_en"], Basis(**data["basis"]), codes, data.get("note", ""))


def _code(entry: dict[str, Any]) -> Code:
    until = entry.get("until")
    return Code(
        code=entry["code"],
        label=entry["label"],
        label_en=entry["label_en"],
        since=dt.date.fromisoformat(entry["from"]),
        until=dt.date.fromisoformat(until) if until else None,
        variants=tuple(entry.get("variants", ())),
    )
