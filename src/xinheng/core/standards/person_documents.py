"""Documents of natural persons (自然人证件): which kind a department means, and whether a number fits it.

The table is ``person-documents.yaml``. A number with a check character is told by the number itself, so that a residence permit under the name
of an identity card is what it is. No function here puts a number into an error.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import yaml

from xinheng.core.standards import person_numbers
from xinheng.core.standards.resident_id import SEPARATORS

_PROVED = {
    person_numbers.RESIDENT_ID: frozenset({person_numbers.RESIDENT_ID, person_numbers.HK_MO_TW_RESIDENCE}),
    person_numbers.HK_MO_TW_RESIDENCE: frozenset({person_numbers.HK_MO_TW_RESIDENCE}),
    person_numbers.FOREIGNER_RESIDENCE: frozenset({person_numbers.FOREIGNER_RESIDENCE}),
}
_PARTS = str.maketrans("", "", SEPARATORS)


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: its code, its name in both languages, and the form of its number where no check character proves it."""

    code: str
    zh: str
    en: str
    form: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Documents:
    """What a column of numbers turned out to be, row for row.

    ``kind`` is the code of the document (empty where nothing is right), ``number`` how it is looked up (an old number in its 18 characters),
    ``old`` marks numbers of 15 digits, ``born`` the day of birth where the number tells it.
    """

    kind: pa.Array
    number: pa.Array
    old: pa.Array
    born: pa.Array


def _load() -> tuple[dict[str, DocumentKind], dict[str, str], dt.date]:
    text = resources.files(__package__).joinpath("person-documents.yaml").read_text(encoding="utf-8")
    table = yaml.safe_load(text)
    kinds: dict[str, DocumentKind] = {}
    names: dict[str, str] = {}
    for row in table["kinds"]:
        form = re.compile(row["form"]) if "form" in row else None
        kinds[row["code"]] = DocumentKind(row["code"], row["zh"], row["en"], form)
        names |= dict.fromkeys([row["code"], row["zh"], *row["also"]], row["code"])
    return kinds, names, dt.date.fromisoformat(table["old_numbers_ended"])


KINDS, _NAMES, OLD_NUMBERS_ENDED = _load()
"""The kinds by code; the names by which each is known; the day from which numbers of 15 digits are right no more."""


def kind_named(text: str) -> str | None:
    """Return the code of the kind that a department calls ``text``, or nothing."""
    return _NAMES.get(unicodedata.normalize("NFKC", text).strip())


def plain_number(text: str) -> str:
    """Return a number without spaces and hyphens, half width, upper case: how it is written, not what it is."""
    return unicodedata.normalize("NFKC", text).upper().translate(_PARTS) or text


def identified(kind: str, number: str, *, today: dt.date) -> tuple[str, str] | None:
    """Return the kind and the number by which a document is looked up, or nothing where the number is not right for ``kind`` (a code)."""
    found = documents(pa.array([kind], pa.string()), pa.array([plain_number(number)], pa.string()), today=today)
    told = found.kind[0].as_py()
    return (told, found.number[0].as_py()) if told else None


def documents(kinds: pa.Array, numbers: pa.Array, *, today: dt.date) -> Documents:
    """Return what each number (``plain_number``) is, for the kinds (codes, or nothing) that were given with it."""
    rows = len(numbers)
    told, canonical = np.full(rows, None, np.object_), np.array(numbers.to_pylist(), np.object_)
    old = np.zeros(rows, np.bool_)
    meant = np.array(kinds.to_pylist(), np.object_)
    sure = np.array(person_numbers.is_valid_array(numbers, today=today), np.bool_) & (
        meant == person_numbers.RESIDENT_ID
    )
    special = np.array(pc.fill_null(pc.starts_with(numbers, "8"), False), np.bool_)
    told[sure] = np.where(special[sure], person_numbers.HK_MO_TW_RESIDENCE, person_numbers.RESIDENT_ID)
    for place in np.flatnonzero(~sure):
        if meant[place] and canonical[place]:
            told[place], canonical[place], old[place] = _one(meant[place], canonical[place], today)
    kind = pa.array(told, pa.string())
    number = pa.array(canonical, pa.string())
    return Documents(kind, number, pa.array(old), _born(kind, number))


def _one(meant: str, number: str, today: dt.date) -> tuple[str | None, str, bool]:
    proved = _PROVED.get(meant)
    if proved is None:
        form = KINDS[meant].form
        return (meant if form is not None and form.fullmatch(number) else None), number, False
    if meant == person_numbers.RESIDENT_ID and person_numbers.is_valid_old(number):
        return meant, person_numbers.modernised(number), True
    found = person_numbers.kind_of(number, today=today)
    if found is None and meant == person_numbers.FOREIGNER_RESIDENCE:
        return (meant if person_numbers.shape_of(number) == meant else None), number, False
    return (found if found in proved else None), number, False


def _born(kind: pa.Array, number: pa.Array) -> pa.Array:
    """Return the days of birth that resident ids and their kin tell."""
    tells = pc.and_(pc.is_in(kind, pa.array(sorted(_PROVED))), pc.equal(pc.utf8_length(number), 18))
    digits = pc.if_else(
        pc.fill_null(tells, False), pc.utf8_slice_codeunits(number, 6, 14), pa.scalar(None, pa.string())
    )
    return pc.cast(pc.strptime(digits, format="%Y%m%d", unit="s", error_is_null=True), pa.date32())
