"""Quoting (引述): what of a file's own words may stand in a sentence about it: a little, visible, and nothing of a person.

A first row that is no heading row, a stray text and a key of JSON may hold anything, an identity number too; and such sentences are
kept with the submission, printed, and logged by whoever calls.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from xinheng.core.errors import Text
from xinheng.core.standards.resident_id import mask

QUOTED = 40
"""Characters of a cell that a sentence quotes."""
_LISTED = 20
_AHEAD = 4 * QUOTED  # a number that begins within the quoted part ends within this
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def quoted(text: str) -> str:
    """Return the beginning of a text as a sentence quotes it: personal numbers masked before it is cut, hidden characters shown."""
    shown = mask(text.strip()[:_AHEAD])[:QUOTED]
    return "".join("\ufffd" if unicodedata.category(sign) in _HIDDEN else sign for sign in shown)


def listed(texts: Sequence[str], *, marks: tuple[str, str] = ("", "")) -> Text:
    """Return texts as a sentence lists them, the first twenty and how many they are, each between ``marks``."""
    shown = [f"{marks[0]}{quoted(text)}{marks[1]}" for text in texts[:_LISTED]]
    if len(texts) <= _LISTED:
        return Text("、".join(shown), ", ".join(shown))
    return Text(f"{'、'.join(shown)}等 {len(texts)} 列", f"{', '.join(shown)} and {len(texts) - _LISTED} more")
