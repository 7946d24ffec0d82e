"""Where two texts differ, character by character (差异): for showing them side by side, and in words for whoever does not see colours."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from xinheng.core.errors import Text

LONGEST = 300
"""Characters that are compared: names in the register are no longer, and what is longer only costs time."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of one of the texts; ``same`` where the other has it too."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """Both texts in runs, and the differences in words; no words where they are equal."""

    left: tuple[Span, ...]
    right: tuple[Span, ...]
    words: Text


def differences(left: str, right: str) -> Differences:
    """Return where two texts differ; of texts longer than ``LONGEST`` only the beginning is looked at."""
    cut_left, cut_right = left[:LONGEST], right[:LONGEST]
    here: list[Span] = []
    there: list[Span] = []
    said: list[Text] = []
    for tag, i, j, k, m in SequenceMatcher(None, cut_left, cut_right, autojunk=False).get_opcodes():
        same = tag == "equal"
        here += [Span(cut_left[i:j], same)] if j > i else []
        there += [Span(cut_right[k:m], same)] if m > k else []
        if not same:
            said.append(_words(cut_left[i:j], cut_right[k:m], i + 1))
    if len(left) > LONGEST or len(right) > LONGEST:
        said.append(Text(f"只比较了前 {LONGEST} 个字符", f"only the first {LONGEST} characters were compared"))
    return Differences(
        tuple(here), tuple(there), Text("；".join(one.zh for one in said), "; ".join(one.en for one in said))
    )


def _words(left: str, right: str, place: int) -> Text:
    if not left:
        return Text(
            f"第 {place} 字前，登记名称多“{right}”", f"before character {place} the register has “{right}” more"
        )
    if not right:
        return Text(f"第 {place} 字起，本行多“{left}”", f"from character {place} the row has “{left}” more")
    return Text(
        f"第 {place} 字起，本行为“{left}”，登记名称为“{right}”",
        f"from character {place} the row has “{left}”, the register “{right}”",
    )
