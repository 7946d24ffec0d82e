"""What stands in brackets in a name: a place, the group, the kind of undertaking, a former name, a remark (名称中的括注)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from xinheng.core.names import forms
from xinheng.core.names.branches import kind_at_end
from xinheng.core.names.places import Chain, Codes, chain_of

Token = tuple[str, int, int]
"""A part of a text: its kind, where it begins and where it ends."""

_BRACKETED = re.compile(r"\(([^()]*)\)")
_PLAIN = re.compile("[^()]*[^\\W_]")
_UNDERTAKINGS = ("partnership", "sole", "company")


@dataclass(slots=True)
class Notes:
    """What the brackets of a name say."""

    inner: Codes = frozenset()
    inner_word: str = ""
    group: bool = False
    former: str = ""
    remark: str = ""


class Plain(NamedTuple):
    """A name without its notes: the text, for each of its characters its place in the name (``None``: all where they were), and the notes."""

    text: str
    kept: tuple[int, ...] | None
    notes: Notes
    tokens: tuple[Token, ...]

    def in_name(self, token: Token) -> Token:
        """Return a part of the plain text as a part of the name."""
        return token if self.kept is None else (token[0], self.kept[token[1]], self.kept[token[2] - 1] + 1)


def without_notes(text: str) -> Plain:
    """Take what stands in brackets out of a folded name and understand it; signs left behind at the end go too."""
    if _PLAIN.fullmatch(text):
        return Plain(text, None, Notes(), ())
    notes, tokens, gone = Notes(), list[Token](), {at for at, character in enumerate(text) if character in "()"}
    for found in _BRACKETED.finditer(text):
        kind = "" if found[0] == text else _understood(text, found, notes)
        if kind:
            gone.update(range(*found.span()))
            tokens.append((kind, found.start() + 1, found.end() - 1))
    end = len(text)
    while end and (end - 1 in gone or not text[end - 1].isalnum()):
        end -= 1
    kept = tuple(at for at in range(end or len(text)) if at not in gone)
    return Plain("".join(text[at] for at in kept), kept, notes, tuple(token for token in tokens if token[2] > token[1]))


def _understood(text: str, found: re.Match[str], notes: Notes) -> str:
    """Note what a bracket says, and return what kind of part it is; empty where it is none and stays in the name."""
    note = found[1]
    if (
        not note
        or note in forms.kind_notes()
        or (note in forms.forms() and forms.forms()[note].family in _UNDERTAKINGS)
    ):
        return "note"
    if note in ("集团", "企业集团"):
        notes.group = True
        return "group"
    mark = next((mark for mark in forms.former_marks() if note.startswith(mark) and len(note) > len(mark) + 3), "")
    if mark:
        notes.former = note[len(mark) :].lstrip(":名为,")
        return "note"
    chain: Chain = chain_of(note)
    if chain.codes and chain.end == len(note) and not notes.inner:
        notes.inner, notes.inner_word = chain.codes, chain.word
        return "inner"
    return _remarked(text, found, notes)


def _remarked(text: str, found: re.Match[str], notes: Notes) -> str:
    """What stands in brackets behind the legal form and is no branch only says where or what: 某公司（冈山工业园）."""
    form = forms.form_at_end(text, found.start())
    if found.end() < len(text) or form is None or form[0] == 0 or kind_at_end(found[1]):
        return ""
    notes.remark = found[1]
    return "note"
