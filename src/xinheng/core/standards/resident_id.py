"""Resident id (公民身份号码) and its kin inside free text: found, so that it can be refused or masked (rule V12).

Basis: GB 11643-1999; personal information protection law (个人信息保护法), GB/T 41196-2021 for masking before
publication. Whether a number is right is told by ``person_numbers``; here is where one stands in a text. Nothing here
returns a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.standards import fixed_width, person_numbers, registration_number, uscc
from xinheng.core.standards.person_numbers import is_valid, is_valid_array

__all__ = [
    "Span",
    "contains_identifier_array",
    "contains_personal_array",
    "find_identifiers",
    "find_personal",
    "is_valid",
    "is_valid_array",
    "mask",
    "mask_array",
]

MOBILE = "mobile"
BANK_CARD = "bank-card"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a personal number stands in a text: ``text[start:end]``, never the number itself.

    ``sure`` is ``False`` where only the words before it say what it is (its check character is wrong or it has none).
    """

    start: int
    end: int
    kind: str
    sure: bool = True


SEPARATORS = " \t\r\n\u00a0\u3000\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff\u00ad‐‑‒–—―−－_-"
"""The characters that people put between the digits of one number."""
_SEPARATORS = SEPARATORS.replace("-", "\\-")
GAP = f"[{_SEPARATORS}]{{0,3}}"
"""What may stand between two digits of one number, as a pattern; RE2 and Python read it alike."""
_FOLD = {
    **{ord("０") + i: ord("0") + i for i in range(10)},
    **{ord("Ａ") + i: ord("A") + i for i in range(26)},
    **{ord("ａ") + i: ord("A") + i for i in range(26)},
    **{ord("a") + i: ord("A") + i for i in range(26)},
    ord("×"): ord("X"),
    ord("Х"): ord("X"),  # Cyrillic
    ord("Χ"): ord("X"),  # Greek
}
_CODE_SIGNS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_UNGAPPED = re.compile(f"[{_SEPARATORS}]")

_MOBILE_SHAPE = rf"1[3-9][0-9]{GAP}[0-9]{{4}}{GAP}[0-9]{{4}}"
_MOBILE_NEXT = "1[3-9][0-9]{9}(?![0-9])"
_EIGHTEEN = re.compile(
    rf"(?=((?:(?<![0-9])|(?<=(?<![0-9])1[3-9][0-9]{{9}}))[0-9](?:{GAP}[0-9]){{16}}{GAP}[0-9X])(?:(?![0-9])|(?={_MOBILE_NEXT})))"
)
_FIFTEEN = re.compile(rf"(?<![0-9A-Z])[0-9](?:{GAP}[0-9]){{14}}(?![0-9A-Z])")
_MOBILE = re.compile(rf"(?:(?<![0-9A-Z])|(?<=TEL))(?<![0-9][.])(?:(?:\+|00)?86{GAP})?{_MOBILE_SHAPE}(?![0-9]|[.][0-9])")
_MOBILE_AFTER_ID = re.compile(rf"(?<=[0-9X]){_MOBILE_NEXT}")
_CARD = re.compile(rf"(?<![0-9A-Z])62[0-9](?:{GAP}[0-9]){{12,16}}(?![0-9A-Z])")

_CITIZEN_LABEL = re.compile("身份证|身份号码|公民身份|居住证|居留证|永居证")
_LABELLED_CITIZEN = re.compile(
    rf"(?:身份证|身份号码|公民身份|居住证|居留证|永居证)[^0-9A-Z]{{0,14}}"
    rf"([0-9](?:{GAP}[0-9]){{16}}{GAP}[0-9X](?![0-9])|[0-9](?:{GAP}[0-9]){{14}}(?![0-9])|[A-Z]{{3}}[0-9]{{12}}(?![0-9]))"
)
_LABELLED_OTHERS = (
    (person_numbers.PASSPORT, re.compile(r"护照[^0-9A-Z]{0,14}([A-Z]{0,3}[0-9]{6,9})(?![0-9A-Z])")),
    (
        person_numbers.HK_MO_PERMIT,
        re.compile(r"(?:港澳|回乡|内地)[^0-9A-Z，。；]{0,16}证[^0-9A-Z]{0,14}([A-Z]?[0-9]{8,10})(?![0-9A-Z])"),
    ),
    (
        person_numbers.TAIWAN_PERMIT,
        re.compile(r"(?:台湾|台胞|大陆)[^0-9A-Z，。；]{0,16}证[^0-9A-Z]{0,14}([A-Z]?[0-9]{8,10})(?![0-9A-Z])"),
    ),
)
_NUMBERED_BEFORE = re.compile(r"(?:[〕\]】）)第字]|文书号|编号|注册号|执照号)[:：]?\s*$")
_AMOUNT_AFTER = re.compile(r"\s*[元万亿]")
_NUMBER_AFTER = re.compile(r"\s*号")


def find_identifiers(text: str) -> list[Span]:
    """Return where natural persons' identity numbers stand in a free text, in order, not overlapping.

    Found: 18 characters with a right check, a real birth date and a province (also with full-width digits, and with
    spaces, hyphens or invisible characters inside); old 15-digit ones; and, after words such as 身份证 or 护照,
    whatever has the shape even if its check is wrong (``sure`` is then ``False``). A USCC that is no valid resident
    id, a registration number with a right check digit, an amount and a decision number are not taken for a person's.
    """
    return _disjoint([*_citizens(_folded(text)), *_labelled(_folded(text))])


def find_personal(text: str) -> list[Span]:
    """Return what :func:`find_identifiers` returns, and mobile numbers and bank cards besides: all that V12 masks."""
    folded = _folded(text)
    return _disjoint([*_citizens(folded), *_labelled(folded), *_contacts(folded)])


def mask(text: str) -> str:
    """Return the text with every character of a personal number replaced by ``*`` (same length)."""
    pieces, done = [], 0
    for span in find_personal(text):
        pieces += [text[done : span.start], "*" * (span.end - span.start)]
        done = span.end
    return "".join([*pieces, text[done:]])


def _folded(text: str) -> str:
    return text.translate(_FOLD)  # character by character, so that positions stay


def _bare(found: str) -> str:
    return _UNGAPPED.sub("", found)


def _citizens(folded: str) -> Iterator[Span]:
    for match in _EIGHTEEN.finditer(folded):
        kind = _person_of(_bare(match[1]))
        if kind and not _is_document_number(folded, match.start(1), match.end(1)):
            yield Span(match.start(1), match.end(1), kind)
    for match in _FIFTEEN.finditer(folded):
        number = _bare(match[0])
        old = person_numbers.is_valid_old(number) and not registration_number.is_valid(number)
        if old and not _is_document_number(folded, match.start(), match.end(), half=True):
            yield Span(match.start(), match.end(), person_numbers.RESIDENT_ID, sure=False)


def _person_of(number: str) -> str | None:
    kind = person_numbers.kind_of(number)
    return None if kind == person_numbers.FOREIGNER_RESIDENCE and uscc.is_valid(number) else kind


def _is_document_number(folded: str, start: int, end: int, *, half: bool = False) -> bool:
    """Tell whether the words around make it a document's number or an amount; ``half``: either side is enough."""
    before = bool(_NUMBERED_BEFORE.search(folded, max(0, start - 8), start))
    after = bool(_NUMBER_AFTER.match(folded, end))
    amount = bool(_AMOUNT_AFTER.match(folded, end))
    return amount or ((before or after) if half else (before and after))


def _labelled(folded: str) -> Iterator[Span]:
    for match in _LABELLED_CITIZEN.finditer(folded):
        number = _bare(match[1])
        if not uscc.is_valid(number):
            sure = len(number) == 18 and person_numbers.kind_of(number) is not None
            yield Span(match.start(1), match.end(1), _labelled_kind(number), sure=sure)
    for kind, pattern in _LABELLED_OTHERS:
        for match in pattern.finditer(folded):
            yield Span(match.start(1), match.end(1), kind, sure=False)


def _labelled_kind(number: str) -> str:
    return person_numbers.kind_of(number) or person_numbers.shape_of(number) or person_numbers.RESIDENT_ID


def _contacts(folded: str) -> Iterator[Span]:
    for pattern in (_MOBILE, _MOBILE_AFTER_ID):
        for match in pattern.finditer(folded):
            place = (match.start(), match.end())
            if not _is_document_number(folded, *place) and not _inside_uscc(folded, *place):
                yield Span(match.start(), match.end(), MOBILE)
    for match in _CARD.finditer(folded):
        number = _bare(match[0])
        if _has_luhn_check(number) and not uscc.is_valid(number):
            yield Span(match.start(), match.end(), BANK_CARD)


def _inside_uscc(folded: str, start: int, end: int) -> bool:
    """Tell whether what stands there is a stretch of a right USCC of its own: eleven of its characters may look like a mobile number."""
    while start and folded[start - 1] in _CODE_SIGNS:
        start -= 1
    while end < len(folded) and folded[end] in _CODE_SIGNS:
        end += 1
    return end - start == 18 and uscc.is_valid(folded[start:end])


def _has_luhn_check(number: str) -> bool:
    digits = [int(char) for char in reversed(number)]
    return sum(digits[::2] + [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]) % 10 == 0


def _disjoint(spans: list[Span]) -> list[Span]:
    """Return the spans in order; of two that overlap the sure one stays, then the longer; the rest is joined to it."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if kept and span.start < kept[-1].end:
            kept[-1] = _joined(kept[-1], span)
        else:
            kept.append(span)
    return kept


def _joined(one: Span, other: Span) -> Span:
    better = max(one, other, key=lambda span: (span.kind not in (MOBILE, BANK_CARD), span.sure, span.end - span.start))
    return Span(min(one.start, other.start), max(one.end, other.end), better.kind, better.sure)


_DIGIT = "[0-9０-９]"
_MAYBE_IDENTIFIER = f"(?s:(?:{_DIGIT}{GAP}){{15}}|(?:护照|证|公民身份|身份号码).{{0,34}}(?:{_DIGIT}{GAP}){{6}})"
_MAYBE_PERSONAL = f"(?s:(?:{_DIGIT}{GAP}){{11}}|(?:护照|证|公民身份|身份号码).{{0,34}}(?:{_DIGIT}{GAP}){{6}})"


def contains_identifier_array(texts: pa.Array | pa.ChunkedArray) -> pa.BooleanArray:
    """Tell for each text whether :func:`find_identifiers` finds something; null is ``False``.

    A vectorised pattern sorts out the many texts that cannot hold a number; the few that may are read one by one.
    """
    return _found_in(texts, pattern=_MAYBE_IDENTIFIER, personal=False)


def contains_personal_array(texts: pa.Array | pa.ChunkedArray) -> pa.BooleanArray:
    """Tell for each text whether :func:`find_personal` finds something, that is, whether masking would change it."""
    return _found_in(texts, pattern=_MAYBE_PERSONAL, personal=True)


def _found_in(texts: pa.Array | pa.ChunkedArray, *, pattern: str, personal: bool) -> pa.BooleanArray:
    find = find_personal if personal else find_identifiers
    parts = [np.zeros(0, dtype=np.bool_)]
    for chunk in fixed_width.as_text(texts):
        maybe = pc.fill_null(pc.match_substring_regex(chunk, pattern), False)
        found = np.array(maybe, dtype=np.bool_)
        rows = np.flatnonzero(found)
        for row, text in zip(rows, chunk.take(pa.array(rows)).to_pylist(), strict=True):
            found[row] = bool(find(text))
        parts.append(found)
    return pa.array(np.concatenate(parts))


def mask_array(texts: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return :func:`mask` of each text; null stays null."""
    whole = pa.concat_arrays([*fixed_width.as_text(texts), pa.array([], pa.string())])
    found = contains_personal_array(whole)
    masked = pa.array([mask(text) for text in whole.filter(found).to_pylist()], pa.string())
    return pc.replace_with_mask(whole, found, masked)
