"""Characters as names are compared by them: one writing for each, its sound, and what it is mistaken for (简繁、异体、读音、形近).

The tables are ``data/simplified.txt`` and ``data/pinyin.txt`` (written by ``scripts/make-characters`` from OpenCC and pypinyin),
``data/variants.txt``, ``data/confusable.txt`` and ``data/odd.txt`` (by hand). Folding builds on ``core.standards.names.name_key``: widths,
brackets, spaces, capitals; then traditional and variant characters become the usual ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from xinheng.core.standards.names import name_key
from xinheng.core.standards.text import CLOSING, DASHES, INVISIBLE, MIDDLE_DOTS, OPENING, SPACES

_MORE_READINGS = {
    "行": "hang", "长": "zhang", "重": "zhong", "乐": "yue", "朝": "chao", "都": "du", "会": "kuai", "传": "zhuan", "曾": "zeng", "车": "ju",
    "藏": "cang", "调": "tiao", "厦": "sha", "仇": "chou", "盛": "cheng", "相": "xiang", "卓": "zhuo", "石": "dan", "宿": "xiu", "单": "shan",
    "参": "shen", "尉": "yu", "区": "ou", "解": "xie", "华": "hua", "兴": "xing", "和": "he", "丰": "feng", "朴": "piao", "奇": "ji",
}  # fmt: skip
_FLAT = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def rows(name: str) -> Iterator[str]:
    """Yield the lines of one of this concept's text tables, without remarks and empty lines."""
    text = resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _pairs(name: str) -> dict[str, str]:
    return {word[0]: word[1] for line in rows(name) for word in line.split() if len(word) == 2 and word[0] != word[1]}


TRADITIONAL = _pairs("simplified.txt")
VARIANT = {old: new for old, new in _pairs("variants.txt").items() if old not in TRADITIONAL} | {"○": "〇", "◯": "〇"}
_USUAL = str.maketrans({**{old: TRADITIONAL.get(new, new) for old, new in VARIANT.items()}, **TRADITIONAL})
_CLEAN = re.compile("[\u4e00-\u9fa5A-Z0-9()（）]*")
_ODD = frozenset("".join(rows("odd.txt")))


@lru_cache(maxsize=65536)
def _folded(character: str) -> str:
    return name_key(name_key(character).translate(_USUAL))


def fold(text: str) -> str:
    """Return the text that names are compared by: :func:`name_key`, in usual simplified characters. Folding twice is as once.

    >>> fold("蘇州金龍機械（集團）有限公司　")
    '苏州金龙机械(集团)有限公司'
    """
    if _CLEAN.fullmatch(text):
        return text.replace("（", "(").replace("）", ")").translate(_USUAL)
    return "".join(map(_folded, text))


def fold_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the folded text, and for each of its characters where the one that it comes from stands in ``text``."""
    pieces = [_folded(character) for character in text]
    places = tuple(place for place, piece in enumerate(pieces) for _ in piece)
    return "".join(pieces), places


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of change made to a name before it is read: which characters became which.

    ``kind`` is one of ``invisible``, ``space``, ``bracket``, ``traditional``, ``variant``, ``capital``, ``width``, ``mark``.
    """

    kind: str
    before: str
    after: str


def steps(text: str) -> tuple[Step, ...]:
    """Return what folding changes in ``text``, one step a kind, in the order in which the kinds occur."""
    found: dict[str, tuple[str, str]] = {}
    for character in text:
        after = _folded(character)
        if after != character and not (character in "（）" and after in "()"):
            before, so_far = found.get(kind := _kind(character), ("", ""))
            found[kind] = (before + character, so_far + after)
    return tuple(Step(kind, before, after) for kind, (before, after) in found.items())


def _kind(character: str) -> str:
    kinds = {
        "invisible": ord(character) in INVISIBLE, "space": ord(character) in SPACES, "bracket": character in OPENING + CLOSING,
        "traditional": character in TRADITIONAL, "variant": character in VARIANT,
        "capital": character.isascii() and character.islower(), "mark": character in DASHES + MIDDLE_DOTS + "\"'“”‘’`＂＇「」『』",
        "width": unicodedata.normalize("NFKC", character) != character,
    }  # fmt: skip
    return next((kind for kind, holds in kinds.items() if holds), "mark")


@cache
def _sounds() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in rows("pinyin.txt"):
        syllable, characters = line.split(" ", 1)
        for character in characters:
            found[character] = (syllable,)
    for character, syllable in _MORE_READINGS.items():
        found[character] = tuple(dict.fromkeys((*found.get(character, ()), syllable)))
    return found


@lru_cache(maxsize=65536)
def sound(character: str) -> str:
    """Return the commonest reading of a character without tone, or the character itself where it has none."""
    return _sounds().get(character, (character,))[0]


@lru_cache(maxsize=65536)
def flat_sound(character: str) -> str:
    """Return the reading as it is confused in much of the country: zh, ch, sh as z, c, s, and final -ng as -n."""
    syllable = sound(character)
    for full, flat in _FLAT:
        if syllable.startswith(full):
            syllable = flat + syllable[2:]
    return syllable[:-1] if syllable.endswith("ng") and syllable[-3:-2] in ("i", "e") else syllable


def sound_alike(one: str, other: str) -> bool:
    """Tell whether two characters have a reading in common (同音)."""
    return bool(set(_sounds().get(one, ())) & set(_sounds().get(other, ())))


def nearly_sound_alike(one: str, other: str) -> bool:
    """Tell whether two characters are read alike where zh is z and -ing is -in (近音)."""
    return one in _sounds() and other in _sounds() and flat_sound(one) == flat_sound(other)


@cache
def _shapes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in rows("confusable.txt"):
        group = line.split()
        for character in group:
            found.setdefault(character, set()).update(group)
    return {character: frozenset(others - {character}) for character, others in found.items()}


def misread_as(character: str) -> frozenset[str]:
    """Return the characters that ``character`` is mistaken for by its shape, and that are mistaken for it."""
    return _shapes().get(character, frozenset())


def shape_alike(one: str, other: str) -> bool:
    """Tell whether two characters are mistaken for each other by their shape (形近)."""
    return other in misread_as(one)


def is_odd(character: str) -> bool:
    """Tell whether hardly any organisation bears this character in its name."""
    return character in _ODD
