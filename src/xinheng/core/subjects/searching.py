"""What a text typed into a search can be (查询识别): a code, a part of a name, a document number, a submission; several at once.

Nothing is guessed away: whatever the text can be is looked up, each by its own index. One thing is never looked up: what is, or looks like, a natural
person's number (design, principle 7); it is not repeated in any text either. Basis of the codes: GB 32100-2015, GB 11714-1997, the fifteen digits of
the old registration and taxpayer numbers; of document numbers: GB/T 9704 as written in practice.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text
from xinheng.core.standards import mends, organization_code, uscc
from xinheng.core.standards.decision_numbers import decision_number_key
from xinheng.core.standards.identify import identify
from xinheng.core.standards.names import bigrams, name_key
from xinheng.core.standards.resident_id import find_personal, mask
from xinheng.core.subjects.subject import CodeKind

LONGEST = 200
"""Characters of the longest text that is looked up: no name that a record may hold is longer."""
MOST_PARTS = 5
"""Parts of a name, between blanks, that are looked for at the most; further ones are left to the reader's eye."""


class Sought(StrEnum):
    """What is looked up."""

    CODE = "code"
    NAME = "name"
    DOCUMENT_NUMBER = "document-number"
    SUBMISSION = "submission"

    @property
    def label(self) -> Text:
        """The words for it."""
        return _LABELS[self]


_LABELS = {
    Sought.CODE: Text("主体代码", "code of a subject"),
    Sought.NAME: Text("主体名称", "name of a subject"),
    Sought.DOCUMENT_NUMBER: Text("决定文书号", "document number"),
    Sought.SUBMISSION: Text("报送编号", "number of a submission"),
}


@dataclass(frozen=True, slots=True)
class NameSought:
    """A name, or a part of one: the key of the whole, and the keys of its parts, each of which a name must hold."""

    key: str
    parts: tuple[str, ...]

    @property
    def grams(self) -> tuple[str, ...]:
        """The pairs of characters that a name which holds the parts has; none where every part is one character."""
        return tuple(dict.fromkeys(gram for part in self.parts if len(part) > 1 for gram in bigrams(part)))


@dataclass(frozen=True, slots=True)
class SearchText:
    """A text with what it can be. ``text`` may be shown and kept: one line, personal numbers masked, cut to :data:`LONGEST`.

    ``codes`` are compared with the register's as they stand; ``number`` is the key of a document number (empty: it can be none); ``submission``
    a submission's number. Where it is ``personal`` or ``too_long`` nothing is looked up.
    """

    text: str
    codes: tuple[tuple[CodeKind, str], ...] = ()
    name: NameSought | None = None
    number: str = ""
    submission: int | None = None
    personal: bool = False
    too_long: bool = False

    @property
    def sought(self) -> tuple[Sought, ...]:
        """What the text can be, in the order in which results are shown; nothing where there is nothing to look up."""
        can_be = {
            Sought.CODE: bool(self.codes), Sought.NAME: self.name is not None, Sought.DOCUMENT_NUMBER: bool(self.number),
            Sought.SUBMISSION: self.submission is not None,
        }  # fmt: skip
        return tuple(one for one, possible in can_be.items() if possible)


def read_search(given: str) -> SearchText:
    """Return what a text can be; any text at all is read, however long and whatever it is made of."""
    text = _one_line(given)
    if len(text) > LONGEST:
        return SearchText(mask(text[: LONGEST * 2])[:LONGEST], too_long=True)
    code = mends.tidy(text)
    if _is_personal(text, code):
        return SearchText(mask(text) if find_personal(text) else "*" * len(text), personal=True)
    codes = _codes(code)
    return SearchText(
        mask(text),
        codes,
        name=None if _is_unified(code) else _name(text),
        number="" if _is_unified(code) else _number(text),
        submission=_submission(text),
    )


def _one_line(given: str) -> str:
    """Return the text without what cannot be typed (control characters, halves of characters, gaps of Unicode), blanks made one."""
    kept = (" " if unicodedata.category(sign) in _UNTYPED else sign for sign in given)
    return " ".join("".join(kept).split())


_UNTYPED = frozenset({"Cc", "Cs", "Cn", "Co"})


def _is_personal(text: str, code: str) -> bool:
    """Tell whether a natural person's number stands in the text, or the whole looks like one; of a code that may be both a person's counts."""
    if _is_old_tax_number(code):
        return False
    known = identify(code)
    return known.personal or (not known.valid and bool(find_personal(text)))


def _is_old_tax_number(code: str) -> bool:
    """Tell whether it is an old taxpayer number: six digits of the area, then a valid organisation code."""
    return len(code) == 15 and code[:6].isdigit() and organization_code.is_valid(code[6:])


def _is_unified(code: str) -> bool:
    return len(code) == 18 and set(code) <= set(uscc.ALPHABET)


def _codes(code: str) -> tuple[tuple[CodeKind, str], ...]:
    if not _CODE.fullmatch(code):
        return ()
    by_length: dict[int, tuple[tuple[CodeKind, str], ...]] = {
        18: ((CodeKind.USCC, code),),
        15: (
            (CodeKind.REGISTRATION_NUMBER, code),
            *(((CodeKind.ORGANIZATION_CODE, code[6:]),) if _is_old_tax_number(code) else ()),
        ),
        9: ((CodeKind.ORGANIZATION_CODE, code),),
    }
    return by_length.get(len(code), ())


_CODE = re.compile("[0-9A-Z]+")


def _name(text: str) -> NameSought | None:
    key = name_key(text)[:LONGEST]
    if not any(sign.isalpha() for sign in key):
        return None
    parts = [part for part in map(name_key, _BETWEEN_PARTS.split(text)) if any(sign.isalnum() for sign in part)]
    several = tuple(dict.fromkeys(parts))[:MOST_PARTS]
    return NameSought(key, several if len(several) > 1 else (name_key(_BETWEEN_PARTS.sub("", text)),))


_BETWEEN_PARTS = re.compile(r"(?:[\s*＊…]|\.{3}|。{3})+")
"""What stands between the parts of a name that somebody remembers in pieces: ``南京 商贸``, ``南京…有限公司``."""


def _number(text: str) -> str:
    key = decision_number_key(text)
    return key if len(key) > 1 and any(sign.isdigit() for sign in key) else ""


def _submission(text: str) -> int | None:
    found = _SUBMISSION.fullmatch(unicodedata.normalize("NFKC", text))
    return int(found[1]) if found else None


_SUBMISSION = re.compile(r"(?:报送|submission|#|№|No\.?)?\s*0*([0-9]{1,18})", re.IGNORECASE)
