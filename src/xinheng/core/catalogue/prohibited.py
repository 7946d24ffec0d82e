"""What a definition may not name: the statutory never-collect list, and conducts that no law made credit records.

Legal basis: 征信业管理条例 article 14 (and the same list in the regulations of Shanghai, Shandong, Henan); the national
monitor's question about conducts put into credit records without legislation. The words stand in
``prohibited/terms.yaml``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from xinheng.core.catalogue.item import Basis
from xinheng.core.catalogue.problem import InvalidDefinition
from xinheng.core.catalogue.reading import read, shipped_text
from xinheng.core.catalogue.structure import structure
from xinheng.core.catalogue.terms import BASIS, Term
from xinheng.core.errors import Text

_HIDING = frozenset("·・•*_-‐–—./\\'\"“”‘’|~^+")  # marks put between the characters of a word to hide it


class ProhibitionKind(StrEnum):
    """How far a prohibition goes."""

    NEVER = "never"
    CONSENT = "consent"
    CONDUCT = "conduct"


@dataclass(frozen=True, slots=True)
class Prohibition:
    """One matter that may not be named, with the words in which it is met and the words that only look like it.

    ``personal`` and ``personal_en`` are the same words after a word for natural persons: ``个人收入``.
    """

    code: str
    kind: ProhibitionKind
    title: Text
    since: dt.date
    basis: Basis
    words: tuple[str, ...]
    exceptions: tuple[str, ...]
    words_en: tuple[str, ...]
    exceptions_en: tuple[str, ...]
    personal: tuple[str, ...]
    personal_en: tuple[str, ...]


_PROHIBITION: dict[str, Term] = {
    "code": Term("text", Text("标识", "identifier"), required=True),
    "kind": Term("choice", Text("种类", "kind"), required=True, choices=tuple(kind.value for kind in ProhibitionKind)),
    "title": Term("text", Text("名称", "Chinese name"), required=True),
    "title_en": Term("text", Text("英文名称", "English name"), required=True),
    "from": Term("day", Text("起始日", "first day"), required=True),
    "basis": Term("record", Text("依据", "basis"), required=True, of=BASIS),
    "words": Term("texts", Text("用词", "Chinese words"), required=True),
    "except": Term("texts", Text("例外用词", "longer words that mean something else")),
    "words_en": Term("texts", Text("英文或拼音用词", "English or pinyin words"), required=True),
    "except_en": Term("texts", Text("英文例外用词", "English phrases that mean something else")),
}
_TABLE: dict[str, Term] = {
    "persons": Term("texts", Text("指自然人的用词", "words for natural persons"), required=True),
    "persons_en": Term("texts", Text("指自然人的英文用词", "English words for natural persons"), required=True),
    "terms": Term("records", Text("条目", "entries"), required=True, of=_PROHIBITION),
}


@cache
def prohibitions() -> tuple[Prohibition, ...]:
    """Return every prohibition, in the order of the file."""
    data: Any = read(shipped_text("prohibited", "terms"))
    if problems := tuple(structure(data, _TABLE)):
        raise InvalidDefinition("prohibited/terms", problems)
    return tuple(_prohibition(entry, data["persons"], data["persons_en"]) for entry in data["terms"])


def named_in(text: str, *, about_persons: bool, on: dt.date | None = None) -> tuple[Prohibition, ...]:
    """Return the prohibitions that ``text`` names.

    ``about_persons`` says that the text speaks of natural persons, so that what needs their consent counts by its bare
    word; elsewhere it counts only after a word for persons. ``on`` leaves out what was not yet prohibited on that day.
    """
    chinese, english = fold_chinese(text), fold_english(text)
    return tuple(
        each
        for each in prohibitions()
        if (on is None or each.since <= on) and _named(each, chinese, english, about_persons=about_persons)
    )


def fold_chinese(text: str) -> str:
    """Return ``text`` in one width, without spaces and the marks that hide a word; other marks end a word."""
    kept = (
        character if character.isalnum() else "\n"
        for character in unicodedata.normalize("NFKC", text).casefold()
        if not (character.isspace() or character in _HIDING or unicodedata.category(character) == "Cf")
    )
    return "".join(kept)


def fold_english(text: str) -> str:
    """Return the Latin words of ``text``, small, between single spaces: ``BloodType_code`` as `` blood type code ``."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unicodedata.normalize("NFKC", text))
    return f" {' '.join(re.findall(r'[a-z0-9]+', split.casefold()))} "


def _named(each: Prohibition, chinese: str, english: str, *, about_persons: bool) -> bool:
    for exception in each.exceptions:
        chinese = chinese.replace(exception, "\n")
    for exception in each.exceptions_en:
        english = english.replace(f" {exception} ", " | ")
    words, words_en = each.words, each.words_en
    if each.kind is ProhibitionKind.CONSENT and not about_persons:
        words, words_en = each.personal, each.personal_en
    return any(word in chinese for word in words) or any(f" {word} " in english for word in words_en)


def _after(persons: Iterable[str], words: Iterable[str], *, between: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{person}{link}{word}" for word in words for person in persons for link in between)


def _prohibition(entry: dict[str, Any], persons: list[str], persons_en: list[str]) -> Prohibition:
    words = tuple(map(fold_chinese, entry["words"]))
    words_en = tuple(fold_english(word).strip() for word in entry["words_en"])
    return Prohibition(
        code=entry["code"],
        kind=ProhibitionKind(entry["kind"]),
        title=Text(entry["title"], entry["title_en"]),
        since=dt.date.fromisoformat(entry["from"]),
        basis=Basis(**entry["basis"]),
        words=words,
        exceptions=tuple(map(fold_chinese, entry.get("except", ()))),
        words_en=words_en,
        exceptions_en=tuple(fold_english(word).strip() for word in entry.get("except_en", ())),
        personal=_after(persons, words, between=("", "的", "年", "月")),
        personal_en=_after(persons_en, words_en, between=(" ",)),
    )
