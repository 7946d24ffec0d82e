"""Find the field that a column heading means: by its code, its Chinese name, or an alias met in practice.

Widths, spaces, brackets and marks do not matter (``罚款金额(万元)`` is ``罚款金额（万元）``), nor does a mark of
必填; what stands inside brackets does: ``罚款金额（元）`` is another thing.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.errors import Explanation, Text, UnusableFile

_MARKS = ("必填项", "必填")


@lru_cache(maxsize=8192)
def fold(heading: str) -> str:
    """Return what is compared of a heading: its letters, digits and characters, in one width and in small letters."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    for mark in _MARKS:
        for bracketed in (f"({mark})", f"[{mark}]", f"【{mark}】"):
            text = text.replace(bracketed, "")
    return "".join(character for character in text if character.isalnum())


def headings_of(field: Field) -> tuple[str, ...]:
    """Return every heading by which a column of this field is known: code, Chinese name, both as in our own workbook, aliases."""
    return (field.name, field.title, f"{field.title}（{field.name}）", *field.aliases)


def field_by_heading(version: ItemVersion, heading: str) -> Field | None:
    """Return the field of ``version`` that ``heading`` means, or nothing.

    Raises :class:`~xinheng.core.errors.UnusableFile` where it could mean more than one (no shipped item has such a
    heading: ``check`` refuses it).
    """
    found = _index(version).get(fold(heading), ())
    if len(found) > 1:
        raise _ambiguous(heading, found)
    return found[0] if found else None


def is_heading(version: ItemVersion, text: str) -> bool:
    """Tell whether a text is a heading of ``version``, be it ambiguous."""
    return fold(text) in _index(version)


@lru_cache(maxsize=64)
def _index(version: ItemVersion) -> dict[str, tuple[Field, ...]]:
    index: dict[str, tuple[Field, ...]] = {}
    for field in version.fields:
        for heading in dict.fromkeys(fold(each) for each in headings_of(field)):
            index[heading] = (*index.get(heading, ()), field)
    index.pop("", None)
    return index


def _ambiguous(heading: str, found: tuple[Field, ...]) -> UnusableFile:
    titles = "、".join(field.title for field in found)
    names = ", ".join(field.name for field in found)
    return UnusableFile(
        Explanation(
            what=Text(f"列名“{heading}”含义不明。", f"The heading {heading!r} is ambiguous."),
            why=Text(f"它可以指：{titles}。", f"It may mean {names}."),
            mend=Text("请改用字段代码或者完整的中文名称。", "Use the code of the field or its full Chinese name."),
        ),
        heading=heading,
        fields=tuple(field.name for field in found),
    )
