"""Kinds of administrative penalty (处罚种类), as atoms, and how the multi-valued cell of a department's file is read.

Legal basis: 行政处罚法 (2021), article 9; the value list of the 2018 layout (发改办财金〔2018〕424号). The 2018 value
``暂扣或者吊销许可证、暂扣或者吊销执照`` does not tell suspension from revocation, so it is an atom of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from xinheng.core.law import loading
from xinheng.core.law.coded import Coded
from xinheng.core.law.instruments import instruments
from xinheng.core.law.loading import Citation, LawDataError


class PenaltyKind(Coded):
    """One atomic kind of penalty; ``value`` is the stable code, ``label`` the Chinese name of article 9."""

    WARNING = "warning", "警告", "warning"
    PUBLIC_CRITICISM = "public-criticism", "通报批评", "public criticism"
    FINE = "fine", "罚款", "fine"
    CONFISCATION_OF_GAINS = "confiscation-of-gains", "没收违法所得", "confiscation of illegal gains"
    CONFISCATION_OF_PROPERTY = "confiscation-of-property", "没收非法财物", "confiscation of illegal property"
    LICENCE_SUSPENSION = "licence-suspension", "暂扣许可证件", "suspension of a license"
    GRADE_REDUCTION = "grade-reduction", "降低资质等级", "reduction of a qualification grade"
    LICENCE_REVOCATION = "licence-revocation", "吊销许可证件", "revocation of a license"
    LICENCE_SUSPENSION_OR_REVOCATION = (
        "licence-suspension-or-revocation",
        "暂扣或者吊销许可证、暂扣或者吊销执照",
        "suspension or revocation of a license (2018 value, undivided)",
    )
    BUSINESS_RESTRICTION = "business-restriction", "限制开展生产经营活动", "restriction of business activity"
    BUSINESS_SUSPENSION = "business-suspension", "责令停产停业", "order to suspend business"
    CLOSURE = "closure", "责令关闭", "order to close"
    OCCUPATION_RESTRICTION = "occupation-restriction", "限制从业", "restriction of occupation"
    DETENTION = "detention", "行政拘留", "administrative detention"
    OTHER = "other", "其他", "other"


@dataclass(frozen=True, slots=True)
class KindsReading:
    """What a cell says: ``kinds`` in the order read, each once; ``unknown`` pieces as they stood, in half width.

    ``notes`` are the words behind 其他; ``corrective_orders`` are 责令改正 and its like, which are no penalties.
    """

    kinds: tuple[PenaltyKind, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...] = ()
    corrective_orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueList:
    """An official value list (``2018`` or ``2021``): each value and the atoms it stands for."""

    code: str
    title: str
    title_en: str
    citation: Citation
    values: tuple[tuple[str, tuple[PenaltyKind, ...]], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every spelling that is understood, and the orders that are recognised as no penalties."""

    value_lists: tuple[ValueList, ...]
    spellings: MappingProxyType[str, tuple[PenaltyKind, ...]]
    corrective_orders: frozenset[str]


SEPARATORS = ";；,，、|｜/／\n\r"
_OTHER = re.compile(r"其[他它](?:行政处罚|处罚)?[-—–－:：_]+(?P<note>.+)|其[他它](?:行政处罚|处罚)?\((?P<inside>.+)\)")
_BRACKETS = {"(": 1, ")": -1}


def read_kinds(text: str) -> KindsReading:
    """Read the cell of kinds (处罚类别), whatever separates them; an empty cell gives nothing.

    The longest known spelling wins, so values that hold a separator (``没收违法所得、没收非法财物``) stay whole;
    separators in brackets do not separate. ``其他-…`` and ``其他（…）`` are OTHER with a note, and unknown pieces
    that follow ``其他-…`` behind ``、`` belong to the note.
    """
    pieces = list(_pieces(_narrow(text)))
    reader = _Reader()
    while pieces:
        pieces = pieces[reader.take(pieces) :]
    return KindsReading(
        tuple(dict.fromkeys(reader.kinds)), tuple(reader.unknown), tuple(reader.notes), tuple(reader.orders)
    )


class _Reader:
    """Collects what one cell says, piece by piece."""

    def __init__(self) -> None:
        self.kinds: list[PenaltyKind] = []
        self.unknown: list[str] = []
        self.notes: list[str] = []
        self.orders: list[str] = []
        self.note_open = False

    def take(self, pieces: list[tuple[str, str]]) -> int:
        """Read the longest known run at the beginning of ``pieces``; return how many pieces it was."""
        known = vocabulary()
        for length in range(min(len(pieces), _longest_run()), 0, -1):
            run = "".join(word + mark for word, mark in pieces[:length]).rstrip(SEPARATORS)
            if run in known.spellings or run in known.corrective_orders:
                self._known(run)
                return length
        self._unknown(*pieces[0])
        return 1

    def _known(self, run: str) -> None:
        self.note_open = False
        if run in vocabulary().corrective_orders:
            self.orders.append(run)
        else:
            self.kinds.extend(vocabulary().spellings[run])

    def _unknown(self, word: str, mark: str) -> None:
        other = _OTHER.fullmatch(word)
        if other:
            self.kinds.append(PenaltyKind.OTHER)
            self.notes.append(other["note"] or other["inside"])
            self.note_open = mark == "、"
        elif self.note_open and word:
            self.notes[-1] += "、" + word
            self.note_open = mark == "、"
        elif word:
            self.unknown.append(word)


def _narrow(text: str) -> str:
    """Bring full-width signs to half width and drop blanks; line ends stay, because they separate."""
    return "".join(
        unicodedata.normalize("NFKC", sign)
        for sign in text
        if sign in "\n\r" or not (sign.isspace() or sign == "\ufeff")
    )


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield each piece with the separator behind it; separators inside brackets do not count."""
    depth, word = 0, ""
    balanced = text.count("(") == text.count(")")
    for sign in text:
        depth = max(0, depth + _BRACKETS.get(sign, 0)) if balanced else 0
        if sign in SEPARATORS and depth == 0:
            yield word, sign
            word = ""
        else:
            word += sign
    yield word, ""


def involves_fine(kinds: Iterable[PenaltyKind]) -> bool:
    """Tell whether there is a fine (罚款), so that an amount is due in the row."""
    return PenaltyKind.FINE in set(kinds)


def involves_confiscation(kinds: Iterable[PenaltyKind]) -> bool:
    """Tell whether gains or property are confiscated (没收), so that an amount is due in the row."""
    return bool({PenaltyKind.CONFISCATION_OF_GAINS, PenaltyKind.CONFISCATION_OF_PROPERTY} & set(kinds))


def involves_licence(kinds: Iterable[PenaltyKind]) -> bool:
    """Tell whether a license is suspended or revoked (暂扣、吊销), so that its name and number are due in the row."""
    licence = {
        PenaltyKind.LICENCE_SUSPENSION,
        PenaltyKind.LICENCE_REVOCATION,
        PenaltyKind.LICENCE_SUSPENSION_OR_REVOCATION,
    }
    return bool(licence & set(kinds))


def persons_only(kinds: Iterable[PenaltyKind]) -> bool:
    """Tell whether a kind is among them that only a natural person can receive (行政拘留)."""
    return PenaltyKind.DETENTION in set(kinds)


def warning_only(kinds: Iterable[PenaltyKind]) -> bool:
    """Tell whether there is nothing but 警告 or 通报批评; an empty set is not a warning."""
    given = set(kinds)
    return bool(given) and given <= {PenaltyKind.WARNING, PenaltyKind.PUBLIC_CRITICISM}


@cache
def vocabulary() -> Vocabulary:
    """Return the spellings of ``kinds.yaml``."""
    return read_vocabulary(loading.read_package_file("kinds.yaml"))


@cache
def _longest_run() -> int:
    """Return the number of pieces of the spelling that holds the most separators itself."""
    return 1 + max(sum(sign in SEPARATORS for sign in word) for word in vocabulary().spellings)


def read_vocabulary(text: str) -> Vocabulary:
    """Return the vocabulary of a YAML text; raises :class:`LawDataError` where it breaks the form."""
    document = loading.check_keys(
        loading.parse(text), required=("systems", "spellings", "corrective_orders"), where="kinds"
    )
    lists = tuple(_value_list(row, where=f"kinds system {n}") for n, row in enumerate(document["systems"], start=1))
    spellings: dict[str, tuple[PenaltyKind, ...]] = {}
    for value_list in lists:
        for value, kinds in value_list.values:
            _add(spellings, value, kinds)
    for codes, words in document["spellings"].items():
        for word in words:
            _add(spellings, word, _kinds(codes.split("+"), where=f"spelling {word}"))
    orders = frozenset(map(_narrow, document["corrective_orders"]))
    if orders & set(spellings):
        raise LawDataError(f"both a penalty and a corrective order: {sorted(orders & set(spellings))}")
    return Vocabulary(lists, MappingProxyType(spellings), orders)


def _value_list(row: Any, *, where: str) -> ValueList:
    required = {"code", "title", "title_en", "from", "values"} | loading.CITATION_KEYS
    fields = loading.check_keys(row, required=required, where=where)
    loading.day(fields["from"], where=where)
    basis = loading.citation(fields, known=instruments().__contains__, where=where)
    values = []
    for value in fields["values"]:
        pair = loading.check_keys(value, required=("value", "kinds"), where=where)
        values.append((str(pair["value"]), _kinds(pair["kinds"], where=where)))
    return ValueList(str(fields["code"]), fields["title"], fields["title_en"], basis, tuple(values))


def _kinds(codes: Iterable[str], *, where: str) -> tuple[PenaltyKind, ...]:
    try:
        return tuple(PenaltyKind(code) for code in codes)
    except ValueError as unknown:
        raise LawDataError(f"{where}: {unknown}") from unknown


def _add(spellings: dict[str, tuple[PenaltyKind, ...]], word: str, kinds: tuple[PenaltyKind, ...]) -> None:
    narrow = _narrow(word)
    if spellings.setdefault(narrow, kinds) != kinds:
        raise LawDataError(f"spelling {word!r} means two things")
