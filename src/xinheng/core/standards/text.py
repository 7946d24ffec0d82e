"""Ways of writing the same characters: widths, spaces, brackets, invisible characters (全角半角、空格、括号).

The tables here are shared by names, decision numbers, dates and amounts. Basis: reporting rule V13 (letters, digits
and symbols half-width, Chinese punctuation full-width).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.standards import fixed_width

FULL_WIDTH_DIGITS = "０１２３４５６７８９"
DIGITS = "0123456789"

EDGE_SPACES = " \t\r\n\u00a0\u3000"
"""What is stripped from the edges of a cell before its date or amount is read."""

WIDE_TO_PLAIN: dict[int, str] = {
    ord(wide): chr(ord(wide) - 0xFEE0)
    for wide in map(chr, range(0xFF01, 0xFF5F))
    if unicodedata.category(wide)[0] in "LN" or wide in "＆＋－．／＇＃＠％＊＿"
}
"""Full-width letters, digits and the symbols that occur in names, to half-width."""

SPACES: dict[int, str] = {
    code: " "
    for code in range(0x3001)
    if unicodedata.category(chr(code)) in ("Zs", "Zl", "Zp") or chr(code) in "\t\r\n"
}
"""Every kind of space and line break, to one ordinary space."""

INVISIBLE: dict[int, None] = {
    code: None
    for code in (
        *range(0x20000),
        *range(0xE0000, 0xE1000),
    )  # the planes in between and behind hold Han characters and private ones
    if unicodedata.category(chr(code)) in ("Cc", "Cf") and chr(code) not in "\t\r\n"
}
"""Control and format characters (zero-width spaces, byte order marks, direction marks): dropped."""

OPENING = "([{（［｛【〔〖〘﹙﹝﹛〈《＜⦅｟"
CLOSING = ")]}）］｝】〕〗〙﹚﹞﹜〉》＞⦆｠"
"""Brackets that people put where another kind was meant."""

MIDDLE_DOTS = "·•・‧∙⋅･․ꞏᐧ⸱"
DASHES = "-‐‑‒–—―−－﹣﹘⁃"


def mapped(characters: str, to: str) -> dict[int, str]:
    """Return a translation table that writes each of ``characters`` as ``to``."""
    return dict.fromkeys(map(ord, characters), to)


def by_row(
    texts: pa.Array | pa.ChunkedArray,
    *,
    clean: str,
    fast: Callable[[pa.StringArray], pa.StringArray],
    scalar: Callable[[str], str],
) -> pa.StringArray:
    """Apply ``fast`` to the rows that match the pattern ``clean`` and ``scalar`` to the few others; null stays null.

    The caller vouches that both mean the same on rows that match; the tests make them prove it.
    """
    parts = [_by_row(chunk, clean, fast, scalar) for chunk in fixed_width.as_text(texts)]
    return pa.concat_arrays(parts) if parts else pa.array([], pa.string())


def _by_row(
    chunk: pa.StringArray,
    clean: str,
    fast: Callable[[pa.StringArray], pa.StringArray],
    scalar: Callable[[str], str],
) -> pa.StringArray:
    awkward = pc.invert(pc.fill_null(pc.match_substring_regex(chunk, clean), True))
    quick = fast(chunk)
    if not pc.any(awkward).as_py():
        return quick
    mended = pa.array([scalar(text) for text in chunk.filter(awkward).to_pylist()], pa.string())
    return pc.replace_with_mask(quick, awkward, mended)
