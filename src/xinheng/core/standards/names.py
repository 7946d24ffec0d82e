"""Names of organisations: how they are shown, and how two writings of one name are compared (名称规范化).

Basis: reporting rule V13 (full name as on the certificate, characters full-width, letters and digits half-width). The
display form changes writing only, never words; the key is for looking up and joining and is never shown.
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.standards import text as writing

_DISPLAY = {
    **writing.INVISIBLE,
    **writing.SPACES,
    **writing.WIDE_TO_PLAIN,
    **writing.mapped("(﹙", "（"),
    **writing.mapped(")﹚", "）"),
}
_CHINESE = "\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff（）·"
_SPACE_IN_CHINESE = re.compile(f"(?<=[{_CHINESE}]) +(?=[{_CHINESE}])|(?<=[（）]) +| +(?=[（）])")
_SPACES = re.compile(" {2,}")

_KEY = {
    **writing.mapped(writing.OPENING, "("),
    **writing.mapped(writing.CLOSING, ")"),
    **writing.mapped(writing.MIDDLE_DOTS, "·"),
    **writing.mapped(writing.DASHES, "-"),
    **writing.mapped("，、﹐﹑", ","),
    **writing.mapped("。．｡﹒", "."),
    **writing.mapped("：﹕", ":"),
    **writing.mapped("；﹔", ";"),
    **dict.fromkeys(map(ord, "\"'“”‘’`＂＇「」『』 "), None),
}
_CLEAN_DISPLAY = "^[\u4e00-\u9fa5A-Za-z0-9（）]*$"
_CLEAN_KEY = "^[\u4e00-\u9fa5A-Z0-9（）()]*$"


def standardise_name(name: str) -> str:
    """Return the display form of a name: half-width letters and digits, full-width （）, no stray spaces.

    Spaces between Chinese characters and beside brackets go, others become one; invisible characters go. 〔〕, [] and
    【】 stay as they are. Standardising twice is the same as once.
    """
    folded = name.translate(_DISPLAY)
    closed = _SPACE_IN_CHINESE.sub("", _SPACES.sub(" ", folded))
    return closed.strip(" ")


def name_key(name: str) -> str:
    """Return the comparison key of a name: two writings of the same words have the same key.

    Standardised, compatibility forms resolved (NFKC), capitals, no spaces or quotation marks, one kind of bracket
    ``()``, middle dot ``·``, dash and comma. The key of a key is itself.
    """
    key = _keyed(name)
    while (again := _keyed(key)) != key:  # a few compatibility characters need a second turn
        key = again
    return key


def _keyed(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name.translate(_DISPLAY).translate(_KEY))
    return unicodedata.normalize("NFKC", plain.translate(_DISPLAY).translate(_KEY).upper()).translate(_KEY)


def standardise_name_array(names: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return :func:`standardise_name` of each name; null stays null."""
    return writing.by_row(names, clean=_CLEAN_DISPLAY, fast=lambda clean: clean, scalar=standardise_name)


def name_key_array(names: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return :func:`name_key` of each name; null stays null."""
    return writing.by_row(names, clean=_CLEAN_KEY, fast=_plain_brackets, scalar=name_key)


def _plain_brackets(names: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring(pc.replace_substring(names, "（", "("), "）", ")")


def bigrams(text: str) -> list[str]:
    """Return the distinct pairs of neighbouring characters of a key, in order, for the search index.

    ``text`` is a key (:func:`name_key`); one character alone is its own only entry, an empty text has none.
    """
    if len(text) < 2:
        return [text] if text else []
    return list(dict.fromkeys(text[i : i + 2] for i in range(len(text) - 1)))
