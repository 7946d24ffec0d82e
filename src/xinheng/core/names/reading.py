"""Reading a name into what is compared (解析): the inner form behind ``parse`` and ``compare``, made once a name and kept.

The order is: notes in brackets, short names, the branch, then the head (``heads.py``). What is left of a head is the 字号 (brand).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xinheng.core.names import forms
from xinheng.core.names.branches import Branch, Tail, kind_at_end, read_tail, tail_of
from xinheng.core.names.forms import Form
from xinheng.core.names.heads import Head
from xinheng.core.names.notes import Plain, Token, without_notes
from xinheng.core.names.places import Codes
from xinheng.core.names.short_names import ShortName, full_names, length_with_form, short_name_at_start

_NONE: Codes = frozenset()
_NO_TAIL = Tail(0, (), ())
_LONGEST = 200


class Reading(NamedTuple):
    """A name as it is compared. ``core`` is brand and industry in one, its numbers in digits; ``brand_length`` of it is the brand."""

    text: str
    place: Codes
    place_word: str
    place_sure: bool
    place_known: bool
    place_misspelt: bool
    inner: Codes
    inner_word: str
    zone: str
    core: str
    brand_length: int
    trade: tuple[str, ...]
    group: bool
    form: Form | None
    form_word: str
    form_misspelt: bool
    former: str
    remark: str
    branches: tuple[Branch, ...]
    short: str
    short_certain: bool
    known: str
    person: bool

    @property
    def brand(self) -> str:
        """The 字号: what of the core is no word of industry."""
        return self.core[: self.brand_length]

    @property
    def comparable(self) -> bool:
        """Tell whether anything is left by which one organisation differs from others."""
        if self.core:
            return self.core not in forms.forms() and kind_at_end(self.text) != self.text
        return bool((self.place and self.form and self.form.stem) or self.short)


def read(text: str) -> Reading:
    """Return the reading of a folded name. Never raises; a text that is no name is one brand."""
    return _kept(text) if len(text) <= _LONGEST else _read(text)


def _read(text: str) -> Reading:
    plain = without_notes(text)
    short = _short_name(plain)
    if short is not None:
        return _short(text, plain, short)
    head, tail = _taken(plain)
    known = plain.text[: tail.start] if tail.branches else plain.text
    return Reading(
        text, head.codes, head.word, head.sure, head.known, head.misspelt, head.inner, head.inner_word, head.zone, head.core, head.brand_length, head.trade,
        head.group, head.form, head.form_word, head.form_misspelt, plain.notes.former, plain.notes.remark, tail.branches, "", True,
        known if known in full_names() else "", not tail.branches and head.like_a_person(),
    )  # fmt: skip


_kept = lru_cache(maxsize=262144)(_read)


def _short_name(plain: Plain) -> ShortName | None:
    """The short name that a name begins with; not where a note makes it another: 中国联合网络通信（香港）股份有限公司."""
    return None if plain.notes.inner or plain.notes.group else short_name_at_start(plain.text)


def _taken(plain: Plain) -> tuple[Head, Tail]:
    head_end = tail_of(plain.text)
    head = Head(plain.text[:head_end], plain.notes)
    return head, read_tail(plain.text, head_end, head.codes or head.inner) if head_end < len(plain.text) else _NO_TAIL


def _short(text: str, plain: Plain, one: ShortName) -> Reading:
    length = length_with_form(plain.text, one)
    tail = read_tail(plain.text, length, _NONE) if length < len(plain.text) else _NO_TAIL
    return read(one.full)._replace(
        text=text, branches=tail.branches, short=plain.text[:length], short_certain=one.certain, known=one.full, person=False
    )  # fmt: skip


def written_out(text: str) -> str:
    """Return a folded name with a short name at its beginning written out, for looking it up; 工行苏州分行 under its full name."""
    short = short_name_at_start(text)
    return text if short is None else short.full + text[length_with_form(text, short) :]


def tokens_of(text: str) -> list[Token]:
    """Return the parts of a folded name, each with its place in it, in order."""
    plain = without_notes(text)
    short = _short_name(plain)
    if short is not None:
        length = length_with_form(plain.text, short)
        tail = read_tail(plain.text, length, _NONE) if length < len(plain.text) else _NO_TAIL
        found: list[Token] = [("short", 0, length)]
    else:
        head, tail = _taken(plain)
        found = head.tokens()
    found += [("branch", start, end) for start, end in zip((tail.start, *tail.ends), tail.ends, strict=False)]
    return sorted([*plain.tokens, *map(plain.in_name, found)], key=lambda token: token[1])
