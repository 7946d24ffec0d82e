"""Candidates (候选主体): who a waiting row may be about, in order, each with what speaks for and against it. Shown to a person, never taken.

Basis: design §6 step 5 and principle 4. What is looked up is in ``store.queries.candidates``; which evidence there is, here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from xinheng.core.errors import Text
from xinheng.core.standards.names import name_key
from xinheng.core.standards.regions import full_name, today_of


class Ground(StrEnum):
    """What a piece of evidence is about."""

    CODE = "code"
    NAME = "name"
    DAY = "day"
    REGION = "region"
    ADDRESS = "address"
    AGENCY = "agency"
    REPRESENTATIVE = "representative"
    STATUS = "status"
    JUDGED = "judged"

    @property
    def label(self) -> Text:
        """Return what it is about, in words."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a candidate (``agrees``), against it, or neither (``None``), in words."""

    ground: Ground
    agrees: bool | None
    words: Text


@dataclass(frozen=True, slots=True)
class NameHeld:
    """A name that a subject bears or bore, from one day until another (half-open, ``None`` where not known)."""

    name: str
    current: bool
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    def stood_on(self, day: dt.date) -> bool | None:
        """Tell whether the subject bore the name on ``day``; ``None`` where the register does not know."""
        if self.valid_from is not None and day < self.valid_from:
            return False
        if self.valid_until is not None:
            return day < self.valid_until
        return True if self.current else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a waiting row helps to find its subject.

    ``codes`` are its codes as they were written, with what each may have been meant for (``mends``); ``day`` that of the decision; ``region`` that of
    the agency. ``representative`` is the representative's name where the item carries it: compared, never kept.
    """

    name: str
    day: dt.date
    codes: tuple[str, ...] = ()
    mends: frozenset[str] = frozenset()
    region: str = ""
    address: str = ""
    representative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A subject that may be meant. ``codes`` are all by which the register finds it; ``representative`` stands in its registration, if that shows it."""

    subject: int
    uscc: str
    name: str
    kind: str
    status: str = ""
    address: str = ""
    established_on: dt.date | None = None
    names: tuple[NameHeld, ...] = ()
    codes: frozenset[str] = frozenset()
    representative: str = field(default="", repr=False)
    judged: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are: ``same``, ``ask`` or ``different``, a score from 0 to 1, and why."""

    verdict: str
    score: float
    why: Text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible subject with the name that is nearest to the row's, how alike they are, and the evidence."""

    possible: Possible
    nearest: NameHeld
    likeness: Likeness
    evidence: tuple[Evidence, ...]

    @property
    def differs(self) -> bool:
        """Tell whether the names say that it is another subject, and no code says that it is this one."""
        by_code = any(one.agrees and one.ground is Ground.CODE for one in self.evidence)
        return self.likeness.verdict == "different" and not by_code

    @property
    def is_far(self) -> bool:
        """Tell whether the names are far apart and nothing but chance brought it here."""
        spoken_for = any(one.agrees and one.ground in _STRONG for one in self.evidence)
        return self.differs and self.likeness.score < NEAR and not spoken_for

    @property
    def by_name_alone(self) -> bool:
        """Tell whether nothing but the name speaks for it."""
        return not any(one.agrees and one.ground is not Ground.NAME for one in self.evidence)


NEAR = 0.25
"""The score below which a name that differs is not worth a look."""
_STRONG = frozenset({Ground.CODE, Ground.ADDRESS, Ground.REPRESENTATIVE})
Compare = Callable[[str, str], Likeness]


def candidates(
    asked: Asked, possible: Iterable[Possible], *, compare: Compare, limit: int = 10
) -> tuple[Candidate, ...]:
    """Return the candidates in order: those a code speaks for, then by the name, then by the rest; names that differ come last."""
    found = [_candidate(asked, one, compare) for one in possible]
    return tuple(sorted(found, key=_order)[:limit])


def _candidate(asked: Asked, possible: Possible, compare: Compare) -> Candidate:
    names = possible.names or (NameHeld(possible.name, current=True),)
    likened = [(compare(asked.name, held.name), held) for held in names]
    likeness, nearest = max(likened, key=lambda one: (one[0].score, one[1].current))
    evidence = (
        *_codes(asked, possible), Evidence(Ground.NAME, _AGREES.get(likeness.verdict), likeness.why), *_day(asked, possible, nearest),
        *_regions(asked, possible), *_address(asked, possible), *_representative(asked, possible), *_status(possible),
        *(Evidence(Ground.JUDGED, None, words) for words in possible.judged),
    )  # fmt: skip
    return Candidate(possible, nearest, likeness, evidence)


def _order(one: Candidate) -> tuple[bool, bool, float, int, str]:
    by_code = any(piece.ground is Ground.CODE and piece.agrees for piece in one.evidence)
    others = sum((piece.agrees is True) - (piece.agrees is False) for piece in one.evidence)
    return not by_code, one.likeness.verdict == "different", -round(one.likeness.score, 2), -others, one.possible.uscc


def _codes(asked: Asked, possible: Possible) -> Iterable[Evidence]:
    inner = possible.uscc[8:17]
    for code in asked.codes:
        if code in possible.codes:
            yield Evidence(Ground.CODE, True, Text(f"{code} 相同", f"{code} is the same"))
        elif code == inner or (len(code) == 18 and code[8:17] == inner):
            words = Text(f"{code} 含同一组织机构代码", f"{code} holds the same organisation code")
            yield Evidence(Ground.CODE, True, words)
        elif mended := sorted(asked.mends & possible.codes):
            words = Text(f"{code} 改一个字符即为 {mended[0]}", f"one character mended, {code} is {mended[0]}")
            yield Evidence(Ground.CODE, True, words)
        else:
            words = Text(f"{code} 与该主体的代码不同", f"{code} is none of this subject's")
            yield Evidence(Ground.CODE, False, words)


def _day(asked: Asked, possible: Possible, nearest: NameHeld) -> Iterable[Evidence]:
    if possible.established_on is not None and asked.day < possible.established_on:
        yield Evidence(
            Ground.DAY, False, Text("决定日期早于该主体成立日期", "decided before the subject was established")
        )
        return
    if nearest.current and nearest.valid_from is None:
        return
    stood, name = nearest.stood_on(asked.day), nearest.name
    words = {
        True: Text(f"决定日期使用名称“{name}”", f"it bore the name “{name}” on that day"),
        False: Text(f"决定日期不使用名称“{name}”", f"it did not bear the name “{name}” on that day"),
        None: Text(f"“{name}”是曾用名，使用日期不明", f"“{name}” is a former name; from when until when is not known"),
    }[stood]
    yield Evidence(Ground.DAY, stood, words)


def _regions(asked: Asked, possible: Possible) -> Iterable[Evidence]:
    place = today_of(possible.uscc[2:8], asked.day)
    if place is None or not asked.region:
        return
    where = full_name(place.code, asked.day) or place.name
    if place.code[:4] == asked.region[:4] and not asked.region.endswith("0000"):
        yield Evidence(Ground.AGENCY, True, Text(f"{where}，与信源单位同城", f"{where}, the agency's city"))
    elif place.code[:2] == asked.region[:2]:
        yield Evidence(Ground.AGENCY, None, Text(where, where))
    else:
        yield Evidence(Ground.AGENCY, False, Text(f"{where}，外省", f"{where}, another province"))


def _address(asked: Asked, possible: Possible) -> Iterable[Evidence]:
    given, held = name_key(asked.address), name_key(possible.address)
    if not given or not held:
        return
    same = given == held or (min(len(given), len(held)) >= 6 and (given in held or held in given))
    yield Evidence(
        Ground.ADDRESS,
        True if same else None,
        Text("地址相同", "the address is the same")
        if same
        else Text(f"登记地址：{possible.address}", f"address: {possible.address}"),
    )


def _representative(asked: Asked, possible: Possible) -> Iterable[Evidence]:
    if not asked.representative or not possible.representative:
        return
    same = name_key(asked.representative) == name_key(possible.representative)
    words = (
        Text("法定代表人相同", "the representative is the same")
        if same
        else Text("法定代表人不同", "another representative")
    )
    yield Evidence(Ground.REPRESENTATIVE, same, words)


def _status(possible: Possible) -> Iterable[Evidence]:
    if any(word in possible.status for word in ("注销", "吊销", "撤销")):
        yield Evidence(Ground.STATUS, None, Text(possible.status, possible.status))


_AGREES = {"same": True, "different": False}
_LABELS = {
    Ground.CODE: Text("代码", "code"),
    Ground.NAME: Text("名称", "name"),
    Ground.DAY: Text("决定日期", "day of the decision"),
    Ground.REGION: Text("地区", "region"),
    Ground.ADDRESS: Text("地址", "address"),
    Ground.AGENCY: Text("登记地", "place of registration"),
    Ground.REPRESENTATIVE: Text("法定代表人", "representative"),
    Ground.STATUS: Text("登记状态", "state in the register"),
    Ground.JUDGED: Text("以往判定", "judged before"),
}
