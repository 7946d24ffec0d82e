"""Forms of organisation by which names end: 有限公司, 合作社, 医院, 村民委员会 … (组织形式); the words are ``data/forms.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from xinheng.core.names.characters import fold, misread_as, sound

_MENDED_FROM = (
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "专业合作社",
    "农民专业合作社",
    "合伙企业",
    "幼儿园",
    "事务所",
)
_GENERIC = {
    "company",
    "factory",
    "shop",
    "centre",
    "yard",
    "station",
    "place-office",
    "division",
    "committee",
    "team",
    "hall",
    "trade-house",
    "bureau",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A form of organisation; ``stem`` where its word also says what the organisation does. ``generic`` forms are part of longer words too."""

    code: str
    family: str
    stem: bool
    generic: bool = False


@cache
def document() -> dict[str, Any]:
    """Return the table of forms as it is written."""
    text = resources.files(__package__).joinpath("data", "forms.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def forms() -> dict[str, Form]:
    """Return each writing of a form with the form."""
    return {
        fold(word): Form(code, row["family"], bool(row.get("stem")), code in _GENERIC)
        for code, row in document()["forms"].items()
        for word in row["words"]
    }


@cache
def by_code() -> dict[str, Form]:
    """Return the forms by their codes."""
    return {form.code: form for form in forms().values()}


@cache
def misspelt() -> dict[str, Form]:
    """Return misspellings of the commonest forms: those listed, and those that confusable characters and sounds make."""
    found = {word: by_code()[code] for word, code in document()["misspelt"].items()}
    for word in _MENDED_FROM:
        for at, character in enumerate(word):
            for other in misread_as(character) | _sounding(character):
                wrong = word[:at] + other + word[at + 1 :]
                if wrong not in forms():
                    found.setdefault(wrong, forms()[word])
    return found


_HOMOPHONES = (
    "有又友右由油 限现线县献 公工供功共 司私思丝四 责则 任人认仁 股古鼓 份分纷 专砖 业页叶 合和何河 作做"
    "坐 社设射 伙火货 企期起 幼右又 园员圆元 事是市世 务物 所锁"
)


def _sounding(character: str) -> frozenset[str]:
    return frozenset(
        other
        for group in _HOMOPHONES.split()
        if character in group
        for other in group
        if sound(other) == sound(character) and other != character
    )


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """The lengths of the forms that end with the same character, longest first."""
    found: dict[str, set[int]] = {}
    for word in forms():
        found.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(lengths, reverse=True)) for last, lengths in found.items()}


@cache
def _longest_misspelt() -> int:
    return max(map(len, misspelt()))


def form_at_end(text: str, end: int) -> tuple[int, Form] | None:
    """Return where the longest form that ends at ``end`` begins, and the form."""
    known = forms()
    for length in _lengths().get(text[end - 1 : end], ()):
        form = known.get(text[end - length : end]) if length <= end else None
        if form is not None:
            return end - length, form
    return None


def misspelt_at_end(text: str, end: int) -> tuple[int, Form] | None:
    """Return where the misspelt form that ends at ``end`` begins, and the form that is meant."""
    known = misspelt()
    for length in range(min(_longest_misspelt(), end), 2, -1):
        form = known.get(text[end - length : end])
        if form is not None:
            return end - length, form
    return None


@cache
def kind_notes() -> frozenset[str]:
    """Return the notes in brackets that only say what kind of undertaking it is or what state it is in."""
    return frozenset(map(fold, document()["kind-notes"]))


@cache
def former_marks() -> tuple[str, ...]:
    """Return the words that begin a note on a former name (原, 曾用名), longest first."""
    return tuple(sorted(document()["former-marks"], key=len, reverse=True))
