"""Whose row it is (对应主体): by code, by the exact full name of one organisation, by nothing yet; and what a given code or name may be kept as.

Basis: design principles 4 and 7: a code decides, a name alone is confirmed by a person; a natural person's number is neither looked up nor kept, and nobody
finds a person by name. One-person businesses are found by their exact code only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.standards import person_numbers, uscc
from xinheng.core.standards.names import name_key, standardise_name
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.by_name import may_attach
from xinheng.core.subjects.searching import read_search
from xinheng.core.subjects.subject import CodeKind

LONGEST_NAME = 200
LONGEST_CODE = 40


class Means(StrEnum):
    """By what a row's subject was found."""

    CODE = "code"
    NAME = "name"  # the exact full name of exactly one organisation: shown, and the code is to be confirmed
    NAME_DIFFERS = "name-differs"  # the code is one subject's, and the name given is none of its names
    CANDIDATES = "candidates"
    NOBODY = "nobody"
    PERSON = "person"  # a natural person's number stood there: refused


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that may be meant."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """How a row's subject was found: ``code`` and ``name`` as registered, or the ``candidates``, or nobody."""

    means: Means
    code: str = ""
    name: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A row as it was given, as far as it may be kept: ``name`` and ``code`` are masked; ``codes`` and ``key`` are looked up.

    ``personal``: a natural person's number stood in it, and nothing of it is looked up.
    """

    name: str
    code: str
    codes: tuple[tuple[CodeKind, str], ...] = ()
    key: str = ""
    personal: bool = False

    @property
    def empty(self) -> bool:
        """Whether there was nothing in it."""
        return not self.name and not self.code


def given(name: str, code: str, *, sure: bool = False) -> Given:
    """Return a row as it may be looked up and kept; any text at all is taken, however long and whatever it is made of.

    ``sure`` says that the code is known to be a valid unified code as it stands, and no person's number (``sure_codes``): that spares a look at it.
    """
    if sure and (not name or _is_plain(name)):
        shown = standardise_name(name)
        return Given(name_kept(shown), code, ((CodeKind.USCC, code),), name_key(shown) if name else "")
    read, named = read_search(code), read_search(name)
    shown = standardise_name(named.text)[:LONGEST_NAME]
    if read.personal or named.personal:
        return Given(
            name_kept(shown), "*" * min(len(code.strip()), LONGEST_CODE) if code.strip() else "", personal=True
        )
    key = "" if named.too_long or named.name is None else name_key(shown)
    return Given(name_kept(shown), mask(read.text)[:LONGEST_CODE], read.codes, key)


def sure_codes(codes: Sequence[str]) -> list[bool]:
    """Return which codes are valid unified codes as they stand, and not valid persons' numbers as well; many at once."""
    held = pa.array(codes, pa.string())
    sure: list[bool] = pc.and_not(uscc.is_valid_array(held), person_numbers.is_valid_array(held)).to_pylist()
    return sure


def _is_plain(name: str) -> bool:
    """Tell whether a name holds no digit, of which a number could be made, and nothing that cannot be typed."""
    return len(name) <= LONGEST_NAME and name.isprintable() and not any(sign.isnumeric() for sign in name)


def name_kept(name: str) -> str:
    """Return a name as it may be kept: whole where it ends as names of organisations do, else its first character only: it may be a person's."""
    return name if not name or may_attach(name_key(name)) else f"{name[:1]}{'*' * max(2, min(len(name), 20) - 1)}"


def matched(
    row: Given, *, by_code: Candidate | None, names: frozenset[str], by_name: tuple[Candidate, ...], exact: bool
) -> Match:
    """Return whose a row is. ``names`` are the keys of the names of whom the code finds, now and before; ``by_name`` whom the name finds.

    ``exact`` says that the full name is that of exactly one organisation, and was never another's.
    """
    if row.personal:
        return Match(Means.PERSON)
    if by_code is not None:
        if row.key and row.key not in names:
            return Match(Means.NAME_DIFFERS, candidates=_once((by_code, *by_name)))
        return Match(Means.CODE, by_code.code, by_code.name)
    if row.code:  # a code that nobody has is never mended by a name: the name's owner is a candidate
        return Match(Means.CANDIDATES, candidates=by_name) if by_name else Match(Means.NOBODY)
    if exact and len(by_name) == 1:
        return Match(Means.NAME, by_name[0].code, by_name[0].name)
    return Match(Means.CANDIDATES, candidates=by_name) if by_name else Match(Means.NOBODY)


def _once(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    return tuple(dict.fromkeys(candidates))
