"""Decision numbers (文号): one key for the many ways in which the same number is written.

Basis: GB/T 9704 writes the year in 〔〕; departments write 〔〕, [], （）, () and 【】, with or without 第 and 号.
Zeros in the serial stay: ``012`` and ``12`` may be two decisions.
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.standards import text as writing

_TABLE = {
    **writing.INVISIBLE,
    **writing.SPACES,
    **writing.mapped(writing.OPENING, "〔"),
    **writing.mapped(writing.CLOSING, "〕"),
    **writing.mapped(writing.DASHES, "-"),
    ord(" "): None,
}
for _space in writing.SPACES:
    _TABLE[_space] = None

_OPTIONAL_ORDINAL = re.compile("第(?=[0-9])")
_END = re.compile("[。.,;，；、]*(?:号[。.,;，；、]*)?$")
_CLEAN = r"^[\x{4e00}-\x{9fa5}A-Z0-9〔〕（）()【】\[\]-]*$"


def decision_number_key(text: str) -> str:
    """Return the comparison key of a decision number; the key of a key is itself.

    Half-width, capitals, no spaces, every bracket 〔〕, 第 before a digit and 号 at the end left out.
    """
    key = _keyed(text)
    while (again := _keyed(key)) != key:
        key = again
    return key


def _keyed(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_TABLE)).translate(_TABLE).upper()
    return _END.sub("", _OPTIONAL_ORDINAL.sub("", plain), count=1)


def decision_number_key_array(texts: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return :func:`decision_number_key` of each number; null stays null."""
    return writing.by_row(texts, clean=_CLEAN, fast=_fast_key, scalar=decision_number_key)


def _fast_key(texts: pa.StringArray) -> pa.StringArray:
    keys = pc.replace_substring_regex(texts, r"[（(【\[]", "〔")
    keys = pc.replace_substring_regex(keys, r"[）)】\]]", "〕")
    keys = pc.replace_substring_regex(keys, "第+([0-9])", r"\1")
    return pc.replace_substring_regex(keys, "号+$", "")


def spellings(key: str) -> tuple[str, ...]:
    """Return how a number with this key may be written besides brackets, blanks, 第 and 号: full-width, in small letters, with another dash.

    For an index that folds only those (``store/sql/search.sql``): whatever it finds is compared by its key.
    """
    letters = (key, key.lower()) if key.lower() != key else (key,)
    dashed = [one.replace("-", dash) for one in letters for dash in (_DASHES if "-" in one else "-")]
    return tuple(dict.fromkeys(one.translate(width) for one in dashed for width in (_WIDE, {}, _WIDE_DIGITS)))


_DASHES = "-－—–"
_WIDE = {
    code: code + 0xFEE0
    for code in (*range(ord("0"), ord("9") + 1), *range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1))
}
_WIDE_DIGITS = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)}
